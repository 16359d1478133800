"""Who is in the footage: faces followed through each recording, and which one is the candidate.

Frames are sampled, faces linked by place, and the links checked by descriptor: where the face in
one place becomes someone else, the track is cut there and the cut kept as evidence. The candidate
is whoever agrees best with the reference (the portrait on the document); all of their tracks count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import FaceEngine, TrackedFace
from verifiers.faces.matching import (
    DIFFERENT_PERSON,
    PERSON_CHANGED,
    SAME_PERSON_IN_RECORDING,
)
from verifiers.faces.person_change import PersonChange, same_scene
from verifiers.faces.templates import (
    FACES_PER_TEMPLATE,
    DescribedFace,
    RatedFace,
    choose_different,
    describe,
    mean_descriptor,
)
from verifiers.picture import Clip

FRAMES_SEARCHED = 20
"""Of all recordings together, but at least 8 of each: 0.05 s of CPU time a frame."""
TRACKS_PER_CLIP = 4
"""The most prominent ones are described; a face in a crowd behind is not."""

MIN_GROUP = 2
"""Frames that must agree on it before a track is cut: a single one was over .36 from the rest
of its own person (behind smoke)."""
LASTING_FRAMES = 3
NEAR_SHARE = 0.25
"""Someone took the candidate's place who is seen without them in so many sampled frames, with a
face of at least this share of the candidate's area (half as wide)."""


@dataclass(frozen=True, eq=False)
class Track:
    """One person's face through a stretch of one recording."""

    file: str
    rated: tuple[RatedFace, ...]
    """In order of time; at least one."""
    described: tuple[DescribedFace, ...] = ()
    """Those that were described, in order of time."""
    change: PersonChange | None = None
    """How it begins, where it begins with another person's face becoming this one."""

    @property
    def faces(self) -> tuple[TrackedFace, ...]:
        return tuple(rated.seen for rated in self.rated)

    @property
    def prominence(self) -> float:
        """Pixels of face, summed over the frames."""
        return sum(rated.seen.face.area for rated in self.rated)

    @property
    def face_area(self) -> float:
        """Square pixels of the face, on average."""
        return self.prominence / len(self.rated)

    @property
    def times(self) -> frozenset[float]:
        """The moments it was seen at, in seconds."""
        return frozenset(rated.seen.frame.seconds for rated in self.rated)

    @property
    def good(self) -> bool:
        """Some of what was described is of good quality."""
        return any(face.rated.quality.good for face in self.described)

    @cached_property
    def descriptor(self) -> NDArray[np.float64]:
        """The unit mean of what was described, of the good frames where there are any."""
        good = [face for face in self.described if face.rated.quality.good]
        return mean_descriptor(good or self.described)

    def distance(self, reference: NDArray[np.float64]) -> float:
        """From this person to a unit descriptor."""
        return float(np.linalg.norm(self.descriptor - reference))


@dataclass(frozen=True, eq=False)
class Chosen:
    """Who the candidate is, and who else is there."""

    tracks: tuple[Track, ...]
    """All tracks, of everyone."""
    candidate: tuple[Track, ...]
    """The candidate's, the one that agrees best first; empty where no face was seen."""

    @property
    def others(self) -> tuple[Track, ...]:
        """Tracks that are surely not the candidate: seen beside them, or clearly someone else."""
        return tuple(t for t in self.tracks if t not in self.candidate and self._is_other(t))

    def _is_other(self, track: Track) -> bool:
        nearest = min(track.distance(mine.descriptor) for mine in self.candidate)
        if any(t.file == track.file and t.times & track.times for t in self.candidate):
            # Near, though beside the candidate: their own small self-view, or a picture of them.
            return nearest > SAME_PERSON_IN_RECORDING
        here = any(t.file == track.file for t in self.candidate)
        return track.good and nearest > (PERSON_CHANGED if here else DIFFERENT_PERSON)

    @property
    def changes(self) -> tuple[PersonChange, ...]:
        """Where the candidate became someone else, or someone else the candidate."""
        mine = {id(face) for track in self.candidate for face in track.faces}
        cut = [
            track.change
            for track in self.tracks
            if track.change and mine & {id(track.change.before), id(track.change.after)}
        ]
        return (*cut, *self._takeovers(cut))

    @property
    def beside(self) -> tuple[Track, ...]:
        """Others in the candidate's recordings, but for those who took the candidate's place."""
        here = {track.file for track in self.candidate}
        swapped = {id(face) for change in self.changes for face in (change.before, change.after)}
        return tuple(
            track
            for track in self.others
            if track.file in here and not swapped & {id(face) for face in track.faces}
        )

    def _takeovers(self, cut: Sequence[PersonChange]) -> Iterable[PersonChange]:
        # Not linked by place, but alone in the picture for a while and about as near the camera:
        # who only walks through behind is smaller, and who sits beside is seen at the same time.
        known = {id(face) for change in cut for face in (change.before, change.after)}
        for track in self.others:
            mine = [t for t in self.candidate if t.file == track.file]
            if (
                not mine
                or known & {id(face) for face in track.faces}
                or any(t.times & track.times for t in mine)
                or len(track.rated) < LASTING_FRAMES
                or track.face_area < NEAR_SHARE * mine[0].face_area
            ):
                continue
            pairs = [(a, b) for t in mine for a in t.faces for b in track.faces]
            pair = min(pairs, key=lambda p: abs(p[0].frame.seconds - p[1].frame.seconds))
            before, after = sorted(pair, key=lambda face: face.frame.seconds)
            apart = track.distance(mine[0].descriptor)
            yield PersonChange(before, after, apart, same_scene(before, after))

    @property
    def elsewhere(self) -> tuple[Track, ...]:
        """The most prominent face of each recording in which the candidate is not recognised."""
        here = {track.file for track in self.candidate}
        first: dict[str, Track] = {}
        for track in self.tracks:
            if track.file not in here:
                first.setdefault(track.file, track)
        return tuple(first.values())

    def is_other(self, track: Track) -> bool:
        """Surely not the candidate."""
        return track in self.others


def follow(engine: FaceEngine, clips: Sequence[Clip]) -> tuple[Track, ...]:
    """Everyone's tracks in all recordings, the most prominent of each recording first."""
    tracks: list[Track] = []
    for clip in clips:
        linked = _linked(_faces(engine, clip, max(8, FRAMES_SEARCHED // len(clips))))
        linked = sorted(linked, key=lambda t: -t.prominence)[:TRACKS_PER_CLIP]
        for track in linked:
            tracks += look_closer(engine, track, max(2, FACES_PER_TEMPLATE // len(linked)))
    return tuple(tracks)


def choose(
    engine: FaceEngine, tracks: Sequence[Track], reference: NDArray[np.float64] | None
) -> Chosen:
    """The candidate's tracks: whoever is nearest to the unit descriptor `reference`.

    Without a reference it is whoever is most prominent. The chosen track is described in full,
    and may then turn out to be two people; so the choice is made again until it stands.
    """

    def agreement(track: Track) -> float:
        return -track.prominence if reference is None else track.distance(reference)

    everyone = list(tracks)
    while everyone:
        best = min(everyone, key=agreement)
        parts = look_closer(engine, best, FACES_PER_TEMPLATE)
        if len(parts) == 1 and len(parts[0].described) == len(best.described):
            mine = [t for t in everyone if t is not best and _joins(t, best)]
            return Chosen(tuple(everyone), (best, *sorted(mine, key=agreement)))
        place = everyone.index(best)
        everyone[place : place + 1] = parts
    return Chosen((), ())


def look_closer(engine: FaceEngine, track: Track, count: int) -> tuple[Track, ...]:
    """The track with `count` faces described; cut where those show that the person changed."""
    done = [face.rated for face in track.described]
    left = [face for face in track.rated if face not in done]
    chosen = choose_different(left, count - len(done), done)
    track = _with(track, describe(engine, chosen))
    # One odd frame (smoke, a hand, a blink) is no other person: ask the frames next to it.
    return _cut(_with(track, describe(engine, _beside_lone(track))))


def _with(track: Track, more: Sequence[DescribedFace]) -> Track:
    described = sorted((*track.described, *more), key=lambda face: face.seconds)
    return replace(track, described=tuple(described))


def _beside_lone(track: Track) -> list[RatedFace]:
    """The good faces just before and after one that alone looks like another person."""
    _, sides = _two_groups(track)
    if min(sides.count(side) for side in (False, True)) != 1:
        return []
    lone = track.described[sides.index(sides.count(True) == 1)].rated
    place = track.rated.index(lone)
    done = {id(face.rated) for face in track.described}
    near = track.rated[max(0, place - 1) : place + 2]
    return [face for face in near if id(face) not in done and face.quality.good]


def _faces(engine: FaceEngine, clip: Clip, count: int) -> list[list[TrackedFace]]:
    frames = len(clip.frames)
    places = np.linspace(0, frames - 1, min(count, frames)).round().astype(int).tolist()
    found: dict[int, list[TrackedFace]] = {}
    # A third of them first, spread over the whole: where nobody is, the search costs most.
    for some in (places[::3], places):
        for place in set(some) - set(found):
            frame = clip.frames[place]
            faces = engine.detect(frame.pixels)
            found[place] = [TrackedFace(clip.file, frame, face) for face in faces]
        if not any(found.values()):
            break
    return [found[place] for place in sorted(found)]


def _linked(frames: Iterable[list[TrackedFace]]) -> list[Track]:
    tracks: list[list[TrackedFace]] = []
    for faces in frames:
        near = [
            (_apart(track[-1], face), number, face)
            for number, track in enumerate(tracks)
            for face in faces
            if _could_follow(track[-1], face)
        ]
        taken: set[int] = set()
        placed: set[int] = set()
        for _, number, face in sorted(near, key=lambda entry: entry[0]):
            if number not in taken and id(face) not in placed:
                tracks[number].append(face)
                taken.add(number)
                placed.add(id(face))
        tracks += [[face] for face in faces if id(face) not in placed]
    # A face in a single sampled frame is mostly the detector's mistake; it may be all there is.
    lasting = [track for track in tracks if len(track) > 1] or tracks
    return [Track(track[0].file, tuple(RatedFace(face) for face in track)) for track in lasting]


def _apart(one: TrackedFace, other: TrackedFace) -> float:
    """Between the centres, in widths of a face."""
    (a, b) = (one.face, other.face)
    across = (a.left + a.right - b.left - b.right) / 2, (a.top + a.bottom - b.top - b.bottom) / 2
    return float(np.hypot(*across)) / ((a.right - a.left + b.right - b.left) / 2)


def _could_follow(one: TrackedFace, other: TrackedFace) -> bool:
    # Within a second a face moves by its own width at most; later it must still be in its place,
    # or descriptors (`_joins`) decide, because place no longer tells people apart.
    reach = 1.0 if other.frame.seconds - one.frame.seconds <= 1 else 0.6
    return _apart(one, other) <= reach and 0.5 <= one.face.area / other.face.area <= 2


def _joins(track: Track, best: Track) -> bool:
    """It is the same person as in `best`, seen at another time or in another recording."""
    together = track.file == best.file and bool(track.times & best.times)
    return not together and track.distance(best.descriptor) <= SAME_PERSON_IN_RECORDING


def _two_groups(track: Track) -> tuple[float, list[bool]]:
    """How far apart the two most different groups of its frames are, and who is in which."""
    good = [face for face in track.described if face.rated.quality.good]
    one, two = max(combinations(good, 2), key=lambda pair: _between(*pair), default=(None, None))
    if one is None or two is None or _between(one, two) <= PERSON_CHANGED:
        return 0.0, [False] * len(track.described)
    sides = [_between(face, one) > _between(face, two) for face in track.described]
    groups = [
        [face for face, side in zip(track.described, sides, strict=True) if side is group]
        for group in (False, True)
    ]
    apart = float(np.linalg.norm(mean_descriptor(groups[0]) - mean_descriptor(groups[1])))
    return (apart, sides) if apart > PERSON_CHANGED else (0.0, [False] * len(track.described))


def _cut(track: Track) -> tuple[Track, ...]:
    """The track, or its parts in order of time where its good frames show two or more people."""
    apart, sides = _two_groups(track)
    if min(sides.count(side) for side in (False, True)) < MIN_GROUP:
        return (track,)
    parts: list[Track] = []
    for start, end in _runs(sides):
        first, last = _reach(track, start, end)
        part = Track(track.file, track.rated[first:last], track.described[start:end])
        if parts:
            before, after = parts[-1].described[-1].rated.seen, part.described[0].rated.seen
            change = PersonChange(before, after, apart, same_scene(before, after))
            part = replace(part, change=change)
        parts.append(part)
    parts[0] = replace(parts[0], change=track.change)
    return tuple(smaller for part in parts for smaller in _cut(part))


def _between(one: DescribedFace, two: DescribedFace) -> float:
    return float(np.linalg.norm(one.descriptor - two.descriptor))


def _runs(sides: Sequence[bool]) -> list[tuple[int, int]]:
    """Stretches of equal values, as start and end."""
    starts = [0, *(i for i in range(1, len(sides)) if sides[i] != sides[i - 1])]
    return list(zip(starts, [*starts[1:], len(sides)], strict=True))


def _reach(track: Track, start: int, end: int) -> tuple[int, int]:
    """Which faces belong to the described ones of a stretch: half way to the next stretch's."""

    def half_way(left: int) -> int:
        if not 0 <= left < len(track.described) - 1:
            return 0 if left < 0 else len(track.rated)
        middle = (track.described[left].seconds + track.described[left + 1].seconds) / 2
        return sum(rated.seen.frame.seconds <= middle for rated in track.rated)

    return half_way(start - 1), half_way(end - 1)
