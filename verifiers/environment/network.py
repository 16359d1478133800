"""Where a candidate's visits come from, and at which hours: never in which language.

A network that hides where people are is no place: it neither agrees nor differs. A private relay
and a company's gateway are nothing at all. No network speaks for anybody.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from models.circumstances import Session
from models.finding import EvidenceClass, Seen, Strength
from models.rule import Fact
from verifiers.case import Case
from verifiers.environment.distance import kilometres_between
from verifiers.rule import Clash, Judgement, Missing, Registry
from verifiers.zones import local_time, offset_minutes, zone

_registry = Registry()

_TWICE = 2
_SEVERAL = 3
_A_JOURNEY = timedelta(days=7)
"""Of visits from abroad that lie closer together, one short journey is enough."""
_ONE_SITTING = timedelta(hours=6)
_FASTEST_KM_PER_HOUR = 900
"""An airliner's cruise."""
_NETWORKS_ARE_VAGUE_KM = 300
"""How far off the place of a network's address easily is."""
_ENOUGH_SLOTS = 5
_NIGHT_ENDS_HOUR = 6
_NIGHT_SHARE = 0.7
_STAND_INS = {"UTC", "Etc/UTC", "Etc/GMT", "GMT", "Atlantic/Reykjavik"}
"""What browsers that guard privacy tell everybody."""


@_registry.rule(
    id="HIST-40",
    version=2,
    strength=Strength.MODERATE,
    indicators=("DPRK-NET-03",),
    benign="Travel, a home in two countries, or a telephone abroad on its own network.",
    question="Where were you when you visited us, and where do you live?",
    evidence_class=EvidenceClass.NETWORK,
)
def visits_from_another_country(case: Case) -> Judgement:
    """All visits, over a week or longer, came from countries in which no residence is claimed."""
    homes = {home.country_code for home in case.claims.residences if home.country_code}
    placed = sorted((s for s in _with_a_place(case) if s.country_code), key=lambda s: s.at)
    if len(placed) < _TWICE:
        yield Missing(Fact.SESSIONS)
    elif not homes:
        yield Missing(Fact.ADDRESS)
    else:
        # Whoever travels is at home as well; one visit from there, and nothing is said.
        if any(session.country_code in homes for session in placed):
            return
        if placed[-1].at - placed[0].at < _A_JOURNEY:
            yield Missing(Fact.SESSIONS)
            return
        visits = _days_apart(placed)
        yield Clash(
            f"All visits, on {len(visits)} days, came from countries in which no residence is "
            "claimed.",
            tuple(
                Seen(what=f"country of a visit, {_minute(s.at)}", value=s.country_code or "")
                for s in (*visits[: _SEVERAL - 1], visits[-1])[: len(visits)]
            ),
        )


@_registry.rule(
    id="HIST-41",
    version=2,
    # Weaker than its severity asks: hiding one's place is a reason to ask once more, and beside a
    # slip in a résumé it must not send anybody to review.
    strength=Strength.WEAK,
    indicators=("DPRK-NET-01", "DPRK-NET-02", "DPRK-NET-06", "DPRK-NET-07"),
    benign="A browser or a company's network that keeps everybody's place private.",
    question="Is there another way to show where you are, such as a letter sent to your home?",
    evidence_class=EvidenceClass.NETWORK,
)
def every_visit_hidden(case: Case) -> Judgement:
    """All visits, on three or more days, came through services that hide where people are."""
    visits = [session for session in case.seen.sessions if not session.relay]
    hidden = [session.anonymous for session in visits]
    if False in hidden:
        return
    days = len(_days_apart(visits))
    if days < _SEVERAL or None in hidden:
        yield Missing(Fact.SESSIONS)
    else:
        by = Counter(session.hidden_by or "a service of unknown kind" for session in visits)
        yield Clash(
            f"All visits, on {days} days, came through services that hide where people are.",
            tuple(
                Seen(what=f"visits through such a service: {service}", value=count)
                for service, count in sorted(by.items(), key=lambda told: (-told[1], told[0]))
            ),
        )


@_registry.rule(
    id="HIST-42",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-NET-04",),
    benign="A mobile network whose gateway stands far away, or a wrong entry for an address.",
    question="Were both of these visits yours, and which networks did you use?",
    evidence_class=EvidenceClass.NETWORK,
)
def faster_than_an_airliner(case: Case) -> Judgement:
    """Two visits in a row are farther apart than anybody can travel in the time between them."""
    placed = sorted((s for s in _with_a_place(case) if _point(s)), key=lambda s: s.at)
    if len(placed) < _TWICE:
        yield Missing(Fact.SESSIONS)
    for one, other in pairwise(placed):
        first, second = _point(one), _point(other)
        if not first or not second:
            continue
        kilometres = kilometres_between(*first, *second)
        hours = (other.at - one.at).total_seconds() / 3600
        if kilometres > _NETWORKS_ARE_VAGUE_KM and kilometres > _FASTEST_KM_PER_HOUR * hours:
            yield Clash(
                f"Two visits {hours:.1f} hours apart came from places {kilometres:.0f} km apart.",
                (
                    Seen(what="distance", value=round(kilometres), unit="km"),
                    Seen(what="first visit", value=_minute(one.at)),
                    Seen(what="second visit", value=_minute(other.at)),
                ),
            )


@_registry.rule(
    id="HIST-43",
    version=2,
    strength=Strength.WEAK,
    indicators=("DPRK-NET-10",),
    benign="Travel, a computer from another place, or a browser that tells everybody one zone.",
    question=None,
    evidence_class=EvidenceClass.NETWORK,
)
def clock_of_another_place(case: Case) -> Judgement:
    """On three or more days, in all visits, the clock was not that of the claimed address."""
    if not case.seen.sessions:
        yield Missing(Fact.SESSIONS)
        return
    home = zone(case.seen.residence_time_zone)
    told = [
        (session, clock)
        for session in case.seen.sessions
        if session.time_zone not in _STAND_INS and (clock := zone(session.time_zone))
    ]
    if home is None or not told:
        yield Missing(Fact.TIME_ZONE)
    elif all(_other_clock(session.at, clock, home) for session, clock in told):
        days = len(_days_apart([session for session, _ in told]))
        if days < _SEVERAL:
            yield Missing(Fact.TIME_ZONE)
            return
        yield Clash(
            f"In all visits, on {days} days, the computer's clock was not that of the claimed "
            "address.",
            (
                Seen(what="clock at the claimed address", value=home.key),
                *(
                    Seen(what=f"clock in a visit, {_minute(session.at)}", value=clock.key)
                    for session, clock in told[:_SEVERAL]
                ),
            ),
        )


@_registry.rule(
    id="HIST-55",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-BEH-01",),
    benign="Care for somebody by day, a second shift, or a preference for quiet hours.",
    question=None,
    evidence_class=EvidenceClass.NETWORK,
)
def meets_at_night(case: Case) -> Judgement:
    """Most meetings that were agreed to fall between midnight and six at the claimed address."""
    availability = case.claims.availability
    slots = availability.slots if availability else ()
    if len(slots) < _ENOUGH_SLOTS:
        if slots or case.claims.residences:
            yield Missing(Fact.AVAILABILITY)
        return
    home = zone(case.seen.residence_time_zone)
    if home is None:
        yield Missing(Fact.TIME_ZONE)
        return
    night = sum(local_time(home, slot).hour < _NIGHT_ENDS_HOUR for slot in slots)
    if night / len(slots) > _NIGHT_SHARE:
        yield Clash(
            f"{night} of {len(slots)} agreed meetings fall between midnight and six at the "
            "claimed address.",
            (
                Seen(what="meetings agreed to", value=len(slots)),
                Seen(what="of them between midnight and six", value=night),
            ),
        )


@_registry.rule(
    id="ENV-10",
    version=1,
    # Strong, so that a person of the company looks before anybody is asked: it is their own list.
    strength=Strength.STRONG,
    indicators=("DPRK-NET-09",),
    benign="Addresses pass from one customer to the next, many people share one, and a list may "
    "be wrong.",
    question=None,
    evidence_class=EvidenceClass.NETWORK,
)
def from_a_watched_network(case: Case) -> Judgement:
    """A visit came from a network on the company's own list of networks to look at."""
    watched = [session for session in case.seen.sessions if session.watched]
    if watched:
        first = sorted(watched, key=lambda session: session.at)[:_SEVERAL]
        visits = "One visit" if len(watched) == 1 else f"{len(watched)} visits"
        yield Clash(
            f"{visits} came from a network on the company's own list of networks to look at.",
            tuple(Seen(what="visit from such a network", value=_minute(s.at)) for s in first),
            for_candidate="A person looks at the network that you visited us from. Many people "
            "share a network, and this says nothing of you by itself.",
        )
    elif not case.seen.sessions or any(s.watched is None for s in case.seen.sessions):
        yield Missing(Fact.SESSIONS)


RULES = _registry.rules
"""What visits and meetings say of where somebody is."""


def _with_a_place(case: Case) -> list[Session]:
    """Visits of which it is known that nothing stands before where they came from."""
    return [s for s in case.seen.sessions if s.anonymous is False and not s.relay]


def _days_apart(sessions: Iterable[Session]) -> list[Session]:
    """The first of each day's, by UTC; one that goes on past midnight is no other."""
    first: list[Session] = []
    for session in sorted(sessions, key=lambda one: one.at):
        day, before = session.at.astimezone(UTC).date(), first[-1].at if first else None
        if before is None or (
            day > before.astimezone(UTC).date() and session.at - before >= _ONE_SITTING
        ):
            first.append(session)
    return first


def _point(session: Session) -> tuple[float, float] | None:
    if session.latitude is None or session.longitude is None:
        return None
    return session.latitude, session.longitude


def _minute(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _other_clock(at: datetime, clock: ZoneInfo, home: ZoneInfo) -> bool:
    return offset_minutes(clock, at) != offset_minutes(home, at)
