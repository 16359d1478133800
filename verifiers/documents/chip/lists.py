"""What the operator supplies, read: master lists, certificates, revocation lists (9303-12 §8, §9).

Master lists come as CMS (`.ml`, as ICAO, Germany and the Netherlands publish them), inside ZIP, and
inside LDIF from the Public Key Directory; certificates and revocation lists as DER or PEM; folders
hold any of them. What a file is, is decided by its content.
"""

import base64
import binascii
import io
import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from models.chip import StepStatus
from verifiers.documents.chip.asn1 import (
    CSCA_MASTER_LIST,
    MASTER_LIST_SIGNER,
    MasterListContent,
    parse_list,
    parsing,
    pem,
    x509,
)
from verifiers.documents.chip.certificates import Certificate, certificate_of, read_certificate
from verifiers.documents.chip.revocation import read_revocation_list
from verifiers.documents.chip.signed_data import SignedData, read_signed_data
from verifiers.documents.chip.tlv import Malformed
from verifiers.documents.chip.trust import ListFile, TrustStore
from verifiers.unusable import UnusableInput, open_evidence, shown_name

MOST_BYTES = 64_000_000
"""Of one file, and of all that a ZIP unpacks to. Germany's master list has 0.9 MB."""
_MOST_FILES = 5000
_LDIF_ATTRIBUTE = re.compile(
    rb"^(?:pkdMasterListContent|CscaMasterListData|cACertificate|certificateRevocationList)"
    rb"(?:;binary)?:: ?(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
"""Of 9303-12 §8; not `userCertificate`, the 30,000 document signers, which EF.SOD brings along."""
_SEND = "Supply a master list (.ml), certificates (.cer) or revocation lists (.crl)"


def load_trust(paths: Sequence[Path]) -> TrustStore:
    """Everything in these files and folders.

    Raises:
        UnusableInput: a file that was named cannot be used. What cannot be used within a folder, a
            ZIP or an LDIF is told among the store's `files`.
    """
    store = TrustStore()
    for path in paths:
        if path.is_dir():
            for within in _within(path):
                _add_of_folder(store, within)
        else:
            _add_named(store, path)
    return store


def _within(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())[:_MOST_FILES]
    except OSError as error:
        problem = f"cannot be listed ({os.strerror(error.errno or 0)})"
        raise UnusableInput(shown_name(folder), problem, "Give read permission") from None


def _add_of_folder(store: TrustStore, path: Path) -> None:
    try:
        _add_named(store, path)
    except UnusableInput as unusable:
        store.files.append(ListFile(shown_name(path), "unknown", problem=unusable.problem))


def _add_named(store: TrustStore, path: Path) -> None:
    name = shown_name(path)
    with open_evidence(path, largest_bytes=MOST_BYTES) as source:
        data = source.read()
    before = len(store.files)
    try:
        for part in _parts(data):
            _add_part(store, name, part)
    except (Malformed, zipfile.BadZipFile, RuntimeError) as error:
        problem = error.problem if isinstance(error, Malformed) else "is a damaged ZIP"
        raise UnusableInput(name, problem, _SEND) from None
    added = store.files[before:]
    if len(added) == 1 and added[0].problem:
        raise UnusableInput(name, added[0].problem, _SEND)
    if not added:
        problem = "holds no master list, certificate or revocation list"
        raise UnusableInput(name, problem, _SEND)


def add_list(store: TrustStore, name: str, data: bytes) -> None:
    """Add one master list, certificate or revocation list to what is trusted.

    Raises:
        Malformed: it is none of them, or a master list whose signature is wrong.
    """
    problems = []
    for add in (_add_master_list, _add_certificate, _add_revocation_list):
        try:
            add(store, name, data)
        except Malformed as malformed:
            problems.append(malformed)
        else:
            return
    # A list that could be read as one says most about what is wrong.
    raise next(
        (p for p in problems if isinstance(p, _NotHeld)), Malformed("is no list that is known")
    )


class _NotHeld(Malformed):
    """A master list that was read but is not what its signer signed."""


def _add_part(store: TrustStore, name: str, data: bytes) -> None:
    try:
        add_list(store, name, data)
    except Malformed as malformed:
        store.files.append(ListFile(name, "unknown", problem=malformed.problem))


def _parts(data: bytes, *, unpack: bool = True) -> Iterator[bytes]:
    """The DER structures in a file."""
    if data.startswith(b"PK\x03\x04") and unpack:
        for member in _members(data):
            yield from _parts(member, unpack=False)
    elif data.lstrip().startswith(b"-----BEGIN"):
        with parsing():
            yield from (der for _, _, der in pem.unarmor(data, multiple=True))
    elif data.startswith(b"0"):
        yield data
    else:
        unfolded = re.sub(rb"\r?\n ", b"", data)
        for found in _LDIF_ATTRIBUTE.finditer(unfolded):
            try:
                yield base64.b64decode(found[1].strip(), validate=True)
            except binascii.Error:
                raise Malformed("has a value that is no base64") from None


def _members(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > _MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
            raise Malformed(f"unpacks to more than {MOST_BYTES // 1_000_000} MB")
        for info in infos:
            with archive.open(info) as member:
                # The directory's sizes are its author's claim.
                yield member.read(info.file_size)


def _add_master_list(store: TrustStore, name: str, data: bytes) -> None:
    signed = read_signed_data(data)
    if signed.content_type != CSCA_MASTER_LIST:
        raise Malformed("is no master list")
    content = parse_list(MasterListContent, signed.content)
    with parsing():
        ders = [certificate.dump() for certificate in content["certificates"]]
    signer = _list_signer(signed)
    certificates = []
    unread = 0
    for der in ders:
        try:
            known = store.known(der)
            certificates.append(known.certificate if known else _within_list(der))
        except Malformed:
            unread += 1
    for certificate in certificates:
        store.add(certificate, name)
    told = f"{unread} of its {len(ders)} certificates cannot be read" if unread else None
    store.files.append(
        ListFile(
            name,
            f"master list of {signer.country}",
            certificates=len(certificates),
            signed_at=signed.signed_at,
            problem=told,
        )
    )


def _within_list(der: bytes) -> Certificate:
    """A certificate of a list that was walked as a whole, so that its nesting is known."""
    with parsing():
        return certificate_of(x509.Certificate.load(der, strict=True), der)


def _list_signer(signed: SignedData) -> Certificate:
    """Who signed the list; that it is supplied at all is what makes it trusted."""
    signer = next((c for c in signed.certificates if signed.identifies(c)), None)
    if signer is None:
        raise _NotHeld("is a master list without the certificate of its signer")
    judged = signed.verify(signer)
    if judged.status is not StepStatus.DONE:
        raise _NotHeld(f"is a master list whose signature does not hold: {judged.reason}")
    if MASTER_LIST_SIGNER not in signer.purposes:
        raise _NotHeld("is a master list whose signer's certificate is for something else")
    return signer


def _add_certificate(store: TrustStore, name: str, data: bytes) -> None:
    certificate = read_certificate(data)
    store.add(certificate, name)
    store.files.append(ListFile(name, f"certificate of {certificate.country}", certificates=1))


def _add_revocation_list(store: TrustStore, name: str, data: bytes) -> None:
    known = read_revocation_list(data, name)
    store.revocation_lists.append(known)
    store.files.append(ListFile(name, f"revocation list of {known.issuer}"))
