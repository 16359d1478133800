"""Public keys as certificates and data groups carry them (RFC 3279, RFC 4055, RFC 5480).

A key that cannot be used is still told: which algorithm or which parameters it has.
"""

from dataclasses import dataclass
from typing import Any

from verifiers.documents.chip.asn1 import parsing
from verifiers.documents.chip.curves import CURVES, Curve, described_by
from verifiers.documents.chip.tlv import Malformed

_MOST_BITS = 16384
"""Of an RSA modulus: beyond it one check takes seconds."""
_MOST_EXPONENT_BITS = 64
_MOST_FIELD_BYTES = 128
"""Of a curve's coefficient; the longest curve has 66."""
_CURVE_NAMES = {name.lower(): curve for name, curve in CURVES.items()}


@dataclass(frozen=True)
class RsaKey:
    """A public key of RSA."""

    modulus: int
    exponent: int

    @property
    def words(self) -> str:
        """`RSA 2048`."""
        return f"RSA {self.modulus.bit_length()}"


@dataclass(frozen=True)
class EcKey:
    """A point on a curve of the table."""

    curve: Curve
    point: tuple[int, int]
    explicit: bool
    """Whether its parameters were written out, as 9303-12 asks."""

    @property
    def words(self) -> str:
        """`ECDSA brainpoolP256r1 (explicit parameters)`."""
        return f"ECDSA {self.curve.name}{' (explicit parameters)' if self.explicit else ''}"


@dataclass(frozen=True)
class UnusableKey:
    """A key by which nothing can be checked, and why."""

    problem: str

    @property
    def words(self) -> str:
        """The problem stands for the key."""
        return self.problem


PublicKey = RsaKey | EcKey | UnusableKey


def public_key(info: Any) -> PublicKey:
    """The key in a `PublicKeyInfo`; of one that is not as it should be, why it is unusable."""
    try:
        with parsing():
            algorithm = info["algorithm"]["algorithm"].native
            if algorithm in ("rsa", "rsassa_pss", "rsaes_oaep"):
                return _rsa(info["public_key"].parsed)
            if algorithm == "ec":
                return _ec(info)
    except Malformed as malformed:
        return UnusableKey(f"a key that {malformed.problem}")
    return UnusableKey(f"a key of {algorithm}, which is not checked")


def decoded_point(curve: Curve, encoded: bytes) -> tuple[int, int] | None:
    """The point of X9.62 in these bytes; `None` where it is none of this curve."""
    size = (curve.p.bit_length() + 7) // 8
    if len(encoded) == 1 + 2 * size and encoded[0] == 4:
        x, y = int.from_bytes(encoded[1 : 1 + size]), int.from_bytes(encoded[1 + size :])
    elif len(encoded) == 1 + size and encoded[0] in (2, 3) and curve.p % 4 == 3:
        x = int.from_bytes(encoded[1:])
        y = pow(x**3 + curve.a * x + curve.b, (curve.p + 1) // 4, curve.p)
        y = y if y & 1 == encoded[0] & 1 else curve.p - y
    else:
        return None
    return (x, y) if curve.holds(x, y) else None


def curve_of(parameters: Any) -> tuple[Curve | None, bool]:
    """The curve that these `ECDomainParameters` name or describe, and whether they describe it.

    Raises:
        Malformed: they do neither.
    """
    with parsing():
        if parameters.name == "named":
            return _CURVE_NAMES.get(parameters.chosen.native), False
        if parameters.name != "specified":
            return None, False
        domain = parameters.chosen
        field, curve = domain["field_id"], domain["curve"]
        if field["field_type"].native != "prime_field":
            return None, True
        a, b = curve["a"].native, curve["b"].native
        if max(len(a), len(b)) > _MOST_FIELD_BYTES:
            return None, True
        return described_by(
            p=field["parameters"].native,
            a=int.from_bytes(a),
            b=int.from_bytes(b),
            base=bytes(domain["base"]),
            n=domain["order"].native,
            cofactor=domain["cofactor"].native,
        ), True


def _rsa(key: Any) -> PublicKey:
    modulus, exponent = key["modulus"].native, key["public_exponent"].native
    if not (512 <= modulus.bit_length() <= _MOST_BITS and modulus & 1):
        return UnusableKey(f"an RSA key of {modulus.bit_length()} bits, which is not checked")
    if not (exponent >= 3 and exponent & 1 and exponent.bit_length() <= _MOST_EXPONENT_BITS):
        return UnusableKey("an RSA key with an unusual exponent, which is not checked")
    return RsaKey(modulus, exponent)


def _ec(info: Any) -> PublicKey:
    parameters = info["algorithm"]["parameters"]
    curve, explicit = curve_of(parameters)
    if curve is None:
        how = (
            "with parameters that describe no known curve"
            if explicit
            else (
                f"on the curve {parameters.chosen.native or 'of its issuer'}, which is not checked"
            )
        )
        return UnusableKey(f"an elliptic key {how}")
    point = decoded_point(curve, bytes(info["public_key"]))
    if point is None:
        return UnusableKey(f"a point that does not lie on {curve.name}")
    return EcKey(curve, point, explicit)
