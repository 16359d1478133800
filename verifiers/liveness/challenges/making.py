"""Which acts are asked for: chosen at random, so that no one recording made before foresees them.

Both turns of the head where it can be turned, since two ends show more depth than one, and three
other acts; with a look into the camera between. Who cannot turn it is shown colours twice, between
two other acts: light shows depth too. Whoever cannot do something else is asked for another act.

How hard it is to foresee for one recording made before, begins of steps not counted: 6,720 orders
of acts where nothing is left out, of which one recording in a light too bright for colours answers
up to four, since colours may then be beyond judging (1,680, 10.7 bits); 18 without the head, of
which it answers two (9, 3.2 bits), and once the colours (772 or 2,988 orders, of which the measure
tells 5.6 bits apart). Which digits are read is not listened to and adds nothing yet. None of this
stops whoever has each act recorded and cuts them together: the page knows the whole challenge when
it begins.

The screen shows a colour for half a second or more: two changes a second, that is one flash, where
WCAG 2.2 (success criterion 2.3.1) allows three; and red and black, the strongest of saturated red's
contrasts, never follow each other.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from models.challenge import Act, Challenge, ChallengeStep, Colour, Need

ACTS = 5
FEWEST_ACTS = 4
"""Where the head cannot be turned."""
SHORTEST_SECONDS, LONGEST_SECONDS = 16.0, 23.5
"""Of the whole. Shorter, nobody would have time; longer, nobody the patience, or the page the
memory: 120 frames."""
LIFETIME = timedelta(minutes=3)

TURNS = (Act.TURN_LEFT, Act.TURN_RIGHT)
_ASKED = (
    *TURNS,
    Act.LOOK_UP,
    Act.LOOK_DOWN,
    Act.NOD,
    Act.BLINK_TWICE,
    Act.MOVE_CLOSER,
    Act.HAND_ACROSS,
    Act.READ_DIGITS,
    Act.COLOURS,
)
_OF_THE_HEAD = frozenset(
    {*TURNS, Act.LOOK_UP, Act.LOOK_DOWN, Act.NOD, Act.MOVE_CLOSER},
)
LEFT_OUT: dict[Need, frozenset[Act]] = {
    Need.HEAD: _OF_THE_HEAD,
    Need.HANDS: frozenset({Act.HAND_ACROSS}),
    # Light falls on a face whether or not its eyes see it.
    Need.SIGHT: frozenset({Act.READ_DIGITS}),
    Need.SPEECH: frozenset({Act.READ_DIGITS}),
    Need.EYES: frozenset({Act.BLINK_TWICE}),
    Need.LIGHT: frozenset({Act.COLOURS}),
}
_PROVES_VOLUME = frozenset({*TURNS, Act.COLOURS})

_FIRST_LOOK = 1.6, 2.2
_LOOK = 0.9, 1.3
_ACT = 2.6, 3.4
_LONG_ACT = 3.2, 3.8
"""Of what takes two seconds once it is begun."""
_LONG = frozenset({Act.HAND_ACROSS, Act.READ_DIGITS})
_COLOUR = 0.55, 0.7
"""Each long enough for three pictures."""
_COLOURS = 5, 6
_DEGREES = {
    Act.TURN_LEFT: (16, 22),
    Act.TURN_RIGHT: (16, 22),
    Act.LOOK_UP: (8, 12),
    Act.LOOK_DOWN: (8, 12),
}
"""Depth is measured from 15 degrees on; beyond 30 the landmarks of the far side are guesses."""


class NothingToAsk(ValueError):
    """No challenge is left that could prove presence. Its text says what is offered instead."""


def new_challenge(
    random: Random,
    *,
    now: datetime,
    without: frozenset[Need] = frozenset(),
    lifetime: timedelta = LIFETIME,
) -> Challenge:
    """Acts that the person can do, in an order and at times that nobody can foresee.

    `random` is `secrets.SystemRandom()` wherever the answer counts.

    Raises:
        NothingToAsk: none of what is left proves that there is more than a picture.
    """
    allowed = allowed_acts(without)
    if not _PROVES_VOLUME.intersection(allowed):
        raise NothingToAsk(
            "Without moving the head and without coloured light no recording can show presence. "
            "Meet in person or in a call, or read the chip of the document with a phone."
        )
    return Challenge(
        nonce=f"{random.getrandbits(128):032x}",
        issued_at=now,
        expires_at=now + lifetime,
        without=without,
        steps=_timed(random, _chosen(random, allowed)),
    )


def allowed_acts(without: frozenset[Need]) -> tuple[Act, ...]:
    """The acts that none of these needs leaves out."""
    left_out = frozenset().union(*(LEFT_OUT[need] for need in without))
    return tuple(act for act in _ASKED if act not in left_out)


def _chosen(random: Random, allowed: Sequence[Act]) -> list[Act]:
    """Acts in order, never one twice in a row: all different, but for what proves volume where the
    head cannot be turned, which then comes twice.
    """
    if len(allowed) == 1:  # Only light is left: its colours differ from step to step.
        return [*allowed] * FEWEST_ACTS
    turns = [act for act in TURNS if act in allowed]
    others = [act for act in allowed if act not in TURNS and (turns or act is not Act.COLOURS)]
    count = ACTS if turns else FEWEST_ACTS
    chosen = turns or [Act.COLOURS] * 2
    chosen += random.sample(others, min(count - len(chosen), len(others)))
    chosen += others[: count - len(chosen)]
    while True:
        random.shuffle(chosen)
        if all(one is not following for one, following in pairwise(chosen)):
            return chosen


def _timed(random: Random, acts: Sequence[Act]) -> tuple[ChallengeStep, ...]:
    while True:
        steps = tuple(_one_after_the_other(random, acts))
        if SHORTEST_SECONDS <= steps[-1].ends <= LONGEST_SECONDS:
            return steps


def _one_after_the_other(random: Random, acts: Sequence[Act]) -> Iterator[ChallengeStep]:
    begins = 0.0
    first = _step(random, Act.LOOK, 0.0, _FIRST_LOOK)
    yield first
    begins = first.ends
    for asked in acts:
        for act in (asked, Act.LOOK):
            step = _step(random, act, begins, _LOOK)
            yield step
            begins = step.ends


def _step(random: Random, act: Act, begins: float, look: tuple[float, float]) -> ChallengeStep:
    if act is Act.LOOK:
        return ChallengeStep(act=act, begins=begins, seconds=_seconds(random, look))
    if act is Act.COLOURS:
        colours = _colours(random, random.randint(*_COLOURS))
        seconds = len(colours) * _seconds(random, _COLOUR)
        return ChallengeStep(act=act, begins=begins, seconds=seconds, colours=colours)
    seconds = _seconds(random, _LONG_ACT if act in _LONG else _ACT)
    if act is Act.READ_DIGITS:
        digits = f"{random.randrange(1000):03}"
        return ChallengeStep(act=act, begins=begins, seconds=seconds, digits=digits)
    degrees = float(random.randint(*_DEGREES[act])) if act in _DEGREES else None
    return ChallengeStep(act=act, begins=begins, seconds=seconds, degrees=degrees)


def _seconds(random: Random, between: tuple[float, float]) -> float:
    """In sixteenths, which add up without rounding."""
    return round(random.uniform(*between) * 16) / 16


def _colours(random: Random, count: int) -> tuple[Colour, ...]:
    """Two primaries at least: shades of grey alone say no more than a lamp that flickers."""
    while True:
        colours = [random.choice(list(Colour))]
        while len(colours) < count:
            colours.append(
                random.choice([each for each in Colour if may_follow(colours[-1], each)])
            )
        primaries = {Colour.RED, Colour.GREEN, Colour.BLUE}.intersection(colours)
        if len(primaries) >= 2:
            return tuple(colours)


def may_follow(one: Colour, other: Colour) -> bool:
    return one is not other and {one, other} != {Colour.RED, Colour.BLACK}
