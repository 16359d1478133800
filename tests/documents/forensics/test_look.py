"""What is said of signs: one is weak, two that do not depend on each other ask, none supports."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.finding import Region, Status, Strength
from models.forensics import Found, Look, Sign
from verifiers.documents.forensics.look import DETECTORS, SIGN_NAMES, findings, look
from verifiers.documents.forensics.subject import Subject
from verifiers.picture import Picture

PLACE = Region.box(100, 100, 300, 400)


def seen(
    sign: Sign,
    found: Found = Found.CLEAR,
    *,
    file: str = "id.jpg",
    page: int = 1,
    where: Region = PLACE,
) -> Look:
    score = None if found is Found.UNKNOWN else 3.0
    said = "It was seen."
    return Look(
        sign=sign, file=file, page=page, found=found, score=score, said=said, where=(where,)
    )


def test_one_clear_sign_is_weak_and_names_what_would_explain_it() -> None:
    (finding,) = findings([seen(Sign.PORTRAIT), seen(Sign.SCREEN, Found.NONE)])
    assert finding.code == "document.forensics.portrait"
    assert (finding.status, finding.strength) == (Status.CONTRADICTS, Strength.WEAK)
    assert finding.innocent_explanation
    assert finding.question is None


@pytest.mark.parametrize("sign", [Sign.SCREEN, Sign.PRINTED_COPY])
def test_a_copy_is_asked_for_again(sign: Sign) -> None:
    (finding,) = findings([seen(sign)])
    assert finding.strength is Strength.WEAK
    assert "the document itself" in (finding.question or "")


@pytest.mark.parametrize(
    "other",
    [
        seen(Sign.LOCAL_RESAVE),
        seen(Sign.LOCAL_RESAVE, where=Region.box(310, 150, 380, 170)),
        seen(Sign.EDITED_FILE, where=Region.box(800, 800, 900, 900)),
        seen(Sign.SCREEN, where=Region.box(800, 800, 900, 900)),
    ],
)
def test_two_independent_signs_of_one_place_or_of_the_whole_are_moderate(other: Look) -> None:
    both = list(findings([seen(Sign.PORTRAIT), other]))
    assert [finding.strength for finding in both] == [Strength.MODERATE] * 2
    assert all(finding.question for finding in both)


@pytest.mark.parametrize(
    "other",
    [
        seen(Sign.LOCAL_RESAVE, file="other.jpg"),
        seen(Sign.LOCAL_RESAVE, page=2),
        seen(Sign.LOCAL_RESAVE, Found.FAINT),
        seen(Sign.LOCAL_RESAVE, where=Region.box(500, 500, 700, 600)),
        seen(Sign.ZONE_PRINT, where=Region.box(100, 500, 900, 600)),
        seen(Sign.PRINTED_COPY),
    ],
)
def test_signs_of_two_pictures_or_places_a_faint_one_or_a_copy_do_not_add_up(
    other: Look,
) -> None:
    assert {f.strength for f in findings([seen(Sign.PORTRAIT), other])} == {Strength.WEAK}


def test_a_screens_dots_and_a_printers_are_one_sign() -> None:
    copies = findings([seen(Sign.SCREEN), seen(Sign.PRINTED_COPY)])
    assert {finding.strength for finding in copies} == {Strength.WEAK}


@given(st.lists(st.tuples(st.sampled_from(list(DETECTORS)), st.sampled_from(Found)), max_size=8))
def test_nothing_ever_supports_and_what_is_not_clear_is_not_said(
    drawn: list[tuple[Sign, Found]],
) -> None:
    told = list(findings([seen(sign, found) for sign, found in drawn]))
    assert all(finding.status is Status.CONTRADICTS for finding in told)
    assert all(f.strength and f.strength <= Strength.MODERATE for f in told)
    clear = {sign for sign, found in drawn if found is Found.CLEAR}
    assert {finding.code.rpartition(".")[2] for finding in told} == {sign.value for sign in clear}


def test_every_sign_is_named_and_looked_for_on_a_picture_that_shows_nothing() -> None:
    grey = Picture("grey.png", np.full((300, 400, 3), 128, np.uint8))
    looked = look([Subject(grey)])
    assert [one.look.sign for one in looked] == list(DETECTORS)
    assert set(SIGN_NAMES) == set(Sign)
    assert not any(one.look.found is Found.CLEAR for one in looked)
