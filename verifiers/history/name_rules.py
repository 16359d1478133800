"""Names over résumé, document and bank: HIST-20.

Whether names could be one person's is all that is asked of them. Nothing is read from a name about
anybody, and where scripts cannot be compared, nothing is said. What somebody calls themselves on
an account is their own choice, and is left out.
"""

from collections.abc import Iterator

from models.finding import Seen, Strength
from models.rule import Fact
from verifiers.case import Case
from verifiers.history.answers import is_a_company
from verifiers.names import could_be_one_persons
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_PARTS = range(2, 8)
"""Words of a whole name. One word may be a handle, many a phrase."""


@_registry.rule(
    id="HIST-20",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-NAME-01", "DPRK-ID-19"),
    benign="A preferred or pen name, a name from before a marriage or a transition, or another "
    "way to write it.",
    question="Do you use or have you used other names, and which one shall we use for you?",
)
def names_of_two_people(case: Case) -> Judgement:
    """A name seen with the candidate has nothing in common with any name that they claim."""
    identity = case.claims.identity
    told = (case.claims.full_name, identity.preferred_name, *identity.former_names)
    own = [name for name in told if name and name.strip()]
    elsewhere = [seen for seen in _seen(case) if str(seen.value).strip()]
    if own and not elsewhere:
        yield Missing(Fact.NAMES)
    for seen in elsewhere if own else ():
        name = str(seen.value)
        if not is_a_whole_name(name):
            continue
        agree = [could_be_one_persons(mine, name) for mine in own]
        if True in agree:
            continue
        if None in agree:
            yield Missing(Fact.NAMES)
            continue
        yield Clash(
            f"The claimed name shares nothing with one seen elsewhere ({seen.what}).",
            (Seen(what="name, claimed", value=own[0]), seen),
        )


RULES = _registry.rules


def _seen(case: Case) -> Iterator[Seen]:
    for name, where in case.seen.names_seen:
        yield Seen(what=f"name, {where}", value=name)
    if case.claims.identity.full_name and case.claims.basics.name:
        yield Seen(what="name, résumé", value=case.claims.basics.name)


def is_a_whole_name(text: str) -> bool:
    """Whether it reads as a person's whole name: no handle, and no company one trades under.

    Some scripts do not part a name by spaces.
    """
    words = text.split()
    if any(not (c.isalpha() or c in " .,'’`-‐‑·" or not c.isascii()) for c in text):
        return False
    if is_a_company(text):
        return False
    return len(words) in _PARTS or (len(words) == 1 and not text.isascii())
