"""What the file itself says: an editor, an AI, a history of edits, a thumbnail of another picture.

All of it is written by whoever wrote the file and can be left out or made up: what is found is an
admission, what is not found says nothing. Missing camera data is the rule rather than a sign:
messengers, privacy settings and most upload forms take it out.

One table decides. A score is no measure but the place on it: from 2 (`faint`) on the file is not
as a camera, scanner or messenger leaves it; from 3 (`clear`) on it says that its content was
altered or composed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.file_traits import FileTraits, Program, ProgramKind
from models.finding import Region
from models.forensics import Look, Sign
from verifiers.documents.forensics.subject import Looked, Subject, not_looked
from verifiers.picture import Picture

FAINT_FROM = 2.0
CLEAR_FROM = 3.0

_AI_TYPES = frozenset(("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"))
"""IPTC's `algorithmicMedia` is none: a program drew it, without having learned to."""
_COMPOSED = frozenset(
    ("c2pa.placed", "c2pa.drawing", "c2pa.edited", "c2pa.removed", "c2pa.repurposed")
)
"""C2PA 2.1 table 8: what changes what a picture shows."""
_ADJUSTED = frozenset(
    ("c2pa.color_adjustments", "c2pa.filtered", "c2pa.enhanced", "c2pa.edited.metadata")
)

_OTHER_PICTURE = 30.0
"""Grey levels by which the worst block of a thumbnail differs from the picture. 160 thumbnails of
honest renders (seeds 0 to 39 of `samples.forgeries.reused`, 160 pixels at qualities 40 to 90, the
picture made up to 15 % brighter and saved again) reach 21. Another document in the picture reaches
33 and more; other text alone stays under 20 and is not seen."""


@dataclass(frozen=True)
class Rule:
    """One row: what it scores, what it says where it fits, and what explains that innocently."""

    score: float
    says: Callable[[FileTraits], str | None]
    innocent: str = ""
    """Of rows that are more than told."""


def _ai(traits: FileTraits) -> str | None:
    credentials = traits.credentials
    types = _AI_TYPES.intersection(credentials.source_types) if credentials else ()
    if types:
        return (
            f"its C2PA credentials (signature not validated) say {', '.join(sorted(types))}: "
            "an AI made it, or part of it"
        )
    named = _named(traits, ProgramKind.AI_GENERATOR)
    if named:
        return f"it names an image generator: {named}"
    return "its metadata declares that an AI made it" if traits.ai_declared else None


def _editor(traits: FileTraits) -> str | None:
    named = _named(traits, ProgramKind.EDITOR)
    return f"it names a program for altering pictures: {named}" if named else None


def _composed(traits: FileTraits) -> str | None:
    done = _actions(traits, _COMPOSED)
    return f"its C2PA credentials (signature not validated) list {done}" if done else None


def _thumbnail_differs(traits: FileTraits) -> str | None:
    thumbnail = traits.thumbnail
    if thumbnail is None or not thumbnail.same_shape or thumbnail.difference < _OTHER_PICTURE:
        return None
    return (
        f"the small picture inside it differs from the large one (by {thumbnail.difference:.0f} of "
        "255 grey levels in one place): the large one was changed after it was taken"
    )


def _cropped(traits: FileTraits) -> str | None:
    thumbnail = traits.thumbnail
    if thumbnail is None or thumbnail.same_shape:
        return None
    return "the small picture inside it has another shape: it was cropped after it was taken"


def _history(traits: FileTraits) -> str | None:
    steps = traits.edit_steps
    return f"it carries an editing history of {steps} entries" if steps > 1 else None


def _screenshot(traits: FileTraits) -> str | None:
    named = _named(traits, ProgramKind.SCREENSHOT)
    return f"it was taken of a screen's content ({named})" if named else None


def _adjusted(traits: FileTraits) -> str | None:
    done = _actions(traits, _ADJUSTED)
    return f"its C2PA credentials (signature not validated) list {done}" if done else None


def _developer(traits: FileTraits) -> str | None:
    named = _named(traits, ProgramKind.DEVELOPER)
    return f"it went through a program for light and colour: {named}" if named else None


RULES: tuple[Rule, ...] = (
    Rule(
        4.0,
        _ai,
        "A phone's own erasing, zoom or noise reduction marks ordinary photographs so.",
    ),
    Rule(
        3.0,
        _editor,
        "The same programs crop, brighten and make smaller, and cover numbers that are nobody's "
        "business.",
    ),
    Rule(
        3.0,
        _composed,
        "A covered number, a crop or a corrected slant is listed in the same words.",
    ),
    Rule(
        3.0,
        _thumbnail_differs,
        "A number that was covered, or a picture straightened or cropped in its shape, leaves the "
        "small one as it was.",
    ),
    Rule(2.0, _history, "Developing a picture for light and colour writes such a history."),
    Rule(
        2.0,
        _screenshot,
        "Who keeps a document's picture on a phone often sends it as a screenshot.",
    ),
    Rule(1.5, _cropped),
    Rule(1.0, _adjusted),
    Rule(1.0, _developer),
)


def look_for_edited_file(subject: Subject) -> Looked:
    """Hold the file's traits against the table; the highest row that fits is the score."""
    picture = subject.picture
    traits = picture.traits
    if traits is None:
        return not_looked(subject, Sign.EDITED_FILE, "The picture was not read from a file.")
    met = [(rule, said) for rule in RULES if (said := rule.says(traits))]
    score = max((rule.score for rule, _ in met), default=0.0)
    told = "; ".join(said for _, said in met)
    innocent = " ".join(rule.innocent for rule, _ in met if rule.innocent)
    plain = "; ".join(_background(traits))
    said = f"The file says of itself: {told}." if told else "The file names no editing."
    said += f" {innocent}" if innocent else ""
    said += f" Besides: {plain}." if plain else ""
    where = tuple(_where(picture, traits)) if _thumbnail_differs(traits) else ()
    thresholds = FAINT_FROM, CLEAR_FROM
    return Looked(
        Look.graded(Sign.EDITED_FILE, picture.file, picture.page, score, thresholds, said, where)
    )


def _background(traits: FileTraits) -> Iterator[str]:
    """What weighs nothing and a reviewer may want to know."""
    if traits.camera:
        yield f"taken with {traits.camera}, it says"
    elif traits.pdf is None:
        yield "it has no camera data, which messengers and privacy settings take out"
    weightless = [
        program
        for program in traits.programs
        if program.kind
        in (
            *(ProgramKind.CAMERA, ProgramKind.PHONE, ProgramKind.SCANNER, ProgramKind.OFFICE),
            *(ProgramKind.MESSENGER, ProgramKind.LIBRARY, ProgramKind.UNKNOWN),
        )
    ]
    if weightless:
        yield f"written by {_listed(weightless)}"
    if traits.pdf is not None and traits.pdf.updates:
        yield f"changed {traits.pdf.updates} times after it was made, as forms and signatures do"
    if traits.broken:
        yield f"could not be read: {', '.join(traits.broken)}"


def _named(traits: FileTraits, kind: ProgramKind) -> str:
    return _listed([program for program in traits.programs if program.kind is kind])


def _listed(programs: list[Program]) -> str:
    return ", ".join(f"{program.name} ({program.said_in})" for program in programs)


def _actions(traits: FileTraits, of: frozenset[str]) -> str:
    done = traits.credentials.actions if traits.credentials else ()
    return ", ".join(sorted(of.intersection(done)))


def _where(picture: Picture, traits: FileTraits) -> Iterator[Region]:
    if traits.thumbnail:
        left, top, right, bottom = traits.thumbnail.at
        width, height = picture.width, picture.height
        yield Region.box(left * width, top * height, right * width, bottom * height)
