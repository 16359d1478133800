"""A tenant's own decided cases as comparisons: every portrait against every person seen live.

What is one person is known as well as the decisions were: people who proceed with a case have seen
what its faces were judged to be, so genuine comparisons that the engine gets wrong are missing, and
an impostor who was believed counts as genuine. Accounts are taken for people, and one person behind
two of them counts as an impostor. Both are told with the rates.
"""

from collections.abc import Sequence
from uuid import UUID

from models.person import FaceTemplate, TemplateKind
from verifiers.faces.calibration_scores import Comparison
from verifiers.faces.matching import distance

MOST_CASES = 500
"""The newest: they make 250,000 comparisons, and no more than 0.002 % can be told from them."""

NOTES = (
    "Genuine comparisons are of cases that a person decided to proceed with, who had seen what the "
    "faces were judged to be: FNMR is too low by those that were given up, and an impostor who was "
    "believed counts as genuine.",
    "Impostor comparisons are of different accounts; one person behind two of them makes FMR too "
    "high.",
)

Case = tuple[UUID, tuple[FaceTemplate, ...]]
"""A candidate, and the templates of one of their verifications."""


def decided_comparisons(cases: Sequence[Case]) -> dict[str, list[Comparison]]:
    """By engine: every portrait of a document against every live template."""
    numbers: dict[UUID, int] = {}
    faces: dict[TemplateKind, list[tuple[int, FaceTemplate]]] = {kind: [] for kind in TemplateKind}
    for candidate, templates in cases:
        person = numbers.setdefault(candidate, len(numbers))
        for template in templates:
            faces[template.kind].append((person, template))
    found: dict[str, list[Comparison]] = {}
    for one, portrait in faces[TemplateKind.PORTRAIT]:
        for other, live in faces[TemplateKind.LIVE]:
            if portrait.engine == live.engine:
                apart = distance(portrait, live)
                compared = Comparison(apart, one == other, (one, other))
                found.setdefault(portrait.engine, []).append(compared)
    return found
