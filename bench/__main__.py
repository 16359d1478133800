"""`make bench`: everything that is measured, one part after the other.

`python -m bench service` measures that part alone, `python -m bench --help` lists them. Speed,
memory and rendered documents need nothing; real documents and people need `BONAFIDE_DATA`, a folder
of labelled ones, and it is said where that is unset.
"""

import os
import sys
from pathlib import Path

from bench import (
    barcode,
    challenge,
    chip,
    face_engine,
    face_portraits,
    face_quality,
    face_rates,
    faces,
    forensics,
    history,
    liveness,
    mrz,
    printed,
    resume,
    reused,
    screening,
    stress,
    whole,
)
from bench.campaigns import __main__ as replayed
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


def documents() -> None:
    """Real documents where there are any, and rendered ones under stress and altered."""
    data = _labelled()
    if data:
        _title("Machine readable zones: our reader beside PassportEye")
        mrz.print_table(mrz.measure(data))
    _title("Printed zone against machine readable zone, beside Tesseract")
    printed.print_table(printed.measure(data))
    _title("Where reading stops: rendered pages, one stress at a time")
    stress.main([])


def licences() -> None:
    """Barcodes of licences, real ones where there are any."""
    _title("Barcodes of driver licences, beside one call of zxing-cpp")
    barcode.print_table(barcode.measure(_labelled()))


def chips() -> None:
    """Published master lists and chips."""
    data = _labelled()
    if data:
        _title("Chips: certificates that load, beside cryptography alone; what a check costs")
        chip.print_table(chip.measure(data))


def forgery() -> None:
    """Signs of tampering on rendered documents, and false alarms on real ones."""
    _title("Signs of tampering, attack by attack, beside error level analysis")
    forensics.main([])
    _title("The same picture under another name")
    reused.main([])


def people() -> None:
    """Faces: the engine beside face_recognition, quality, rates, bands, portraits."""
    _title("Face engine: dlib's weights by onnxruntime beside face_recognition")
    face_engine.print_table(face_engine.measure())
    _title("Quality of faces: what is told, and errors as the worst are discarded")
    face_quality.main()
    data = _labelled()
    if not data:
        return
    _title("Faces by engine: error rates with intervals")
    face_rates.main([])
    _title("Faces: our bands, of photographs and of templates, beside face_recognition's 0.6")
    faces.print_table(faces.measure(data))
    _title("Portraits as documents spoil them, against templates")
    face_portraits.print_table(face_portraits.measure(data))


def presence() -> None:
    """A live person: footage without a challenge and with one, attack by attack."""
    _title("Presence without a challenge, beside face_recognition's landmarks on every frame")
    liveness.main([])
    _title("Presence by challenge: right answers, others, and attacks")
    challenge.main([])


def claimed_history() -> None:
    """Claimed history: generated lives, honest and made up; résumés read."""
    _title("Claimed history: lives by kind, stage and rule, beside a check for overlaps")
    history.main([])
    _title("Résumés as draft claims, layout by layout")
    resume.print_table(resume.measure())


def screened() -> None:
    """Sanctions lists: pairs of names, listed people and others, speed, beside rapidfuzz."""
    if _labelled():
        _title("Screening: pairs, listed people found, others not, beside WRatio at 85")
        screening.main([])


def campaigns() -> None:
    """Published schemes replayed among benign applicants: how soon each surfaces."""
    _title("Campaigns: schemes among 50,000 benign applicants, beside any one exact match")
    replayed.main([])


def _labelled() -> Path | None:
    data = os.environ.get("BONAFIDE_DATA")
    if not data:
        print("\nReal ones were not measured: BONAFIDE_DATA names no folder of labelled evidence.")
    return Path(data) if data else None


PARTS = {
    "candidate": candidate,
    "service": running_service,
    "documents": documents,
    "licences": licences,
    "chips": chips,
    "forgery": forgery,
    "people": people,
    "presence": presence,
    "history": claimed_history,
    "screening": screened,
    "campaigns": campaigns,
}


def main(wanted: list[str]) -> None:
    """Measure and print these parts; all of them by default."""
    if "--help" in wanted:
        print(f"{__doc__}\nThe parts:")
        for name, part in PARTS.items():
            print(f"  {name:10} {part.__doc__}")
        return
    if unknown := set(wanted) - set(PARTS):
        sys.exit(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    for name in wanted or PARTS:
        PARTS[name]()


def _title(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
