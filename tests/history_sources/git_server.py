"""Git repositories served over HTTP on this machine, by git's own `http-backend`."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from tests.history_sources.local_server import Listening

GIT = shutil.which("git")


def backend() -> Path | None:
    """The program that serves, where this git has it."""
    if GIT is None:
        return None
    place = subprocess.run([GIT, "--exec-path"], capture_output=True, text=True, check=True)
    program = Path(place.stdout.strip(), "git-http-backend")
    return program if program.exists() else None


def make_repository(place: Path, commits: Sequence[tuple[str, str]]) -> None:
    """A bare repository. `commits`: author as "Name <address>", and "SECONDS +HHMM" in order."""
    place.mkdir(parents=True)
    stream = "".join(
        f"commit refs/heads/main\nauthor {who} {when}\ncommitter {who} {when}\n"
        f"data 5\nstep\n\nM 644 inline file\ndata 2\n{number % 10}\n\n"
        for number, (who, when) in enumerate(commits)
    )
    _git(place, "init", "--bare", "--quiet", "--initial-branch=main")
    _git(place, "config", "uploadpack.allowFilter", "true")
    _git(place, "fast-import", "--quiet", given=stream)


def _git(place: Path, *arguments: str, given: str = "") -> None:
    assert GIT is not None
    environment = {"PATH": os.environ["PATH"], "HOME": str(place), "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run([GIT, *arguments], cwd=place, env=environment, input=given.encode(), check=True)


@contextmanager
def git_server(root: Path) -> Iterator[str]:
    """Serves the repositories under a folder; its URL."""
    found = backend()
    assert found is not None
    program = str(found)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            environment = {
                "PATH": os.environ["PATH"],
                "GIT_PROJECT_ROOT": str(root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": "*",
                "REQUEST_METHOD": self.command,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "CONTENT_TYPE": self.headers.get("content-type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": self.headers.get("content-encoding", ""),
                "GIT_PROTOCOL": self.headers.get("git-protocol", ""),
            }
            done = subprocess.run(
                [program], input=body, env=environment, capture_output=True, check=False
            )
            head, _, answer = done.stdout.partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().splitlines() if line)
            self.send_response(int(headers.pop("Status", "200").split()[0]))
            for name, text in headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    listening = Listening(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_address[1]}"
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()
