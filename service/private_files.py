"""Writing what only its owner may read: reports, and pictures of faces and documents."""

import os
from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Write a file anew that only its owner may read."""
    # Never readable by others, not even between creation and a later chmod.
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
