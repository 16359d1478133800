"""A case in a child process: its end is its own, and nothing of its parent's is its to see."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from service.workflow.job import Job, JobDied, JobFailed, JobTimedOut, start_server
from service.workflow.job_messages import Answer, Begin, Lines
from service.workflow.pipeline import Order, Step, StepResult
from tests.service.workflow.orders import an_order
from verifiers.face_engines.dlib_weights import SIXTY_EIGHT_POINTS, models_folder
from verifiers.face_engines.weights import FACE_MESH

ROOT = Path(__file__).parents[3]
AMPLE = 300.0
"""Seconds for a step on a busy machine."""


def children(process: int) -> set[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return set(map(int, text.split()))


def server_of(process: int) -> int:
    """The process that this one's jobs are forked from."""
    (server,) = (
        child
        for child in children(process)
        if b"service.workflow.job_server" in Path(f"/proc/{child}/cmdline").read_bytes()
    )
    return server


def child_of(server: int) -> int:
    """The one job there is, as soon as it is forked."""
    wait_until(lambda: bool(children(server)))
    (child,) = children(server)
    return child


def wait_until(holds: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < give_up, "it never came to hold"
        time.sleep(0.02)


@pytest.fixture
def server() -> int:
    """The process id of the server of jobs, running."""
    start_server(None)
    return server_of(os.getpid())


@pytest.fixture
def job(server: int, tmp_path: Path) -> Iterator[Job]:
    """A job on the genuine candidate."""
    assert not children(server)
    with Job(an_order(), tmp_path) as job:
        yield job
    assert not children(server)


def test_of_the_order_nothing_stays_in_the_service_but_in_the_job(job: Job) -> None:
    assert not [held for held in vars(job).values() if isinstance(held, Begin | Order)]


IN_THE_SERVICE = (Step.SOURCES, Step.SCREENING, Step.SURROUNDINGS, Step.LINKAGE)


def test_a_job_takes_one_step_after_the_other(job: Job, server: int) -> None:
    documents = job.step(Step.DOCUMENTS, [], seconds=AMPLE)
    (child,) = children(server)
    nobody_asked = [StepResult(step=step, findings=()) for step in Step if step in IN_THE_SERVICE]
    history = job.step(Step.HISTORY, [documents, *nobody_asked], seconds=AMPLE)
    assert {f.code for f in history.findings} == {"history.timeline.consistent"}
    assert children(server) == {child}


@pytest.mark.parametrize(
    ("end", "how"),
    [
        (signal.SIGSEGV, "SIGSEGV"),
        (signal.SIGKILL, "killed by the system, most likely out of memory"),
    ],
)
def test_a_child_that_dies_is_told_with_how_and_the_next_job_works(
    job: Job, server: int, tmp_path: Path, end: signal.Signals, how: str
) -> None:
    child = child_of(server)
    os.kill(child, end)
    for _ in range(2):
        with pytest.raises(JobDied) as died:
            job.step(Step.DOCUMENTS, [], seconds=AMPLE)
        assert died.value.how == how
    with Job(an_order(), tmp_path) as another:
        assert another.step(Step.DOCUMENTS, [], seconds=AMPLE).findings


def test_a_step_that_takes_too_long_is_ended(job: Job, server: int) -> None:
    with pytest.raises(JobTimedOut):
        job.step(Step.DOCUMENTS, [], seconds=0.01)
    assert not children(server)
    with pytest.raises(JobDied, match="time limit"):
        job.step(Step.DOCUMENTS, [], seconds=AMPLE)


def test_a_defect_is_told_by_its_kind_and_place_and_the_job_goes_on(job: Job) -> None:
    with pytest.raises(JobFailed) as failed:
        job.step(Step.HISTORY, [], seconds=AMPLE)
    assert failed.value.kind == "ValueError"
    assert failed.value.where.startswith("service/workflow/pipeline.py:")
    assert "has not been taken" not in str(failed.value)
    assert job.step(Step.DOCUMENTS, [], seconds=AMPLE).findings


def test_closing_from_another_thread_ends_the_step_in_work(job: Job, server: int) -> None:
    child = child_of(server)
    died: list[JobDied] = []

    def work() -> None:
        with pytest.raises(JobDied) as caught:
            job.step(Step.DOCUMENTS, [], seconds=AMPLE)
        died.append(caught.value)

    worker = threading.Thread(target=work)
    worker.start()
    job.close()
    worker.join(AMPLE)
    assert [error.how for error in died] == ["it was closed"]
    assert child not in children(server)


def test_the_server_of_jobs_starts_again_where_it_died(tmp_path: Path) -> None:
    start_server(None)
    server = server_of(os.getpid())
    with Job(an_order(), tmp_path) as orphan:
        child = child_of(server)
        os.kill(server, signal.SIGKILL)
        with pytest.raises(JobDied):
            orphan.step(Step.DOCUMENTS, [], seconds=AMPLE)
    wait_until(lambda: not Path(f"/proc/{child}").exists())
    with Job(an_order(), tmp_path) as job:
        assert job.step(Step.DOCUMENTS, [], seconds=AMPLE).findings
    assert server_of(os.getpid()) != server


_SERVICE = """
import sys
from pathlib import Path
from service.workflow.job import Job
from service.workflow.pipeline import Order, Step
with Job(Order.model_validate_json(sys.argv[1]), Path(sys.argv[2])) as job:
    documents = job.step(Step.DOCUMENTS, [], seconds=300)
    print("working", flush=True)
    while True:
        chip = job.step(Step.CHIP, [documents], seconds=300)
        job.step(Step.FACES, [documents, chip], seconds=300)
"""


@pytest.fixture
def service(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process with a secret in its environment and an open file, whose job is at work."""
    with (tmp_path / "database").open("w") as database:
        os.set_inheritable(database.fileno(), True)
        process = subprocess.Popen(
            [sys.executable, "-c", _SERVICE, an_order().model_dump_json(), str(tmp_path)],
            cwd=ROOT,
            env=os.environ | {"BONAFIDE_MASTER_KEY": "hunter2"},
            pass_fds=(database.fileno(),),
            stdout=subprocess.PIPE,
            text=True,
        )
    assert process.stdout
    with process.stdout:
        assert process.stdout.readline() == "working\n"
        yield process
    process.kill()
    process.wait()


def test_a_job_dies_with_its_parent_in_the_middle_of_its_work(
    service: "subprocess.Popen[str]",
) -> None:
    server = server_of(service.pid)
    (child,) = children(server)
    os.kill(child, signal.SIGSTOP)  # It cannot come to an end of its own any more.
    service.kill()
    service.wait()
    wait_until(lambda: not any(Path(f"/proc/{process}").exists() for process in (server, child)))


def test_a_job_gets_no_secret_and_no_open_file_of_its_parent(
    service: "subprocess.Popen[str]",
) -> None:
    server = server_of(service.pid)
    (child,) = children(server)
    assert b"hunter2" in Path(f"/proc/{service.pid}/environ").read_bytes()
    assert b"hunter2" not in Path(f"/proc/{server}/environ").read_bytes()
    try:
        held = [str(fd.readlink()) for fd in Path(f"/proc/{child}/fd").iterdir()]
    except PermissionError:
        pytest.skip("a job may not be looked into, but by root")
    assert b"hunter2" not in Path(f"/proc/{child}/environ").read_bytes()
    assert not [target for target in held if target.endswith("database")]
    assert sum(target.startswith("socket:") for target in held) == 1


_SERVER = """
from service.workflow.job import start_server
start_server(None)
print("started", flush=True)
input()
"""


@pytest.mark.parametrize(
    ("told", "cache"),
    [
        ({"BONAFIDE_CACHE": "of ours"}, "of ours"),
        # Each converts all anew, which takes ten seconds.
        pytest.param({"HOME": "home"}, "home/.cache/bonafide", marks=pytest.mark.soak),
    ],
)
def test_jobs_keep_converted_weights_where_the_service_is_told_to(
    tmp_path: Path, told: dict[str, str], cache: str
) -> None:
    """Also where that is said of its own working directory, which is not the jobs'."""
    unsaid = {"BONAFIDE_CACHE", "XDG_CACHE_HOME", "HOME"}
    environment = {name: value for name, value in os.environ.items() if name not in unsaid}
    home = {"HOME": str(tmp_path / told.get("HOME", "another home"))}
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER],
        cwd=tmp_path,
        env=environment | told | home | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "started\n"
        process.stdin.close()
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} == {tmp_path / cache}


def test_a_job_is_nice_runs_one_thread_and_leaves_no_core(job: Job, server: int) -> None:
    documents = job.step(Step.DOCUMENTS, [], seconds=AMPLE)
    chip = job.step(Step.CHIP, [documents], seconds=AMPLE)
    job.step(Step.FACES, [documents, chip], seconds=AMPLE)
    (child,) = children(server)
    assert os.getpriority(os.PRIO_PROCESS, child) >= 5
    assert len(list(Path(f"/proc/{child}/task").iterdir())) == 1
    assert len(list(Path(f"/proc/{server}/task").iterdir())) == 1
    limits = Path(f"/proc/{child}/limits").read_text(encoding="ascii").splitlines()
    (core,) = (line.split() for line in limits if line.startswith("Max core file size"))
    assert core[4:6] == ["0", "0"]


@pytest.mark.parametrize(
    ("said", "error"), [(b"half a line", TimeoutError), (b"endless " * 8_000, ValueError)]
)
def test_a_hostile_child_cannot_keep_its_parent_waiting_or_fill_its_memory(
    said: bytes, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.workflow.job_messages.LONGEST_BYTES", 50_000)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(said)
        with pytest.raises(error):
            Lines(ours).receive(seconds=0.2)


def test_a_hostile_child_can_only_answer_what_an_answer_may_be(job: Job) -> None:
    result = job.step(Step.DOCUMENTS, [], seconds=AMPLE).model_dump(mode="json")
    assert Answer.model_validate({"result": result})
    picture = {"uri": "data:text/html;base64,PHNjcmlwdD4=", "caption": "x", "width": 1, "height": 1}
    for change in (
        {"step": "another"},
        {"verdict": "verified"},
        {"shown": {"documents": [{"pictures": [picture]}]}},
    ):
        with pytest.raises(ValidationError):
            Answer.model_validate({"result": result | change})


_PRELOAD = """
import sys
from pathlib import Path
from service.workflow import job_server
from verifiers.face_engines import dlib_engine, onnx_engine
from verifiers.face_engines.served import served_engine
models, weights = map(Path, sys.argv[1:])
for module in (dlib_engine, onnx_engine):
    module.models_folder = lambda: models
job_server.preload(weights)
print(sorted(name for name in vars(served_engine()) if vars(served_engine())[name] is not None))
"""


@pytest.mark.parametrize("placed_by", ["dlib", "another model", "nothing there is"])
def test_only_what_jobs_will_use_is_loaded_before_them_and_nothing_missing_stops_them(
    tmp_path: Path, placed_by: str
) -> None:
    models, weights = tmp_path / "models", tmp_path / "weights"
    for folder in (models, weights):
        folder.mkdir()
    for path in models_folder().glob("*.dat"):
        if path.name != SIXTY_EIGHT_POINTS or placed_by == "dlib":
            (models / path.name).symlink_to(path)
    if placed_by == "another model":
        (weights / FACE_MESH.file).write_bytes(b"which is each job's own to read")
    ran = subprocess.run(
        [sys.executable, "-c", _PRELOAD, str(models), str(weights)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert ("_shared" in ran.stdout) == (placed_by == "another model")
    assert ("_engine" in ran.stdout) == (placed_by != "another model")
