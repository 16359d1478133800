"""The answer to a file that cannot be used: which file, what is wrong with it, what to do.

A file that cannot be read says nothing about a person: it is asked for again, and is no finding.
"""

import os
import stat
from pathlib import Path
from typing import BinaryIO


class Refusal(Exception):
    """What is wrong with a file and what to do, said where the file's name is not known."""

    def __init__(self, problem: str, action: str) -> None:
        super().__init__(problem, action)
        self.problem = problem
        self.action = action


class UnusableInput(Exception):
    """A file that cannot be used.

    Attributes:
        file: its name, never a path.
        problem: what is wrong, as it follows the name: "is empty (0 bytes)".
        action: what to do, a sentence without its full stop: "Send it again".
    """

    def __init__(self, file: str, problem: str, action: str) -> None:
        super().__init__(file, problem, action)
        self.file = file
        self.problem = problem
        self.action = action

    @property
    def told(self) -> str:
        """The problem and what to do, where the file is named beside it."""
        return f"{self.problem}. {self.action}."

    def __str__(self) -> str:
        return f"{self.file}: {self.told}"


def shown_name(path: Path) -> str:
    """The file's name, safe to print: control characters would drive the reader's terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in path.name or str(path))


def open_evidence(path: Path, *, largest_bytes: int) -> BinaryIO:
    """Open a file that someone sent, unbuffered, after judging what kind of thing it is.

    Raises:
        UnusableInput: it is missing, unreadable, no regular file, empty or too large.
    """
    name = shown_name(path)
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for a writer that never comes.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise UnusableInput(name, "does not exist", "Check the path") from None
    except PermissionError:
        raise UnusableInput(
            name, "may not be read by this user", "Give read permission or send a copy"
        ) from None
    except OSError as error:
        problem = f"cannot be opened ({os.strerror(error.errno or 0)})"
        raise UnusableInput(name, problem, "Check the path") from None
    try:
        _refuse_unusable(name, os.fstat(handle), largest_bytes)
    except UnusableInput:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb", buffering=0)


def _refuse_unusable(name: str, status: os.stat_result, largest_bytes: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnusableInput(name, "is a directory", "Name the files in it")
    if not stat.S_ISREG(status.st_mode):
        raise UnusableInput(
            name, "is no regular file (a pipe or device)", "Save it as a file first"
        )
    if status.st_size == 0:
        raise UnusableInput(name, "is empty (0 bytes)", "Send it again")
    if status.st_size > largest_bytes:
        refusal = too_large(status.st_size, largest_bytes)
        raise UnusableInput(name, refusal.problem, refusal.action)


def too_large(size_bytes: int, largest_bytes: int) -> Refusal:
    """The answer to a file above its bound."""
    problem = f"has {_in_megabytes(size_bytes)}; at most {_in_megabytes(largest_bytes)} are read"
    return Refusal(problem, "Send a smaller version")


def _in_megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count < 1e9 else f"{count / 1e9:,.1f} GB"
