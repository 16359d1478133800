"""Chips: which certificates load beside `cryptography` alone, and what one check costs.

`BONAFIDE_DATA=… python -m bench.chip` reads every certificate of the master lists there with ours
and with the peer in the same run, verifies what the self-signed ones bear, checks the published
chips, and tells CPU time. The peer loads a certificate where its key, names, validity and
extensions can be had.
"""

import json
import os
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.utils import CryptographyDeprecationWarning

from models.chip import Step, StepStatus
from verifiers.documents.chip.asn1 import MasterListContent, parse, parsing
from verifiers.documents.chip.certificates import read_certificate
from verifiers.documents.chip.check import check_chip
from verifiers.documents.chip.files import ChipFiles, read_chips
from verifiers.documents.chip.keys import UnusableKey
from verifiers.documents.chip.lists import load_trust
from verifiers.documents.chip.signed_data import read_signed_data
from verifiers.documents.chip.tlv import Malformed
from verifiers.unusable import UnusableInput

_TODAY = date(2026, 6, 1)
_CHECKS = 40


def measure(data: Path) -> dict[str, Any]:
    """What loads, list by list, and the published chips."""
    folder = data / "chips"
    lists = sorted((folder / "master_lists").glob("*.ml"))
    began = time.process_time()
    trust = load_trust(lists)
    loading = time.process_time() - began
    chips = [
        chip
        for inside in sorted(path for path in folder.iterdir() if path.is_dir())
        for chip in _chips(inside)
    ]
    return {
        "lists": {path.name: _of_list(path) for path in lists},
        "seconds_to_load_all": round(loading, 2),
        "trusted": len(trust),
        "chips": [_of_chip(chip, lambda c: check_chip(c, trust, today=_TODAY)) for chip in chips],
    }


def _of_list(path: Path) -> dict[str, Any]:
    content = parse(MasterListContent, read_signed_data(path.read_bytes()).content)
    with parsing():
        ders = [certificate.dump() for certificate in content["certificates"]]
    ours, our_ms = _loaded(ders, _read_by_us)
    theirs, their_ms = _loaded(ders, _read_by_cryptography)
    roots = [c for c in map(read_certificate, ders) if c.self_issued]
    held = sum(c.signed_by(c).status is StepStatus.DONE for c in roots)
    return {
        "certificates": len(ders),
        "ours": ours.total() - ours["failed"],
        "cryptography": theirs.total() - theirs["failed"],
        "self_signed": len(roots),
        "own_signature_holds": held,
        "ours_ms_each": our_ms,
        "cryptography_ms_each": their_ms,
    }


def _loaded(ders: list[bytes], read: Callable[[bytes], str]) -> tuple[Counter[str], float]:
    began = time.process_time()
    told = Counter(read(der) for der in ders)
    return told, round((time.process_time() - began) * 1000 / len(ders), 3)


def _read_by_us(der: bytes) -> str:
    try:
        certificate = read_certificate(der)
    except Malformed:
        return "failed"
    unusable = isinstance(certificate.key, UnusableKey) or isinstance(certificate.scheme, str)
    return "failed" if unusable else "loaded"


def _read_by_cryptography(der: bytes) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        try:
            certificate = x509.load_der_x509_certificate(der)
            certificate.public_key()
            _ = certificate.extensions, certificate.subject, certificate.not_valid_after_utc
        except (ValueError, UnsupportedAlgorithm):
            return "failed"
    return "loaded"


def _chips(folder: Path) -> tuple[ChipFiles, ...]:
    try:
        return tuple(chip for chip in read_chips(folder) if chip.sod)
    except UnusableInput:
        return ()


def _of_chip(chip: ChipFiles, check: Callable[[ChipFiles], Any]) -> dict[str, Any]:
    face = chip.groups.pop(2, None)
    without_face, _ = _milliseconds(check, chip, _CHECKS)
    if face:
        chip.groups[2] = face
    whole, result = _milliseconds(check, chip, _CHECKS // 4)
    reading = result.reading
    assert chip.sod
    return {
        "chip": chip.sod.name,
        "groups": {g.name: g.status.value for g in reading.data_groups},
        "signature": reading.step(Step.SIGNATURE).status.value,
        "algorithm": next(a.name for a in reading.algorithms if a.use == "signature of EF.SOD"),
        "cpu_ms": whole,
        "cpu_ms_without_face": without_face,
    }


def _milliseconds(
    check: Callable[[ChipFiles], Any], chip: ChipFiles, count: int
) -> tuple[float, Any]:
    """Of CPU for one check on average, since the clock of children ticks in hundredths."""
    began = _cpu_seconds()
    for _ in range(count):
        result = check(chip)
    return round((_cpu_seconds() - began) * 1000 / count, 1), result


def _cpu_seconds() -> float:
    """Of this process and of the children that decode face images."""
    return sum(os.times()[:4])


def print_table(figures: dict[str, Any]) -> None:
    """One row a list, one row a chip."""
    columns = (
        "certificates", "ours", "cryptography", "self_signed", "own_signature_holds",
        "ours_ms_each", "cryptography_ms_each",
    )  # fmt: skip
    print(f"{'':30}" + "".join(f"{name.replace('_', ' '):>21}" for name in columns))
    for name, row in figures["lists"].items():
        print(f"{name:30}" + "".join(f"{row[column]:>21}" for column in columns))
    print(f"{figures['trusted']} in all, loaded in {figures['seconds_to_load_all']} s of CPU")
    print(
        f"\n{'chip':70}{'signature':>14}{'algorithm':>26}{'CPU ms':>8}{'no face':>9}  data groups"
    )
    for row in figures["chips"]:
        groups = Counter(row["groups"].values())
        told = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in groups.items())
        print(
            f"{row['chip'][-68:]:70}{row['signature']:>14}{row['algorithm']:>26}"
            f"{row['cpu_ms']:>8}{row['cpu_ms_without_face']:>9}  {told}"
        )


def main(arguments: list[str]) -> None:
    """Measures and prints, as a table or with `json` as JSON."""
    if "BONAFIDE_DATA" not in os.environ:
        raise SystemExit("BONAFIDE_DATA names no folder of published chips to measure on")
    figures = measure(Path(os.environ["BONAFIDE_DATA"]))
    print(json.dumps(figures)) if arguments == ["json"] else print_table(figures)


if __name__ == "__main__":
    main(sys.argv[1:])
