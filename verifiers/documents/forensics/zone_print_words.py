"""What is odd about the print of a zone, in plain words."""

from collections.abc import Sequence

import numpy as np

from verifiers.documents.forensics.zone_print_odd import Part

_MM = 2.54
"""A pitch (9303-3 §4.2)."""

_INNOCENT = (
    "Worn or stained letters, a reflection, and a printer that feeds unevenly look alike: compare "
    "the letters with the rest of the zone by eye."
)


def in_words(odd: Sequence[tuple[str, Part | None, float]], clear: bool) -> str:
    """What was seen: measure, part (`None` for the whole zone) and step, the strongest first."""
    if not odd:
        return (
            "The letters of the machine readable zone were compared with OCR-B and with each other "
            "in place, size, weight, darkness, sharpness and noise; none stands out."
        )
    seen = "; ".join(_one(*each) for each in odd)
    may = (
        "Letters that were set into a zone later show so. "
        if clear
        else "Some honest zones show so."
    )
    return f"In the machine readable zone {seen}. {may} {_INNOCENT}".replace("  ", " ")


def _one(measure: str, part: Part | None, step: float) -> str:
    match measure:
        case "font":
            return "the letters are more like a common sans serif face than like OCR-B"
        case "size":
            more = "wider" if step > 0 else "narrower"
            return f"all letters are {_percent(step)} {more} than OCR-B is at this pitch"
        case "pitch":
            more = "wider" if step > 0 else "narrower"
            line = (part.line if part else 0) + 1
            return f"the letters of line {line} are {_percent(step)} {more} for their pitch"
    return f"{_name(part)} {_how(measure, step)} the rest of it"


def _how(measure: str, step: float) -> str:
    more = step > 0
    match measure:
        case "right":
            return f"stands {abs(step) * _MM:.2f} mm too far {'right' if more else 'left'} beside"
        case "down":
            return f"stands {abs(step) * _MM:.2f} mm {'below' if more else 'above'}"
        case "width":
            return f"is {_percent(step)} {'wider' if more else 'narrower'} than"
        case "height":
            return f"is {_percent(step)} {'higher' if more else 'lower'} than"
        case "lean":
            return "leans otherwise than"
        case "weight":
            return f"has {'bolder' if more else 'lighter'} strokes than"
        case "softness":
            return f"is {'less sharp' if more else 'sharper'} than"
        case "darkness":
            return f"is {'darker' if more else 'paler'} than"
        case "misfit":
            return f"is shaped {'less' if more else 'more'} like OCR-B than"
        case "grain":
            return f"is {'noisier' if more else 'smoother'} than"
    raise ValueError(f"no such measure: {measure}")


def _name(part: Part | None) -> str:
    if part is None:
        return "every letter"
    name = part.name.replace("_", " ")
    if part.single:
        return f"character {part.start + 1} of line {part.line + 1} (in the {name})"
    return f"the {name}"


def _percent(step: float) -> str:
    return f"{abs(np.expm1(step)):.1%}"
