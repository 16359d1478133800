"""Passive signs of a presentation attack (ISO/IEC 30107-1 §5): texture, border, surroundings.

All are told with their figures, and two may contradict, `weak`: waves on the skin as a screen or a
print leaves them, and a border that moves with the face. Screens are finer than webcams by now and
compression takes what is left, so that nothing is seen says nothing; depth and a challenge decide.
"""

from collections.abc import Sequence

import numpy as np

from models.finding import Finding, Seen
from verifiers.face_engine import TrackedFace
from verifiers.liveness.passive_border import Border, measure_border
from verifiers.liveness.passive_learned import AttackDetector, learned_signs
from verifiers.liveness.passive_surroundings import Surroundings, measure_surroundings
from verifiers.liveness.passive_texture import PATTERN_FROM, Texture, measure_texture
from verifiers.liveness.signs import Signs, weak_sign

FRAMES = 12
FEWEST_FRAMES = 6


def passive_signs(faces: Sequence[TrackedFace], detectors: Sequence[AttackDetector] = ()) -> Signs:
    """What a dozen frames spread through one clip show.

    `faces` are the candidate's in the clip, in order of time; with less than six nothing is told.
    """
    if len(faces) < FEWEST_FRAMES:
        return Signs()
    at = np.unique(np.linspace(0, len(faces) - 1, FRAMES).round().astype(int))
    shown = [faces[i] for i in at]
    file = shown[0].file
    signs = _of_border(file, measure_border(shown))
    signs += Signs((), _surroundings_seen(file, measure_surroundings(shown)))
    if texture := measure_texture(shown):
        signs += _of_texture(file, texture)
    return signs + learned_signs(detectors, faces)


def _of_texture(file: str, texture: Texture) -> Signs:
    seen = (
        Seen(what="frames whose texture was looked at", value=texture.frames, file=file),
        Seen(
            what=f"waves of light on the skin (a pattern from {PATTERN_FROM:g})",
            value=round(texture.light, 2),
            unit="standard deviations",
            file=file,
        ),
        Seen(
            what=f"waves of colour on the skin (a pattern from {PATTERN_FROM:g})",
            value=round(texture.colour, 2),
            unit="standard deviations",
            file=file,
        ),
        Seen(what="glare on the face, most", value=round(texture.glare, 4), file=file),
        Seen(what="range of the face's colours", value=round(texture.colours, 2), file=file),
    )
    return Signs((_patterned(file, texture, seen),) if texture.patterned else (), seen)


def _patterned(file: str, texture: Texture, seen: tuple[Seen, ...]) -> Finding:
    of = "colour" if texture.colour >= texture.light else "light"
    return weak_sign(
        "presence.passive.pattern",
        seen=seen,
        for_recruiter=f"The skin in {file} shows regular waves of {of}, as a screen or a print "
        "that is filmed does.",
        for_candidate="Your face shows a fine regular pattern, as a filmed screen or print does.",
        innocent="A veil or mesh before the face, light through a blind, or a camera whose own "
        "processing leaves patterns.",
    )


def _of_border(file: str, border: Border) -> Signs:
    seen = (
        Seen(
            what="the face moved on the picture by",
            value=round(border.moved, 2),
            unit="eye distances",
            file=file,
        ),
        Seen(what="straight sides that moved with it", value=len(border.sides), file=file),
    )
    if not border.held_up:
        return Signs((), seen)
    where = ", ".join(f"{side.value} at {at:.1f}" for side, at in border.sides.items())
    finding = weak_sign(
        "presence.passive.border",
        seen=(*seen, Seen(what="sides, in eye distances", value=where, file=file)),
        for_recruiter=f"In {file} straight edges ({where} eye distances) move with the face, as "
        "the border of a card or a phone held up does.",
        for_candidate="Straight edges move with your face, as those of a picture held up do.",
        innocent="A high-backed chair that turns with the person, or a window's frame before a "
        "camera that follows the face.",
    )
    return Signs((finding,), seen)


def _surroundings_seen(file: str, around: Surroundings) -> tuple[Seen, ...]:
    return (
        Seen(what="pairs of frames with surroundings followed", value=around.pairs, file=file),
        Seen(
            what="share of the surroundings that moves with the face",
            value=round(around.along, 2),
            file=file,
        ),
        Seen(what="growth of the face", value=round(around.growth, 2), unit="times", file=file),
    )
