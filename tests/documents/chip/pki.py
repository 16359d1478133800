"""A small public key infrastructure of two states, made anew by each run: nothing in it is secret.

Written with asn1crypto and `cryptography` alone, so that what the tests sign is not read by the
hand that wrote it.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from asn1crypto import algos, core, keys, x509  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def day(text: str) -> datetime:
    """The start of this day, `2024-05-31`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@cache
def key(kind: str, which: int = 0) -> PrivateKey:  # noqa: ARG001  # It tells cached keys apart.
    """A key of this kind: `rsa`, or the name of a curve; several of one kind by their number."""
    if kind == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(getattr(ec, kind)())


def sign(signer: PrivateKey, scheme: str, data: bytes) -> bytes:
    """Sign by a scheme such as `rsa sha256`, `pss sha512` or `ecdsa sha1`."""
    kind, _, name = scheme.partition(" ")
    hash = HASHES[name]
    if isinstance(signer, rsa.RSAPrivateKey):
        padded: padding.AsymmetricPadding = padding.PKCS1v15()
        if kind == "pss":
            padded = padding.PSS(padding.MGF1(hash), hash.digest_size)
        return signer.sign(data, padded, hash)
    return signer.sign(data, ec.ECDSA(hash))


def algorithm(scheme: str) -> Any:
    """The scheme as certificates and signed data name it."""
    kind, _, name = scheme.partition(" ")
    if kind != "pss":
        return algos.SignedDigestAlgorithm({"algorithm": f"{name}_{kind}"})
    parameters = {
        "hash_algorithm": {"algorithm": name},
        "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": name}},
        "salt_length": HASHES[name].digest_size,
    }
    return algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": parameters})


def key_info(private: PrivateKey, *, explicit: bool = False, **parameters: int) -> Any:
    """The public key; on a curve whose parameters are written out, some of them otherwise."""
    der = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    info = keys.PublicKeyInfo.load(der)
    if explicit and isinstance(private, ec.EllipticCurvePrivateKey):
        domain = _written_out(private.curve.name, parameters)
        info["algorithm"]["parameters"] = keys.ECDomainParameters(name="specified", value=domain)
    return keys.PublicKeyInfo.load(info.dump(force=True))


def _written_out(name: str, changed: dict[str, int]) -> Any:
    from verifiers.documents.chip.curves import CURVES

    curve = CURVES[name]
    size = (curve.p.bit_length() + 7) // 8
    x, y = changed.get("gx", curve.g[0]), changed.get("gy", curve.g[1])
    return keys.SpecifiedECDomain(
        {
            "version": "ecdpVer1",
            "field_id": {"field_type": "prime_field", "parameters": core.Integer(curve.p)},
            "curve": {
                "a": curve.a.to_bytes(size),
                "b": changed.get("b", curve.b).to_bytes(size),
            },
            "base": keys.ECPoint(b"\x04" + x.to_bytes(size) + y.to_bytes(size)),
            "order": curve.n,
            "cofactor": 1,
        }
    )


@dataclass(frozen=True)
class Holder:
    """Somebody with a key and a certificate for it."""

    private: PrivateKey
    der: bytes
    scheme: str = "rsa sha256"
    """How this holder signs."""

    @property
    def certificate(self) -> Any:
        return x509.Certificate.load(self.der)

    @property
    def name(self) -> Any:
        return self.certificate.subject


def name(country: str, common: str) -> Any:
    return x509.Name.build(
        {"country_name": country, "organization_name": "Tests", "common_name": common}
    )


def certify(
    subject: Any,
    private: PrivateKey,
    by: Holder | None = None,
    *,
    scheme: str = "rsa sha256",
    serial: int = 1,
    valid: tuple[str, str] = ("2020-01-01", "2033-01-01"),
    key_in_use: tuple[str, str] | None = None,
    authority: bool = False,
    explicit: bool = False,
    purposes: tuple[str, ...] = (),
    signed_as: bytes | None = None,
    key_id: bytes | None = None,
    issuer_key_id: bytes | None = None,
) -> Holder:
    """A certificate for this key, by itself where nobody certifies it.

    Args:
        subject: whose it is.
        private: its key.
        by: who certifies it.
        scheme: how its key signs.
        serial: its number.
        valid: first and last day.
        key_in_use: first and last day of the private key's use.
        authority: whether it may certify others.
        explicit: whether its curve is written out.
        purposes: of its extended key usage.
        signed_as: a signature to put in the place of the right one.
        key_id: an identifier of its key of its own.
        issuer_key_id: that of its issuer's key; none where empty.
    """
    info = key_info(private, explicit=explicit)
    issuer_key = by.certificate.public_key if by else info
    usage = {"key_cert_sign", "crl_sign"} if authority else {"digital_signature"}
    extensions: list[tuple[str, bool, Any]] = [
        ("key_identifier", False, key_id or _key_id(info)),
        ("key_usage", True, usage),
    ]
    if issuer_key_id != b"":
        named = {"key_identifier": issuer_key_id or _key_id(issuer_key)}
        extensions.append(("authority_key_identifier", False, named))
    if authority:
        extensions.append(("basic_constraints", True, {"ca": True, "path_len_constraint": 0}))
    if key_in_use:
        first, last = key_in_use
        period = {"not_before": day(first), "not_after": day(last)}
        extensions.append(("private_key_usage_period", False, period))
    if purposes:
        extensions.append(("extended_key_usage", True, list(purposes)))
    how = by.scheme if by else scheme
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": algorithm(how),
            "issuer": by.name if by else subject,
            "validity": {
                "not_before": x509.Time({"utc_time": day(valid[0])}),
                "not_after": x509.Time({"utc_time": day(valid[1])}),
            },
            "subject": subject,
            "subject_public_key_info": info,
            "extensions": [
                {"extn_id": id, "critical": critical, "extn_value": value}
                for id, critical, value in extensions
            ],
        }
    )
    signature = signed_as or sign(by.private if by else private, how, body.dump())
    der = x509.Certificate(
        {
            "tbs_certificate": body,
            "signature_algorithm": algorithm(how),
            "signature_value": signature,
        }
    ).dump()
    return Holder(private, der, scheme)


def _key_id(info: Any) -> bytes:
    return hashlib.sha1(info["public_key"].contents[1:]).digest()


@cache
def csca(country: str = "NL") -> Holder:
    """The root of a state."""
    return (
        certify(name(country, "CSCA"), key("rsa"), authority=True)
        if country == "NL"
        else (
            certify(
                name(country, "CSCA"),
                key("SECP256R1", 90),
                scheme="ecdsa sha256",
                authority=True,
            )
        )
    )


@cache
def signer() -> Holder:
    """The Dutch document signer: ECDSA on a curve that is written out, as 9303-12 asks."""
    return certify(
        name("NL", "Document Signer"),
        key("BrainpoolP256R1"),
        csca(),
        scheme="ecdsa sha256",
        serial=4711,
        explicit=True,
        key_in_use=("2020-01-01", "2025-01-01"),
    )


def told_apart(holder: Holder, **changes: Any) -> Holder:
    """The same holder, signing otherwise."""
    return replace(holder, **changes)
