"""The history of a public repository, by the `git` program: commits only, no files, no prompts.

The program runs in an empty environment and a folder of its own, speaks https only (with a server
on this machine also http), asks nobody for a password, writes no file above a limit, and is killed
with its children when time is up or when whoever waits for it gives up.
"""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from verifiers.history.sources.polite import Unavailable

_COMMITS = 2000
"""The latest; enough to see where and when somebody works."""
_MOST_BYTES = 2_000_000
_LARGEST_FILE = 131_072
"""In blocks of 512 bytes, as `ulimit -f` counts: 64 MiB."""
_SECONDS = 20.0

_CONFIG = (
    "http.followRedirects=false",
    "credential.helper=",
    "core.hooksPath=/dev/null",
    "gc.auto=0",
    "maintenance.auto=false",
)


async def log(url: str, line_format: str) -> list[str]:
    """The latest commits of a repository's main branch, a line each. Raises Unavailable."""
    program = shutil.which("git")
    if program is None:
        raise Unavailable("needs the program git, which is not installed")
    with tempfile.TemporaryDirectory(prefix="bonafide-git-") as folder:
        copy = str(Path(folder, "copy"))
        runs = _Runs(program, folder, urlsplit(url).scheme)
        try:
            async with asyncio.timeout(_SECONDS):
                await runs.run(
                    "clone", "--quiet", "--bare", "--filter=tree:0", f"--depth={_COMMITS}",
                    "--single-branch", "--no-tags", "--template=", "--", url, copy,
                )  # fmt: skip
                # Trees and files were left out, and nothing may fetch them now.
                told = await runs.run("-C", copy, "rev-list", "--no-commit-header",
                                      f"--format={line_format}", "HEAD")  # fmt: skip
        except TimeoutError:
            raise Unavailable("did not answer in time") from None
    return told.decode("utf-8", "replace").splitlines()


class _Runs:
    def __init__(self, program: str, folder: str, scheme: str) -> None:
        self._program = program
        self._folder = folder
        self._environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": folder,
            "LC_ALL": "C",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "false",
            "GIT_ALLOW_PROTOCOL": scheme,
            "GIT_NO_LAZY_FETCH": "1",
        }

    async def run(self, *arguments: str) -> bytes:
        """What git writes, to a limit. Raises Unavailable."""
        config = [part for setting in _CONFIG for part in ("-c", setting)]
        process = await asyncio.create_subprocess_exec(
            "/bin/sh", "-c", f'ulimit -f {_LARGEST_FILE} && exec "$@"', "sh",
            self._program, *config, *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=self._folder,
            env=self._environment,
            start_new_session=True,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            told = await _read(process.stdout)
            if await process.wait() != 0:
                raise Unavailable("could not be copied")
            return told
        finally:
            # Its helpers too: whoever speaks to the server is a child of git.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            with suppress(ProcessLookupError):
                await process.wait()


async def _read(stream: asyncio.StreamReader) -> bytes:
    told = bytearray()
    while piece := await stream.read(65_536):
        told += piece
        if len(told) > _MOST_BYTES:
            raise Unavailable("answered with more than is read")
    return bytes(told)


def fields(line: str, count: int) -> Sequence[str] | None:
    """The fields of a line, parted by unit separators; `None` where they are others."""
    parts = line.split("\x1f")
    return parts if len(parts) == count else None
