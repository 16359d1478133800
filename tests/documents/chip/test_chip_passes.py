"""An honest chip: every step is taken, and support is as strong as what vouches for it."""

import hashlib

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from models.chip import Cause, ChipReading, Step, StepStatus
from models.finding import Status, Strength
from tests.documents.chip import pki, signed
from tests.documents.chip.chips import (
    CHALLENGE,
    Chip,
    answer_ecdsa,
    answer_rsa,
    codes,
    dg1,
    dg2,
    dg12,
    dg14,
    dg15,
    face_picture,
    trusting,
)
from verifiers.documents.chip.tlv import wrap
from verifiers.documents.chip.trust import TrustStore

DONE, NOT_POSSIBLE = StepStatus.DONE, StepStatus.NOT_POSSIBLE


def test_a_whole_chip_passes_every_step_and_supports_strongly() -> None:
    chip_key = pki.key("SECP256R1", 7)
    active = pki.key("rsa", 1)
    assert isinstance(active, rsa.RSAPrivateKey)
    chip = Chip(
        groups={
            1: dg1(),
            2: dg2(face_picture()),
            12: dg12(),
            14: dg14(chip_key=chip_key),
            15: dg15(active),
        },
        not_sent=(),
        beside={"aa_response.bin": answer_rsa(active, CHALLENGE)},
    )
    crl = signed.revocation_list(pki.csca(), 99)
    result = chip.checked(trusting(revocations=[crl]), challenge=CHALLENGE)
    status = {taken.step: taken.status for taken in result.reading.steps}
    assert list(status) == list(Step)
    assert [step for step in status if status[step] is not DONE] == [Step.CHIP_AUTHENTICATION]
    assert result.reading.step(Step.CHIP_AUTHENTICATION).cause is Cause.INTERACTIVE
    found = codes(result)
    assert set(found) == {"authentic", "active_authentication"}
    assert {f.strength for f in found.values()} == {Strength.STRONG}
    assert result.reading.authentic
    assert all(result.reading.vouched_for(n) for n in (1, 2, 12, 14, 15))
    assert result.reading.issued_on is not None


def test_the_trust_chain_is_told_from_the_signer_to_the_csca() -> None:
    reading = Chip().checked().reading
    signer, csca = reading.chain
    assert (signer.role, signer.trusted, signer.source) == ("document_signer", False, "EF.SOD")
    assert signer.key == "ECDSA brainpoolP256r1 (explicit parameters)"
    assert signer.signed_with == "RSA PKCS#1 v1.5, SHA-256"
    assert (csca.role, csca.trusted, csca.source) == ("csca", True, "csca.cer")
    assert csca.sha256 == hashlib.sha256(pki.csca().der).hexdigest()
    assert signer.issuer == csca.subject == "CN=CSCA, O=Tests, C=NL"


def test_a_reading_is_the_same_after_json() -> None:
    reading = Chip().checked().reading
    assert ChipReading.model_validate_json(reading.model_dump_json()) == reading


@pytest.mark.parametrize("format", ["JPEG", "JPEG2000"])
def test_the_face_image_comes_out_as_pixels(format: str) -> None:
    chip = Chip(groups={1: dg1(), 2: dg2(face_picture(format, "red"))}, not_sent=())
    result = chip.checked()
    assert result.face is not None
    assert result.face.shape == (120, 90, 3)
    assert np.abs(result.face.astype(int) - (255, 0, 0)).max() < 8
    face = result.reading.face
    assert face is not None
    assert (face.width, face.height, face.standard) == (90, 120, "ISO/IEC 19794-5")


@pytest.mark.parametrize("scheme", ["rsa sha256", "rsa sha512", "pss sha256", "pss sha384"])
def test_signers_with_rsa_pass(scheme: str) -> None:
    signer = pki.certify(pki.name("NL", "DS"), pki.key("rsa", 1), pki.csca(), scheme=scheme)
    result = Chip(signer=signer, hash=scheme.split()[1]).checked()
    assert codes(result)["authentic"].strength is Strength.STRONG


@pytest.mark.parametrize("explicit", [False, True], ids=["named", "explicit"])
@pytest.mark.parametrize(
    ("curve", "hash"),
    [("SECP224R1", "sha224"), ("SECP384R1", "sha384"), ("SECP521R1", "sha512"),
     ("BrainpoolP384R1", "sha384"), ("BrainpoolP512R1", "sha512")],
)  # fmt: skip
def test_signers_on_elliptic_curves_pass(curve: str, hash: str, explicit: bool) -> None:
    signer = pki.certify(
        pki.name("NL", "DS"), pki.key(curve), pki.csca(), scheme=f"ecdsa {hash}", explicit=explicit
    )
    result = Chip(signer=signer).checked()
    assert codes(result)["authentic"].strength is Strength.STRONG
    assert ("explicit" in result.reading.chain[0].key) is explicit


def test_version_1_of_the_security_object_states_its_versions_inside() -> None:
    reading = Chip(version=1).checked().reading
    assert (reading.security_object_version, reading.lds_version) == (1, "1.8")


def test_attributes_signed_in_another_order_than_der_has_are_signed_all_the_same() -> None:
    result = Chip(signing={"unsorted": True}).checked()
    assert result.reading.step(Step.SIGNATURE).status is DONE


def test_a_security_object_in_the_older_pkcs_7_passes() -> None:
    sod = Chip().files()["EF_SOD.bin"]
    version_1 = sod.replace(bytes.fromhex("02010331"), bytes.fromhex("02010131"), 1)
    assert version_1 != sod
    assert Chip(beside={"EF_SOD.bin": version_1}).checked().reading.authentic


def test_a_face_image_of_the_newer_standard_comes_out_too() -> None:
    picture = face_picture()
    block = wrap(0x7F2E, wrap(0xA1, wrap(0x30, wrap(0x80, b"\x03") + wrap(0x81, picture))))
    header = wrap(0xA1, bytes.fromhex("81010287010188020008"))
    group = wrap(0x75, wrap(0x7F61, wrap(0x02, b"\x01") + wrap(0x7F60, header + block)))
    result = Chip(groups={1: dg1(), 2: group}, not_sent=()).checked()
    assert result.face is not None
    assert result.reading.face is not None
    assert result.reading.face.standard == "ISO/IEC 39794-5"


def test_without_a_master_list_support_is_weak_and_says_why() -> None:
    result = Chip().checked(TrustStore())
    found = codes(result)
    assert found["authentic"].strength is Strength.WEAK
    assert "nobody vouches" in found["authentic"].for_recruiter
    assert found["no_master_list"].status is Status.UNKNOWN


def test_without_the_print_support_is_moderate() -> None:
    from tests.documents.chip.chips import TODAY
    from verifiers.documents.chip.check import check_chip
    from verifiers.documents.chip.files import sort_files

    result = check_chip(sort_files("chip", Chip().files()), trusting(), today=TODAY)
    assert codes(result)["authentic"].strength is Strength.MODERATE
    assert codes(result)["print_not_compared"].status is Status.UNKNOWN


def test_sha_1_is_named_with_its_age_and_makes_support_moderate() -> None:
    signer = pki.told_apart(pki.signer(), scheme="ecdsa sha1")
    result = Chip(signer=signer, hash="sha1").checked()
    old = codes(result)["old_algorithm"]
    assert old.status is Status.UNKNOWN
    assert "1995" in old.for_recruiter
    assert codes(result)["authentic"].strength is Strength.MODERATE


@pytest.mark.parametrize("hash", ["sha1", "sha256", "sha512"])
@pytest.mark.parametrize("negated", [False, True], ids=["as is", "negated"])
def test_an_rsa_chip_that_answers_our_challenge_is_the_issued_one(hash: str, negated: bool) -> None:
    active = pki.key("rsa", 1)
    assert isinstance(active, rsa.RSAPrivateKey)
    answer = answer_rsa(active, CHALLENGE, hash, negated=negated)
    chip = Chip(groups={1: dg1(), 15: dg15(active), 2: b"\x75\x00"}, beside={"response": answer})
    result = chip.checked(challenge=CHALLENGE)
    assert codes(result)["active_authentication"].strength is Strength.STRONG
    assert "copy_possible" not in codes(result)


@pytest.mark.parametrize("stated", [False, True], ids=["no hash stated", "hash in DG14"])
def test_an_elliptic_chip_that_answers_our_challenge_is_the_issued_one(stated: bool) -> None:
    active = pki.key("BrainpoolP256R1", 3)
    assert isinstance(active, ec.EllipticCurvePrivateKey)
    groups = {1: dg1(), 2: b"\x75\x00", 15: dg15(active)}
    if stated:
        groups[14] = dg14(active_hash="sha224")
    answer = answer_ecdsa(active, CHALLENGE, pki.HASHES["sha224"])
    result = Chip(groups=groups, beside={"response": answer}).checked(challenge=CHALLENGE)
    assert result.reading.step(Step.ACTIVE_AUTHENTICATION).status is DONE


def test_an_answer_to_a_challenge_that_came_along_may_be_a_recording() -> None:
    active = pki.key("rsa", 1)
    assert isinstance(active, rsa.RSAPrivateKey)
    beside = {"challenge.bin": CHALLENGE, "response.bin": answer_rsa(active, CHALLENGE)}
    chip = Chip(groups={1: dg1(), 2: b"\x75\x00", 15: dg15(active)}, beside=beside)
    result = chip.checked()
    step = result.reading.step(Step.ACTIVE_AUTHENTICATION)
    assert (step.status, step.cause) == (NOT_POSSIBLE, Cause.OWN_CHALLENGE)
    assert "recorded" in codes(result)["copy_possible"].for_recruiter
    assert "active_authentication" not in codes(result)


def test_authentications_count_only_after_passive_authentication() -> None:
    active = pki.key("rsa", 1)
    assert isinstance(active, rsa.RSAPrivateKey)
    chip = Chip(
        groups={1: dg1(), 2: b"\x75\x00", 15: dg15(active)},
        beside={"response.bin": answer_rsa(active, CHALLENGE)},
    )
    found = codes(chip.checked(TrustStore(), challenge=CHALLENGE))
    assert "active_authentication" not in found


def test_a_signer_whose_certificate_the_operator_has_need_not_send_it() -> None:
    chip = Chip(signing={"with_certificate": False})
    assert not chip.checked().reading.chain
    result = chip.checked(trusting(pki.csca(), pki.signer()))
    assert codes(result)["authentic"].strength is Strength.STRONG


def test_documents_of_a_territory_may_be_signed_by_its_state() -> None:
    from tests.documents.chip.chips import a_zone, printed

    lines = {"issuing_state": "CUW", "nationality": "NLD"}
    chip = Chip(groups={1: dg1(a_zone(**lines)), 2: b"\x75\x00"})
    result = chip.checked(print=printed(**lines))
    assert result.reading.step(Step.COUNTRY).status is DONE
