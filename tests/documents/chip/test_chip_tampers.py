"""Chips that somebody made or changed: each is caught, and named for what it is."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from models.chip import Cause, Step, StepStatus
from models.finding import Finding, Status, Strength
from tests.documents.chip import pki
from tests.documents.chip.chips import (
    CHALLENGE,
    TODAY,
    Chip,
    a_zone,
    answer_rsa,
    codes,
    dg1,
    dg2,
    dg14,
    dg15,
    face_picture,
    printed,
    trusting,
)
from tests.documents.zones import read_unsurely
from verifiers.documents.chip.trust import TrustStore
from verifiers.documents.mrz import understand

_EMPTY_DG2 = b"\x75\x00"


def _contradictions(found: dict[str, Finding]) -> dict[str, Strength | None]:
    return {c: f.strength for c, f in found.items() if f.status is Status.CONTRADICTS}


def test_a_changed_zone_is_a_hash_that_does_not_fit() -> None:
    other = {"primary_identifier": "JANSEN"}
    chip = Chip(instead={1: dg1(a_zone(**other))})
    result = chip.checked(print=printed(**other))
    assert _contradictions(codes(result)) == {"data_group_changed": Strength.CONCLUSIVE}
    assert "DG1" in codes(result)["data_group_changed"].for_recruiter
    assert not result.reading.vouched_for(1)


def test_a_swapped_face_is_a_hash_that_does_not_fit() -> None:
    chip = Chip(
        groups={1: dg1(), 2: dg2(face_picture(colour="navy"))},
        instead={2: dg2(face_picture(colour="red"))},
        not_sent=(),
    )
    result = chip.checked()
    assert _contradictions(codes(result)) == {"data_group_changed": Strength.CONCLUSIVE}
    group = next(g for g in result.reading.data_groups if g.number == 2)
    assert group.expected != group.computed
    assert result.reading.vouched_for(2) is False


def test_another_signer_than_the_certificate_is_a_wrong_signature() -> None:
    impostor = pki.told_apart(pki.signer(), private=pki.key("BrainpoolP256R1", 66))
    result = Chip(signer=impostor).checked()
    assert _contradictions(codes(result)) == {"signature_wrong": Strength.CONCLUSIVE}


def test_a_security_object_of_another_chip_fits_none_of_these_files() -> None:
    other = Chip(groups={1: dg1(a_zone(document_number="OTHER1234")), 2: _EMPTY_DG2})
    files = Chip().files() | {"EF_SOD.bin": other.files()["EF_SOD.bin"]}
    chip = Chip(beside=files)
    assert "data_group_changed" in _contradictions(codes(chip.checked()))


def test_changed_hashes_are_not_what_was_signed() -> None:
    chip = Chip()
    sod = chip.files()["EF_SOD.bin"]
    honest, forged = dg1(), dg1(a_zone(primary_identifier="JANSEN"))
    import hashlib

    changed = sod.replace(hashlib.sha256(honest).digest(), hashlib.sha256(forged).digest())
    assert changed != sod
    result = replace(chip, instead={1: forged}, beside={"EF_SOD.bin": changed}).checked(
        print=printed(primary_identifier="JANSEN")
    )
    assert _contradictions(codes(result)) == {"signature_wrong": Strength.CONCLUSIVE}


def test_a_signer_of_another_country_than_the_document_is_named() -> None:
    root = pki.csca("UT")
    signer = pki.certify(pki.name("UT", "DS"), pki.key("SECP256R1", 5), root, scheme="ecdsa sha256")
    result = Chip(signer=signer).checked(trusting(root))
    assert _contradictions(codes(result)) == {"issuer_country": Strength.STRONG}
    assert "NLD" in codes(result)["issuer_country"].for_recruiter


def test_a_signer_of_another_country_than_its_csca_is_named() -> None:
    root = pki.csca("UT")
    signer = pki.certify(pki.name("NL", "DS"), pki.key("SECP256R1", 5), root, scheme="ecdsa sha256")
    result = Chip(signer=signer).checked(trusting(pki.csca(), root))
    assert _contradictions(codes(result)) == {"issuer_country": Strength.STRONG}


def _signer(**arguments: object) -> pki.Holder:
    key = pki.key("SECP256R1", 6)
    how: dict[str, object] = {"scheme": "ecdsa sha256", "serial": 77} | arguments
    return pki.certify(pki.name("NL", "DS"), key, pki.csca(), **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signer", "cause", "strength"),
    [
        (_signer(valid=("2020-01-01", "2024-01-01")), Cause.EXPIRED, Strength.MODERATE),
        (_signer(valid=("2024-06-01", "2033-01-01")), Cause.NOT_YET_VALID, Strength.MODERATE),
        (_signer(key_in_use=("2020-01-01", "2020-04-01")), Cause.KEY_PERIOD, Strength.WEAK),
    ],
    ids=["run out", "not begun", "key retired"],
)
def test_a_signer_that_signed_out_of_its_time_is_named(
    signer: pki.Holder, cause: Cause, strength: Strength
) -> None:
    result = Chip(signer=signer).checked()
    assert result.reading.step(Step.SIGNED_IN_TIME).cause is cause
    assert _contradictions(codes(result)) == {"signed_out_of_time": strength}


def test_a_signer_that_has_run_out_since_is_no_contradiction() -> None:
    result = Chip(signer=_signer(valid=("2020-01-01", "2025-01-01"))).checked()
    found = codes(result)
    assert found["signer_expired"].status is Status.UNKNOWN
    assert found["authentic"].strength is Strength.MODERATE


def test_a_csca_that_had_run_out_when_it_certified_is_named() -> None:
    key = pki.key("SECP256R1", 8)
    root = pki.certify(
        pki.name("NL", "Old CSCA"), key, authority=True, scheme="ecdsa sha256",
        valid=("2001-01-01", "2010-01-01"),
    )  # fmt: skip
    signer = pki.certify(pki.name("NL", "DS"), pki.key("SECP256R1", 6), root, scheme="ecdsa sha256")
    result = Chip(signer=signer).checked(trusting(root))
    assert _contradictions(codes(result)) == {"certified_out_of_time": Strength.WEAK}


def test_a_zone_without_a_hash_is_not_vouched_for() -> None:
    result = Chip(not_hashed=(1,)).checked()
    assert _contradictions(codes(result)) == {"data_group_not_signed": Strength.STRONG}
    assert "DG1" in codes(result)["data_group_not_signed"].for_recruiter


def test_a_key_without_a_hash_authenticates_nothing() -> None:
    active = pki.key("rsa", 1)
    assert isinstance(active, rsa.RSAPrivateKey)
    chip = Chip(
        groups={1: dg1(), 2: _EMPTY_DG2, 15: dg15(active)},
        not_hashed=(15,),
        beside={"response.bin": answer_rsa(active, CHALLENGE)},
    )
    result = chip.checked(challenge=CHALLENGE)
    assert result.reading.step(Step.ACTIVE_AUTHENTICATION).cause is Cause.NOT_AUTHENTIC
    assert "active_authentication" not in codes(result)


@pytest.mark.parametrize("weak", ["md5", "sha3_256"])
def test_a_hash_that_9303_never_had_is_not_computed(weak: str) -> None:
    result = Chip(hash=weak).checked()
    assert result.reading.step(Step.DATA_GROUPS).cause is Cause.UNSUPPORTED
    found = codes(result)
    assert found["algorithm_unknown"].status is Status.UNKNOWN
    assert "authentic" not in found


def test_what_was_signed_as_something_else_is_a_wrong_signature() -> None:
    result = Chip(signing={"stated_type": "2.23.136.1.1.2"}).checked()
    assert _contradictions(codes(result)) == {"signature_wrong": Strength.CONCLUSIVE}


def test_a_signature_that_cannot_be_computed_supports_nothing() -> None:
    result = Chip(signing={"digest": "md5"}).checked()
    assert result.reading.step(Step.DATA_GROUPS).status is StepStatus.DONE
    assert result.reading.step(Step.SIGNATURE).cause is Cause.UNSUPPORTED
    assert "MD5" in codes(result)["algorithm_unknown"].for_recruiter
    assert "authentic" not in codes(result)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_a_security_object_that_is_cut_off_is_asked_for_again(share: float) -> None:
    sod = Chip().files()["EF_SOD.bin"]
    result = Chip(beside={"EF_SOD.bin": sod[: int(len(sod) * share)]}).checked()
    found = codes(result)
    assert not _contradictions(found)
    assert "cut off" in found["unreadable"].for_recruiter
    assert found["unreadable"].question


def test_a_copy_without_active_authentication_is_said_to_be_possible() -> None:
    result = Chip().checked()
    assert codes(result)["copy_possible"].status is Status.UNKNOWN
    assert "no copy" in codes(result)["copy_possible"].for_recruiter


def test_a_copy_that_leaves_out_the_key_is_seen_by_the_hash_that_remains() -> None:
    groups = {1: dg1(), 2: _EMPTY_DG2, 15: dg15(pki.key("rsa", 1))}
    result = Chip(groups=groups, not_sent=(2, 15)).checked()
    assert result.reading.step(Step.ACTIVE_AUTHENTICATION).cause is Cause.MISSING
    assert codes(result)["copy_possible"].question


def test_chip_authentication_is_never_claimed_from_files() -> None:
    groups = {1: dg1(), 2: _EMPTY_DG2, 14: dg14(chip_key=pki.key("SECP256R1", 7))}
    step = Chip(groups=groups).checked().reading.step(Step.CHIP_AUTHENTICATION)
    assert (step.status, step.cause) == (StepStatus.NOT_POSSIBLE, Cause.INTERACTIVE)
    assert "secp256r1" in step.reason


@pytest.mark.parametrize("which", ["other challenge", "other chip", "noise"])
def test_a_wrong_answer_is_conclusive(which: str) -> None:
    active, other = pki.key("rsa", 1), pki.key("rsa", 2)
    assert isinstance(active, rsa.RSAPrivateKey)
    assert isinstance(other, rsa.RSAPrivateKey)
    answers = {
        "other challenge": answer_rsa(active, b"12345678"),
        "other chip": answer_rsa(other, CHALLENGE),
        "noise": bytes(range(256)),
    }
    chip = Chip(
        groups={1: dg1(), 2: _EMPTY_DG2, 15: dg15(active)}, beside={"response": answers[which]}
    )
    result = chip.checked(challenge=CHALLENGE)
    assert _contradictions(codes(result)) == {"active_authentication": Strength.CONCLUSIVE}


def test_a_wrong_answer_counts_only_after_passive_authentication() -> None:
    active = pki.key("rsa", 1)
    chip = Chip(groups={1: dg1(), 2: _EMPTY_DG2, 15: dg15(active)}, beside={"response": bytes(256)})
    found = codes(chip.checked(TrustStore(), challenge=CHALLENGE))
    assert found["active_authentication"].status is Status.UNKNOWN
    assert not _contradictions(found)


def test_a_made_up_csca_vouches_for_nobody() -> None:
    fake = pki.certify(
        pki.name("NL", "Another CSCA"), pki.key("SECP256R1", 13), scheme="ecdsa sha256",
        authority=True,
    )  # fmt: skip
    signer = pki.certify(pki.name("NL", "DS"), pki.key("SECP256R1", 6), fake, scheme="ecdsa sha256")
    result = Chip(signer=signer, signing={"beside": (fake,)}).checked()
    found = codes(result)
    assert found["signer_unknown"].status is Status.UNKNOWN
    assert "authentic" not in found
    assert not _contradictions(found)
    assert [c.trusted for c in result.reading.chain] == [False, False]


def test_a_csca_with_the_name_of_the_real_one_is_no_more_than_unknown() -> None:
    fake = pki.certify(
        pki.name("NL", "CSCA"), pki.key("SECP256R1", 13), scheme="ecdsa sha256", authority=True
    )
    signer = pki.certify(pki.name("NL", "DS"), pki.key("SECP256R1", 6), fake, scheme="ecdsa sha256")
    found = codes(Chip(signer=signer, signing={"beside": (fake,)}).checked())
    assert found["signer_unknown"].status is Status.UNKNOWN


def test_a_certificate_that_names_the_real_key_without_its_signature_is_forged() -> None:
    forged = _signer(signed_as=bytes(255) + b"\x01")
    result = Chip(signer=forged).checked()
    assert _contradictions(codes(result)) == {"signer_forged": Strength.CONCLUSIVE}


def test_a_certificate_for_another_purpose_signs_no_documents() -> None:
    result = Chip(signer=_signer(purposes=("2.23.136.1.1.3",))).checked()
    assert _contradictions(codes(result)) == {"signer_purpose": Strength.MODERATE}


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("document_number", {"document_number": "SPECI2015"}),
        ("name", {"secondary_identifier": "WILHELMINA"}),
        ("birth_date", {"birth_date": "650311"}),
        ("expiry_date", {"expiry_date": "350309"}),
    ],
)
def test_a_chip_of_another_document_differs_from_the_print(
    field: str, other: dict[str, str]
) -> None:
    result = Chip().checked(print=printed(**other))
    assert _contradictions(codes(result)) == {f"print.{field}": Strength.STRONG}


def test_print_that_was_not_read_surely_differs_from_nothing() -> None:
    lines = a_zone(document_number="SPECI2015")
    unsure = understand(read_unsurely(lines, (1, 8)), today=TODAY)
    result = Chip().checked(print=unsure)
    assert not _contradictions(codes(result))
    assert "document number" in codes(result)["print_not_compared"].for_recruiter
    assert codes(result)["authentic"].strength is Strength.MODERATE


def test_a_document_that_has_run_out_is_said_where_only_its_chip_was_read() -> None:
    from verifiers.documents.chip.check import check_chip
    from verifiers.documents.chip.files import sort_files

    late = TODAY.replace(year=2035)
    result = check_chip(sort_files("chip", Chip().files()), trusting(), today=late)
    assert _contradictions(codes(result)) == {"expired": Strength.MODERATE}
    # With the print, the rules of its zone say so, and one fact is told once.
    assert "expired" not in codes(Chip().checked(today=late))
