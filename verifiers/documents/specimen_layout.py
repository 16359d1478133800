"""Where the printed fields of our own specimens stand, in millimetres from the page's top left.

The only printed zones that can be read so far: each issuing state lays its documents out its own
way (9303-4 to -7 fix zones, not places). A test holds this table to the one that draws specimens.
"""

from dataclasses import dataclass

from models.document import MrzFormat

Box = tuple[float, float, float, float]
"""Left, top, width, height."""

ISSUERS = frozenset({"UTO", "XXA"})
"""Under which issuing states the specimens are drawn."""

LABELS = {
    "document_type": "Type",
    "issuing_state": "Code",
    "document_number": "Document",
    "surname": "Surname",
    "given_names": "Given",
    "nationality": "Nationality",
    "sex": "Sex",
    "personal_number": "Personal",
}
"""The first word of each label that is printed once; the three dates all begin alike."""


@dataclass(frozen=True)
class SpecimenLayout:
    """One format: its page, its zones and the boxes of its printed values."""

    width: float
    height: float
    mrz: Box | None
    """The ink of the machine readable zone; `None` where it stands on the other side."""
    label_height: float
    """The label of a value stands in this height above the value's box."""
    left: float
    """Where the columns of values begin; they end `right`."""
    right: float
    top: float
    pitch: float
    """From row to row of values; the values take the lower 52 % of it."""

    @property
    def fields(self) -> dict[str, Box]:
        """Six rows; a row holds two halves, or two quarters and a half."""
        quarter = round(self.left + 0.24 * (self.right - self.left), 2)
        half = round(self.left + 0.52 * (self.right - self.left), 2)
        columns = {
            "whole": (self.left, self.right),
            "first quarter": (self.left, quarter - 1),
            "second quarter": (quarter, half - 1),
            "first half": (self.left, half - 1),
            "second half": (half, self.right),
        }
        height = self.pitch * 0.52
        return {
            name: (
                columns[column][0],
                self.top + (row + 1) * self.pitch - height,
                columns[column][1] - columns[column][0],
                height,
            )
            for name, (row, column) in _PLACES.items()
        }


_PLACES = {
    "document_type": (0, "first quarter"),
    "issuing_state": (0, "second quarter"),
    "document_number": (0, "second half"),
    "surname": (1, "whole"),
    "given_names": (2, "whole"),
    "nationality": (3, "first quarter"),
    "sex": (3, "second quarter"),
    "birth_date": (3, "second half"),
    "issue_date": (4, "first half"),
    "expiry_date": (4, "second half"),
    "personal_number": (5, "whole"),
}

LAYOUTS = {
    MrzFormat.TD1: SpecimenLayout(85.6, 53.98, None, 2.6, 35, 82, 10.5, 6.6),
    MrzFormat.TD2: SpecimenLayout(105, 74, (4, 57.85, 91.44, 9.1), 2.6, 37, 101, 9.5, 6.6),
    MrzFormat.TD3: SpecimenLayout(125, 88, (6, 71.85, 111.76, 9.1), 3.2, 46, 120, 12, 8.4),
    MrzFormat.MRV_A: SpecimenLayout(120, 80, (4, 63.85, 111.76, 9.1), 2.9, 43, 115, 10.5, 7.4),
    MrzFormat.MRV_B: SpecimenLayout(105, 74, (4, 57.85, 91.44, 9.1), 2.6, 37, 101, 9.5, 6.6),
}
