"""Signatures of travel documents verified: RSA PKCS#1 v1.5, RSA-PSS, ECDSA (9303-12 §4.4).

A signature that cannot be judged (an algorithm that 9303 never had) is no wrong signature.
"""

from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes as library
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature

from models.chip import Cause, StepStatus
from verifiers.documents.chip.asn1 import algos, parse, parsing
from verifiers.documents.chip.elliptic import ecdsa_holds
from verifiers.documents.chip.hashes import SHA1, Hash, UnknownHash, hash_named
from verifiers.documents.chip.keys import EcKey, PublicKey, RsaKey, UnusableKey
from verifiers.documents.chip.tlv import Malformed

_PLAIN_ECDSA = {
    "0.4.0.127.0.7.1.1.4.1.1": "sha1",
    "0.4.0.127.0.7.1.1.4.1.2": "sha224",
    "0.4.0.127.0.7.1.1.4.1.3": "sha256",
    "0.4.0.127.0.7.1.1.4.1.4": "sha384",
    "0.4.0.127.0.7.1.1.4.1.5": "sha512",
}
"""BSI TR-03111 §5.2.1: r and s side by side instead of in a sequence."""
_EC_PUBLIC_KEY = "1.2.840.10045.2.1"
"""The algorithm of the key, which some issuers write for that of the signature."""

_LIBRARY_HASHES: dict[str, library.HashAlgorithm] = {
    "sha1": library.SHA1(),
    "sha224": library.SHA224(),
    "sha256": library.SHA256(),
    "sha384": library.SHA384(),
    "sha512": library.SHA512(),
}
_LIBRARY_CURVES: dict[str, ec.EllipticCurve] = {
    "secp224r1": ec.SECP224R1(),
    "secp256r1": ec.SECP256R1(),
    "secp384r1": ec.SECP384R1(),
    "secp521r1": ec.SECP521R1(),
    "brainpoolP256r1": ec.BrainpoolP256R1(),
    "brainpoolP384r1": ec.BrainpoolP384R1(),
    "brainpoolP512r1": ec.BrainpoolP512R1(),
}


@dataclass(frozen=True)
class Judged:
    """What came of one check."""

    status: StepStatus
    reason: str
    """One sentence."""
    cause: Cause | None = None


@dataclass(frozen=True)
class Scheme:
    """How a signature was made."""

    name: str
    """`RSA PKCS#1 v1.5`, `RSA-PSS` or `ECDSA`."""
    hash: Hash
    mask_hash: Hash | None = None

    @property
    def words(self) -> str:
        """`RSA-PSS, SHA-256`."""
        return f"{self.name}, {self.hash.name}"


class UnknownScheme(Exception):
    """A signature algorithm that 9303 never had; `problem` says which."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def scheme_of(algorithm: Any, digest: Hash | None = None) -> Scheme:
    """The scheme that a `SignedDigestAlgorithm` names; `digest` where it names no hash.

    Raises:
        UnknownScheme: 9303 never had it.
        Malformed: its parameters are broken.
    """
    with parsing():
        name = algorithm["algorithm"].native
        dotted = algorithm["algorithm"].dotted
        parameters = algorithm["parameters"].native if name == "rsassa_pss" else None
    try:
        if name == "rsassa_pss":
            return _pss(parameters)
        if dotted in _PLAIN_ECDSA:
            return Scheme("ECDSA", hash_named(_PLAIN_ECDSA[dotted]))
        if name == "rsassa_pkcs1v15" and digest:
            return Scheme("RSA PKCS#1 v1.5", digest)
        if (name == "ecdsa" or dotted == _EC_PUBLIC_KEY) and digest:
            return Scheme("ECDSA", digest)
        hash, _, kind = name.rpartition("_")
        if kind in ("rsa", "ecdsa") and hash:
            made = "ECDSA" if kind == "ecdsa" else "RSA PKCS#1 v1.5"
            return Scheme(made, hash_named(hash))
    except UnknownHash as unknown:
        raise UnknownScheme(unknown.problem) from None
    raise UnknownScheme(f"{name[:60]} is no signature algorithm of ICAO 9303")


def _pss(parameters: Any) -> Scheme:
    """RFC 4055 §3.1: what is not stated is SHA-1. The salt's length, the signature tells."""
    if parameters is None:
        return Scheme("RSA-PSS", SHA1, SHA1)
    with parsing():
        return Scheme(
            "RSA-PSS",
            hash_named(parameters["hash_algorithm"]["algorithm"]),
            hash_named(parameters["mask_gen_algorithm"]["parameters"]["algorithm"]),
        )


def verify(key: PublicKey, scheme: Scheme, signature: bytes, message: bytes) -> Judged:
    """Whether this key made the signature over the message."""
    return verify_digest(key, scheme, signature, scheme.hash.digest(message))


def verify_digest(key: PublicKey, scheme: Scheme, signature: bytes, digest: bytes) -> Judged:
    """Whether this key made the signature over what has this digest."""
    if isinstance(key, UnusableKey):
        return _not_judged(f"The key is {key.problem}.")
    if isinstance(key, RsaKey) != scheme.name.startswith("RSA"):
        return _not_judged(f"A signature of {scheme.name} does not go with a key of {key.words}.")
    holds = (
        _rsa_holds(key, scheme, signature, digest)
        if isinstance(key, RsaKey)
        else _ec_holds(key, scheme, signature, digest)
    )
    if holds is None:
        return _not_judged(f"{scheme.words} with {key.words} cannot be computed.")
    words = f"{scheme.words}, by a key of {key.words}"
    if not holds:
        return Judged(
            StepStatus.FAILED, f"The signature is wrong ({words}).", Cause.WRONG_SIGNATURE
        )
    return Judged(StepStatus.DONE, f"The signature holds ({words}).")


def _not_judged(reason: str) -> Judged:
    return Judged(StepStatus.NOT_POSSIBLE, reason, Cause.UNSUPPORTED)


def _rsa_holds(key: RsaKey, scheme: Scheme, signature: bytes, digest: bytes) -> bool | None:
    """`None` where the library does not compute it."""
    hash = _LIBRARY_HASHES[scheme.hash.key]
    padded: padding.AsymmetricPadding = padding.PKCS1v15()
    if scheme.mask_hash:
        # The stated length of the salt is not held against what some issuers state wrongly: any
        # other is as hard to forge (RFC 8017 §9.1, note 3).
        padded = padding.PSS(padding.MGF1(_LIBRARY_HASHES[scheme.mask_hash.key]), padding.PSS.AUTO)
    try:
        public = rsa.RSAPublicNumbers(key.exponent, key.modulus).public_key()
        public.verify(signature, digest, padded, Prehashed(hash))
    except InvalidSignature:
        return False
    except (ValueError, UnsupportedAlgorithm):
        return None
    return True


def _ec_holds(key: EcKey, scheme: Scheme, signature: bytes, digest: bytes) -> bool:
    """Either encoding is taken: issuers and chips write one where they name the other."""
    pair = pair_of(key, signature)
    if pair is None:
        return False
    curve = _LIBRARY_CURVES.get(key.curve.name)
    if curve is None:
        return ecdsa_holds(key.curve, key.point, *pair, digest)
    try:
        public = ec.EllipticCurvePublicNumbers(*key.point, curve).public_key()
        hash = _LIBRARY_HASHES[scheme.hash.key]
        public.verify(encode_dss_signature(*pair), digest, ec.ECDSA(Prehashed(hash)))
    except (InvalidSignature, ValueError):
        return False
    return True


def pair_of(key: EcKey, signature: bytes) -> tuple[int, int] | None:
    """The two numbers of a signature by this key; `None` where the bytes are no signature."""
    return _side_by_side(key, signature) or _in_sequence(signature)


def _in_sequence(signature: bytes) -> tuple[int, int] | None:
    """RFC 3279 §2.2.3."""
    try:
        with parsing():
            pair = parse(algos.DSASignature, signature)
            return pair["r"].native, pair["s"].native
    except Malformed:
        return None


def _side_by_side(key: EcKey, signature: bytes) -> tuple[int, int] | None:
    """BSI TR-03111 §5.2.1.1: each as long as the order of the curve."""
    size = (key.curve.n.bit_length() + 7) // 8
    if len(signature) != 2 * size:
        return None
    return int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
