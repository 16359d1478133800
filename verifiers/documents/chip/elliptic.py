"""ECDSA verified on any curve of the table (FIPS 186-4 §6.4), where `cryptography` has none.

OpenSSL lacks brainpoolP160r1 to brainpoolP224r1 and brainpoolP320r1, on which first-generation
documents are signed. Only public values are computed with, so time may tell what it likes.
"""

from verifiers.documents.chip.curves import Curve

Jacobian = tuple[int, int, int]
"""A point (X/Z², Y/Z³); Z is 0 for the point at infinity."""

_INFINITY: Jacobian = (1, 1, 0)


def ecdsa_holds(curve: Curve, point: tuple[int, int], r: int, s: int, digest: bytes) -> bool:
    """Whether (r, s) is a signature by this public key, a point on the curve, over the digest."""
    if not (0 < r < curve.n and 0 < s < curve.n):
        return False
    excess = max(0, 8 * len(digest) - curve.n.bit_length())
    e = int.from_bytes(digest) >> excess
    w = pow(s, -1, curve.n)
    x, _, z = _sum_of_multiples(curve, e * w % curve.n, r * w % curve.n, point)
    if z == 0:
        return False
    return x * pow(z, -2, curve.p) % curve.p % curve.n == r


def _sum_of_multiples(curve: Curve, u: int, v: int, point: tuple[int, int]) -> Jacobian:
    """U times the base point plus v times the other, bit by bit (Shamir's trick)."""
    base, other = (*curve.g, 1), (*point, 1)
    parts = {(1, 0): base, (0, 1): other, (1, 1): _add(curve, base, other)}
    total = _INFINITY
    for bit in reversed(range(max(u.bit_length(), v.bit_length()))):
        total = _double(curve, total)
        both = (u >> bit & 1, v >> bit & 1)
        if both in parts:
            total = _add(curve, total, parts[both])
    return total


def _double(curve: Curve, point: Jacobian) -> Jacobian:
    x, y, z = point
    p = curve.p
    if z == 0 or y == 0:
        return _INFINITY
    square = y * y % p
    s = 4 * x * square % p
    m = (3 * x * x + curve.a * pow(z, 4, p)) % p
    doubled = (m * m - 2 * s) % p
    return doubled, (m * (s - doubled) - 8 * square * square) % p, 2 * y * z % p


def _add(curve: Curve, one: Jacobian, other: Jacobian) -> Jacobian:
    x1, y1, z1 = one
    x2, y2, z2 = other
    p = curve.p
    if z1 == 0:
        return other
    if z2 == 0:
        return one
    zz1, zz2 = z1 * z1 % p, z2 * z2 % p
    u1, u2 = x1 * zz2 % p, x2 * zz1 % p
    s1, s2 = y1 * zz2 * z2 % p, y2 * zz1 * z1 % p
    if u1 == u2:
        return _double(curve, one) if s1 == s2 else _INFINITY
    h, r = u2 - u1, s2 - s1
    hh = h * h % p
    hhh, v = h * hh % p, u1 * hh % p
    x = (r * r - hhh - 2 * v) % p
    return x, (r * (v - x) - s1 * hhh) % p, h * z1 * z2 % p
