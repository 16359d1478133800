"""Asks the service at a fixed pace and measures how long each answer takes.

`python -m bench.service.asking URL SECRET CASE` asks every 20 ms, for `/livez` and for the status
of the case in turn, until its standard input ends; then it prints one line of JSON: milliseconds of
each answer by what was asked. An answer that comes late delays no question: the next is due all the
same, and its time counts from then (no "coordinated omission").
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from math import ceil
from urllib.parse import urlsplit

EVERY_SECONDS = 0.02
LIVEZ, STATUS = "/livez", "GET /v1/verifications/{id}"


@dataclass
class Answers:
    """Milliseconds of each answer, by what was asked."""

    milliseconds: dict[str, list[float]] = field(default_factory=dict)

    def percentile(self, asked: str, part: float) -> float:
        """Milliseconds within which this part (0.99) of the answers came (nearest rank)."""
        ordered = sorted(self.milliseconds[asked])
        return ordered[ceil(part * len(ordered)) - 1]


@contextmanager
def asked(url: str, secret: str, case: str) -> Iterator[Answers]:
    """Ask from a process of its own while the block runs; the answers are there afterwards."""
    command = [sys.executable, "-m", __name__, url, secret, case]
    answers = Answers()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as asking:
        try:
            yield answers
        finally:
            told, _ = asking.communicate()
    answers.milliseconds |= json.loads(told)


def main(url: str, secret: str, case: str) -> None:
    """Ask until standard input ends."""
    ending = threading.Event()
    taken: dict[str, list[float]] = {LIVEZ: [], STATUS: []}
    paths = {LIVEZ: "/livez", STATUS: f"/v1/verifications/{case}"}
    began = time.perf_counter() + 0.1
    with ThreadPoolExecutor() as threads:
        at_work = [
            threads.submit(
                _ask, url, secret, path, began + turn * EVERY_SECONDS, taken[asked], ending
            )
            for turn, (asked, path) in enumerate(paths.items())
        ]
        sys.stdin.read()
        ending.set()
    for done in at_work:
        done.result()  # Raises what ended it early.
    print(json.dumps(taken))


def _ask(
    url: str, secret: str, path: str, due: float, taken: list[float], ending: threading.Event
) -> None:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    headers = {"Authorization": f"Bearer {secret}"}
    while not ending.is_set():
        if (early := due - time.perf_counter()) > 0:
            time.sleep(early)
            began = time.perf_counter()
        else:
            began = due
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        due += 2 * EVERY_SECONDS


if __name__ == "__main__":
    main(*sys.argv[1:])
