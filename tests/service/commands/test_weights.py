"""Installing models: from an address, from a folder, and what is told where that fails."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.weights import ModelWeights
from service.cli import app
from tests.faces.stand_ins import an_embedder, as_toml
from tests.service.conftest import Bonafide, Ran

Serve = Callable[..., str]


@pytest.fixture
def bonafide() -> Bonafide:
    """The command line, in this process: starting one takes longer than all that is tested here."""

    def run(*arguments: str | Path) -> Ran:
        done = CliRunner().invoke(app, list(map(str, arguments)))
        return Ran(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where models are installed."""
    monkeypatch.setenv("BONAFIDE_WEIGHTS", str(tmp_path / "weights"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "weights").mkdir()
    return tmp_path / "weights"


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve a file; `failing` times it first breaks off half-way, then answers 503, and so on."""
    servers = []

    def start(data: bytes, failing: int = 0, status: int = 200, path: str = "/acme.onnx") -> str:
        left = [failing]

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/moved":
                    self.send_response(302)
                    self.send_header("location", "/acme.onnx")
                    self.end_headers()
                    return
                left[0] -= 1
                self.send_response(503 if left[0] >= 0 and left[0] % 2 else status)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data[: len(data) // 2] if left[0] >= 0 else data)

            def log_message(self, *_: object) -> None:
                pass

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}{path}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def _described(folder: Path, url: str | None, name: str = "acme-1") -> tuple[ModelWeights, bytes]:
    """An operator's own model, not yet installed."""
    model, data = an_embedder(name, url=url)
    (folder / f"{name}.toml").write_text(as_toml(model))
    return model, data


def _files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_what_is_listed_says_what_it_is_for_and_under_which_terms(
    weights: Path, bonafide: Bonafide
) -> None:
    ran = bonafide("weights", "list", "--json")
    assert ran.status == 0, ran.err
    told = {answer["name"]: answer for answer in map(json.loads, ran.out.splitlines())}
    sface = told["sface-2021dec"]
    assert (sface["installed"], sface["licence"], sface["size"]) == (False, "Apache-2.0", 38696353)
    assert sface["use"] == "face descriptors"
    assert "yunet-2023mar  not installed  0.2 MB  MIT" in bonafide("weights", "list").out
    assert _files(weights) == []


def test_a_model_is_fetched_checked_and_run_and_then_listed_as_installed(
    weights: Path, bonafide: Bonafide, serve: Serve
) -> None:
    _, data = an_embedder()
    model, _ = _described(weights, serve(data, path="/moved"))
    ran = bonafide("weights", "install", "acme-1")
    assert ran.status == 0, ran.err
    assert "is whole, and runs as described (CC0-1.0)" in ran.out
    assert (weights / model.file).read_bytes() == data
    assert _files(weights) == ["acme-1.onnx", "acme-1.toml"]
    assert "acme-1  installed" in bonafide("weights", "list").out


def test_a_transfer_that_breaks_off_or_a_server_in_trouble_is_asked_again(
    weights: Path, bonafide: Bonafide, serve: Serve
) -> None:
    _, data = an_embedder()
    model, _ = _described(weights, serve(data, failing=2))
    ran = bonafide("weights", "install", "acme-1")
    assert ran.status == 0, ran.err
    assert (weights / model.file).read_bytes() == data


def test_a_file_with_another_checksum_is_not_kept(
    weights: Path, bonafide: Bonafide, serve: Serve
) -> None:
    _, data = an_embedder()
    _described(weights, serve(data[:-1] + b"?"))
    ran = bonafide("weights", "install", "acme-1")
    assert ran.status == 2
    assert "acme-1.onnx is damaged, or not the file that acme-1 is: its SHA-256 is" in ran.err
    assert _files(weights) == ["acme-1.toml"]


def test_a_model_that_does_not_run_as_described_is_not_installed(
    weights: Path, bonafide: Bonafide, serve: Serve
) -> None:
    model, data = an_embedder(length=64)
    served = model.model_copy(update={"url": serve(data)})
    (weights / "acme.toml").write_text(as_toml(served).replace("length = 64", "length = 65"))
    ran = bonafide("weights", "install", "acme-1")
    assert ran.status == 2
    assert "gives 64 numbers a face, not 65" in ran.err
    assert _files(weights) == ["acme.toml"], "or every engine would refuse to work beside it"


def test_an_address_that_has_no_such_file_is_told_with_its_answer(
    weights: Path, bonafide: Bonafide, serve: Serve
) -> None:
    _described(weights, serve(b"Not found", status=404))
    ran = bonafide("weights", "install", "acme-1")
    assert ran.status == 2
    assert "/acme.onnx answers 404" in ran.err


def test_without_a_network_it_is_told_how_to_install_from_a_folder(
    weights: Path, bonafide: Bonafide
) -> None:
    with socket.socket() as taken:  # Bound, but nobody listens.
        taken.bind(("127.0.0.1", 0))
        _described(weights, f"http://127.0.0.1:{taken.getsockname()[1]}/acme.onnx")
        ran = bonafide("weights", "install", "acme-1")
    assert ran.status == 2
    assert "cannot be reached" in ran.err
    assert "`bonafide weights install acme-1 --from FOLDER`" in ran.err
    assert "Traceback" not in ran.err


def test_a_machine_without_internet_installs_from_a_folder(
    weights: Path, bonafide: Bonafide, tmp_path: Path
) -> None:
    model, data = _described(weights, url=None)
    ran = bonafide("weights", "install", "acme-1")
    assert ran.status == 2
    assert "names no address" in ran.err
    brought = tmp_path / "usb"
    brought.mkdir()
    ran = bonafide("weights", "install", "acme-1", "sface-2021dec", "--from", brought)
    assert ran.status == 2
    assert f"{brought / model.file} cannot be read or written: No such file" in ran.err
    (brought / model.file).write_bytes(data)
    ran = bonafide("weights", "install", "acme-1", "--from", brought)
    assert ran.status == 0, ran.err
    assert bonafide("weights", "install", "acme-1").err.startswith("acme-1 is installed already")


def test_a_disk_that_takes_no_more_is_told_and_nothing_half_written_stays(
    weights: Path, tmp_path: Path
) -> None:
    model, data = _described(weights, url=None)
    (tmp_path / model.file).write_bytes(data)
    command = [Path(sys.executable).with_name("bonafide"), "weights", "install", "acme-1", "--from"]
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 20; exec "$@"', "-", *map(str, command), str(tmp_path)],
        env=os.environ | {"COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "cannot be read or written: File too large" in done.stderr
    assert _files(weights) == ["acme-1.toml"]


def test_verify_tells_a_damaged_model_and_still_looks_at_the_others(
    weights: Path, bonafide: Bonafide
) -> None:
    for name in ("acme-1", "acme-2"):
        model, data = _described(weights, None, name)
        (weights / model.file).write_bytes(data)
    assert bonafide("weights", "verify").status == 0
    (weights / "acme-1.onnx").write_bytes(b"?")
    ran = bonafide("weights", "verify")
    assert ran.status == 2
    assert "acme-1.onnx is damaged" in ran.err
    assert "acme-2: acme-2.onnx is whole" in ran.out
    ran = bonafide("weights", "verify", "sface-2021dec", "arcface")
    assert ran.status == 2
    assert "`bonafide weights install sface-2021dec`" in ran.err
    assert (
        "arcface is not known; there are yunet-2023mar, sface-2021dec, face-landmarker" in ran.err
    )


def test_a_description_that_is_wrong_is_told_with_its_field(
    weights: Path, bonafide: Bonafide
) -> None:
    model, _ = an_embedder()
    (weights / "acme.toml").write_text(as_toml(model).replace("length = 64", "length = 'long'"))
    ran = bonafide("weights", "list")
    assert ran.status == 2
    assert "acme.toml does not describe a model; output.descriptor.length: Input should" in ran.err
