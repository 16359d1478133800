"""XML of any size, a record at a time, from a file that nobody vouches for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, iterparse

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse as guarded_iterparse

from verifiers.screening.lists.drafts import one_line
from verifiers.screening.lists.unreadable import UnreadableList

_DEEPEST = 40
"""Levels of elements. The lists nest a dozen."""


def root_of(path: Path) -> Element:
    """The root element with its attributes, its children unread.

    Refuses a document type declaration, without which there are no entities. It can only stand
    before the root, so `records` need not look again and reads at full speed.
    """
    try:
        for _, root in guarded_iterparse(path, events=("start",), forbid_dtd=True):
            return _plain(root)
    except DefusedXmlException:
        raise UnreadableList(f"{path.name} declares entities, which no list does") from None
    except (ParseError, ValueError, LookupError):
        pass
    raise UnreadableList(f"{path.name} is not XML that can be read")


def records(path: Path, names: set[str]) -> Iterator[Element]:
    """The elements of these names, in order and without name spaces; each is emptied after it."""
    root_of(path)
    above: list[Element] = []
    try:
        for event, element in iterparse(path, events=("start", "end")):
            if event == "start":
                above.append(element)
                if len(above) > _DEEPEST:
                    raise UnreadableList(f"{path.name} is nested deeper than any list")
                continue
            above.pop()
            if _plain(element).tag in names:
                yield element
                element.clear()
                if above:
                    above[-1].remove(element)
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableList(f"{path.name} is damaged or cut off: {error}") from None


def said(element: Element | None, path: str = "") -> str:
    """The text in an element, or in the first at a path below it, on one line; "" without one."""
    if element is not None and path:
        element = element.find(path)
    return one_line(element.text) if element is not None else ""


def texts(element: Element, path: str) -> list[str]:
    """The texts of all elements at a path, without empty ones."""
    return [text for one in element.findall(path) if (text := one_line(one.text))]


def _plain(element: Any) -> Element:
    plain: Element = element
    plain.tag = plain.tag.rpartition("}")[2]
    return plain
