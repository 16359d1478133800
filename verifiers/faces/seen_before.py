"""The same face under another candidate's name: what a search among a company's others comes to.

One search is as many comparisons as there are others, and a distance that one stranger in a
thousand has, ten of ten thousand have. So only `strong` pairs count, the finding says how many
were searched and how many strangers that lets expect, and it contradicts nothing: a person looks
at both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.finding import Check, EvidenceClass, Finding, Seen, Status
from models.person import Band, FaceTemplate, TemplateKind
from verifiers.faces.matching import Bands, NotComparableError, bands_for, distance

_STRANGERS = 0.001
"""Of pairs of two people are `strong`, in the worst cohort measured (`matching`)."""

_WHAT = {
    TemplateKind.PORTRAIT: "the portrait on the document",
    TemplateKind.LIVE: "the face in the footage",
}


@dataclass(frozen=True)
class AlikePair:
    """A template of this candidate's and one of another's, in the `strong` band of such pairs."""

    own: FaceTemplate
    other: FaceTemplate
    distance: float
    bands: Bands


def nearest_strong(own: Sequence[FaceTemplate], theirs: Sequence[FaceTemplate]) -> AlikePair | None:
    """Of all pairs of one engine the nearest that is `strong`; `None` where none is."""
    pairs = (_strong(one, other) for one in own for other in theirs)
    return min((p for p in pairs if p), key=lambda pair: pair.distance, default=None)


def seen_before(pair: AlikePair, *, searched: int, reference: str) -> Finding:
    """That another candidate's face is as near as one person's pictures are.

    Args:
        pair: The two templates.
        searched: Other candidates among whom it was found, this one included.
        reference: Names the other verification to the recruiter, without saying whose it is.
    """
    own, other = _WHAT[pair.own.kind], _WHAT[pair.other.kind]
    people = "1 other candidate was" if searched == 1 else f"{searched:,} other candidates were"
    expected = _expected(searched)
    return Finding(
        code="linkage.face_seen_before",
        check=Check.LINKAGE,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.LINKAGE,
        seen=(
            Seen(
                what="distance between the faces",
                value=round(pair.distance, 3),
                unit="unit distance",
            ),
            Seen(what="compared", value=f"{own} here, {other} there"),
            Seen(what="strong up to, for this kind of pair", value=round(pair.bands.strong, 2)),
            Seen(what="other candidates searched", value=searched),
            Seen(what="strangers that come as near among so many", value=expected),
        ),
        for_recruiter=f"{own.capitalize()} may be another candidate's too (verification "
        f"{reference}, distance {pair.distance:.2f}). {people} searched, of whom {expected} may "
        "come as near by chance: a person must look at both.",
        for_candidate="Your face is very like one that was sent to us before; a person will look "
        "at both.",
        innocent_explanation="The same person applied before under another address or reference. "
        "Twins are as near, and brothers and sisters can be; among many people there are strangers "
        "who look alike.",
        question="Did you apply here before, under another address or reference, or did a twin, "
        "brother or sister of yours?",
    )


def _strong(one: FaceTemplate, other: FaceTemplate) -> AlikePair | None:
    try:
        apart, bands = distance(one, other), bands_for(one, other)
    except NotComparableError:
        return None
    return AlikePair(one, other, apart, bands) if bands.band(apart) is Band.STRONG else None


def _expected(searched: int) -> str:
    expected = searched * _STRANGERS
    return f"about {expected:,.0f}" if expected >= 1 else "fewer than 1"
