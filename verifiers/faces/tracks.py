"""Who is in the footage: everyone's face followed through each recording.

Frames are sampled, faces linked by place, and the links checked by descriptor: where the face in
one place becomes someone else, the track is cut there and the cut kept as evidence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from models.named_face import NamedFace
from verifiers.face_engine import FaceEngine, TrackedFace
from verifiers.faces.matching import PERSON_CHANGED
from verifiers.faces.naming import FaceNamed, NobodyNamed, face_named, frame_named
from verifiers.faces.person_change import PersonChange, same_scene
from verifiers.faces.searching import faces_over_time
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
"""Of all recordings together, but at least 8 of each: 0.02 to 0.05 s of CPU time a frame."""
TRACKS_PER_CLIP = 9
"""The most prominent ones are described, so many as a gallery of 3 x 3 has; a face in a crowd
behind is not."""

MIN_GROUP = 2
"""Frames that must agree on it before a track is cut: a single one was over .36 from the rest
of its own person (behind smoke)."""

STILL = 0.035
"""Eye distances that the points of a pictured face move at most, root mean square: .025 at most on
rendered pictures on a wall, 15 to 35 pixels between the eyes, in noise, changing light and
compression; .058 and more on people, the calmest of three real clips for 1.5 s."""

_HALVINGS = 4
"""By which the moment is found at which somebody else appears: of 16 sampled frames between two
described ones, the very one."""


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
    def still(self) -> bool:
        """At no moment it moved more than a picture on a wall; so does whoever is seen once."""
        points = np.array([face.face.landmarks for face in self.faces])
        moved = np.sqrt(((points - np.median(points, axis=0)) ** 2).sum(axis=2).mean(axis=1))
        eyes = np.median([face.face.inter_eye_distance for face in self.faces])
        return bool(moved.max() <= STILL * eyes)

    @cached_property
    def descriptor(self) -> NDArray[np.float64]:
        """The unit mean of what was described, of the good frames where there are any."""
        good = [face for face in self.described if face.rated.quality.good]
        return mean_descriptor(good or self.described)

    def distance(self, reference: NDArray[np.float64]) -> float:
        """From this person to a unit descriptor."""
        return float(np.linalg.norm(self.descriptor - reference))


@dataclass(frozen=True, eq=False)
class Followed:
    """Everyone in the footage."""

    tracks: tuple[Track, ...]
    """The most prominent of each recording first."""
    named: FaceNamed | NobodyNamed | None = None
    """Whose face the recruiter named, on one of the tracks; `None` where nobody was named."""


def follow(engine: FaceEngine, clips: Sequence[Clip], named: NamedFace | None = None) -> Followed:
    """Everyone's tracks in all recordings; the one that is `named` among them, however small."""
    place = frame_named(clips, named) if named else None
    found: FaceNamed | NobodyNamed | None = place if isinstance(place, NobodyNamed) else None
    tracks: list[Track] = []
    for clip in clips:
        count, surely = max(8, FRAMES_SEARCHED // len(clips)), None
        if named and isinstance(place, tuple) and place[0] is clip:
            surely = place[1]
        frames = faces_over_time(engine, clip, count, surely)
        if named and surely is not None:
            frame = clip.frames[surely]
            there = [face for faces in frames for face in faces if face.frame is frame]
            found = face_named(there, frame, named)
        kept = found.face if isinstance(found, FaceNamed) else None
        linked = _most_prominent(_linked(frames), kept)
        for track in linked:
            tracks += look_closer(engine, track, max(2, FACES_PER_TEMPLATE // len(linked)), kept)
    return Followed(tuple(tracks), found)


def _most_prominent(tracks: Sequence[Track], kept: TrackedFace | None) -> list[Track]:
    # A face in a single sampled frame is mostly the detector's mistake; it may be all there is.
    lasting = [track for track in tracks if len(track.rated) > 1] or tracks
    first = sorted(lasting, key=lambda track: -track.prominence)[:TRACKS_PER_CLIP]
    return first + [track for track in tracks if kept in track.faces and track not in first]


def look_closer(
    engine: FaceEngine, track: Track, count: int, surely: TrackedFace | None = None
) -> tuple[Track, ...]:
    """The track with `count` faces described; cut where those show that the person changed.

    The face `surely` is described too, where it is on this track.
    """
    done = [face.rated for face in track.described]
    asked = [face for face in track.rated if face.seen is surely and face not in done]
    left = [face for face in track.rated if face not in done and face not in asked]
    chosen = choose_different(left, count - len(done) - len(asked), [*done, *asked])
    track = _with(track, describe(engine, [*asked, *chosen]))
    # One odd frame (smoke, a hand, a blink) is no other person: ask the frames next to it. Of two
    # frames that differ, each is the odd one; so ask again.
    for _ in range(2):
        track = _with(track, describe(engine, _beside_lone(track)))
    for _ in range(_HALVINGS):
        track = _with(track, describe(engine, _at_borders(track)))
    return _cut(track)


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


def _at_borders(track: Track) -> list[RatedFace]:
    """The face half way between each two described ones, next to each other, of two people."""
    _, sides = _two_groups(track)
    places = [track.rated.index(face.rated) for face in track.described]
    return [
        track.rated[(before + after) // 2]
        for (before, one), (after, other) in pairwise(zip(places, sides, strict=True))
        if one != other and after - before > 1
    ]


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
    return [Track(track[0].file, tuple(RatedFace(face) for face in track)) for track in tracks]


def _apart(one: TrackedFace, other: TrackedFace) -> float:
    """Between the centres, in widths of a face."""
    (a, b) = (one.face, other.face)
    across = (a.left + a.right - b.left - b.right) / 2, (a.top + a.bottom - b.top - b.bottom) / 2
    return float(np.hypot(*across)) / ((a.right - a.left + b.right - b.left) / 2)


def _could_follow(one: TrackedFace, other: TrackedFace) -> bool:
    # Within a second a face moves by its own width at most; later it must still be in its place,
    # or descriptors decide, because place no longer tells people apart.
    reach = 1.0 if other.frame.seconds - one.frame.seconds <= 1 else 0.6
    return _apart(one, other) <= reach and 0.5 <= one.face.area / other.face.area <= 2


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
