"""Somebody before a camera answers the challenge they are given, in a real browser; and one fails.

The camera is a file. The page's request for a challenge is held until the file shows somebody who
does what was asked; the page then opens its camera anew, and records that.
"""

import io
import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page, Playwright, Route, expect

from models.challenge import Act, AnsweredChallenge, Challenge, ChallengeStep, Origin
from models.finding import Check, Strength
from models.policy import Policy, Requirement
from models.stage import Stage
from samples.answering import answer
from samples.footage import Clip
from samples.portraits import identity_one
from service.capture import judging
from service.capture.judging import Advice, Look
from service.store.actor import SYSTEM
from tests.service.api.asking import evidence_of
from tests.service.api.test_requests import verify
from tests.service.capture.conftest import Site, a_site, filmed_by, write_mjpeg

FPS = 10
BY_CHALLENGE = Policy(
    name="by challenge",
    required={Stage.INTERVIEW: (Requirement(check=Check.PRESENCE, strength=Strength.STRONG),)},
)
FIRST, ONCE_MORE = "I agree, open my camera", "Do it once more"


@pytest.fixture
def judged_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The service with everything that looks at answers, however slow this machine is."""
    monkeypatch.setattr(judging, "SECONDS", 600.0)
    # The same sequences each time, of the many there are: a test does not draw lots.
    chosen = random.Random(SEQUENCE)
    monkeypatch.setattr(random, "SystemRandom", lambda: chosen)
    with a_site(tmp_path / "home", judges=True) as site:
        yield site


SEQUENCE = 7
"""Both turns, coming closer, light and a look up; then others."""


def sitting() -> Clip:
    """Somebody who looks into the camera for half a second."""
    look = Challenge(
        origin=Origin.INTERVIEWER, steps=(ChallengeStep(act=Act.LOOK, begins=0, seconds=0.5),)
    )
    return answer(identity_one(), look, seed=1, fps=FPS)


def checked(page: Page, button: str) -> Advice:
    """Go through the whole page from this button on; what it was told of the answer."""
    page.get_by_role("button", name=button).click()
    with page.expect_response("**/answer", timeout=400_000) as response:
        page.get_by_role("button", name="Start").click()
    advice = Advice.model_validate(response.value.json())
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    return advice


def recorded(
    site: Site, verification: str
) -> tuple[AnsweredChallenge, list[float], list[NDArray[np.uint8]]]:
    """The last answer as it is stored, with its frames."""
    *_, file = evidence_of(site.service, verification)
    whole = site.service.client.get(f"/v1/evidence/{file['id']}").content
    with site.service.store.tenant(site.service.tenant, SYSTEM) as t:
        *_, answered = t.challenges.answered(UUID(verification))
    archive = zipfile.ZipFile(io.BytesIO(whole))
    listing = json.loads(archive.read("frames.json"))["frames"]
    frames = [np.asarray(Image.open(archive.open(one["file"]))) for one in listing]
    return answered.called("challenge"), [one["seconds"] for one in listing], frames


def verdict(site: Site, verification: str) -> tuple[str, dict[str, dict[str, Any]]]:
    """What is decided by presence alone, and the findings by their codes."""
    with site.service.store.tenant(site.service.tenant, SYSTEM) as t:
        t.access.set_policy(BY_CHALLENGE)
    verify(site.service, verification)
    told = site.service.client.get(f"/v1/verifications/{verification}/verdict").json()
    return told["verdict"]["outcome"], {found["code"]: found for found in told["findings"]}


def small(frame: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.asarray(Image.fromarray(frame).resize((64, 48)), np.float32)


def share_in_time(clip: Clip, times: list[float], frames: list[NDArray[np.uint8]]) -> float:
    """Of how many frames the most similar one of the clip was shown within a second of it."""
    shown = np.array([small(frame) for frame in clip.frames])
    nearest = [np.square(shown - small(frame)).mean((1, 2, 3)).argmin() / FPS for frame in frames]
    return float(np.mean(np.abs(np.array(nearest) - times) < 1))


def test_who_does_as_asked_is_recorded_from_the_first_frame_on(
    judged_site: Site, playwright: Playwright, tmp_path: Path
) -> None:
    camera, performed = tmp_path / "camera.mjpeg", list[Clip]()
    write_mjpeg(camera, sitting().frames, FPS)

    def hold(route: Route) -> None:
        given = route.fetch()
        challenge = Challenge.model_validate(given.json()["challenge"])
        performed.append(answer(identity_one(), challenge, seed=3, fps=FPS))
        write_mjpeg(camera, performed[-1].frames, FPS)
        route.fulfill(response=given)

    verification = judged_site.service.order()
    with filmed_by(playwright, camera) as browser:
        page = judged_site.visit(browser, "camera")
        page.route("**/challenges", hold)
        page.goto(judged_site.link(verification))
        told = checked(page, FIRST)
        if told.outcome is Look.AGAIN:  # A busy machine films poorly: once more, as asked.
            told = checked(page, ONCE_MORE)
        assert told == Advice(outcome=Look.ANSWERED)
        expect(page.locator("#done")).to_be_visible()
    answered, times, frames = recorded(judged_site, verification)
    assert answered.answer
    assert answered.answer.nonce == answered.challenge.nonce
    assert times[0] == 0
    assert times[-1] >= answered.challenge.seconds
    assert len(times) >= 3 * answered.challenge.seconds
    assert {frame.shape for frame in frames} == {(480, 640, 3)}
    begins = [step.begins for step in answered.challenge.steps]
    assert all(a >= b for a, b in zip(answered.answer.shown, begins, strict=True))
    assert answered.answer.camera
    assert (answered.answer.camera.width, answered.answer.camera.height) == (640, 480)
    assert share_in_time(performed[-1], times[::3], frames[::3]) > 0.9
    outcome, findings = verdict(judged_site, verification)
    assert outcome == "verified"
    found = findings["presence.challenge.answered"]
    assert (found["status"], found["strength"]) == ("supports", "strong")
    assert "presence.geometry.depth_seen" not in findings  # The answer alone is what counts.


def test_who_only_sits_there_is_asked_again_and_recorded_all_the_same(
    judged_site: Site, playwright: Playwright, tmp_path: Path
) -> None:
    camera = tmp_path / "camera.mjpeg"
    write_mjpeg(camera, sitting().frames, FPS)
    verification = judged_site.service.order()
    with filmed_by(playwright, camera) as browser:
        page = judged_site.visit(browser, "camera")
        page.goto(judged_site.link(verification))
        told = checked(page, FIRST)
        expect(page.get_by_role("button", name=ONCE_MORE)).to_be_visible()
        expect(page.locator("#missed li")).to_have_count(len(told.missed))
    answered, times, frames = recorded(judged_site, verification)
    assert times[-1] >= answered.challenge.seconds
    assert len(frames) == len(times)
    assert told.outcome is Look.AGAIN
    asked = {step.act for step in answered.challenge.steps} - {Act.LOOK}
    assert {missed.act for missed in told.missed} == asked
    still = small(sitting().frames[0])
    assert max(float(np.abs(small(frame) - still).mean()) for frame in frames) < 10
    outcome, findings = verdict(judged_site, verification)
    assert outcome == "review"  # The file behind this camera runs in a circle, frame by frame.
    assert findings["presence.injection.exact_loop"]["strength"] == "strong"
    assert not [code for code, found in findings.items() if found["status"] == "supports"]
