"""A client of the service, as an applicant tracking system would be one."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from bench.service.evidence import Sample

_PATIENCE_SECONDS = 300.0
_MOMENTS = ("created_at", "submitted_at", "finished_at")


@dataclass(frozen=True)
class Decided:
    """A case with its verdict."""

    outcome: str
    created_at: datetime
    submitted_at: datetime
    """When the service accepted it."""
    finished_at: datetime
    """When it wrote the verdict."""

    @property
    def seconds(self) -> float:
        return (self.finished_at - self.submitted_at).total_seconds()


class Client:
    """Orders and follows cases over HTTP."""

    def __init__(self, url: str, secret: str) -> None:
        headers = {"Authorization": f"Bearer {secret}"}
        self._http = httpx.Client(base_url=url, headers=headers, timeout=60)

    def ready(self) -> bool:
        """Whether the service can do its work."""
        try:
            return self._http.get("/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def order(self, sample: Sample) -> str:
        """Order a case of a new candidate, send what there is and submit it; its id."""
        order = {
            "candidate": {"reference": uuid4().hex},
            "claims": sample.resume,
            "consent": {"verification": True},
        }
        case = str(self._asked("POST", "/v1/verifications", json=order)["id"])
        self._send(f"/v1/verifications/{case}/documents", sample.documents)
        self._send(f"/v1/verifications/{case}/footage", sample.footage)
        self._asked("POST", f"/v1/verifications/{case}/submit")
        return case

    def state(self, case: str) -> dict[str, Any]:
        """Where it stands."""
        return self._asked("GET", f"/v1/verifications/{case}")

    def wait(self, case: str) -> Decided:
        """Ask until the verdict is there: often at first, once a second later.

        Asking costs the service as well; when it wrote the verdict is told by the answer.
        """
        patience, pause = time.monotonic() + _PATIENCE_SECONDS, 0.05
        while (told := self.state(case))["state"] != "completed":
            if told["state"] == "parked" or time.monotonic() > patience:
                raise RuntimeError(f"{case} is {told['state']}: {told['problem']}")
            time.sleep(pause)
            pause = min(2 * pause, 1.0)
        moments = (datetime.fromisoformat(told[at]) for at in _MOMENTS)
        return Decided(told["outcome"], *moments)

    def _send(self, address: str, paths: Iterable[Path]) -> None:
        for path in paths:
            with path.open("rb") as file:
                self._asked("POST", address, files={"files": (path.name, file)})

    def _asked(self, method: str, address: str, **how: Any) -> dict[str, Any]:
        answer = self._http.request(method, address, **how)
        if not answer.is_success:
            raise RuntimeError(f"{method} {address}: {answer.status_code} {answer.text}")
        told: dict[str, Any] = answer.json()
        return told
