"""The camera page at an address of this machine, and a browser whose camera is a file."""

import io
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import uvicorn
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from service.app import create_app
from service.capture.judging import JobJudges
from tests.service.api.conftest import Service, a_service

PICTURES = os.environ.get("BONAFIDE_SCREENSHOTS")
"""A folder for screenshots, to look at by eye."""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
FAKE = "--use-fake-device-for-media-stream"
FILE_FPS = 30
"""Chromium plays a file of JPEGs at this rate, whatever it was made at."""


expect.set_options(timeout=20_000)  # Not of the page: of a machine that does much else.


@dataclass
class Site:
    """The service on a free port, with links to its camera page."""

    service: Service
    url: str
    complaints: list[str] = field(default_factory=list)
    """What browsers wrote into their consoles: a policy that was broken, a script that failed."""
    asked: list[str] = field(default_factory=list)
    """Every address that a page asked for."""

    def link(self, verification: str) -> str:
        """A new link, at the port where the service really is."""
        made = self.service.client.post(f"/v1/verifications/{verification}/capture-link").json()
        return self.url + str(made["url"]).removeprefix(self.service.parts.settings.url)

    def visit(self, browser: Browser, *permissions: str, **more: object) -> Page:
        """A browser of its own, whose user said yes to what is permitted and no to all else."""
        said: dict[str, Any] = {"viewport": WIDE, "permissions": permissions, **more}
        page = browser.new_context(**said).new_page()
        page.set_default_timeout(20_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        # Chromium reports every request that failed; those are meant to, here.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)


@contextmanager
def a_site(home: Path, *, judges: bool) -> Iterator[Site]:
    """The service on a real socket; it ends with no browser having complained.

    `judges`: whether answers are looked at as they come.
    """
    with a_service(home) as service:
        looks = JobJudges(service.store, service.parts.settings) if judges else None
        app = create_app(service.parts, looks)
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        site = Site(service, f"http://127.0.0.1:{port}")
        yield site
        server.should_exit = True
        thread.join()
        assert site.complaints == []
        assert [url for url in site.asked if not url.startswith((site.url, "data:"))] == []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service, without anybody who judges answers at once."""
    with a_site(tmp_path_factory.mktemp("site"), judges=False) as site:
        yield site


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives browsers."""
    with sync_playwright() as started:
        yield started


@contextmanager
def chromium(playwright: Playwright, *camera: str) -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium")
    if not program:
        pytest.skip("Chromium is not installed (Debian: chromium)")
    # Chromium refuses its sandbox to root, as which a container tests.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=program, args=[*arguments, *camera])
    yield browser
    for context in browser.contexts:
        context.close()
    browser.close()


@contextmanager
def filmed_by(playwright: Playwright, file: Path) -> Iterator[Browser]:
    """A browser whose camera shows this file, read anew each time that it is opened."""
    with chromium(playwright, FAKE, f"--use-file-for-fake-video-capture={file}") as browser:
        yield browser


def write_mjpeg(file: Path, frames: Iterable[NDArray[np.uint8]], fps: int) -> None:
    """Frames as the file of a camera, each as often as Chromium needs it."""
    with file.open("wb") as out:
        for frame in frames:
            picture = io.BytesIO()
            Image.fromarray(frame).save(picture, "JPEG", quality=88)
            out.write(picture.getvalue() * (FILE_FPS // fps))


def look(page: Page, name: str) -> None:
    """No page is wider than its window; keep a picture of it where somebody wants to look."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) <= 0, f"{name} is too wide at {size['width']} pixels"
        if PICTURES:
            page.wait_for_timeout(150)
            page.screenshot(path=Path(PICTURES) / f"capture-{name}-{size['width']}.png")
