"""What the candidate is asked for: as the page of a verification shows it, and as a letter."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.request import CandidateRequest, requests_of
from models.verification import Verification

_BEGINNING = "Thank you for what you sent. To go on, we need your help with the following."
_END = (
    "To be asked is no judgement of you. If something cannot be done, or is not as we think, "
    "please tell us."
)


@dataclass(frozen=True)
class Asked:
    """All that the candidate is asked about one file."""

    about: str | None
    """The file, with its page; `None` for what is about none or several."""
    requests: tuple[CandidateRequest, ...]


@dataclass(frozen=True)
class Asking:
    """All that the candidate is asked for, by file."""

    files: tuple[Asked, ...]
    letter: str
    """The same as plain text, to be sent to the candidate."""

    def __bool__(self) -> bool:
        return bool(self.files)


def asking(verification: Verification, *, name: str | None) -> Asking:
    """What a verification asks its candidate for, files in the order they are first named."""
    requests = requests_of(verification)
    # What is about no file stands first: after a file's list it would read as a part of that.
    order = sorted(
        dict.fromkeys(one.about for one in requests), key=lambda about: about is not None
    )
    files = tuple(
        Asked(about, tuple(request for request in requests if request.about == about))
        for about in order
    )
    return Asking(files, _letter(files, name))


def _letter(files: Sequence[Asked], name: str | None) -> str:
    lines = [f"Dear {name}," if name else "Hello,", "", _BEGINNING, ""]
    for asked in files:
        lines += [f"{asked.about}:"] if asked.about else []
        lines += [f"- {request.text}" for request in asked.requests]
        lines.append("")
    return "\n".join([*lines, _END])
