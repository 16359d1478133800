"""`make bench`: everything that is measured, one part after the other.

Speed and memory need nothing; accuracy needs `BONAFIDE_DATA`, a folder of labelled documents and
faces, and says so where it is unset.
"""

import os
from pathlib import Path

from bench import faces, liveness, mrz, whole


def main() -> None:
    """Measure and print."""
    _title("One candidate: Bonafide beside PassportEye and face_recognition on every frame")
    whole.print_table(whole.measure())
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


def _title(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


if __name__ == "__main__":
    main()
