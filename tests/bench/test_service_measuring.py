"""The instruments of the service's benchmark, held against what is known."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bench.service import usage
from bench.service.asking import LIVEZ, STATUS, Answers, asked

A_CHILD_THAT_COMPUTED_AND_ENDED = """
import subprocess, sys
computes = "import time\\nwhile time.process_time() < 0.6: pass"
subprocess.run([sys.executable, "-c", computes])
"""
THREE_CHILDREN_WITH_ONE_MEMORY = """
import os
held = b"x" * 100_000_000
for _ in range(3):
    if os.fork() == 0:
        os.read(0, 1)
        os._exit(0)
"""


@contextmanager
def running(program: str) -> Iterator[int]:
    """A process that ran this and now waits, until the block ends."""
    waits = "\nprint('done', flush=True)\nimport os; os.read(0, 1)"
    with subprocess.Popen(
        [sys.executable, "-c", program + waits], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"done\n"
        yield process.pid
        process.communicate()


def test_the_cpu_time_of_a_child_that_has_ended_counts() -> None:
    with running(A_CHILD_THAT_COMPUTED_AND_ENDED) as pid:
        assert usage.descendants(pid) == []
        # User and system time are each told in whole ticks of 10 ms, rounded down, so some of
        # the 0.6 seconds are never seen.
        assert usage.cpu_seconds([pid]) >= 0.5


def test_memory_that_forked_processes_share_counts_once() -> None:
    with running(THREE_CHILDREN_WITH_ONE_MEMORY) as pid:
        assert len(usage.descendants(pid)) == 3
        assert 100 <= usage.megabytes([pid]) < 200


def test_a_process_that_is_gone_uses_nothing() -> None:
    with running("") as pid:
        pass
    assert usage.cpu_seconds([pid]) == usage.megabytes([pid]) == 0


def test_a_percentile_is_the_answer_within_which_so_many_came() -> None:
    answers = Answers({LIVEZ: [float(n) for n in range(100, 0, -1)]})
    assert answers.percentile(LIVEZ, 0.5) == 50
    assert answers.percentile(LIVEZ, 0.99) == 99
    assert answers.percentile(LIVEZ, 1.0) == 100


def test_a_service_that_hangs_is_seen_by_every_question_that_was_due_meanwhile() -> None:
    arrived, let_go, enough = threading.Event(), threading.Event(), threading.Semaphore(0)

    class Hangs(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/livez":
                arrived.set()
                let_go.wait()
                enough.release()
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hangs)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with asked(f"http://127.0.0.1:{server.server_port}", "secret", "case") as answers:
        assert arrived.wait(60)
        time.sleep(1.0)
        let_go.set()
        for _ in range(5):
            assert enough.acquire(timeout=60)
    server.shutdown()
    server.server_close()
    # One question every 40 ms for each address; the first was held up for a second.
    assert [taken > 500 for taken in answers.milliseconds[LIVEZ][:4]] == [True] * 4
    assert answers.milliseconds[STATUS]
