"""A face check through the API in one line: evidence in, everything that is told of it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from models.policy import DEFAULT_POLICY, Policy
from samples.portraits import Portrait, RgbImage, document_photo, identity_one
from service.store.actor import SYSTEM
from tests.service.api.conftest import Service
from tests.service.api.test_requests import status, verify

File = tuple[str, bytes]

UNDECIDED = "face.match.undecided"
SUPPORTED = "face.match.supported"


@dataclass(frozen=True)
class Told:
    """What the API says of a verification."""

    status: dict[str, Any]
    verdict: dict[str, Any]
    faces: dict[str, Any]
    report: str

    def found(self, code: str) -> dict[str, Any]:
        """The one finding of this code."""
        (one,) = (finding for finding in self.verdict["findings"] if finding["code"] == code)
        return dict(one)

    @property
    def codes(self) -> set[str]:
        """Of all findings about faces."""
        codes = {str(finding["code"]) for finding in self.verdict["findings"]}
        return {code for code in codes if code.startswith("face.")}

    @property
    def compared(self) -> dict[str, Any]:
        """The comparison with the one portrait, as data."""
        (item,) = self.faces["items"]
        return dict(item["comparison"])

    @property
    def face_section(self) -> str:
        """Of the report."""
        return self.report.partition('id="face"')[2].partition("</section>")[0]


def told(
    service: Service,
    documents: Sequence[File],
    recordings: Sequence[File],
    policy: Policy = DEFAULT_POLICY,
    **order: Any,
) -> Told:
    """What is said of this evidence, sent for a new candidate."""
    with service.store.tenant(service.tenant, SYSTEM) as t:
        t.access.set_policy(policy)
    verification = service.order(**order)
    for kind, files in (("documents", documents), ("footage", recordings)):
        assert service.send(verification, *files, to=kind).status_code == 201
    verify(service, verification)
    address = f"/v1/verifications/{verification}"
    return Told(
        status=status(service, verification),
        verdict=service.client.get(f"{address}/verdict").json(),
        faces=service.client.get(f"{address}/faces").json(),
        report=service.client.get(f"{address}/report").text,
    )


def jpeg(pixels: RgbImage) -> bytes:
    out = BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=92)
    return out.getvalue()


def portrait(of: Portrait) -> File:
    return "portrait.jpg", jpeg(document_photo(of, 420, 540))


def photographed() -> File:
    """Identity one as a camera shows them: another crop, and less light."""
    return "camera.jpg", jpeg((identity_one().image[:400, 20:420] * 0.9).astype(np.uint8))
