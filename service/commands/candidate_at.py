"""`--candidate-at FILE@SECONDS[:X,Y]`: who is the candidate in footage of several people."""

from collections.abc import Sequence
from pathlib import Path

from models.named_face import NamedFace
from service.workflow.names import distinct
from verifiers.unusable import shown_name


def named_face(text: str, footage: Sequence[Path]) -> NamedFace:
    """The face that the text names in one of the recordings.

    Raises:
        ValueError: what is wrong with it, and what to write.
    """
    named = NamedFace.parse(text)
    return named.model_copy(update={"file": _called(named.file, footage)})


def _called(file: str, footage: Sequence[Path]) -> str:
    """What reports call the recording: given by its path, or by its name if one has that name."""
    names = list(distinct(shown_name(path) for path in footage))
    by_path = [name for path, name in zip(footage, names, strict=True) if path == Path(file)]
    by_name = [name for path, name in zip(footage, names, strict=True) if path.name == file]
    found = by_path or by_name or [name for name in names if name == file]
    if not found:
        there = ", ".join(str(path) for path in footage) or "none was given"
        raise ValueError(f"{file} is not among the --footage ({there})")
    if len(set(found)) > 1:
        raise ValueError(f"several recordings are called {file}; give its whole path")
    return found[0]
