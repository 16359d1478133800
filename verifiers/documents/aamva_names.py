"""The name on a licence: three ways to write it, by version and jurisdiction.

Since 2009 family name, first name and middle names stand apart (DCS, DAC, DAD), from 2003 to 2008
all given names are one element (DCT), in 2000 the whole name may be one, parts between commas
(DAA). Canadian payloads mix them. Each part that no other element gives is taken from the next.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.barcode import LicenceElement

_SUFFIXES = frozenset(("JR", "SR", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"))
_BETWEEN = re.compile(r"[,;$@*]")
"""What separates the parts of a whole name; `$` is the magnetic stripe's (Annex F)."""
_NOT_GIVEN = frozenset(("NONE", "UNAVL", "UNAVAIL", "UNAVAILABLE", "N/A", "NA"))
"""Annex D §12.6: what mandatory elements hold where a cardholder has no such thing."""


@dataclass(frozen=True)
class Part:
    """One part of the name, and the elements that it was taken from."""

    value: str | None
    elements: tuple[LicenceElement, ...]
    guessed: str | None = None
    """Why its limits are a guess."""


@dataclass(frozen=True)
class LicenceName:
    """A cardholder's name."""

    family: Part
    first: Part
    middle: Part
    suffix: Part

    @property
    def given(self) -> Part:
        """First and middle names, as passports have them."""
        elements = tuple(dict.fromkeys((*self.first.elements, *self.middle.elements)))
        words = [part.value for part in (self.first, self.middle) if part.value]
        guessed = self.first.guessed or self.middle.guessed
        return Part(" ".join(words) or None, elements, guessed)


def not_given(raw: str) -> bool:
    """Whether an element says that there is nothing to say."""
    bare = raw.upper().strip(" .-*/@$_")
    return not bare or bare in _NOT_GIVEN


def read_name(elements: Mapping[str, LicenceElement]) -> LicenceName:
    """The name by these elements; a part that none of them has is `None`."""
    whole = _whole(elements)
    given = _given(elements)
    return LicenceName(
        family=_first_of(_element(elements, "DCS"), _element(elements, "DAB"), whole.family)
        if whole.family.guessed != _IN_ONE
        else whole.family,
        first=_first_of(given[0], whole.first),
        middle=given[1] if given[0].value or given[1].value else whole.middle,
        suffix=_first_of(_element(elements, "DCU"), _element(elements, "DAE"), whole.suffix),
    )


RUN_TOGETHER = "nothing stands between this element and another, so that its limits are a guess"

_NOTHING = Part(None, ())
_IN_ONE = "the element of the family name holds the whole name"
_NO_COMMAS = "nothing separates the parts of the name; its last word is taken for the family name"


def _first_of(*parts: Part) -> Part:
    """The first that says something; else the first that there is at all."""
    said = next((part for part in parts if part.value), None)
    return said or next((part for part in parts if part.elements), _NOTHING)


def _element(elements: Mapping[str, LicenceElement], id: str) -> Part:
    element = elements.get(id)
    if element is None:
        return _NOTHING
    value = _tidy(element.raw)
    # Nobody is without a family name: there, NONE is one.
    named = id in ("DCS", "DAB") and any(c.isalpha() for c in value)
    empty = not_given(value) and not named
    return Part(None if empty else value, (element,), RUN_TOGETHER if element.guessed else None)


def _given(elements: Mapping[str, LicenceElement]) -> tuple[Part, Part]:
    """First and middle names, from elements of their own or from the one of all given names."""
    first, middle = _element(elements, "DAC"), _element(elements, "DAD")
    both = _element(elements, "DCT")
    if first.value and both.value and not middle.value and both.value.startswith(first.value):
        first = both
    if first.value and first is not both and "," not in first.value:
        return first, middle
    together = _first_of(first, both)
    if together.value is None:
        return first, middle
    parts = [part for part in map(_tidy, _BETWEEN.split(together.value)) if part]
    if len(parts) < 2:
        # Without a comma nothing tells a second first name from a middle one.
        return replace(together, value=parts[0] if parts else None), middle
    return replace(together, value=parts[0]), replace(together, value=" ".join(parts[1:]))


def _whole(elements: Mapping[str, LicenceElement]) -> LicenceName:
    """The name by the element that has all of it, family name first."""
    none = LicenceName(_NOTHING, _NOTHING, _NOTHING, _NOTHING)
    family = elements.get("DCS") or elements.get("DAB")
    elsewhere = next((e for id in ("DAC", "DCT", "DAA") if (e := elements.get(id)) and e.raw), None)
    if family is not None and "," in _tidy(family.raw):
        parts = _in_parts(family, _IN_ONE)
        if elsewhere is None or _tidy(elsewhere.raw) in (parts.first.value, parts.given.value):
            return parts
    element = elements.get("DAA")
    if element is None or not_given(_tidy(element.raw)):
        return none
    if _BETWEEN.search(_tidy(element.raw)):
        return _in_parts(element, RUN_TOGETHER if element.guessed else None)
    words = element.raw.split()
    suffix = words.pop() if len(words) > 2 and words[-1].strip(".") in _SUFFIXES else None
    middle = " ".join(words[1:-1])
    return LicenceName(
        Part(words[-1], (element,), _NO_COMMAS),
        Part(words[0] if len(words) > 1 else None, (element,), _NO_COMMAS),
        Part(middle or None, (element,)),
        Part(suffix, (element,)),
    )


def _in_parts(element: LicenceElement, guessed: str | None) -> LicenceName:
    """Family, first, middle, suffix; commas that follow each other leave a part out."""
    # The stripe's `,$` is one separator.
    said = [_tidy(part) for part in _BETWEEN.split(element.raw.replace(",$", ","))]
    said = [part if not not_given(part) else "" for part in said]
    while len(said) > 2 and not said[-1]:
        said.pop()
    family, first, *rest = [*said, ""] if len(said) < 2 else said
    suffix = rest.pop() if len(rest) > 1 or (rest and rest[-1].strip(".") in _SUFFIXES) else ""
    parts = (family, first, " ".join(part for part in rest if part), suffix)
    return LicenceName(*(Part(part or None, (element,), guessed) for part in parts))


def _tidy(raw: str) -> str:
    """One space between words, and no comma at the end, which Ontario prints."""
    return " ".join(raw.split()).strip(",").strip()
