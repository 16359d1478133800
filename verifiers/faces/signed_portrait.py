"""The portrait on the chip against the one in print: who exchanges one cannot exchange the other.

The face image of DG2 is signed by the issuer (9303-10 §4.7.2) and, of one document, is taken from
the same photograph as the print. Of several documents of one holder it is another photograph.
"""

from collections.abc import Iterator, Sequence

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.person import Band, TemplateKind
from verifiers.face_engine import FaceEngine
from verifiers.faces import findings as say
from verifiers.faces.cutout import CutFace
from verifiers.faces.matching import bands_for, distance
from verifiers.faces.portraits import Portrait
from verifiers.faces.templates import template


def against_chips(
    engine: FaceEngine, printed: Sequence[Portrait], signed: Sequence[Portrait]
) -> Iterator[Finding]:
    """Every portrait of a chip against every one in print, where both are good enough."""
    for chip in signed:
        for one in printed:
            if chip.cut and one.cut and chip.cut.quality.good and one.cut.quality.good:
                yield _compared(engine, one, one.cut, chip, chip.cut)


def _compared(
    engine: FaceEngine, printed: Portrait, cut: CutFace, chip: Portrait, signed: CutFace
) -> Finding:
    one, two = (template(engine, TemplateKind.PORTRAIT, [c.described]) for c in (cut, signed))
    apart, bands = distance(one, two), bands_for(one, two)
    places = (
        say.seen_portrait("printed portrait, inter-eye pixels", printed.picture, cut),
        say.seen_portrait("portrait on the chip, inter-eye pixels", chip.picture, signed),
    )
    return _said(bands.band(apart), apart, say.compared(apart, bands, places))


def _said(band: Band, apart: float, seen: tuple[Seen, ...]) -> Finding:
    if band is Band.CONTRADICTS:
        return Finding(
            code="document.chip.other_portrait",
            check=Check.DOCUMENT,
            status=Status.CONTRADICTS,
            strength=Strength.STRONG,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=seen,
            indicators=(say.FORGED,),
            for_recruiter="The printed portrait shows someone other than the one that the issuer "
            f"signed on the chip (distance {apart:.2f}).",
            for_candidate="The portrait printed on your document does not match the one on its "
            "chip.",
            innocent_explanation="The chip may be of another document, sent by mistake, or the "
            "print may be worn, covered by a reflection or by security print.",
            question="Please photograph the page with the portrait again, and read the chip of the "
            "same document.",
        )
    if band is Band.UNKNOWN:
        return Finding(
            code="document.chip.portrait_undecided",
            check=Check.DOCUMENT,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=seen,
            for_recruiter=f"Whether print and chip show the same person is not clear (distance "
            f"{apart:.2f}); please compare them.",
            for_candidate="The portraits in print and on the chip could not be compared surely.",
        )
    return Finding(
        code="document.chip.portrait",
        check=Check.DOCUMENT,
        status=Status.SUPPORTS,
        strength=Strength.WEAK,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=seen,
        for_recruiter=f"The printed portrait is of the person whose portrait the issuer signed on "
        f"the chip (distance {apart:.2f}).",
        for_candidate="The portraits in print and on the chip of your document agree.",
    )
