"""Bodies on a real connection: used as they arrive, and nothing is left of what was cut off."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from service.api import streaming
from tests.service.api.conftest import Service, served

BEGIN = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.mp4"\r\n\r\n'
END = b"\r\n--b--\r\n"


@pytest.fixture
def address(service: Service) -> Iterator[tuple[str, int]]:
    """Where the service listens."""
    with served(service) as address:
        yield address


def _until(true: Callable[[], bool]) -> None:
    """Wait for what another thread is about to do; pytest's own patience is the only limit."""
    while not true():
        time.sleep(0.01)


def _begin(
    service: Service, address: tuple[str, int], method: str, path: str, **headers: str
) -> Any:
    """A connection with its request's headers sent."""
    connection = http.client.HTTPConnection(*address)
    connection.putrequest(method, path)
    for name, value in {"Authorization": f"Bearer {service.key}", **headers}.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    return connection


def _begin_form(service: Service, address: tuple[str, int], verification: str) -> Any:
    return _begin(
        service,
        address,
        "POST",
        f"/v1/verifications/{verification}/footage",
        Content_Type="multipart/form-data; boundary=b",
        Content_Length=str(len(BEGIN) + 10_000_000 + len(END)),
    )


def _stored(service: Service) -> int:
    return sum(file.stat().st_size for file in service.blob_files)


def _evidence(service: Service, verification: str) -> list[dict[str, Any]]:
    return list(service.client.get(f"/v1/verifications/{verification}/evidence").json()["items"])


def test_bytes_are_on_disk_sealed_before_the_sender_is_done(
    service: Service, address: tuple[str, int]
) -> None:
    verification = service.order()
    connection = _begin_form(service, address, verification)
    connection.send(BEGIN + b"open-secret " * 100_000)
    _until(lambda: _stored(service) > 1_000_000)
    assert not any(b"open-secret" in file.read_bytes() for file in service.blob_files)
    connection.send(bytes(10_000_000 - 1_200_000) + END)
    assert connection.getresponse().status == 201
    assert _evidence(service, verification)[0]["size_bytes"] == 10_000_000


def test_a_sender_that_goes_away_leaves_neither_row_nor_bytes(
    service: Service, address: tuple[str, int]
) -> None:
    verification = service.order()
    connection = _begin_form(service, address, verification)
    connection.send(BEGIN + bytes(1_000_000))
    _until(lambda: _stored(service) > 500_000)
    assert len(_evidence(service, verification)) == 1
    connection.close()
    _until(lambda: _evidence(service, verification) == [])
    _until(lambda: service.blob_files == [])
    claims = {"basics": {"name": "Anna"}}
    service.client.put(f"/v1/verifications/{verification}/claims", json=claims)
    assert service.client.post(f"/v1/verifications/{verification}/submit").status_code == 202


def test_a_sender_that_stops_sending_is_told_and_forgotten(
    service: Service, address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "PATIENCE_SECONDS", 0.2)
    verification = service.order()
    connection = _begin_form(service, address, verification)
    connection.send(BEGIN + bytes(1_000_000))
    assert connection.getresponse().status == 408
    assert _evidence(service, verification) == []
    assert service.blob_files == []


def test_a_resumable_upload_that_is_cut_off_goes_on_where_it_was(
    service: Service, address: tuple[str, int]
) -> None:
    verification = service.order()
    content = bytes(range(250)) * 20_000
    tus = {"Tus-Resumable": "1.0.0"}
    upload = service.client.post(
        f"/v1/verifications/{verification}/uploads",
        headers=tus | {"Upload-Length": str(len(content))},
    ).headers["location"]
    headers = {
        "Tus_Resumable": "1.0.0",
        "Upload_Offset": "0",
        "Content_Type": "application/offset+octet-stream",
        "Content_Length": str(len(content)),
    }
    connection = _begin(service, address, "PATCH", upload, **headers)
    connection.send(content[:3_000_000])
    _until(lambda: _stored(service) > 2_000_000)
    connection.close()

    def rest() -> httpx.Response:
        there = int(service.client.head(upload, headers=tus).headers["upload-offset"])
        assert there > 0
        patched: httpx.Response = service.client.patch(
            upload,
            content=content[there:],
            headers=tus | {"Upload-Offset": str(there), "Content-Type": headers["Content_Type"]},
        )
        return patched

    while (answer := rest()).status_code in (409, 423):  # The server has yet to notice the cut.
        time.sleep(0.01)
    assert answer.status_code == 204
    (file,) = _evidence(service, verification)
    assert file["ready"]
    assert service.client.get(f"/v1/evidence/{file['id']}").content == content


def test_two_senders_of_one_upload_do_not_mix(service: Service, address: tuple[str, int]) -> None:
    upload = service.client.post(
        f"/v1/verifications/{service.order()}/uploads",
        headers={"Tus-Resumable": "1.0.0", "Upload-Length": "1000000"},
    ).headers["location"]
    headers = {
        "Tus_Resumable": "1.0.0",
        "Upload_Offset": "0",
        "Content_Type": "application/offset+octet-stream",
        "Content_Length": "1000000",
    }
    first = _begin(service, address, "PATCH", upload, **headers)
    first.send(bytes(500_000))
    _until(lambda: _stored(service) > 200_000)
    second = _begin(service, address, "PATCH", upload, **headers)
    second.send(bytes(1_000_000))
    assert second.getresponse().status == 423
    first.send(bytes(500_000))
    assert first.getresponse().status == 204


def test_many_slow_senders_do_not_keep_others_from_an_answer(
    service: Service, address: tuple[str, int]
) -> None:
    slow = [_begin_form(service, address, service.order()) for _ in range(30)]
    for connection in slow:
        connection.send(BEGIN + bytes(100_000))
    _until(lambda: len(service.blob_files) == 30)
    url = f"http://{address[0]}:{address[1]}/v1/verifications"
    headers = {"Authorization": f"Bearer {service.key}"}
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: httpx.get(url, headers=headers), range(40)))
    assert {answer.status_code for answer in answers} == {200}
    for connection in slow:
        connection.close()
    _until(lambda: service.blob_files == [])


def test_a_fast_sender_is_slowed_to_the_speed_of_the_store(
    service: Service, address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    append = service.store.blobs.append

    def slowly(blob: Any, key: Any, pieces: Any, *, at: int) -> int:
        def held() -> Iterator[bytes]:
            for piece in pieces:
                gate.wait()
                yield piece

        return append(blob, key, held(), at=at)

    monkeypatch.setattr(service.store.blobs, "append", slowly)
    connection = _begin_form(service, address, service.order())
    connection.sock.settimeout(0.5)
    with pytest.raises(TimeoutError):  # What the kernel and the server buffer is far less.
        connection.sock.sendall(BEGIN + bytes(10_000_000) + END)
    gate.set()
    connection.close()
    _until(lambda: service.blob_files == [])


def test_garbage_on_the_wire_is_no_error_of_ours(address: tuple[str, int]) -> None:
    for raw in (
        b"\x00\xff garbage\r\n\r\n",
        b"GET /v1/verifications HTTP/1.1\r\nHost:\xff\r\n\r\n",
    ):
        with socket.create_connection(address) as wire:
            wire.sendall(raw)
            assert b" 5" not in wire.recv(100)[:20]
