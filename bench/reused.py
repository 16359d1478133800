"""Links between pictures of documents: false ones among honest pairs, and those of each attack.

`python -m bench.reused [HONEST ATTACKED]` renders that many honest documents (100) and attacks the
first few of them (10), from `REPORTED_FROM` on, and prints how near the nearest honest pairs come.
"""

import itertools
import sys
from collections import defaultdict
from collections.abc import Sequence

import cv2

from bench.exhibits import REPORTED_FROM, subject_of
from models.fingerprint import DocumentFingerprint, Part
from samples.forgeries.reused import ATTACKS, alone
from verifiers.documents.forensics.reuse import ALIKE_TO, compare, fingerprint
from verifiers.documents.forensics.reuse_rules import reused


def honest_pairs(prints: Sequence[DocumentFingerprint]) -> None:
    """Print how many pairs are linked, and how near the nearest come, part by part."""
    distances: dict[Part, list[float]] = defaultdict(list)
    linked = 0
    for one, other in itertools.combinations(prints, 2):
        linked += reused(one, other, reference="-") is not None
        for likeness in compare(one, other):
            distances[likeness.part].append(likeness.distance)
    print(f"honest pairs {len(prints) * (len(prints) - 1) // 2}, linked {linked}")
    for part, found in distances.items():
        near = sum(distance <= ALIKE_TO[part] for distance in found)
        print(f"  {part.value}: compared {len(found)}, alike {near}, nearest {min(found):.3f}")


def attacked(seeds: Sequence[int], prints: Sequence[DocumentFingerprint]) -> None:
    """Print how many second pictures are linked to the first, and as what."""
    for attack in ATTACKS:
        for strength in attack.strengths:
            codes: dict[str, int] = defaultdict(int)
            for seed, first in zip(seeds, prints, strict=False):
                second = fingerprint(subject_of(attack.make(seed, strength)))
                finding = reused(first, second, reference="-")
                codes[finding.code.rpartition(".")[2] if finding else "no link"] += 1
            told = ", ".join(f"{code} {count}" for code, count in sorted(codes.items()))
            print(f"{attack.name}, {strength}: {told} of {len(seeds)}")


_USUALLY = ("100", "10")
"""Honest documents, and how many of each attack."""


def main(arguments: list[str]) -> None:
    """Render, compare, print."""
    cv2.setNumThreads(1)
    honest, attacks = map(int, arguments or _USUALLY)
    seeds = range(REPORTED_FROM, REPORTED_FROM + honest)
    prints = [fingerprint(subject_of(alone(seed))) for seed in seeds]
    honest_pairs(prints)
    attacked(seeds[:attacks], prints)


if __name__ == "__main__":
    main(sys.argv[1:])
