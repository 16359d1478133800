"""Which of the people in the footage is the candidate, and what that makes of the others.

The candidate is whoever agrees best with the reference (the portrait on the document, or what was
kept of an earlier stage), or whom the recruiter names; all of their tracks count. A name changes
who is compared and nothing of what the comparison says: another person stays another person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from models.finding import Region, Seen
from models.person import EarlierCapture, TemplateKind
from verifiers.face_engine import FaceEngine, TrackedFace
from verifiers.faces.matching import DIFFERENT_PERSON, PERSON_CHANGED, SAME_PERSON_IN_RECORDING
from verifiers.faces.naming import FaceNamed, NobodyNamed, unclear
from verifiers.faces.person_change import PersonChange, same_scene
from verifiers.faces.portraits import Portrait
from verifiers.faces.templates import FACES_PER_TEMPLATE, mean_descriptor
from verifiers.faces.tracks import Followed, Track, look_closer

FOUND_WITHIN = 3
"""Sampled frames: of so many one is searched as a whole."""
LASTING_FRAMES = 3
NEAR_SHARE = 0.25
"""Someone took the candidate's place who is seen without them in so many sampled frames, with a
face of at least this share of the candidate's area (half as wide)."""
IN_FRONT = 2.0
"""Times the area of the candidate's face, and someone is in front of them: 1.4 times as wide."""


class ChosenBy(StrEnum):
    """How the candidate was told from others in the footage."""

    PORTRAIT = "agrees best with the document's portrait"
    EARLIER_PORTRAIT = "agrees best with the portrait kept of an earlier stage"
    EARLIER_FOOTAGE = "agrees best with the footage of an earlier stage"
    PROMINENCE = "is the most prominent, as there is no face to go by"
    NAMED = "was named by the recruiter"


@dataclass(frozen=True, eq=False)
class Reference:
    """Whom the candidate is looked for by: a unit descriptor."""

    descriptor: NDArray[np.float64]
    by: ChosenBy


@dataclass(frozen=True, eq=False)
class Chosen:
    """Who the candidate is, and who else is there."""

    tracks: tuple[Track, ...]
    """All tracks, of everyone."""
    candidate: tuple[Track, ...]
    """The candidate's, the one that was chosen first; empty where no face was seen."""
    by: ChosenBy = ChosenBy.PROMINENCE
    named: FaceNamed | NobodyNamed | None = None
    """What became of the recruiter's naming somebody."""
    agrees_better: Track | None = None
    """Beside a candidate who was named, someone else who is nearer to the reference."""

    @property
    def told(self) -> str:
        """How the candidate was chosen, in a sentence or two."""
        if not self.candidate:
            return "Nobody is seen in the footage."
        if self._no_choice:
            return "Nobody but the candidate is seen in the footage."
        told = f"The candidate is the one who {self.by.value}"
        if isinstance(self.named, NobodyNamed):
            return f"{told}. Who was named could not be told. {self.named.problem}"
        if self.named is None:
            return f"{told}."
        told += f", at {self.named.face.frame.seconds:.1f} s of {self.named.face.file}."
        if self.agrees_better:
            told += f" Someone else, in {self.agrees_better.file}, is more like the reference."
        return told

    @property
    def seen(self) -> tuple[Seen, ...]:
        """The same as evidence, where there was a choice."""
        if not self.candidate or self._no_choice:
            return ()
        named = self.named
        face = named.face if isinstance(named, FaceNamed) else self.candidate[0].faces[0]
        box = face.face
        return (
            Seen(
                what="the candidate",
                value=self.by.value,
                file=face.file,
                frame_seconds=face.frame.seconds,
                region=Region.box(box.left, box.top, box.right, box.bottom),
            ),
        )

    @property
    def in_front(self) -> tuple[Track, ...]:
        """Others whose face is clearly larger and seen with the candidate's for a while.

        Not where the candidate was named. An interviewer in speaker view is one as well as somebody
        before a photograph on the wall.
        """
        if not self.candidate or self.by is ChosenBy.NAMED:
            return ()
        first = self.candidate[0]
        return tuple(
            track
            for track in self.others
            if track.file == first.file
            and len(track.times & first.times) >= LASTING_FRAMES
            and track.face_area >= IN_FRONT * first.face_area
        )

    @property
    def doubt(self) -> str | None:
        """Why the candidate may be no more than a picture of somebody, behind someone else."""
        if not self.in_front or not all(track.still for track in self.candidate):
            return None
        return (
            "The face that agrees is not the one in front: it keeps as still as a picture, with a "
            "larger face beside it. The candidate has to be named."
        )

    @property
    def _no_choice(self) -> bool:
        return len(self.candidate) == len(self.tracks) and self.named is None

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
        cut = [
            track.change
            for track in self.tracks
            if track.change and self._takes_the_place(track.change)
        ]
        return (*cut, *self._takeovers(cut))

    def _takes_the_place(self, change: PersonChange) -> bool:
        mine = {id(face) for track in self.candidate for face in track.faces}
        others = [face for face in (change.before, change.after) if id(face) not in mine]
        if len(others) != 1:
            return False
        # Who is seen elsewhere from then on has moved: a call puts its tiles in another order, and
        # shows some, or has them found, a few frames later. Who only steps aside is soon gone.
        (other,) = others
        theirs = next(track.times for track in self.tracks if other in track.faces)
        here = [track.times for track in self.candidate if track.file == other.file]
        both = theirs & frozenset().union(*here)
        near = sorted(theirs, key=lambda seconds: abs(seconds - other.frame.seconds))[:FOUND_WITHIN]
        return both.isdisjoint(near) or len(both) < len(theirs) / 2

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


def reference_of(
    engine: FaceEngine, found: Sequence[Portrait], earlier: Sequence[EarlierCapture]
) -> Reference | None:
    """Whom the candidate is looked for by: the portrait now, that of then, or the footage then.

    Of several kept, the latest: it is the nearest in age.
    """
    if found and found[0].face:
        return Reference(found[0].face.descriptor, ChosenBy.PORTRAIT)
    latest_first = sorted(earlier, key=lambda capture: capture.captured_at, reverse=True)
    kept = [t for capture in latest_first for t in capture.templates if t.engine == engine.name]
    portraits_first = sorted(kept, key=lambda t: t.kind is TemplateKind.LIVE)
    if not portraits_first:
        return None
    first = portraits_first[0]
    live = first.kind is TemplateKind.LIVE
    by = ChosenBy.EARLIER_FOOTAGE if live else ChosenBy.EARLIER_PORTRAIT
    return Reference(np.array(first.vector), by)


def choose(engine: FaceEngine, footage: Followed, reference: Reference | None) -> Chosen:
    """The candidate's tracks: whose face is named, or else whoever is nearest to the reference.

    Without a reference it is whoever is most prominent. The chosen track is described in full,
    and may then turn out to be two people; so the choice is made again until it stands.
    """
    face = footage.named.face if isinstance(footage.named, FaceNamed) else None

    def disagreement(track: Track) -> float:
        return track.distance(reference.descriptor) if reference else -track.prominence

    everyone = list(footage.tracks)
    while everyone:
        best = min(everyone, key=lambda t: (face not in t.faces, disagreement(t)))
        parts = look_closer(engine, best, FACES_PER_TEMPLATE, face)
        if len(parts) == 1 and len(parts[0].described) == len(best.described):
            break
        place = everyone.index(best)
        everyone[place : place + 1] = parts
    else:
        return Chosen((), (), named=footage.named)
    if isinstance(footage.named, FaceNamed) and not _is_of(footage.named.face, best):
        nobody = unclear(footage.named.named)
        return choose(engine, replace(footage, named=nobody), reference)
    mine = [t for t in everyone if t is not best and _joins(t, best)]
    by = reference.by if reference else ChosenBy.PROMINENCE
    chosen = Chosen(
        tuple(everyone),
        (best, *sorted(mine, key=disagreement)),
        ChosenBy.NAMED if face else by,
        footage.named,
    )
    if not face or not reference:
        return chosen
    as_near = min(DIFFERENT_PERSON, disagreement(best))
    better = [track for track in chosen.others if disagreement(track) < as_near]
    return replace(chosen, agrees_better=min(better, key=disagreement, default=None))


def _is_of(face: TrackedFace, track: Track) -> bool:
    """Whether a face on the track is the person that the rest of the track shows."""
    own = [each for each in track.described if each.rated.seen is face]
    rest = [each for each in track.described if each.rated.seen is not face]
    rest = [each for each in rest if each.rated.quality.good] or rest
    if not rest:
        return True
    apart = mean_descriptor(own) - mean_descriptor(rest)
    return float(np.linalg.norm(apart)) <= DIFFERENT_PERSON


def _joins(track: Track, best: Track) -> bool:
    """It is the same person as in `best`, seen at another time or in another recording."""
    together = track.file == best.file and bool(track.times & best.times)
    return not together and track.distance(best.descriptor) <= SAME_PERSON_IN_RECORDING
