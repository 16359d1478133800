"""Chips as the tests need them: data groups, EF.SOD, and what active authentication leaves."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from asn1crypto import algos, core, keys  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from PIL import Image

from models.document import Mrz, MrzFormat
from models.finding import Finding
from tests.documents.chip import pki, signed
from tests.documents.zones import a_passport
from verifiers.documents.chip.check import ChipResult, check_chip
from verifiers.documents.chip.files import sort_files
from verifiers.documents.chip.lists import add_list
from verifiers.documents.chip.tlv import wrap
from verifiers.documents.chip.trust import TrustStore
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_build import build

TODAY = date(2026, 6, 1)
CHALLENGE = bytes(range(8))
FILE_TAGS = {1: 0x61, 2: 0x75, 3: 0x63, 11: 0x6B, 12: 0x6C, 14: 0x6E, 15: 0x6F}


def a_zone(**fields: str) -> tuple[str, ...]:
    """The lines of a Dutch passport, with these fields instead."""
    return build(MrzFormat.TD3, a_passport(**fields))


def printed(**fields: str) -> Mrz:
    """The same zone, read surely from paper."""
    return understand(a_zone(**fields), today=TODAY)


def dg1(lines: Iterable[str] | None = None) -> bytes:
    """The zone as DG1 has it."""
    text = "".join(lines or a_zone()).encode()
    return wrap(0x61, wrap(0x5F1F, text))


def face_picture(format: str = "JPEG", colour: str = "navy") -> bytes:
    """A picture of one colour, which will do for a face where nobody looks at it."""
    buffer = BytesIO()
    Image.new("RGB", (90, 120), colour).save(buffer, format)
    return buffer.getvalue()


def dg2(picture: bytes) -> bytes:
    """A face image as ISO/IEC 19794-5 records it, within the templates of 9303-10."""
    image_info = bytes([1, 0]) + (90).to_bytes(2) + (120).to_bytes(2) + bytes(6)
    size = 20 + len(image_info) + len(picture)
    face = size.to_bytes(4) + bytes(16) + image_info + picture
    record = b"FAC\x00010\x00" + (14 + size).to_bytes(4) + (1).to_bytes(2) + face
    header = wrap(0xA1, bytes.fromhex("8101028201008702010188020008"))
    instance = wrap(0x7F60, header + wrap(0x5F2E, record))
    return wrap(0x75, wrap(0x7F61, wrap(0x02, b"\x01") + instance))


def dg12(issued: str = "20240315") -> bytes:
    """Issuing authority and day of issue."""
    listed = wrap(0x5C, bytes.fromhex("5f195f26"))
    said = wrap(0x5F19, "Gemeente Zürich".encode()) + wrap(0x5F26, bytes.fromhex(issued))
    return wrap(0x6C, listed + said)


def dg15(private: pki.PrivateKey) -> bytes:
    """The chip's public key for active authentication."""
    return wrap(0x6F, bytes(pki.key_info(private).dump()))


def dg14(*, chip_key: pki.PrivateKey | None = None, active_hash: str | None = None) -> bytes:
    """Chip authentication with this key, and the hash of active authentication with ECDSA."""
    infos = []
    if chip_key:
        infos.append(_sequence(_oid("0.4.0.127.0.7.2.2.1.2"), pki.key_info(chip_key).dump()))
        infos.append(_sequence(_oid("0.4.0.127.0.7.2.2.3.2.2"), core.Integer(1).dump()))
    if active_hash:
        number = list(pki.HASHES).index(active_hash) + 1
        plain = _oid(f"0.4.0.127.0.7.1.1.4.1.{number}")
        infos.append(_sequence(_oid("2.23.136.1.1.5"), core.Integer(1).dump(), plain))
    return wrap(0x6E, wrap(0x31, b"".join(infos)))


def com(numbers: Iterable[int]) -> bytes:
    """EF.COM: versions, and the data groups that there are."""
    listed = bytes(FILE_TAGS[number] for number in sorted(numbers))
    return wrap(0x60, wrap(0x5F01, b"0107") + wrap(0x5F36, b"040000") + wrap(0x5C, listed))


def _oid(dotted: str) -> bytes:
    return bytes(core.ObjectIdentifier(dotted).dump())


def _sequence(*parts: bytes) -> bytes:
    return wrap(0x30, b"".join(parts))


def security_object(
    groups: Mapping[int, bytes], hash: str = "sha256", *, version: int = 0
) -> bytes:
    """What the signer signs: the hashes of these data groups."""
    hashed = b"".join(
        _sequence(
            core.Integer(number).dump(),
            core.OctetString(hashlib.new(hash, groups[number]).digest()).dump(),
        )
        for number in sorted(groups)
    )
    algorithm = algos.DigestAlgorithm({"algorithm": hash}).dump()
    parts = [core.Integer(version).dump(), algorithm, _sequence(hashed)]
    if version:
        said = (core.PrintableString("1.8").dump(), core.PrintableString("4.0.0").dump())
        parts.append(_sequence(*said))
    return _sequence(*parts)


@dataclass(frozen=True)
class Chip:
    """One chip: what it holds, how it is signed, what was changed after that."""

    groups: dict[int, bytes] = field(default_factory=lambda: {1: dg1(), 2: dg2(b""), 12: dg12()})
    signer: pki.Holder = field(default_factory=pki.signer)
    hash: str = "sha256"
    version: int = 0
    signed_at: datetime | None = field(default_factory=lambda: pki.day("2024-03-15"))
    signing: dict[str, Any] = field(default_factory=dict)
    """Further arguments of `signed.signed_data`."""
    not_hashed: tuple[int, ...] = ()
    instead: dict[int, bytes] = field(default_factory=dict)
    """Data groups put in the place of the signed ones."""
    not_sent: tuple[int, ...] = (2,)
    """Without a picture that can be decoded, most tests leave the face image out."""
    beside: dict[str, bytes] = field(default_factory=dict)
    """Further files."""

    def files(self) -> dict[str, bytes]:
        """As an app saves them."""
        hashed = {n: data for n, data in self.groups.items() if n not in self.not_hashed}
        content = security_object(hashed, self.hash, version=self.version)
        sod = signed.signed_data(content, self.signer, signed_at=self.signed_at, **self.signing)
        sent = {n: d for n, d in (self.groups | self.instead).items() if n not in self.not_sent}
        return {
            "EF_COM.bin": com(self.groups),
            "EF_SOD.bin": wrap(0x77, sod),
            **{f"DG{number}.bin": data for number, data in sent.items()},
            **self.beside,
        }

    def checked(
        self,
        trust: TrustStore | None = None,
        *,
        print: Mrz | None = None,
        challenge: bytes | None = None,
        today: date = TODAY,
    ) -> ChipResult:
        """Checked against the Dutch list and the print, unless told otherwise."""
        store = trusting() if trust is None else trust
        files = sort_files("chip", self.files())
        return check_chip(
            files, store, today=today, printed=print or printed(), challenge=challenge
        )


def trusting(*holders: pki.Holder, revocations: Iterable[bytes] = ()) -> TrustStore:
    """A store that trusts these; the Dutch CSCA where none is named."""
    store = TrustStore()
    for holder in holders or (pki.csca(),):
        add_list(store, "csca.cer", holder.der)
    for data in revocations:
        add_list(store, "nl.crl", data)
    return store


def codes(result: ChipResult) -> dict[str, Finding]:
    """The findings by what follows `document.chip.`."""
    return {f.code.removeprefix("document.chip."): f for f in result.findings}


def answer_rsa(
    private: rsa.RSAPrivateKey, challenge: bytes, hash: str = "sha1", *, negated: bool = False
) -> bytes:
    """What a chip with an RSA key answers: ISO/IEC 9796-2, scheme 1, partial recovery."""
    numbers = private.private_numbers()
    modulus = numbers.public_numbers.n
    size = (modulus.bit_length() + 7) // 8
    trailers = {"sha1": b"\xbc", "sha256": b"\x34\xcc", "sha512": b"\x35\xcc"}
    digest_size = hashlib.new(hash).digest_size
    own = bytes(size - 1 - digest_size - len(trailers[hash]))
    digest = hashlib.new(hash, own + challenge).digest()
    opened = int.from_bytes(b"\x6a" + own + digest + trailers[hash])
    signed = pow(opened, numbers.d, modulus)
    return (modulus - signed if negated else signed).to_bytes(size)


def answer_ecdsa(
    private: ec.EllipticCurvePrivateKey, challenge: bytes, hash: hashes.HashAlgorithm
) -> bytes:
    """What a chip with an elliptic key answers: r and s side by side."""
    r, s = decode_dss_signature(private.sign(challenge, ec.ECDSA(hash)))
    size = (private.key_size + 7) // 8
    return r.to_bytes(size) + s.to_bytes(size)


def key_bytes(private: pki.PrivateKey) -> Any:
    """The public key as asn1crypto has it."""
    return keys.PublicKeyInfo.load(pki.key_info(private).dump())
