"""All signs looked for on the pictures of documents, and what is said of those that were seen.

No sign is a verdict. One seen more than on 99 of 100 honest renders is `weak`: at that rate, six
signs on two pictures accuse one honest candidate in nine. What a file says has no such rate. Two
of them on one picture, seen in ways that do not depend on each other, are `moderate`; of those
that show in a place, two at one place, since enhancing a picture leaves several all over it. What
is fainter is shown and weighs nothing, and that nothing was seen supports nothing: forgers who
work well leave no trace on a picture.
"""

from collections.abc import Callable, Iterator, Sequence

from models.finding import Check, EvidenceClass, Finding, Region, Seen, Status, Strength
from models.forensics import Found, Look, Sign
from verifiers.documents.forensics.edited_file import look_for_edited_file
from verifiers.documents.forensics.local_resave import look_for_local_resave
from verifiers.documents.forensics.portrait import look_for_portrait
from verifiers.documents.forensics.printed_copy import look_for_printed_copy
from verifiers.documents.forensics.screen import look_for_screen
from verifiers.documents.forensics.subject import Looked, Subject
from verifiers.documents.forensics.zone_print import look_for_zone_print

FORGED = "DPRK-DOC-01"

DETECTORS: dict[Sign, Callable[[Subject], Looked]] = {
    Sign.ZONE_PRINT: look_for_zone_print,
    Sign.PORTRAIT: look_for_portrait,
    Sign.LOCAL_RESAVE: look_for_local_resave,
    Sign.SCREEN: look_for_screen,
    Sign.PRINTED_COPY: look_for_printed_copy,
    Sign.EDITED_FILE: look_for_edited_file,
}
"""In the order of the report."""

SIGN_NAMES = {
    Sign.ZONE_PRINT: "letters of the machine readable zone",
    Sign.PORTRAIT: "portrait against the page around it",
    Sign.LOCAL_RESAVE: "part of the picture saved apart from the rest",
    Sign.SCREEN: "picture taken of a screen",
    Sign.PRINTED_COPY: "picture taken of a copy on paper",
    Sign.EDITED_FILE: "what the file says of itself",
    Sign.REUSED: "the same picture as another candidate's",
}
"""What was looked for, in words."""

_INNOCENT = {
    Sign.ZONE_PRINT: "Wear, dirt, a laminate or a bent page move single letters, and some issuers "
    "print in other type.",
    Sign.PORTRAIT: "Portraits are printed by another machine than the page on many documents, and "
    "phones smooth faces.",
    Sign.LOCAL_RESAVE: "A phone's own enhancement, a covered number or a watermark leaves the same "
    "trace.",
    Sign.SCREEN: "The document may be at home and its picture on a screen; fine security print can "
    "look alike.",
    Sign.PRINTED_COPY: "A certified copy may be all that is at hand, documents are themselves "
    "printed in dots, and a scanner or camera set to grey takes all colour from them.",
    Sign.EDITED_FILE: "Pictures are cropped, turned, brightened or put into a PDF with the same "
    "programs, numbers are covered with them, and a phone's own erasing, zoom or noise reduction "
    "may declare an AI.",
}
_ORIGINAL = frozenset({Sign.SCREEN, Sign.PRINTED_COPY})
"""Signs that a better picture ends."""
_ALONE = frozenset({Sign.PRINTED_COPY})
"""Signs that never add up: a screen's dots are like a printer's, and grey pictures are common."""
_PLACED = frozenset({Sign.ZONE_PRINT, Sign.PORTRAIT, Sign.LOCAL_RESAVE})
"""Signs of one place, which add up only there."""
_NEAR = 0.5
"""Heights (or widths, the shorter) of the smaller of two places from which they are apart."""


def look(subjects: Sequence[Subject]) -> tuple[Looked, ...]:
    """Every sign on every picture."""
    return tuple(detect(subject) for subject in subjects for detect in DETECTORS.values())


def findings(looks: Sequence[Look]) -> Iterator[Finding]:
    """What is said of these looks; nothing of what was not clearly seen."""
    clear = [one for one in looks if one.found is Found.CLEAR]
    for one in clear:
        beside = [o for o in clear if _same_picture(o, one) and _independent(o, one)]
        yield _finding(one, Strength.MODERATE if beside else Strength.WEAK)


def _finding(one: Look, strength: Strength) -> Finding:
    what = SIGN_NAMES[one.sign]
    place = one.where[0] if one.where else None
    return Finding(
        code=f"document.forensics.{one.sign.value}",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=strength,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(
            Seen(
                what=what,
                value=round(one.score or 0.0, 3),
                file=one.file,
                page=one.page,
                region=place,
            ),
            Seen(
                what="the score from which it counts as clearly seen",
                value=round(one.clear_from or 0.0, 3),
            ),
        ),
        indicators=(FORGED,),
        for_recruiter=f"A sign of alteration on the picture, which proves nothing by itself: "
        f"{one.said}",
        for_candidate=f"Our software noticed something about your picture: {what}.",
        innocent_explanation=_INNOCENT[one.sign],
        question=_question(one, strength),
    )


def _question(one: Look, strength: Strength) -> str | None:
    if one.sign in _ORIGINAL:
        return "Please photograph the document itself in colour, not a screen and not a copy."
    if strength is Strength.MODERATE:
        return "Please photograph the document anew and send the picture as the camera saved it."
    return None


def _same_picture(one: Look, other: Look) -> bool:
    return (one.file, one.page) == (other.file, other.page)


def _independent(one: Look, other: Look) -> bool:
    signs = {one.sign, other.sign}
    if len(signs) < 2 or signs & _ALONE:
        return False
    return not signs <= _PLACED or any(_near(a, b) for a in one.where for b in other.where)


def _near(one: Region, other: Region) -> bool:
    """Whether two places overlap or lie beside each other, by their upright bounds."""
    (left, top, right, low), (left_2, top_2, right_2, low_2) = one.bounds, other.bounds
    sizes = (right - left, low - top, right_2 - left_2, low_2 - top_2)
    gap = max(left - right_2, left_2 - right, top - low_2, top_2 - low)
    return gap <= _NEAR * min(sizes)
