"""What is in common with others, as the report tells it."""

from models.link import Holder, Hub, Link, LinkKind, Tie
from models.verdict import Outcome
from service.report.links import KINDS, MOST_SHOWN, links_shown
from service.report.page import render
from service.report.shown import Shown, together
from tests.service.store.building import a_verdict

ACCOUNT = Tie(
    kind=LinkKind.BANK_ACCOUNT,
    masked="GB…55",
    people=1,
    weight=17.5,
    innocent_explanation="Couples have joint accounts.",
)
CAMPUS = Tie(
    kind=LinkKind.IP,
    masked="81.2.…",
    people=40,
    weight=0,
    damped_as=Hub.CAMPUS,
    innocent_explanation="Students share a network.",
)


def link(case: str) -> Link:
    return Link(other=Holder(person=f"person {case}", case=case), ties=(ACCOUNT, CAMPUS), weight=17)


def page(*links: Link) -> str:
    shown = together([Shown(links=links_shown(links)), Shown()])
    return render(a_verdict(Outcome.REVIEW), shown)


def test_each_tie_stands_masked_beside_what_would_explain_it_innocently() -> None:
    html = page(link("case-1"))
    assert "In common with others" in html
    for said in ("case-1", "bank account", "GB…55", "one other", "Couples have joint accounts."):
        assert said in html
    assert "40 others, as on a campus" in html
    assert "person case-1" not in html


def test_where_nothing_ties_there_is_no_section() -> None:
    assert "In common with others" not in page()


def test_of_very_many_the_weightiest_are_shown_and_the_rest_counted() -> None:
    html = page(*(link(f"case-{n}") for n in range(MOST_SHOWN + 3)))
    assert html.count("GB…55") == MOST_SHOWN
    assert "3 more are on the page of links." in html


def test_every_kind_has_its_words() -> None:
    assert set(KINDS) == set(LinkKind)
