"""`make bench`: everything that is measured, one part after the other.

`python -m bench service` measures that part alone; the others are `candidate` and `accuracy`.
Speed and memory need nothing; accuracy needs `BONAFIDE_DATA`, a folder of labelled documents and
faces, and says so where it is unset.
"""

import os
import sys
from pathlib import Path

from bench import faces, liveness, mrz, whole
from bench.service import tables
from bench.service import whole as service


def candidate() -> None:
    """One candidate, in one process."""
    _title("One candidate: Bonafide beside PassportEye and face_recognition on every frame")
    whole.print_table(whole.measure())


def running_service() -> None:
    """The service and its workers."""
    _title("The service: real cases over its API, on each database")
    service.measure(tables.print_table)


def accuracy() -> None:
    """On labelled evidence."""
    data = os.environ.get("BONAFIDE_DATA")
    if not data:
        print("\nAccuracy was not measured: BONAFIDE_DATA names no folder of labelled evidence.")
        return
    _title("Machine readable zones: our reader beside PassportEye")
    mrz.print_table(mrz.measure(Path(data)))
    _title("Faces: photographs against photographs, our bands beside face_recognition's 0.6")
    faces.print_table(faces.measure(Path(data)))
    _title("Presence: filmed people and their photographs held up to the camera")
    liveness.print_table(liveness.measure(Path(data)))


PARTS = {"candidate": candidate, "service": running_service, "accuracy": accuracy}


def main(wanted: list[str]) -> None:
    """Measure and print these parts; all of them by default."""
    if unknown := set(wanted) - set(PARTS):
        sys.exit(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    for name in wanted or PARTS:
        PARTS[name]()


def _title(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
