"""Tags and lengths, curves, signatures, countries: the parts by themselves."""

import contextlib
import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.chip import StepStatus
from verifiers.documents.chip.certificates import read_certificate
from verifiers.documents.chip.countries import ALPHA_2_OF, signers_of
from verifiers.documents.chip.curves import CURVES, Curve, described_by
from verifiers.documents.chip.hashes import HASHES
from verifiers.documents.chip.keys import EcKey, decoded_point
from verifiers.documents.chip.security_object import read_security_object
from verifiers.documents.chip.signatures import Scheme, verify
from verifiers.documents.chip.tlv import (
    Malformed,
    Tlv,
    elementary_file,
    read_values,
    refuse_unbounded,
    value_of,
    wrap,
)
from verifiers.documents.issuers import ALPHA_2, STATES

TAG = st.sampled_from((0x02, 0x04, 0x5F1F, 0x5F2E, 0x61, 0x7F61, 0x77))


@given(st.lists(st.tuples(TAG, st.binary(max_size=300)), max_size=6))
def test_what_was_wrapped_is_read_back(values: list[tuple[int, bytes]]) -> None:
    data = b"".join(wrap(tag, value) for tag, value in values)
    assert list(read_values(data)) == [Tlv(tag, value) for tag, value in values]


@given(TAG, st.binary(max_size=300), st.data())
def test_a_file_that_is_cut_off_anywhere_is_malformed(
    tag: int, value: bytes, data: st.DataObject
) -> None:
    whole = wrap(tag, value)
    shorter = whole[: data.draw(st.integers(0, len(whole) - 1))]
    with pytest.raises(Malformed):
        elementary_file(shorter)


@given(st.binary(max_size=200))
def test_any_bytes_are_values_or_malformed(data: bytes) -> None:
    with contextlib.suppress(Malformed):
        values = list(read_values(data))
        assert sum(len(value.value) for value in values) <= len(data)
    with contextlib.suppress(Malformed):
        found = value_of(data, 0x61, 0x5F1F)
        assert found is None or found in data


@given(st.binary(max_size=400))
def test_any_bytes_are_a_security_object_and_a_certificate_or_malformed(data: bytes) -> None:
    for start in (b"", b"\x30\x80", b"\x77\x80", b"0\x0b\x06\x09*\x86H\x86\xf7\r\x01\x07\x02"):
        for read in (read_security_object, read_certificate):
            with pytest.raises(Malformed):
                read(start + data)


@pytest.mark.parametrize("depth", [41, 5000])
@pytest.mark.parametrize("indefinite", [False, True])
def test_nesting_beyond_any_document_is_refused(depth: int, indefinite: bool) -> None:
    data = b""
    for _ in range(depth):
        data = b"\x30\x80" + data + b"\x00\x00" if indefinite else wrap(0x30, data)
    with pytest.raises(Malformed, match="nested"):
        refuse_unbounded(data)


def test_a_value_that_goes_beyond_the_one_around_it_is_refused() -> None:
    with pytest.raises(Malformed, match="beyond the one around it"):
        refuse_unbounded(bytes.fromhex("3006 0201 01 3003 0204 01 00"))


def _times(curve: Curve, factor: int, point: tuple[int, int]) -> tuple[int, int]:
    """By the schoolbook, other than the code under test; the multiple is never infinity here."""
    total: tuple[int, int] | None = None
    while factor:
        if factor & 1:
            total = point if total is None else _plus(curve, total, point)
        point = _plus(curve, point, point)
        factor >>= 1
    assert total is not None
    return total


def _plus(curve: Curve, one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    (x1, y1), (x2, y2) = one, other
    slope = (
        (3 * x1 * x1 + curve.a) * pow(2 * y1, -1, curve.p)
        if one == other
        else (y2 - y1) * pow(x2 - x1, -1, curve.p)
    )
    x = (slope * slope - x1 - x2) % curve.p
    return x, (slope * (x1 - x) - y1) % curve.p


@pytest.mark.parametrize("name", CURVES)
def test_signatures_on_every_curve_of_the_table_are_told_from_others(name: str) -> None:
    curve, chance = CURVES[name], random.Random(name)
    assert curve.holds(*curve.g)
    private, nonce = (chance.randrange(1, curve.n) for _ in range(2))
    key = EcKey(curve, _times(curve, private, curve.g), explicit=True)
    hash, size = HASHES["sha256"], (curve.n.bit_length() + 7) // 8
    digest = hashlib.sha256(b"message").digest()
    e = int.from_bytes(digest) >> max(0, 256 - curve.n.bit_length())
    r = _times(curve, nonce, curve.g)[0] % curve.n
    s = pow(nonce, -1, curve.n) * (e + r * private) % curve.n
    signature = r.to_bytes(size) + s.to_bytes(size)
    scheme = Scheme("ECDSA", hash)
    assert verify(key, scheme, signature, b"message").status is StepStatus.DONE
    assert verify(key, scheme, signature, b"messagf").status is StepStatus.FAILED
    zeros = bytes(2 * size)
    assert verify(key, scheme, zeros, b"message").status is StepStatus.FAILED


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("changed", ["p", "a", "b", "base", "n", "cofactor"])
def test_a_curve_is_known_only_by_all_of_its_parameters(name: str, changed: str) -> None:
    curve = CURVES[name]
    size = (curve.p.bit_length() + 7) // 8
    base = b"\x04" + curve.g[0].to_bytes(size) + curve.g[1].to_bytes(size)

    def described(**other: int | bytes) -> Curve | None:
        said = {"p": curve.p, "a": curve.a, "b": curve.b, "base": base, "n": curve.n, "cofactor": 1}
        return described_by(**said | other)  # type: ignore[arg-type]

    assert described() is curve
    assert described(base=bytes([2 + (curve.g[1] & 1)]) + base[1 : 1 + size]) is curve
    wrong: dict[str, int | bytes] = {
        "p": curve.p + 2, "a": curve.a + 1, "b": curve.b + 1, "base": base[:-1] + b"\x00",
        "n": curve.n + 2, "cofactor": 2,
    }  # fmt: skip
    assert described(**{changed: wrong[changed]}) is None


def test_a_point_off_the_curve_is_none() -> None:
    curve = CURVES["secp256r1"]
    assert decoded_point(curve, b"\x04" + bytes(63) + b"\x01") is None
    assert decoded_point(curve, b"\x04") is None


def test_countries_of_certificates_and_of_zones_are_the_same_ones() -> None:
    assert set(ALPHA_2_OF) == STATES
    assert set(ALPHA_2_OF.values()) == ALPHA_2
    assert signers_of("D<<") == signers_of("DEU") == {"DE"}
    assert signers_of("GBD") == {"GB"}
    assert signers_of("HKG") == {"HK", "CN"}
    assert not signers_of("UTO")
