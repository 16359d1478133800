"""A million zones that nobody printed: none breaks the grammar, holds it up or eats the memory."""

import random
import resource
import string
import time
from collections.abc import Iterator

import pytest

from models.document import FieldStatus, MrzFormat, MrzText
from tests.documents.zones import EXAMPLES_OF_9303, TODAY, read_unsurely
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_fields import CHARACTERS

pytestmark = pytest.mark.soak

COUNT = 1_000_000
REPORT_EVERY = 50_000
MOST_MEMORY_MB = 64
"""By how much the process may have grown when all are done."""
LONGEST_SECONDS = 2.0
"""Of CPU for one zone: thousands of times what one takes."""

_KINDS_OF_LINE = (CHARACTERS, string.digits, string.ascii_uppercase, "<", "<0", "0123456789<")
_HEADS = ("IDFRA", "IDROU", "I<PRT", "C1USA", "C2USA", "P<D<<", "V<UTO", "IDSI<", "PD<<<", "AVXXA")
_SEEDS = (
    *EXAMPLES_OF_9303.values(),
    ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"),
    (
        "I<PRT000024759<ZZ72<<<<<<<<<<<",
        "8010100F2006017PRT<<<<<<<<<<<8",
        "CARLOS<MONTEIRO<<AMELIA<VANESS",
    ),
)


def test_a_million_zones_are_all_answered() -> None:
    before = _peak_memory_mb()
    slowest, began = 0.0, time.process_time()
    for number, zone in enumerate(_zones(random.Random(9303)), start=1):
        at = time.process_time()
        mrz = understand(zone, today=TODAY)
        slowest = max(slowest, time.process_time() - at)
        for field in mrz.fields.values():
            assert field.reason or field.status is not FieldStatus.INVALID, zone
        if number % REPORT_EVERY == 0:
            seconds = time.process_time() - began
            print(f"{number:9,} zones, {seconds:4.0f} s of CPU, slowest {1000 * slowest:.1f} ms")
    assert slowest < LONGEST_SECONDS
    assert _peak_memory_mb() - before < MOST_MEMORY_MB


def _zones(chance: random.Random) -> Iterator[MrzText | tuple[str, ...]]:
    """Made of nothing, or spoiled from real ones; one in ten with doubts of its reader."""
    for _ in range(COUNT):
        lines = _random(chance) if chance.random() < 0.4 else _spoiled(chance)
        if chance.random() < 0.1:
            columns = len(lines[0])
            count = chance.randrange(6)
            yield read_unsurely(
                lines,
                *((chance.randrange(len(lines)), chance.randrange(columns)) for _ in range(count)),
            )
        else:
            yield lines


def _random(chance: random.Random) -> tuple[str, ...]:
    rows, columns = chance.choice(list(MrzFormat)).shape
    lines = ["".join(chance.choices(chance.choice(_KINDS_OF_LINE), k=columns)) for _ in range(rows)]
    if chance.random() < 0.5:
        lines[0] = (chance.choice(_HEADS) + lines[0])[:columns]
    return tuple(lines)


def _spoiled(chance: random.Random) -> tuple[str, ...]:
    """A real zone with characters replaced, a stretch overwritten, or a part moved along."""
    lines = [list(line) for line in chance.choice(_SEEDS)]
    for _ in range(chance.randrange(1, 12)):
        line = chance.choice(lines)
        at = chance.randrange(len(line))
        match chance.randrange(4):
            case 0:
                end = min(len(line), at + chance.randrange(1, 10))
                line[at:end] = chance.choice(CHARACTERS) * (end - at)
            case 1:
                line.append(line.pop(at))
            case _:
                line[at] = chance.choice(CHARACTERS)
    return tuple("".join(line) for line in lines)


def _peak_memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
