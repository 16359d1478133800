"""Whom the operator trusts: lists in every form, links between keys, and what is refused."""

import base64
import zipfile
from pathlib import Path

import pytest
from asn1crypto import pem  # type: ignore[import-untyped]

from models.chip import CertificateRole, Step, StepStatus
from models.finding import Strength
from tests.documents.chip import pki, signed
from tests.documents.chip.chips import Chip, codes, trusting
from verifiers.documents.chip.lists import load_trust
from verifiers.documents.chip.tlv import Malformed
from verifiers.documents.chip.trust import TrustStore
from verifiers.unusable import UnusableInput

_NEW_KEY = ("SECP256R1", 21)


def _link() -> pki.Holder:
    """The next key of the Dutch CSCA, signed with its present one."""
    return pki.certify(
        pki.name("NL", "CSCA 2"), pki.key(*_NEW_KEY), pki.csca(), scheme="ecdsa sha256",
        serial=2, authority=True,
    )  # fmt: skip


def _new_root() -> pki.Holder:
    """The same key, signed with itself."""
    return pki.certify(
        pki.name("NL", "CSCA 2"), pki.key(*_NEW_KEY), scheme="ecdsa sha256", authority=True
    )


def _chip_of_new_key(*beside: pki.Holder) -> Chip:
    signer = pki.certify(
        pki.name("NL", "DS 2"), pki.key("SECP256R1", 6), _new_root(), scheme="ecdsa sha256"
    )
    return Chip(signer=signer, signing={"beside": beside})


def _roles(chip: Chip, trust: TrustStore) -> list[str]:
    return [certificate.role for certificate in chip.checked(trust).reading.chain]


def test_a_link_certificate_on_the_chip_leads_to_the_trusted_key() -> None:
    chip = _chip_of_new_key(_link())
    assert codes(chip.checked())["authentic"].strength is Strength.STRONG
    assert _roles(chip, trusting()) == [
        CertificateRole.DOCUMENT_SIGNER,
        CertificateRole.LINK,
        CertificateRole.CSCA,
    ]


def test_without_the_link_the_new_key_is_unknown() -> None:
    assert "signer_unknown" in codes(_chip_of_new_key().checked())


def test_a_listed_root_is_taken_before_a_listed_link() -> None:
    store = trusting(_link(), _new_root(), pki.csca())
    assert _roles(_chip_of_new_key(), store) == [
        CertificateRole.DOCUMENT_SIGNER,
        CertificateRole.CSCA,
    ]


def test_certificates_that_link_in_a_circle_end() -> None:
    one, two = pki.key("SECP256R1", 31), pki.key("SECP256R1", 32)
    first = pki.certify(pki.name("NL", "1"), one, scheme="ecdsa sha256", authority=True)
    second = pki.certify(pki.name("NL", "2"), two, first, scheme="ecdsa sha256", authority=True)
    back = pki.certify(pki.name("NL", "1"), one, second, scheme="ecdsa sha256", authority=True)
    signer = pki.certify(pki.name("NL", "DS"), pki.key("SECP256R1", 6), back, scheme="ecdsa sha256")
    chip = Chip(signer=signer, signing={"beside": (back, second)})
    assert "signer_unknown" in codes(chip.checked())


def test_many_certificates_that_all_sign_each_other_end_soon() -> None:
    """Of two names and one key: each is signed by all of the other name."""
    private = pki.key("SECP256R1", 33)
    names = [pki.name("NL", "Odd"), pki.name("NL", "Even")]
    roots = [
        pki.certify(name, private, scheme="ecdsa sha256", authority=True, key_id=bytes(20))
        for name in names
    ]
    crowd = tuple(
        pki.certify(
            names[serial % 2],
            private,
            roots[(serial + 1) % 2],
            scheme="ecdsa sha256",
            serial=serial,
            authority=True,
            issuer_key_id=b"",
        )
        for serial in range(1, 19)
    )
    signer = pki.certify(
        pki.name("NL", "DS"), pki.key("SECP256R1", 6), crowd[0], scheme="ecdsa sha256", serial=50
    )
    chip = Chip(signer=signer, signing={"beside": crowd})
    result = chip.checked()
    assert "signer_unknown" in codes(result)
    assert len(result.reading.chain) > 2


def test_a_certificate_that_may_not_certify_vouches_for_nobody() -> None:
    end = pki.certify(pki.name("NL", "DS"), pki.key("SECP256R1", 41), pki.csca(), serial=8,
                      scheme="ecdsa sha256")  # fmt: skip
    signer = pki.certify(pki.name("NL", "DS 3"), pki.key("SECP256R1", 6), end,
                         scheme="ecdsa sha256")  # fmt: skip
    found = codes(Chip(signer=signer, signing={"beside": (end,)}).checked(trusting(end)))
    assert "signer_unknown" in found


@pytest.fixture
def der() -> dict[str, bytes]:
    """What an operator may have."""
    return {
        "list": signed.master_list(pki.csca(), pki.csca("UT")),
        "certificate": pki.csca().der,
        "crl": signed.revocation_list(pki.csca(), 5),
    }


def _passes(store: TrustStore) -> bool:
    return Chip().checked(store).reading.step(Step.TRUST_CHAIN).status is StepStatus.DONE


def test_a_master_list_is_read(tmp_path: Path, der: dict[str, bytes]) -> None:
    path = tmp_path / "nl.ml"
    path.write_bytes(der["list"])
    store = load_trust([path])
    (told,) = store.files
    assert (len(store), told.what, told.certificates) == (2, "master list of NL", 2)
    assert told.signed_at == pki.day("2026-01-15")
    assert _passes(store)


def test_zip_ldif_pem_and_folders_hold_the_same(tmp_path: Path, der: dict[str, bytes]) -> None:
    with zipfile.ZipFile(tmp_path / "list.zip", "w") as archive:
        archive.writestr("nested/nl.ml", der["list"])
    text = base64.b64encode(der["list"]).decode()
    folded = "\n ".join(text[i : i + 70] for i in range(0, len(text), 70))
    ldif = f"version: 1\n\ndn: c=NL,dc=data\npkdVersion: 70\npkdMasterListContent:: {folded}\n"
    (tmp_path / "list.ldif").write_text(ldif)
    (tmp_path / "csca.pem").write_bytes(pem.armor("CERTIFICATE", der["certificate"]))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "csca.cer").write_bytes(der["certificate"])
    (folder / "notes.txt").write_text("not a certificate")
    for name in ("list.zip", "list.ldif", "csca.pem", "folder"):
        assert _passes(load_trust([tmp_path / name])), name
    told = {f.name: f.problem for f in load_trust([folder]).files}
    assert told["csca.cer"] is None
    assert told["notes.txt"]


def test_a_revocation_list_is_read_from_its_file(tmp_path: Path, der: dict[str, bytes]) -> None:
    path = tmp_path / "nl.crl"
    path.write_bytes(der["crl"])
    (known,) = load_trust([path]).revocation_lists
    assert set(known.revoked) == {5}


def test_a_master_list_that_was_changed_is_refused(tmp_path: Path, der: dict[str, bytes]) -> None:
    path = tmp_path / "nl.ml"
    path.write_bytes(der["list"].replace(b"CSCA", b"CSCB"))
    with pytest.raises(UnusableInput, match="signature"):
        load_trust([path])


def test_a_list_signed_by_a_key_for_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nl.ml"
    path.write_bytes(signed.master_list(pki.csca(), by=pki.signer()))
    with pytest.raises(UnusableInput, match="something else"):
        load_trust([path])


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04damaged", b"0\x82\xff\xff"])
def test_a_file_that_is_no_list_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises(UnusableInput) as refused:
        load_trust([path])
    assert refused.value.file == "list"


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(65_000_000))
    with pytest.raises(UnusableInput, match="64 MB"):
        load_trust([path])


def test_a_key_on_a_curve_of_its_own_making_counts_for_nothing() -> None:
    from verifiers.documents.chip.asn1 import keys, parse
    from verifiers.documents.chip.keys import EcKey, UnusableKey, public_key

    private = pki.key("SECP256R1", 50)
    honest = public_key(parse(keys.PublicKeyInfo, pki.key_info(private, explicit=True).dump()))
    assert isinstance(honest, EcKey)
    # CVE-2020-0601: the public key itself as the base point, so that the private key is 1.
    own = pki.key_info(private, explicit=True, gx=honest.point[0], gy=honest.point[1])
    assert isinstance(public_key(parse(keys.PublicKeyInfo, own.dump())), UnusableKey)


def test_what_is_no_certificate_is_malformed() -> None:
    from verifiers.documents.chip.certificates import read_certificate

    with pytest.raises(Malformed):
        read_certificate(b"0\x03\x02\x01\x01")
