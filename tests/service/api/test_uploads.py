"""Resumable uploads speak tus 1.0.0 and lose nothing that they said was there."""

import base64
import hashlib
from typing import Any
from uuid import UUID

import pytest

from models.verification import EvidenceKind
from service.api import receiving
from service.store.actor import SYSTEM
from tests.service.api.conftest import Service

TUS = {"Tus-Resumable": "1.0.0"}
CONTENT = bytes(range(256)) * 1000


def _type(answer: Any) -> str:
    return str(answer.json()["type"]).removeprefix("urn:bonafide:problem:")


def _metadata(**said: str) -> str:
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in said.items())


def _begin(service: Service, verification: str, length: Any = 256_000, **headers: str) -> Any:
    return service.client.post(
        f"/v1/verifications/{verification}/uploads",
        headers=TUS | {"Upload-Length": str(length)} | headers,
    )


def _begun(service: Service, length: int = len(CONTENT)) -> tuple[str, str]:
    verification = service.order()
    return verification, _begin(service, verification, length).headers["location"]


def _patch(service: Service, upload: str, content: Any, at: int, **headers: str) -> Any:
    sent = TUS | {"Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
    return service.client.patch(upload, content=content, headers=sent | headers)


def _offset(service: Service, upload: str) -> int:
    answer = service.client.head(upload, headers=TUS)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["tus-resumable"] == "1.0.0"
    return int(answer.headers["upload-offset"])


def _evidence(service: Service, verification: str) -> list[dict[str, Any]]:
    return list(service.client.get(f"/v1/verifications/{verification}/evidence").json()["items"])


def test_a_recording_sent_in_pieces_is_whole_at_the_last_one(service: Service) -> None:
    verification = service.order()
    named = _metadata(filename="../talk\x07.mp4", kind="footage")
    begun = _begin(service, verification, **{"Upload-Metadata": named})
    assert begun.status_code == 201
    upload = begun.headers["location"]
    for start in range(0, len(CONTENT), 100_000):
        assert _offset(service, upload) == start
        assert not _evidence(service, verification)[0]["ready"]
        piece = CONTENT[start : start + 100_000]
        answer = _patch(service, upload, piece, start)
        assert answer.status_code == 204
        assert answer.headers["upload-offset"] == str(start + len(piece))
    (file,) = _evidence(service, verification)
    assert file["ready"]
    assert (file["kind"], file["name"]) == ("footage", "talk\ufffd.mp4")
    assert file["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert service.client.get(f"/v1/evidence/{file['id']}").content == CONTENT
    assert service.client.post(f"/v1/verifications/{verification}/submit").status_code == 202


def test_what_is_supported_is_told_without_a_key(service: Service) -> None:
    answer = service.client.options("/v1/uploads", headers={"Authorization": ""})
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert set(answer.headers["tus-extension"].split(",")) == {"creation", "termination"}
    assert answer.headers["tus-max-size"] == str(4 << 30)


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0", "2.0.0"])
def test_another_version_of_tus_is_refused(service: Service, version: str | None) -> None:
    _, upload = _begun(service)
    headers = {"Tus-Resumable": version} if version else {}
    answer = service.client.head(upload, headers=headers)
    assert answer.status_code == 412
    assert answer.headers["tus-version"] == "1.0.0"


@pytest.mark.parametrize("at", [0, 99_999, 100_001, 256_000, 10**30])
def test_bytes_for_another_place_are_refused_and_change_nothing(service: Service, at: int) -> None:
    _, upload = _begun(service)
    _patch(service, upload, CONTENT[:100_000], 0)
    answer = _patch(service, upload, b"x", at)
    assert answer.status_code == 409
    assert _type(answer) == "wrong-offset"
    assert answer.json()["expected"] == 100_000
    assert _offset(service, upload) == 100_000


def test_more_bytes_than_were_announced_are_refused(service: Service) -> None:
    verification, upload = _begun(service, 10)
    answer = _patch(service, upload, b"x" * 11, 0)
    assert answer.status_code == 413
    assert not _evidence(service, verification)[0]["ready"]


def test_a_crash_after_the_last_byte_is_mended_by_who_asks_where_it_stands(
    service: Service,
) -> None:
    verification, upload = _begun(service)
    with service.store.tenant(service.tenant, SYSTEM, reads_only=True) as t:
        row = t.evidence.upload(UUID(upload.rpartition("/")[2]))
    service.store.blobs.append(row.id, row.key, [CONTENT], at=0)  # And then the power went.
    assert not _evidence(service, verification)[0]["ready"]
    assert _offset(service, upload) == len(CONTENT)
    assert _evidence(service, verification)[0]["ready"]


def test_a_whole_file_takes_no_more_bytes(service: Service) -> None:
    _, upload = _begun(service, 3)
    assert _patch(service, upload, b"abc", 0).status_code == 204
    answer = _patch(service, upload, b"d", 3)
    assert answer.status_code == 409
    assert _type(answer) == "already-finished"
    assert _offset(service, upload) == 3


def test_another_media_type_is_refused(service: Service) -> None:
    _, upload = _begun(service)
    answer = _patch(service, upload, b"x", 0, **{"Content-Type": "application/octet-stream"})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("length", "status"),
    [("0", 422), ("-1", 422), ("many", 422), ("1e3", 422), (4 << 30, 201), ((4 << 30) + 1, 413)],
)
def test_the_length_of_an_upload_is_bounded(service: Service, length: Any, status: int) -> None:
    assert _begin(service, service.order(), length).status_code == status


def test_a_document_has_a_smaller_bound(service: Service) -> None:
    kind = {"Upload-Metadata": _metadata(kind="document")}
    most = receiving.MOST_BYTES[EvidenceKind.DOCUMENT]
    assert _begin(service, service.order(), most, **kind).status_code == 201
    assert _begin(service, service.order(), most + 1, **kind).status_code == 413


@pytest.mark.parametrize(
    "said", ["kind !!!", "kind", _metadata(kind="claims"), _metadata(kind="\x00"), "kind YQ"]
)
def test_metadata_that_means_nothing_is_refused(service: Service, said: str) -> None:
    answer = _begin(service, service.order(), **{"Upload-Metadata": said})
    assert answer.status_code == 400
    assert _type(answer) == "bad-request"


def test_an_upload_that_is_given_up_leaves_nothing(service: Service) -> None:
    verification, upload = _begun(service)
    _patch(service, upload, CONTENT[:100_000], 0)
    assert service.client.delete(upload, headers=TUS).status_code == 204
    assert service.client.head(upload, headers=TUS).status_code == 404
    assert _patch(service, upload, b"x", 100_000).status_code == 404
    assert _evidence(service, verification) == []
    assert service.blob_files == []


def test_an_upload_removed_while_bytes_arrive_leaves_no_bytes(service: Service) -> None:
    _, upload = _begun(service)

    def body() -> Any:
        service.client.delete(upload, headers=TUS)
        yield CONTENT[:100_000]

    assert _patch(service, upload, body(), 0).status_code == 404
    assert service.blob_files == []


def test_the_last_byte_of_a_cancelled_verification_does_not_count(service: Service) -> None:
    verification, upload = _begun(service)
    service.client.post(f"/v1/verifications/{verification}/cancel")
    answer = _patch(service, upload, CONTENT, 0)
    assert answer.status_code == 409
    assert _type(answer) == "not-taking-evidence"


def test_a_damaged_upload_is_a_problem_and_no_error_of_ours(service: Service) -> None:
    _, upload = _begun(service)
    _patch(service, upload, CONTENT[:200_000], 0)
    (blob,) = service.blob_files
    damaged = bytearray(blob.read_bytes())
    damaged[-1] ^= 1
    blob.write_bytes(damaged)
    assert service.client.head(upload, headers=TUS).status_code == 410
    assert _patch(service, upload, b"x", 200_000).status_code == 410
