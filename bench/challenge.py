"""The challenge: rendered people who answer as asked, who answer something else, and attacks on it.

`python -m bench.challenge [RIGHT OTHER ATTACKED]` renders that many right answers (60), recordings
that answer another challenge (30) and, of each species of attack, so many (4), from seeds on which
nothing was set. Terms are those of ISO/IEC 30107-3: APCER, the share of a species that is taken for
a person; BPCER, the share of people that are not supported at the first try. The people are the
two that the samples have, rendered, so the intervals are those of random sequences, not of people.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import cv2

from bench.filmed import NOW, PAGE_FRAMES_PER_SECOND, Judge, as_filmed, as_sent, in_time, share
from models.challenge import (
    Act,
    AnsweredChallenge,
    Challenge,
    ChallengeStep,
    Need,
    StepOutcome,
)
from models.finding import Status
from samples.answering import Manner, answer
from samples.footage import Clip as Rendered
from samples.portraits import identity_one, identity_two
from samples.presentations.injections import cuts_to_answer
from samples.presentations.species import SPECIES
from verifiers.face_engines.served import ServedEngine
from verifiers.liveness import LivenessResult, new_challenge
from verifiers.picture import Clip

REPORTED_FROM = 500_000
"""Seeds from here on are for figures; bounds were set on earlier ones."""
PEOPLE = (identity_one, identity_two)
_USUALLY = ("60", "30", "4")
_REPLAYED = ("replay", "with_bezel")


def challenge(seed: int, without: frozenset[Need] = frozenset()) -> Challenge:
    """One of those that the service would choose, the same for a seed."""
    return new_challenge(Random(seed), now=NOW, without=without)


def answers(asked: Challenge, seed: int, manner: Manner | None = None) -> Clip:
    """A rendered person who does as asked, as the page would send it."""
    room = (120.0, 300.0, 500.0)[seed % 3]
    shown: Rendered = answer(
        PEOPLE[seed % len(PEOPLE)](),
        asked,
        seed=seed,
        fps=PAGE_FRAMES_PER_SECOND,
        manner=manner or Manner(),
        ambient=room,
    )
    return as_sent(shown.frames, seed)


def supports(result: LivenessResult) -> bool:
    """Whether presence is supported, however weakly."""
    return any(finding.status is Status.SUPPORTS for finding in result.findings)


def right(judge: Judge, count: int) -> None:
    """Print how often people who do as asked are supported, and which acts are not seen."""
    first: Counter[str] = Counter()
    acts: Counter[tuple[str, str]] = Counter()
    second = 0
    for seed in range(REPORTED_FROM, REPORTED_FROM + count):
        asked = challenge(seed)
        result = judge.of(answers(asked, seed), in_time(asked))
        person = PEOPLE[seed % len(PEOPLE)]().name
        first[person] += supports(result)
        first["all"] += supports(result)
        acts.update(_outcomes(result))
        if not supports(result):
            again = challenge(seed + 100_000)
            second += supports(judge.of(answers(again, seed + 100_000), in_time(again)))
            codes = [finding.code for finding in result.findings]
            print(f"  not supported at seed {seed}, {person}: {', '.join(codes)}", flush=True)
    print(f"right answers supported: {share(first['all'], count)}")
    for person in (one().name for one in PEOPLE):
        print(f"  {person}: {share(first[person], count // len(PEOPLE))}")
    print(f"with one more try: {share(first['all'] + second, count)}")
    for act in sorted({act for act, _ in acts}):
        told = {outcome: acts[act, outcome.value] for outcome in StepOutcome}
        print(f"  {act}: {', '.join(f'{name.value} {n}' for name, n in told.items())}")


def other(judge: Judge, count: int) -> None:
    """Print how often a recording that answers something else supports: it never should."""
    kinds: Counter[str] = Counter()
    for seed in range(REPORTED_FROM + 200_000, REPORTED_FROM + 200_000 + count):
        asked, another = challenge(seed), challenge(seed + 1)
        recorded = answers(another, seed)
        late = in_time(asked).model_copy(update={"received_at": NOW + timedelta(minutes=4)})
        cases: dict[str, tuple[Clip, AnsweredChallenge]] = {
            "recorded for another challenge": (recorded, in_time(asked)),
            "two seconds late in everything": (
                answers(asked, seed, Manner(late=2.0)),
                in_time(asked),
            ),
            "one act left out": (
                answers(asked, seed, Manner(skips=frozenset({_an_act(asked)}))),
                in_time(asked),
            ),
            "after the challenge had expired": (answers(asked, seed), late),
        }
        for kind, (clip, answered) in cases.items():
            kinds[kind] += supports(judge.of(clip, answered))
    for kind, hits in sorted(kinds.items()):
        print(f"{kind}: supported {share(hits, count)}")


def attacked(judge: Judge, count: int) -> None:
    """Print how each species fares against a challenge.

    What is replayed was recorded for another challenge. All else is made of the right answer, as if
    somebody behind it did all that is asked; so are replays once more, as a live relay.
    """
    seen: dict[str, Counter[str]] = {}
    for seed in range(REPORTED_FROM + 300_000, REPORTED_FROM + 300_000 + count):
        asked = challenge(seed)
        clip, stranger = answers(asked, seed), answers(asked, seed + 1)
        take = judge.take(clip, PAGE_FRAMES_PER_SECOND)
        someone = judge.take(stranger, PAGE_FRAMES_PER_SECOND)
        earlier = judge.take(answers(_as_long(asked, seed), seed), PAGE_FRAMES_PER_SECOND)
        recorded = _at_leisure(asked)
        library = judge.take(answers(recorded, seed), PAGE_FRAMES_PER_SECOND)
        library = replace(library, cuts=cuts_to_answer(asked, recorded))
        for name, species in SPECIES.items():
            made = {name: library if species.cuts else take}
            if name.endswith(_REPLAYED):
                made = {name: earlier, f"{name} of a live relay": take}
            for called, source in made.items():
                frames = species.over(source, seed, someone)[: len(clip.frames)]
                shown = as_filmed(frames, _first(clip, len(frames)))
                found = seen.setdefault(called, Counter())
                found.update(_told(judge.of(shown, in_time(asked))))
    for name, found in seen.items():
        codes = ", ".join(f"{code} {n}" for code, n in sorted(found.items()) if code != "supported")
        print(f"{name}: APCER {share(found['supported'], count)}: {codes}", flush=True)


def accommodated(judge: Judge, count: int) -> None:
    """Print how often whoever cannot do something is supported, need by need."""
    for need in Need:
        hits = 0
        for seed in range(REPORTED_FROM + 400_000, REPORTED_FROM + 400_000 + count):
            asked = challenge(seed, frozenset({need}))
            hits += supports(judge.of(answers(asked, seed), in_time(asked)))
        print(f"without {need.value}: supported {share(hits, count)}", flush=True)


def _as_long(asked: Challenge, seed: int) -> Challenge:
    """Another challenge that takes as long or longer."""
    others = (challenge(seed + 10_000 + n) for n in range(10_000))
    return next(other for other in others if other.seconds >= asked.seconds)


def _at_leisure(asked: Challenge) -> Challenge:
    """The same acts in the reverse order under other colours, with time to spare between."""
    steps: list[ChallengeStep] = []
    for step in reversed(asked.steps):
        begins = steps[-1].ends if steps else 0.0
        seconds = step.seconds + 2 * (step.act is Act.LOOK)
        changed = {"begins": begins, "seconds": seconds, "colours": step.colours[::-1]}
        steps.append(step.model_copy(update=changed))
    return asked.model_copy(update={"steps": tuple(steps)})


def _first(clip: Clip, count: int) -> Clip:
    return replace(clip, frames=clip.frames[:count])


def _an_act(asked: Challenge) -> Act:
    return next(step.act for step in asked.steps if step.act is not Act.LOOK)


def _outcomes(result: LivenessResult) -> Iterator[tuple[str, str]]:
    for _, given in result.challenges:
        for step in given.steps:
            yield step.step.act.value, step.outcome.value


def _told(result: LivenessResult) -> Iterator[str]:
    if supports(result):
        yield "supported"
    yield from sorted(
        {
            finding.code.removeprefix("presence.")
            for finding in result.findings
            if finding.status is Status.CONTRADICTS or "challenge" in finding.code
        }
    )


def main(arguments: list[str]) -> None:
    """Render, judge, print."""
    cv2.setNumThreads(1)
    judge = Judge(ServedEngine())
    first, wrong, attacks = map(int, arguments or _USUALLY)
    right(judge, first)
    accommodated(judge, attacks)
    other(judge, wrong)
    attacked(judge, attacks)


if __name__ == "__main__":
    main(sys.argv[1:])
