"""Print against zone on real documents, which `BONAFIDE_DATA` names; minutes, so in the soak."""

import os
from datetime import date
from pathlib import Path

import pytest

from bench.mrz import documents, upright
from verifiers.documents.agreement import compare_zones
from verifiers.documents.mrz import understand
from verifiers.documents.print_reader import ocr_reader
from verifiers.documents.printed import read_again, read_printed
from verifiers.documents.reading import MrzReader
from verifiers.names import Agreement

DATA = os.environ.get("BONAFIDE_DATA")

PRINTED_DIFFERENTLY = {
    ("100_pass-ltu.jpg", "expiry_date"),  # 2013 in print, 2012 in the zone
    ("mrva.jpg", "birth_date"),  # 1986 and 1940
    ("mrva.jpg", "expiry_date"),  # 2016 and 1996
    ("mrvb.jpg", "birth_date"),
    ("mrvb.jpg", "expiry_date"),
    ("td1.jpg", "surname"),  # ERIKKSON and ERIKSSON
}
"""Specimens whose two zones do not say the same, as one sees."""


@pytest.mark.soak
@pytest.mark.skipif(DATA is None, reason="BONAFIDE_DATA names no folder of labelled documents")
def test_no_real_document_differs_but_those_that_are_printed_differently() -> None:
    assert DATA is not None
    reader, differ, agreeing = MrzReader(), set(), 0
    for document in documents(Path(DATA)):
        pixels = upright(document.path)
        for text in reader.read(pixels).readings:
            mrz = understand(text, today=date(2026, 6, 1))
            printed = read_printed(pixels, text, ocr_reader())
            again = lambda field, pixels=pixels: read_again(pixels, field)  # noqa: E731
            for one in compare_zones(mrz, printed, again):
                agreeing += one.agreement is Agreement.AGREES
                if one.agreement is Agreement.DIFFERS:
                    differ.add((document.path.name, one.name))
    assert differ <= PRINTED_DIFFERENTLY
    assert agreeing > 100
