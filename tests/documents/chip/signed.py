"""What the small public key infrastructure signs: signed data, master lists, revocation lists."""

import hashlib
from datetime import datetime
from typing import Any

from asn1crypto import cms, core, crl, x509  # type: ignore[import-untyped]

from tests.documents.chip import pki

_LDS_OBJECT, _MASTER_LIST = "2.23.136.1.1.1", "2.23.136.1.1.2"
_LIST_SIGNER = "2.23.136.1.1.3"


def signed_data(
    content: bytes,
    by: pki.Holder,
    *,
    content_type: str = _LDS_OBJECT,
    digest: str | None = None,
    signed_at: datetime | None = None,
    beside: tuple[pki.Holder, ...] = (),
    with_certificate: bool = True,
    unsorted: bool = False,
    stated_type: str | None = None,
) -> bytes:
    """Signed data of CMS with one signer."""
    digest = digest or by.scheme.partition(" ")[2]
    attributes = [
        _attribute("content_type", stated_type or content_type),
        _attribute("message_digest", hashlib.new(digest, content).digest()),
    ]
    if signed_at:
        attributes.append(_attribute("signing_time", cms.Time({"utc_time": signed_at})))
    encoded = sorted((a.dump() for a in attributes), reverse=unsorted)
    stored = cms.CMSAttributes.load(_set(encoded))
    certificate = by.certificate
    sid = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": sid}),
            "digest_algorithm": {"algorithm": digest},
            "signed_attrs": stored,
            "signature_algorithm": pki.algorithm(by.scheme),
            "signature": pki.sign(by.private, by.scheme, _set(encoded)),
        }
    )
    sent = [h.certificate for h in ((by,) if with_certificate else ()) + beside]
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [{"algorithm": digest}],
            "encap_content_info": {"content_type": content_type, "content": content},
            "certificates": sent or None,
            "signer_infos": [info],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def _attribute(type: str, value: Any) -> Any:
    return cms.CMSAttribute({"type": type, "values": [value]})


def _set(encoded: list[bytes]) -> bytes:
    joined = b"".join(encoded)
    assert len(joined) < 0x100
    length = bytes([len(joined)]) if len(joined) < 0x80 else bytes([0x81, len(joined)])
    return b"\x31" + length + joined


def master_list(*holders: pki.Holder, by: pki.Holder | None = None) -> bytes:
    """These certificates as a state publishes them."""
    list_signer = by or pki.certify(
        pki.name("NL", "Master List Signer"),
        pki.key("SECP256R1", 91),
        pki.csca(),
        scheme="ecdsa sha256",
        purposes=(_LIST_SIGNER,),
    )
    joined = b"".join(sorted(holder.der for holder in holders))
    content = core.Sequence()
    content.contents = core.Integer(0).dump() + _long_set(joined)
    return signed_data(
        content.dump(),
        list_signer,
        content_type=_MASTER_LIST,
        signed_at=pki.day("2026-01-15"),
        beside=(pki.csca(),),
    )


def _long_set(joined: bytes) -> bytes:
    whole = core.Set()
    whole.contents = joined
    return bytes(whole.dump())


def revocation_list(
    by: pki.Holder,
    *serials: int,
    issued: str = "2026-05-01",
    next: str = "2026-08-01",
    on: str = "2025-03-01",
    reason: str | None = None,
    signed_by: pki.Holder | None = None,
) -> bytes:
    """What this authority takes back."""
    why = [{"extn_id": "crl_reason", "critical": False, "extn_value": reason}] if reason else None
    body = crl.TbsCertList(
        {
            "version": "v2",
            "signature": pki.algorithm(by.scheme),
            "issuer": by.name,
            "this_update": x509.Time({"utc_time": pki.day(issued)}),
            "next_update": x509.Time({"utc_time": pki.day(next)}),
            "revoked_certificates": [
                {
                    "user_certificate": serial,
                    "revocation_date": x509.Time({"utc_time": pki.day(on)}),
                    "crl_entry_extensions": why,
                }
                for serial in serials
            ]
            or None,
        }
    )
    signature = pki.sign((signed_by or by).private, by.scheme, body.dump())
    parts = {
        "tbs_cert_list": body,
        "signature_algorithm": pki.algorithm(by.scheme),
        "signature": signature,
    }
    return bytes(crl.CertificateList(parts).dump())
