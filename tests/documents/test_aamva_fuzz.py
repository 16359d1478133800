"""Half a million payloads that nobody printed, and damaged barcodes: each is answered."""

import random
import resource
import string
import time

import cv2
import numpy as np
import pytest

from models.document import FieldStatus
from samples.licence import barcode_picture
from samples.licence_payload import ANNA_DRIVES, payload
from samples.photograph import photograph
from verifiers.documents.aamva import understand_licence
from verifiers.documents.aamva_elements import ELEMENTS
from verifiers.documents.barcode import read_barcodes

pytestmark = pytest.mark.soak

PAYLOADS, PICTURES = 300_000, 300
LONGEST_SECONDS = 2.0
"""Of CPU for one payload: a thousand times what one takes."""
MOST_MEMORY_MB = 96

_PIECES = (*ELEMENTS, "\n", "\r", "\x1e", "@", "ANSI ", "AAMVA", "DL", "ZX", "|", "%BC", "?;", "=")


def test_hundreds_of_thousands_of_payloads_are_all_answered() -> None:
    chance = random.Random(417)
    seeds = [payload(ANNA_DRIVES, version) for version in range(1, 11)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    slowest = 0.0
    for _ in range(PAYLOADS):
        text = _damaged(chance.choice(seeds), chance)
        at = time.process_time()
        licence = understand_licence(text)
        slowest = max(slowest, time.process_time() - at)
        for element in licence.elements:
            assert text[element.start : element.end] == element.raw
        for field in licence.fields.values():
            assert field.reason or field.status is not FieldStatus.INVALID
    assert slowest < LONGEST_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before < MOST_MEMORY_MB


@pytest.mark.parametrize(
    "piece", [*_PIECES, "DBB12345678", "DAA", "Z", " ", "\x85", "%AB^?;123456"]
)
def test_the_longest_payload_of_one_piece_is_answered_in_time(piece: str) -> None:
    for head in ("", "@\n\x1e\rANSI 636000100102DL00410278ZV03190008DL"):
        text = (head + piece * 20_000)[:20_000]
        began = time.process_time()
        understand_licence(text)
        assert time.process_time() - began < LONGEST_SECONDS


def test_no_damaged_picture_is_read_as_another_licence() -> None:
    """Error correction either restores the text or gives up."""
    random_ = np.random.default_rng(417)
    known = payload(ANNA_DRIVES)
    whole = barcode_picture(known)
    read = 0
    for number in range(PICTURES):
        picture = photograph(
            whole,
            tilt_degrees=float(random_.uniform(-20, 20)),
            keystone_degrees=float(random_.uniform(-20, 20)),
            scale=float(random_.uniform(0.4, 1.2)),
            blur=float(random_.uniform(0, 2)),
            noise=float(random_.uniform(0, 30)),
            seed=number,
        ).image
        for _ in range(int(random_.integers(0, 8))):
            x, y = (int(random_.integers(0, side)) for side in picture.shape[1::-1])
            corner = x + int(random_.integers(2, 60)), y + int(random_.integers(2, 40))
            cv2.rectangle(picture, (x, y), corner, [int(random_.integers(256))] * 3, -1)
        search = read_barcodes(picture)
        assert search.readings or search.problem
        assert all(one.text == known for one in search.readings)
        read += bool(search.readings)
    # Damage that nothing survives would try nothing.
    assert 0 < read < PICTURES


def _damaged(text: str, chance: random.Random) -> str:
    """Characters exchanged, pieces put in, taken out or moved; at times made of pieces alone."""
    if chance.random() < 0.2:
        return "".join(chance.choices((*_PIECES, *string.printable), k=chance.randrange(80)))
    for _ in range(chance.randrange(1, 10)):
        at, size = chance.randrange(len(text) + 1), chance.randrange(1, 12)
        match chance.randrange(4):
            case 0:
                text = text[:at] + chance.choice(_PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + size :]
            case 2:
                text = text[:at] + chr(chance.randrange(0x180)) + text[at + 1 :]
            case _:
                cut = text[at : at + size]
                text = text[:at] + text[at + size :]
                to = chance.randrange(len(text) + 1)
                text = text[:to] + cut + text[to:]
    return text
