"""Only a face image that an issuer vouches for is compared as a chip's."""

import pytest

from service.workflow.chips import chip_portraits
from tests.documents.chip import pki, signed
from tests.documents.chip.chips import Chip, dg1, dg2, dg12, face_picture, trusting
from verifiers.documents.chip.check import ChipResult
from verifiers.documents.chip.trust import TrustStore

CHIP = Chip(groups={1: dg1(), 2: dg2(face_picture()), 12: dg12()}, not_sent=())


def _swapped() -> ChipResult:
    other = dg2(face_picture(colour="red"))
    return Chip(groups=CHIP.groups, instead={2: other}, not_sent=()).checked()


def _revoked(reason: str) -> ChipResult:
    crl = signed.revocation_list(pki.csca(), 4711, reason=reason, on="2024-06-01")
    return CHIP.checked(trusting(revocations=[crl]))


def test_a_signed_face_is_compared() -> None:
    (face,) = chip_portraits([CHIP.checked()])
    assert face.pixels.shape == (120, 90, 3)


def test_a_signer_that_was_only_replaced_still_vouches() -> None:
    assert len(list(chip_portraits([_revoked("superseded")]))) == 1


@pytest.mark.parametrize(
    "result",
    [_swapped(), CHIP.checked(TrustStore()), _revoked("key_compromise")],
    ids=["exchanged face", "nobody trusted", "key in other hands"],
)
def test_a_face_that_is_not_surely_signed_is_not(result: ChipResult) -> None:
    assert result.face is not None
    assert list(chip_portraits([result])) == []
