"""Answers to a challenge as apps save them, and which of them say nothing."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from models.chip import Cause, ChipStep, Step, StepStatus
from models.finding import Status
from tests.documents.chip import pki
from tests.documents.chip.chips import (
    CHALLENGE,
    Chip,
    answer_ecdsa,
    answer_rsa,
    codes,
    dg1,
    dg2,
    dg15,
)
from verifiers.documents.chip.check import ChipResult

_OTHERS = b"12345678"


def _active() -> rsa.RSAPrivateKey:
    active = pki.key("rsa", 1)
    assert isinstance(active, rsa.RSAPrivateKey)
    return active


def _checked(beside: dict[str, bytes], *, ours: bool = True) -> ChipResult:
    groups = {1: dg1(), 2: dg2(b""), 15: dg15(_active())}
    chip = Chip(groups=groups, beside=beside)
    return chip.checked(challenge=CHALLENGE if ours else None)


def _step(result: ChipResult) -> ChipStep:
    assert not [f for f in result.findings if f.status is Status.CONTRADICTS]
    return result.reading.step(Step.ACTIVE_AUTHENTICATION)


_SAVED: dict[str, Callable[[bytes], bytes]] = {
    "bytes": lambda answer: answer,
    "with its status word": lambda answer: answer + b"\x90\x00",
    "hexadecimal text": lambda answer: answer.hex().encode(),
    "text with its status word": lambda answer: f"{answer.hex()}9000\n".encode(),
}


@pytest.mark.parametrize("how", _SAVED)
def test_an_answer_counts_however_an_app_saves_it(how: str) -> None:
    answer = _SAVED[how](answer_rsa(_active(), CHALLENGE))
    assert _step(_checked({"response": answer})).status is StepStatus.DONE


@pytest.mark.parametrize("how", _SAVED)
def test_an_elliptic_answer_counts_however_an_app_saves_it(how: str) -> None:
    active = pki.key("SECP256R1", 3)
    assert isinstance(active, ec.EllipticCurvePrivateKey)
    answer = _SAVED[how](answer_ecdsa(active, CHALLENGE, pki.HASHES["sha256"]))
    chip = Chip(groups={1: dg1(), 2: dg2(b""), 15: dg15(active)}, beside={"response": answer})
    assert _step(chip.checked(challenge=CHALLENGE)).status is StepStatus.DONE


@pytest.mark.parametrize("length", [1, 128, 255, 257, 300])
def test_what_no_answer_of_this_key_can_be_is_unknown_and_no_copy(length: int) -> None:
    step = _step(_checked({"response": bytes(length)}))
    assert (step.status, step.cause) == (StepStatus.NOT_POSSIBLE, Cause.MALFORMED)
    assert f"{length} bytes" in step.reason


def test_our_challenge_saved_as_text_beside_the_answer_is_ours() -> None:
    beside = {"challenge.txt": CHALLENGE.hex().encode()}
    answer = answer_rsa(_active(), CHALLENGE)
    assert _step(_checked(beside | {"response": answer})).status is StepStatus.DONE


@pytest.mark.parametrize("ours", [True, False], ids=["another was asked", "none was asked"])
@pytest.mark.parametrize("asked", [_OTHERS, b"87654321"], ids=["fits", "does not fit"])
def test_an_answer_beside_a_challenge_that_is_not_ours_says_nothing(
    asked: bytes, ours: bool
) -> None:
    beside = {"challenge": _OTHERS, "response": answer_rsa(_active(), asked)}
    step = _step(_checked(beside, ours=ours))
    assert (step.status, step.cause) == (StepStatus.NOT_POSSIBLE, Cause.OWN_CHALLENGE)
    assert "not ours" in step.reason


@pytest.mark.parametrize("reverse", [False, True])
def test_two_answers_that_differ_are_not_chosen_between(reverse: bool) -> None:
    answers = [answer_rsa(_active(), CHALLENGE), answer_rsa(_active(), _OTHERS)]
    first, second = reversed(answers) if reverse else answers
    step = _step(_checked({"response.bin": first, "response (2).bin": second}))
    assert step.status is StepStatus.NOT_POSSIBLE
    assert "two that differ" in step.reason


def test_an_answer_without_a_challenge_is_asked_for_again() -> None:
    result = _checked({"response": answer_rsa(_active(), CHALLENGE)}, ours=False)
    assert _step(result).cause is Cause.NO_ANSWER
    assert codes(result)["copy_possible"].question
