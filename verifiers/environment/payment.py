"""Where pay goes. An account in a partner's or an old name is ordinary; payroll asks.

What payroll holds goes before what the candidate asked for; what the bank says, before both.
"""

import re
from datetime import timedelta

from stdnum import iban

from models.contact_claims import Payout
from models.finding import EvidenceClass, Seen, Strength
from models.rule import Fact
from verifiers.case import Case
from verifiers.names import could_be_one_persons
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_FIRST_DAYS = timedelta(days=60)
_TWICE = 2
_AND = re.compile(r"\s*[&+/;]\s*|\s+(?:and|or|und|et|y|e)\s+", re.IGNORECASE)
"""What stands between two holders of one account."""
_COMPANIES = {
    "ab", "ag", "as", "bv", "co", "corp", "corporation", "eood", "gmbh", "inc", "kft", "limited",
    "llc", "llp", "ltd", "ltda", "nv", "ooo", "oy", "oü", "plc", "pte", "pty", "sa", "sarl", "sas",
    "sl", "spa", "srl", "sro", "ug", "zoo",
}  # fmt: skip
"""What the name of a firm ends in, dots left out: many who work for themselves are paid as one."""

SEPA = frozenset(
    {
        "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB",
        "GI", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK",
        "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "VA",
        "AX", "BL", "GF", "GG", "GP", "IM", "JE", "MF", "MQ", "PM", "RE", "YT",
    }
)  # fmt: skip
"""Where one account serves all (European Payments Council, list EPC409-09); in the EU nobody may
be asked for an account of a certain one of them (Regulation 260/2012, article 9)."""


@_registry.rule(
    id="HIST-48",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-PAY-02",),
    benign="A joint account, a maiden name, or a bank that shortens names.",
    question="In whose name is this account, and can you send a statement that shows it?",
    evidence_class=EvidenceClass.PAYMENT,
)
def account_is_anothers(case: Case) -> Judgement:
    """The bank says that the account for pay is not in the candidate's name."""
    bank = case.seen.bank
    if bank is None or bank.holder_matches is None:
        if bank is not None or case.claims.payout:
            yield Missing(Fact.BANK)
    elif not bank.holder_matches:
        yield Clash(
            "The bank says that the account for pay is not in the candidate's name.",
            (Seen(what="account in the candidate's name", value="no, says the bank"),),
        )


@_registry.rule(
    id="ENV-12",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-PAY-02",),
    benign="A partner's or a parent's account, a maiden name, or another way to write a name.",
    question="In whose name is this account, and why does your pay go there?",
    evidence_class=EvidenceClass.PAYMENT,
)
def account_in_another_name(case: Case) -> Judgement:
    """The account for pay is in a name that has nothing in common with any of the candidate's."""
    bank, held = case.seen.bank, _holder(case)
    # Where the bank itself was asked, its word counts.
    if held is None or (bank is not None and bank.holder_matches is not None):
        return
    holder, who = held
    identity = case.claims.identity
    told = (case.claims.full_name, identity.preferred_name, *identity.former_names)
    own = [name for name in told if name and name.strip()]
    # A joint account names two people; one of them is enough.
    agree = [could_be_one_persons(mine, one) for mine in own for one in _AND.split(holder)]
    if True in agree:
        return
    if not own or None in agree or not _is_a_persons(holder):
        yield Missing(Fact.NAMES)
        return
    yield Clash(
        "The account for pay is in a name that shares nothing with the candidate's.",
        (
            Seen(what="name, claimed", value=own[0]),
            Seen(what=f"holder of the account, {who}", value=holder),
        ),
    )


@_registry.rule(
    id="HIST-49",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-PAY-06",),
    benign="Work across a border, an account kept from an earlier home, or a bank with one office.",
    question="Why is this account in another country than your work, and do you have one there?",
    evidence_class=EvidenceClass.PAYMENT,
)
def account_in_another_country(case: Case) -> Judgement:
    """Pay goes to an account in a country that is neither that of the work nor of a residence."""
    bank = case.seen.bank
    if not case.claims.payout and bank is None:
        return
    country, work = _country(case), case.seen.work_country
    if country is None:
        yield Missing(Fact.BANK)
    elif work is None:
        yield Missing(Fact.WORK_COUNTRY)
    elif (
        country != work
        and not {country, work} <= SEPA
        and country not in {home.country_code for home in case.claims.residences}
    ):
        yield Clash(
            f"The account for pay is in {country}, and the work is in {work}.",
            (
                Seen(what="country of the account", value=country),
                Seen(what="country of the work", value=work),
            ),
        )


@_registry.rule(
    id="HIST-50",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-PAY-03",),
    benign="A bank that closed an account, a switch of banks, or an account that was misused.",
    question="Did you ask for each of these changes yourself?",
    evidence_class=EvidenceClass.PAYMENT,
)
def account_changed_again_and_again(case: Case) -> Judgement:
    """The account for pay was changed on two or more days of the first sixty of the work."""
    bank = case.seen.bank
    changes = sorted(set(bank.changed_on)) if bank else []
    if bank is None:
        if case.claims.payout:
            yield Missing(Fact.BANK)
    elif len(changes) >= _TWICE and bank.started_on is None:
        yield Missing(Fact.BANK)
    elif bank.started_on is not None:
        start = bank.started_on
        early = [day for day in changes if timedelta(0) <= day - start <= _FIRST_DAYS]
        if len(early) >= _TWICE:
            yield Clash(
                f"The account for pay was changed on {len(early)} days of the first sixty.",
                (
                    Seen(what="first day of work", value=bank.started_on.isoformat()),
                    *(Seen(what="account changed", value=day.isoformat()) for day in early),
                ),
            )


RULES = _registry.rules
"""What is known of the account that pay goes to."""


def _country(case: Case) -> str | None:
    """The country of the account; a mistyped IBAN tells none."""
    if case.seen.bank and case.seen.bank.country_code:
        return case.seen.bank.country_code
    payout = case.claims.payout[-1] if case.claims.payout else Payout()
    if payout.iban and iban.is_valid(payout.iban):
        return iban.compact(payout.iban)[:2]
    return payout.country_code


def _holder(case: Case) -> tuple[str, str] | None:
    """Whose the account is, and who says so."""
    if case.seen.bank and case.seen.bank.holder:
        return case.seen.bank.holder, "as payroll has it"
    asked = case.claims.payout[-1].holder if case.claims.payout else None
    return (asked, "as the candidate asked") if asked else None


def _is_a_persons(holder: str) -> bool:
    """Whether it reads as somebody's whole name: initials and companies do not."""
    words = holder.casefold().replace(".", "").split()
    if not words or words[-1] in _COMPANIES or any(c.isdigit() for c in holder):
        return False
    return sum(len(word) > 1 for word in words) > 1 or not holder.isascii()
