"""The candidate as a recruiter names them: a face at one place and one moment of the footage."""

import re
from typing import Annotated, Self

from pydantic import Field, ValidationError

from models.base import Model

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


FORM = "FILE@SECONDS[:X,Y]"
_NUMBER = r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?"
_WRITTEN = re.compile(
    rf"(?P<file>.+)@(?P<seconds>{_NUMBER})(?::(?P<x>{_NUMBER}),(?P<y>{_NUMBER}))?", re.DOTALL
)


class FramePoint(Model):
    """A place in a frame, in shares of its size: the same at every size it is shown at."""

    x: Share
    """From the left, as a share of the width."""
    y: Share
    """From the top, as a share of the height."""


class NamedFace(Model):
    """Who is the candidate, where footage shows several people."""

    file: str = Field(min_length=1, max_length=4096, pattern=r"^[^\x00-\x1f\x7f]+$")
    """The recording, by the name it was sent under; the second of one name is `name (2)`, as in
    reports."""
    seconds: Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]
    """Since its start; 0 of a photograph."""
    point: FramePoint | None = None
    """On or near the face. May be left out where nobody else is in the picture at that moment."""

    def is_after(self, end: float) -> bool:
        """Whether it lies beyond the end of a recording of so many seconds, as people read them."""
        return self.seconds > end + 0.5

    @classmethod
    def parse(cls, text: str) -> Self:
        """What `str` of it gives; also of a path in place of the file's name.

        Raises:
            ValueError: what is wrong with it and what to write, a sentence without its full stop.
        """
        said = _WRITTEN.fullmatch(text)
        if said is None:
            raise ValueError(f"it is written {FORM}, such as call.mp4@12.5:0.25,0.4")
        try:
            point = FramePoint(x=float(said["x"]), y=float(said["y"])) if said["x"] else None
        except ValidationError:
            raise ValueError(
                "X and Y are shares of the frame's width and height, 0 to 1, from the top left: "
                "the middle is 0.5,0.5"
            ) from None
        try:
            return cls(file=said["file"], seconds=float(said["seconds"]), point=point)
        except ValidationError:
            raise ValueError("SECONDS are those since the recording's start, from 0") from None

    def __str__(self) -> str:
        """As the command line takes it: `interview.mp4@12.5:0.25,0.4`."""
        place = self.point
        at = f":{round(place.x, 3):g},{round(place.y, 3):g}" if place else ""
        return f"{self.file}@{round(self.seconds, 2):.8g}{at}"
