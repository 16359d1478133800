"""All species of attack by name, for benchmarks that tell their error rates apart."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from samples.presentations import injections, prints, reenactment, replays, swaps
from samples.presentations.take import Frames, Take

Where = Literal["presentation", "injection"]
"""Before the camera, or in its place."""


@dataclass(frozen=True)
class Species:
    """One way to cheat. `landmarks`, `other` and `cuts` say what it cannot be made without."""

    says: str
    where: Where
    make: Callable[[Take, int, Take | None], Frames]
    landmarks: bool = False
    other: bool = False
    cuts: bool = False

    def over(self, take: Take, seed: int, other: Take | None = None) -> Frames:
        """The attacked frames: as many, of the same size, for the same times.

        `other` is a second person's footage. Raises `ValueError` where something needed is missing.
        """
        if self.other and other is None:
            raise ValueError("this attack needs another person's footage")
        return self.make(take, seed, other)


def _alone(make: Callable[[Take, int], Frames]) -> Callable[[Take, int, Take | None], Frames]:
    return lambda take, seed, _: make(take, seed)


def _with(make: Callable[[Take, int, Take], Frames]) -> Callable[[Take, int, Take | None], Frames]:
    return lambda take, seed, other: make(take, seed, other or take)


def _replay(panel: replays.Panel) -> Callable[[Take, int, Take | None], Frames]:
    return _alone(partial(replays.replayed, panel=panel))


SPECIES: dict[str, Species] = {
    "flat_print": Species(
        "A print held up, turned and tilted.", "presentation", _alone(prints.flat_print), True
    ),
    "bent_print": Species("A print bent around.", "presentation", _alone(prints.bent_print), True),
    "cut_out_mask": Species(
        "A printed face with eye holes on a living head.",
        "presentation",
        prints.cut_out_mask,
        True,
    ),
    "phone_replay": Species(
        "Footage on a phone in the hand.", "presentation", _replay(replays.PHONE)
    ),
    "tablet_replay": Species(
        "Footage on a tablet in the hand.", "presentation", _replay(replays.TABLET)
    ),
    "monitor_replay": Species(
        "Footage on a monitor that fills the picture.", "presentation", _replay(replays.MONITOR)
    ),
    "monitor_replay_with_bezel": Species(
        "Footage on a monitor whose edges show.",
        "presentation",
        _replay(replays.MONITOR_WITH_BEZEL),
    ),
    "loop": Species("A few seconds again and again.", "injection", _alone(injections.looped)),
    "ping_pong_loop": Species(
        "A few seconds forwards and backwards.", "injection", _alone(injections.ping_pong)
    ),
    "freeze": Species("One frame all the time.", "injection", _alone(injections.frozen)),
    "freeze_stretches": Species(
        "Two stretches that stand still.", "injection", _alone(injections.stretches_frozen)
    ),
    "wrong_order": Species(
        "Answers in another order than asked.", "injection", _alone(injections.wrong_order)
    ),
    "spliced": Species(
        "Acts recorded earlier, cut and put in the order and at the times asked for.",
        "injection",
        _alone(injections.spliced),
        cuts=True,
    ),
    "delay": Species(
        "Everything comes some seconds late.", "injection", _alone(injections.delayed)
    ),
    "low_quality_encoding": Species(
        "A film of low quality played into the call.",
        "injection",
        _alone(injections.encoded_again),
    ),
    "face_swap": Species(
        "Another's face pasted on the person's own, live.",
        "injection",
        _with(swaps.face_swap),
        landmarks=True,
        other=True,
    ),
    "person_changed": Species(
        "From about the middle on somebody else.",
        "injection",
        _with(swaps.person_changed),
        other=True,
    ),
    "reenactment": Species(
        "One stolen picture moved like a puppet.",
        "injection",
        _alone(reenactment.reenacted),
        landmarks=True,
    ),
}
"""What each is called (ISO/IEC 30107-3: a presentation attack instrument species)."""
