"""Cases drawn from those that each rule brings: joined, thinned, and answered at random."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from hypothesis import strategies as st

from models.base import Model
from models.circumstances import Circumstances
from models.context import Context
from models.history import Claims
from models.outside import Answer, Outcome, Outside
from models.stage import Stage
from tests.models.history_drawn import CLAIMS
from tests.models.outside_drawn import CIRCUMSTANCES, OUTSIDE
from tests.rules.building import ThreeCases
from tests.rules.test_three_cases import CASES
from verifiers.case import Case

AnyModel = TypeVar("AnyModel", Claims, Outside, Circumstances)


def _of(cases: ThreeCases) -> Iterator[Case]:
    yield cases.fraud
    yield from cases.honest.values()
    yield cases.unknown


SEEDS: tuple[Case, ...] = tuple(case for cases in CASES.values() for case in _of(cases))
"""Every case that some rule is tested by."""


def joined(one: Case, other: Case) -> Case:
    """Both candidates' claims and evidence as if they were one's; who they are is the first's."""
    answers = tuple(
        answer.model_copy(update={"reference": answer.reference + len(one.claims.references)})
        for answer in other.seen.reference_answers
    )
    theirs = other.seen.model_copy(update={"reference_answers": answers})
    return replace(
        one,
        claims=_joined(one.claims, other.claims),
        outside=_joined(one.outside, other.outside),
        seen=_joined(one.seen, theirs),
    )


def _joined(one: AnyModel, other: AnyModel) -> AnyModel:
    update: dict[str, Any] = {}
    for name in type(one).model_fields:
        value: Any = getattr(one, name)
        others: Any = getattr(other, name)
        if isinstance(value, tuple) and isinstance(others, tuple):
            update[name] = (*value, *_not_answered(others, value))
        elif value is None:
            update[name] = others
    return one.model_copy(update=update)


def _not_answered(others: tuple[Any, ...], already: tuple[Any, ...]) -> Iterator[Any]:
    """A source answers a question once; all that is no answer is kept."""
    asked = {(one.source, one.question) for one in already if isinstance(one, Answer)}
    for one in others:
        if not isinstance(one, Answer) or (one.source, one.question) not in asked:
            yield one


@st.composite
def _thinned(draw: st.DrawFn) -> Case:
    """A case of which some things are not known."""
    case = draw(_JOINED)
    parts: dict[str, Any] = {}
    for part in ("claims", "outside", "seen"):
        whole: Model = getattr(case, part)
        gone = draw(st.sets(st.sampled_from(sorted(type(whole).model_fields)), max_size=2))
        empty: Model = type(whole)()
        parts[part] = whole.model_copy(update={name: getattr(empty, name) for name in gone})
    return replace(case, **parts)


@st.composite
def _answered(draw: st.DrawFn) -> Case:
    """A case whose questions outside are answered with anything that the shapes allow."""
    case = draw(_JOINED)
    drawn = draw(OUTSIDE)
    update = {
        name: tuple(
            said.model_copy(update={"question": asked.question})
            for asked, said in zip(answers, getattr(drawn, name), strict=False)
        )
        for name, answers in case.outside
    }
    return replace(case, outside=case.outside.model_copy(update=update))


_FIRST, _LAST = date(2020, 1, 1), date(2100, 1, 1)
"""Days to judge on; what is claimed may be of any year."""
_SEED = st.sampled_from(SEEDS)
_JOINED = _SEED | st.builds(joined, _SEED, _SEED)
CASE: st.SearchStrategy[Case] = _JOINED | _thinned()
"""Cases that rules have something to say of."""

ANY_CASE: st.SearchStrategy[Case] = (
    CASE
    | _answered()
    | st.builds(
        Case,
        CLAIMS,
        st.builds(Context, stage=st.sampled_from(Stage), today=st.dates(_FIRST, _LAST)),
        st.none() | st.dates(date(1900, 1, 1)),
        OUTSIDE,
        CIRCUMSTANCES,
    )
)
"""Whatever the shapes allow, however odd."""


def silenced(case: Case, name: str) -> Case:
    """The case with every answer of one kind turned to "did not answer"."""
    told = tuple(_silent(answer) for answer in getattr(case.outside, name))
    return replace(case, outside=case.outside.model_copy(update={name: told}))


@st.composite
def asked_in_vain(draw: st.DrawFn, case: Case) -> Case:
    """The case with its questions asked of more sources, none of which answers."""
    update = {
        name: tuple(draw(st.permutations((*answers, *map(_silent, answers)))))
        for name, answers in case.outside
    }
    return replace(case, outside=case.outside.model_copy(update=update))


def _silent(answer: Answer[Any]) -> Answer[Any]:
    update = {"outcome": Outcome.UNKNOWN, "value": None, "why": "did not answer in time"}
    return answer.model_copy(update={**update, "source": "another source"})


_ORDER_TELLS = {"ship_to", "payout"}
"""The latest is the last."""


@st.composite
def shuffled(draw: st.DrawFn, case: Case) -> Case:
    """The case with everything that has no order of its own in another order."""
    # An answer of a reference says which one by its place.
    fixed = _ORDER_TELLS | ({"references"} if case.seen.reference_answers else set())
    parts: dict[str, Any] = {}
    for part in ("claims", "outside", "seen"):
        whole: Model = getattr(case, part)
        update = {
            name: tuple(draw(st.permutations(value)))
            for name, value in whole
            if isinstance(value, tuple) and len(value) > 1 and name not in fixed
        }
        parts[part] = whole.model_copy(update=update)
    return replace(case, **parts)
