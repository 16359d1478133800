"""Files by multipart: stored as they arrive, all or none; hostile ones leave nothing behind."""

import hashlib
from typing import Any
from uuid import UUID

import pytest

from models.verification import EvidenceKind
from service.api import receiving
from service.store.actor import SYSTEM
from tests.service.api.conftest import Service, a_jpeg


def _type(answer: Any) -> str:
    return str(answer.json()["type"]).removeprefix("urn:bonafide:problem:")


def _listed(service: Service, verification: str) -> list[dict[str, Any]]:
    answer = service.client.get(f"/v1/verifications/{verification}/evidence")
    assert answer.status_code == 200
    return list(answer.json()["items"])


def _nothing_left(service: Service, verification: str) -> bool:
    return _listed(service, verification) == [] and service.blob_files == []


def _post(service: Service, verification: str, body: bytes, media_type: str) -> Any:
    return service.client.post(
        f"/v1/verifications/{verification}/documents",
        content=body,
        headers={"Content-Type": media_type},
    )


def test_several_files_are_stored_in_their_order_and_come_back_as_they_were(
    service: Service,
) -> None:
    verification = service.order()
    files = [("front.jpg", a_jpeg()), ("back.pdf", b"%PDF" + bytes(300_000)), ("c", b"c")]
    answer = service.send(verification, *files)
    assert answer.status_code == 201
    told = answer.json()["items"]
    assert told == _listed(service, verification)
    for item, (name, content) in zip(told, files, strict=True):
        assert (item["name"], item["size_bytes"], item["ready"]) == (name, len(content), True)
        assert item["sha256"] == hashlib.sha256(content).hexdigest()
        fetched = service.client.get(f"/v1/evidence/{item['id']}")
        assert fetched.content == content


def test_a_file_is_fetched_as_a_download_that_no_browser_shows(service: Service) -> None:
    verification = service.order()
    sent = service.send(verification, ("<script>ü.html", b"<script>alert(1)</script>"))
    fetched = service.client.get(f"/v1/evidence/{sent.json()['items'][0]['id']}")
    assert fetched.headers["content-type"] == "application/octet-stream"
    assert fetched.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''%3Cscript%3E%C3%BC.html"
    )
    assert fetched.headers["x-content-type-options"] == "nosniff"
    assert fetched.headers["cache-control"] == "no-store"
    assert "sandbox" in fetched.headers["content-security-policy"]


def test_every_view_of_files_is_recorded(service: Service) -> None:
    verification = service.order()
    sent = service.send(verification, ("a.jpg", a_jpeg())).json()["items"][0]
    service.client.get(f"/v1/verifications/{verification}/evidence")
    service.client.get(f"/v1/evidence/{sent['id']}")
    assert service.actions()[-3:] == ["evidence.received", "evidence.listed", "evidence.viewed"]


def test_recordings_are_footage(service: Service) -> None:
    verification = service.order()
    answer = service.send(verification, ("talk.mp4", b"bytes"), to="footage")
    assert answer.json()["items"][0]["kind"] == "footage"


HOSTILE_NAMES = {
    "../../../etc/passwd": "passwd",
    "..\\..\\windows\\system32\\cmd.exe": "cmd.exe",
    "/etc/shadow": "shadow",
    "": "unnamed",
    "..": "unnamed",
    "/": "unnamed",
    " ": "unnamed",
    "a\x00b\x1b[31m.jpg": "a\ufffdb\ufffd[31m.jpg",
    "photo\u202egnp.exe": "photo\ufffdgnp.exe",
    "line\r\nbreak": "line\ufffd\ufffdbreak",
    "x" * 10_000: "x" * 200,
    "name\udcff": "name\ufffd",
}


@pytest.mark.parametrize(("sent", "shown"), HOSTILE_NAMES.items())
def test_a_hostile_name_is_shown_safely_and_never_used(sent: str, shown: str) -> None:
    assert receiving.safe_name(sent) == shown


@pytest.mark.parametrize(
    "raw",
    [
        b"../../../etc/passwd",
        b"x" * 10_000,
        b"a\x00b",
        b"\xff\xfe\xfd",
        "‮exe.gpj".encode(),
        b"",
        b"C:\\boot.ini",
    ],
)
def test_a_file_of_a_hostile_name_is_stored_under_a_safe_one(service: Service, raw: bytes) -> None:
    verification = service.order()
    body = (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="' + raw + b'"\r\n\r\n'
        b"content\r\n--b--\r\n"
    )
    answer = _post(service, verification, body, "multipart/form-data; boundary=b")
    assert answer.status_code == 201, answer.text
    name = answer.json()["items"][0]["name"]
    assert name
    assert name.isprintable()
    assert len(name) <= 200
    assert not {"/", "\\"} & set(name)


def test_an_empty_file_is_refused_with_what_to_do(service: Service) -> None:
    verification = service.order()
    answer = service.send(verification, ("good.jpg", a_jpeg()), ("empty.jpg", b""))
    assert answer.status_code == 422
    said = answer.json()
    assert _type(answer) == "unusable-file"
    assert (said["file"], said["problem"]) == ("empty.jpg", "is empty (0 bytes)")
    assert said["action"] == "Send it again"
    assert _nothing_left(service, verification)


def test_a_file_above_its_bound_is_refused_and_removed(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(receiving.MOST_BYTES, EvidenceKind.DOCUMENT, 500_000)
    verification = service.order()
    answer = service.send(verification, ("good.jpg", a_jpeg()), ("large.jpg", bytes(500_001)))
    assert answer.status_code == 413
    assert _type(answer) == "too-large"
    assert _nothing_left(service, verification)
    assert service.send(verification, ("just.jpg", bytes(500_000))).status_code == 201


def test_a_body_that_announces_more_than_any_file_may_have_is_refused_unread(
    service: Service,
) -> None:
    answer = service.client.post(
        f"/v1/verifications/{service.order()}/documents",
        content=b"--b--",
        headers={
            "Content-Type": "multipart/form-data; boundary=b",
            "Content-Length": str(5 << 30),
        },
    )
    assert answer.status_code == 413


def test_more_files_than_a_verification_takes_are_refused_whole(service: Service) -> None:
    verification = service.order()
    answer = service.send(verification, *((f"{n}.jpg", b"x") for n in range(41)))
    assert answer.status_code == 409
    assert _type(answer) == "too-many-files"
    assert _nothing_left(service, verification)


HEADER = b'Content-Disposition: form-data; name="files"; filename="a"\r\n'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"--b\r\n",
        b"no boundary at all",
        b"--b\r\n" + HEADER + b"\r\nhalf a fi",
        b"--b\r\n" + HEADER + b"\r\nwhole\r\n--b\r\n" + HEADER + b"\r\nhalf",
        b"--b\r\n" + HEADER + b"\r\nno end\r\n--b",
        b"--b\r\n\r\nno name\r\n--b--\r\n",
        b'--b\r\nContent-Disposition: attachment; name="files"\r\n\r\nx\r\n--b--\r\n',
        b"--b\r\nX: " + b"y" * 20_000 + b"\r\n\r\nx\r\n--b--\r\n",
        b"--b\r\n" + b"X: y\r\n" * 100 + b"\r\nx\r\n--b--\r\n",
        b"--b\r\n: \r\n\r\nx\r\n--b--\r\n",
    ],
)
def test_a_form_that_is_cut_short_or_malformed_leaves_nothing(
    service: Service, body: bytes
) -> None:
    verification = service.order()
    answer = _post(service, verification, body, "multipart/form-data; boundary=b")
    assert answer.status_code == 400, answer.text
    assert _type(answer) == "bad-request"
    assert _nothing_left(service, verification)


@pytest.mark.parametrize(
    ("media_type", "status"),
    [
        ("application/json", 415),
        ("multipart/mixed; boundary=b", 415),
        ("multipart/form-data", 400),
        ("multipart/form-data; boundary=", 400),
        ("multipart/form-data; boundary=" + "b" * 300, 400),
        ("", 415),
    ],
)
def test_a_body_that_is_no_form_is_refused(service: Service, media_type: str, status: int) -> None:
    answer = _post(service, service.order(), b"--b--\r\n", media_type)
    assert answer.status_code == status


@pytest.mark.parametrize("name", ["file", "documents", "files[]", ""])
def test_a_field_that_is_not_known_is_refused(service: Service, name: str) -> None:
    verification = service.order()
    answer = service.client.post(
        f"/v1/verifications/{verification}/documents", files={name: ("a.jpg", b"x")}
    )
    assert answer.status_code in (400, 422)
    assert _nothing_left(service, verification)


def test_a_form_without_a_file_is_refused(service: Service) -> None:
    answer = _post(service, service.order(), b"--b--\r\n", "multipart/form-data; boundary=b")
    assert answer.status_code in (400, 422)


def test_nothing_is_taken_while_it_is_being_verified(service: Service) -> None:
    verification = service.submitted()
    answer = service.send(verification, ("late.jpg", a_jpeg()))
    assert answer.status_code == 409
    assert _type(answer) == "not-taking-evidence"
    assert len(service.blob_files) == 1


def test_a_file_can_be_taken_back(service: Service) -> None:
    verification = service.order()
    sent = service.send(verification, ("a.jpg", a_jpeg())).json()["items"][0]["id"]
    assert service.client.delete(f"/v1/evidence/{sent}").status_code == 204
    assert _nothing_left(service, verification)


def test_a_file_is_not_taken_back_under_a_worker(service: Service) -> None:
    verification = service.submitted()
    sent = _listed(service, verification)[0]["id"]
    assert service.client.delete(f"/v1/evidence/{sent}").status_code == 409


def test_a_verification_deleted_while_a_file_arrives_leaves_no_bytes(service: Service) -> None:
    verification = service.order()

    def body() -> Any:
        yield b"--b\r\n" + HEADER + b"\r\n" + bytes(200_000)
        with service.store.tenant(service.tenant, SYSTEM) as t:
            t.verifications.delete(UUID(verification))
        yield bytes(200_000) + b"\r\n--b--\r\n"

    answer = service.client.post(
        f"/v1/verifications/{verification}/documents",
        content=body(),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert answer.status_code == 404
    assert service.blob_files == []


def test_damaged_evidence_is_a_problem_and_no_error_of_ours(service: Service) -> None:
    sent = service.send(service.order(), ("a.jpg", a_jpeg())).json()["items"][0]["id"]
    (blob,) = service.blob_files
    blob.write_bytes(b"garbage")
    answer = service.client.get(f"/v1/evidence/{sent}")
    assert answer.status_code == 410
    assert _type(answer) == "damaged"
