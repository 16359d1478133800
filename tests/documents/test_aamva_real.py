"""Real payloads and barcodes, which `BONAFIDE_DATA` names: all are read."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from verifiers.documents.aamva import understand_licence
from verifiers.documents.aamva_issuers import ISSUERS
from verifiers.documents.barcode import read_barcodes
from verifiers.documents.barcode_payload import load_payload

DATA = os.environ.get("BONAFIDE_DATA")

pytestmark = pytest.mark.skipif(
    DATA is None, reason="BONAFIDE_DATA names no folder of labelled documents"
)


def files(folder: str) -> list[Path]:
    return sorted((Path(str(DATA)) / "barcodes" / folder).iterdir())


def test_every_real_payload_gives_name_birth_date_and_number() -> None:
    texts = {path.name: load_payload(path) for path in files("aamva")}
    assert len(texts) >= 38
    for name, text in texts.items():
        assert text is not None
        licence = understand_licence(text)
        assert licence.problem is None, name
        # The file's name is that of the jurisdiction.
        assert licence.jurisdiction == name[:2], name
        known = ISSUERS.get(licence.issuer or "")
        assert known is None or known.code == name[:2], name


def test_every_real_barcode_with_a_known_text_is_read_as_it() -> None:
    read = 0
    for path in files("pdf417"):
        known = path.with_suffix(".txt")
        if path.suffix not in (".png", ".webp") or not known.exists():
            continue
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB"))
        texts = [one.text for one in read_barcodes(pixels).readings]
        assert texts == [known.read_bytes().decode()], path.name
        read += 1
    assert read >= 66
