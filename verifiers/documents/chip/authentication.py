"""Whether the chip is the one that was issued: active and chip authentication (9303-11 §6).

Active authentication leaves evidence: the challenge, and a signature by the key in DG15 over it.
Chip authentication is a key agreement; whoever took part could have computed both sides of what it
leaves, so that nothing stored convinces anybody else.
"""

import re
from dataclasses import dataclass
from typing import Any

from models.chip import Cause, StepStatus
from verifiers.documents.chip.asn1 import SecurityInfos, keys, parse, parsing
from verifiers.documents.chip.hashes import HASHES, Hash
from verifiers.documents.chip.keys import EcKey, PublicKey, RsaKey, UnusableKey, public_key
from verifiers.documents.chip.signatures import Judged, Scheme, pair_of, verify
from verifiers.documents.chip.tlv import Malformed, read_values

_SUCCESS = b"\x90\x00"
"""The status word after a chip's answer (ISO/IEC 7816-4), which some apps save with it."""
_ACTIVE = "2.23.136.1.1.5"
_PLAIN_ECDSA = "0.4.0.127.0.7.1.1.4.1."
_ECDSA_HASHES = ("sha1", "sha224", "sha256", "sha384", "sha512")
_CHIP_KEY = "0.4.0.127.0.7.2.2.1."

_TRAILERS = {0x33: "sha1", 0x38: "sha224", 0x34: "sha256", 0x36: "sha384", 0x35: "sha512"}
"""ISO/IEC 9796-2, before a last byte CC: the hash functions of ISO/IEC 10118-3. BC is SHA-1."""


@dataclass(frozen=True)
class Protocols:
    """What DG14 says that the chip can do."""

    active_hash: Hash | None = None
    """Of active authentication with ECDSA."""
    chip_keys: tuple[str, ...] = ()
    """Of chip authentication, in words."""


def read_active_key(dg15: bytes) -> PublicKey:
    """The key of DG15; raises `Malformed`."""
    (whole,) = read_values(dg15)
    return public_key(parse(keys.PublicKeyInfo, whole.value))


def read_protocols(dg14: bytes) -> Protocols:
    """What DG14 says; raises `Malformed`."""
    (whole,) = read_values(dg14)
    infos = parse(SecurityInfos, whole.value)
    active: Hash | None = None
    chip_keys: list[str] = []
    with parsing():
        for info in infos:
            protocol = info["protocol"].native
            if protocol == _ACTIVE:
                active = _active_hash(info["optional"])
            elif protocol.startswith(_CHIP_KEY):
                chip_keys.append(_chip_key(info["required"]))
    return Protocols(active, tuple(chip_keys))


def plain_bytes(data: bytes) -> bytes:
    """The bytes that hexadecimal text stands for; other data as they are."""
    text = b"".join(data.split())
    if len(text) >= 16 and re.fullmatch(rb"(?:[0-9a-fA-F]{2})+", text):
        return bytes.fromhex(text.decode())
    return data


def answer_holds(key: PublicKey, protocols: Protocols, challenge: bytes, saved: bytes) -> Judged:
    """Whether the chip with this key gave this answer to this challenge.

    Args:
        key: of DG15.
        protocols: of DG14.
        challenge: what the chip was asked.
        saved: its answer as an app saved it: maybe as hexadecimal text, or with a status word.
    """
    if isinstance(key, UnusableKey):
        return Judged(StepStatus.NOT_POSSIBLE, f"DG15 holds {key.problem}.", Cause.UNSUPPORTED)
    forms = (form for whole in (saved, plain_bytes(saved)) for form in (whole, _body(whole)))
    answer = next((form for form in forms if _has_length(key, form)), None)
    if answer is None:
        reason = f"The answer, of {len(saved)} bytes, is none that the key gives ({key.words})."
        return Judged(StepStatus.NOT_POSSIBLE, reason, Cause.MALFORMED)
    if isinstance(key, RsaKey):
        fits = _recovered_fits(key, challenge, answer)
        return _told(fits, f"ISO/IEC 9796-2, {key.words}")
    hashes = [protocols.active_hash] if protocols.active_hash else list(HASHES.values())
    fits = any(
        verify(key, Scheme("ECDSA", hash), answer, challenge).status is StepStatus.DONE
        for hash in hashes
    )
    return _told(fits, key.words)


def _body(answer: bytes) -> bytes:
    return answer.removesuffix(_SUCCESS)


def _has_length(key: RsaKey | EcKey, answer: bytes) -> bool:
    if isinstance(key, RsaKey):
        return len(answer) == _size(key)
    return pair_of(key, answer) is not None


def _size(key: RsaKey) -> int:
    return (key.modulus.bit_length() + 7) // 8


def _told(fits: bool, words: str) -> Judged:
    if fits:
        return Judged(StepStatus.DONE, f"The answer fits the challenge and the key ({words}).")
    reason = f"The answer does not fit the challenge and the key ({words})."
    return Judged(StepStatus.FAILED, reason, Cause.WRONG_ANSWER)


def _recovered_fits(key: RsaKey, challenge: bytes, answer: bytes) -> bool:
    """ISO/IEC 9796-2 digital signature scheme 1 with partial recovery, as 9303-11 §6.1 has it."""
    size = _size(key)
    number = int.from_bytes(answer)
    if number >= key.modulus:
        return False
    opened = pow(number, key.exponent, key.modulus)
    # The signer sends the smaller of a number and its negative; the last nibble tells which.
    for message in (opened, key.modulus - opened):
        recovered = message.to_bytes(size)
        if recovered[-1] & 0xF == 0xC and recovered[0] & 0xC0 == 0x40:
            return _digest_fits(recovered, challenge)
    return False


def _digest_fits(recovered: bytes, challenge: bytes) -> bool:
    if recovered[-1] == 0xBC:
        hash, trailer = HASHES["sha1"], 1
    elif recovered[-1] == 0xCC and recovered[-2] in _TRAILERS:
        hash, trailer = HASHES[_TRAILERS[recovered[-2]]], 2
    else:
        return False
    size = len(hash.digest(b""))
    end = len(recovered) - trailer - size
    if end < 1:
        return False
    first_part, digest = recovered[1:end], recovered[end : end + size]
    return hash.digest(first_part, challenge) == digest


def _active_hash(optional: Any) -> Hash | None:
    if optional.native is None:
        return None
    named = optional.parsed.native
    if not isinstance(named, str) or not named.startswith(_PLAIN_ECDSA):
        return None
    index = int(named.removeprefix(_PLAIN_ECDSA)) - 1
    return HASHES[_ECDSA_HASHES[index]] if 0 <= index < len(_ECDSA_HASHES) else None


def _chip_key(required: Any) -> str:
    """In words; Diffie-Hellman over integers is told by its name only."""
    try:
        info = parse(keys.PublicKeyInfo, required.dump())
    except Malformed:
        return "a key that cannot be read"
    try:
        with parsing():
            algorithm = info["algorithm"]["algorithm"].native
    except Malformed:
        return "a key that cannot be read"
    if algorithm != "ec":
        return "Diffie-Hellman"
    return public_key(info).words.replace("ECDSA", "elliptic curve Diffie-Hellman,")
