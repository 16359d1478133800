"""Technologies and certifications against the day they came to be: HIST-16 to HIST-18.

What the table of `technologies` does not have says nothing.
"""

from models.finding import Seen, Strength
from models.history import Work
from models.outside import CertificateStatus
from models.rule import Fact
from verifiers.case import Case
from verifiers.history.answers import about_name, said
from verifiers.history.technologies import Known, certification, technology
from verifiers.life import EntryKind
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_DAYS_A_YEAR = 365.25
_ROUNDED_UP = 1
"""Years by which people round up, or begin before a first release."""


@_registry.rule(
    id="HIST-16",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-02",),
    benign="Work on it before its release, an older thing of the same name, or years of the field "
    "as a whole.",
    question="What do these years count, and what did you work with in the first of them?",
)
def more_years_than_it_exists(case: Case) -> Judgement:
    """A skill is claimed for over a year longer than its technology has been public."""
    for skill in case.claims.skills:
        if skill.name is None or skill.years is None:
            continue
        known = technology(skill.name)
        if known is None:
            yield Missing(Fact.TECHNOLOGY)
            continue
        age = (case.today - known.first.earliest).days / _DAYS_A_YEAR
        if skill.years > age + _ROUNDED_UP:
            yield Clash(
                f"{skill.years:g} years of {known.name} are claimed, which has been public for "
                f"{max(0, int(age))} (since {known.first}).",
                (
                    Seen(what=f"years of {known.name}, claimed", value=skill.years, unit="years"),
                    _public_since(known),
                ),
            )


@_registry.rule(
    id="HIST-17",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-02", "DPRK-RES-01"),
    benign="A résumé that lists today's skills under an older job, or work on it before its "
    "release.",
    question="Which of these technologies did you use in this position?",
)
def used_before_its_release(case: Case) -> Judgement:
    """A position ended before a technology that is listed under it was public."""
    for entry in case.life.of_kind(EntryKind.WORK):
        listed = entry.claim.technologies if isinstance(entry.claim, Work) else ()
        for name in dict.fromkeys(listed):
            known = technology(name)
            if known is None:
                yield Missing(Fact.TECHNOLOGY, (entry,))
            elif not entry.dated:
                yield Missing(Fact.DATES, (entry,))
            elif entry.end is not None and entry.end.surely_before(known.first):
                yield Clash(
                    f"{entry.label} ended ({entry.end}) before {known.name} was public "
                    f"({known.first}).",
                    (*entry.dates, _public_since(known)),
                    (entry,),
                )


@_registry.rule(
    id="HIST-18",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-01",),
    benign="A certificate that was renamed or issued anew under another number, or a typing error.",
    question="Can you share the issuer's own link to this certificate?",
)
def certificate_that_cannot_be(case: Case) -> Judgement:
    """A certificate is older than its certification, or its issuer says it was never issued."""
    for certificate in case.claims.certificates:
        known = certification(certificate.name)
        day = certificate.date
        if known and day and day.surely_before(known.first):
            yield Clash(
                f"A certificate {known.name} of {day} is claimed, which was first awarded in "
                f"{known.first}.",
                (
                    Seen(what=f"{known.name}, date claimed", value=str(day)),
                    Seen(
                        what=f"{known.name}, first awarded",
                        value=str(known.first),
                        source=known.source,
                    ),
                ),
            )
        if certificate.id is None:
            continue
        answers = about_name(case.outside.certificates, certificate.id)
        told = [answer for answer in answers if answer.value is not None]
        if not told:
            yield Missing(Fact.CERTIFICATE_ISSUER)
        elif all(answer.value is CertificateStatus.NOT_ISSUED for answer in told):
            name = certificate.name or "a certificate"
            yield Clash(
                f"The issuer of {name} does not know the number that is claimed.",
                tuple(said(f"{name}, issuer's answer", "not issued", answer) for answer in told),
            )


RULES = _registry.rules


def _public_since(known: Known) -> Seen:
    return Seen(what=f"{known.name}, public since", value=str(known.first), source=known.source)
