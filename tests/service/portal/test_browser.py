"""The whole way through the pages in a real browser: Chromium against a real server."""

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from models.verdict import Outcome
from service.portal import words
from service.store.actor import SYSTEM, Role
from service.workflow.pipeline import Step
from tests.service.portal.conftest import PASSWORD, Portal

PICTURES = os.environ.get("BONAFIDE_SCREENSHOTS")
"""A folder for screenshots, to look at by eye."""
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium")
    if not program:
        pytest.skip("Chromium is not installed (Debian: chromium)")
    # Chromium refuses its sandbox to root, as which a container tests.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@dataclass
class Site:
    """The pages at an address of this machine."""

    portal: Portal
    url: str
    chromium: Browser
    complaints: list[str]
    """What browsers wrote into their consoles: a policy that was broken, a script that failed."""

    def visit(self, *, scripts: bool = True) -> Page:
        """A browser of its own, with its own cookies."""
        context = self.chromium.new_context(viewport=WIDE, java_script_enabled=scripts)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        # Chromium reports every answer above 399; those are asked for here.
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture
def site(empty_portal: Portal, chromium: Browser) -> Iterator[Site]:
    """A real server on a free port."""
    config = uvicorn.Config(empty_portal.app, port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    site = Site(empty_portal, f"http://127.0.0.1:{port}", chromium, [])
    yield site
    for context in chromium.contexts:
        context.close()
    server.should_exit = True
    thread.join()
    assert site.complaints == []


def look(page: Page, name: str) -> None:
    """No page is wider than its window; keep a picture of it where somebody wants to look."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) <= 0, f"{name} is too wide at {size['width']} pixels"
        if PICTURES:
            page.wait_for_timeout(150)
            file = Path(PICTURES) / f"{name}-{size['width']}.png"
            page.screenshot(path=file, full_page=True)


def sign_in(site: Site, page: Page, email: str) -> None:
    """Fill in the page for signing in."""
    page.goto(site.url + "/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Verifications")).to_be_visible()


def set_up(site: Site, page: Page) -> None:
    """The first run: the page whose address `bonafide serve` prints."""
    url = site.portal.setup.url(site.url)
    assert url
    page.goto(url)
    look(page, "setup")
    page.get_by_label("Your e-mail address").fill("owner@example.com")
    page.get_by_label("A password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("There is no verification yet.")).to_be_visible()
    site.portal.tenant = site.portal.store.tenants()["default"]


def test_from_the_first_run_to_a_decision_of_two_people(site: Site, tmp_path: Path) -> None:
    page, engine = site.visit(), site.portal.engine
    set_up(site, page)
    look(page, "empty-list")
    page.get_by_role("button", name="Sign out").click()
    look(page, "sign-in")
    sign_in(site, page, "owner@example.com")

    page.get_by_role("link", name="New verification").click()
    page.get_by_label("Name").fill("Ada Example")
    page.get_by_label("Your reference").fill("c-2041")
    page.get_by_label("The candidate agreed to this verification").check()
    document, claims = tmp_path / "passport.jpg", tmp_path / "cv.json"
    document.write_bytes(os.urandom(300_000))
    claims.write_text("{]")
    page.get_by_label("Documents").set_input_files(document)
    page.get_by_label("Claims").set_input_files(claims)
    look(page, "new")
    page.get_by_role("button", name="Verify").click()

    # What is wrong is told beside its field; everything else stays as it was.
    expect(page.locator("#claims-problem")).to_contain_text("cv.json is not JSON")
    expect(page.locator("#problems")).to_be_focused()
    expect(page.get_by_label("Claims")).to_have_attribute("aria-invalid", "true")
    assert page.get_by_label("Documents").evaluate("input => input.files.length") == 1
    look(page, "new-problem")
    claims.write_text('{"basics": {"name": "Ada Example"}, "work": [{"name": "Initech"}]}')
    page.get_by_label("Claims").set_input_files(claims)
    page.get_by_role("button", name="Verify").click()

    expect(page.get_by_role("heading", name="Ada Example")).to_be_visible()
    expect(page.locator("#progress .said")).to_have_text("Waiting its turn")
    for step in Step:
        engine.begin(step.value)
        now = page.locator("#progress li[aria-current=step]")
        expect(now).to_contain_text(words.STEP[step])
        if step is Step.PRESENCE:
            look(page, "progress")
        engine.finish(step)
    engine.begin("verdict")
    engine.outcome = Outcome.HOLD
    engine.conclude()

    report = page.frame_locator("iframe[title=Report]")
    expect(report.get_by_role("heading", name="On hold")).to_be_visible()
    frame = page.locator("iframe[title=Report]")
    inside = report.locator("html").evaluate("html => html.offsetHeight")
    expect(frame).to_have_css("height", re.compile(rf"^{inside + 24}"))
    page.get_by_label("Go on with the candidate").check()
    page.get_by_label("Why").fill("We met her in person and looked at the passport together.")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("Waiting for approval")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    look(page, "waiting-for-approval")

    another = site.visit()
    sign_in(site, another, site.portal.add_user(Role.REVIEWER))
    look(another, "list")
    another.get_by_role("link", name="Ada Example").click()
    another.get_by_role("button", name="Approve").click()
    expect(another.get_by_text("Decided: Go on with the candidate")).to_be_visible()
    look(another, "approved")

    page.reload()
    look(page, "verification")
    page.get_by_role("link", name="Verify again on the first day").click()
    expect(page.get_by_label("Name")).to_have_value("Ada Example")
    look(page, "first-day")
    page.get_by_role("link", name="Audit").click()
    look(page, "audit")
    page.go_back()
    page.goto(site.url + "/nothing")
    look(page, "not-found")


def test_a_progress_bar_follows_a_large_recording(site: Site, tmp_path: Path) -> None:
    page = site.visit()
    set_up(site, page)
    recording = tmp_path / "me.mp4"
    recording.write_bytes(bytes(30_000_000))
    page.goto(site.url + "/verifications/new")
    page.get_by_label("Name").fill("Ada Example")
    page.get_by_label("The candidate agreed to this verification").check()
    page.get_by_label("Recordings").set_input_files(recording)
    shown = page.evaluate(
        """() => new Promise(done => {
             const form = document.querySelector("form[data-upload]");
             const bar = form.querySelector(".uploading");
             document.addEventListener("htmx:xhr:progress", event => {
               if (event.detail.loaded === event.detail.total)
                 done([!bar.hidden, bar.querySelector("progress").value, bar.innerText]);
             });
             form.querySelector("button").click();
           })"""
    )
    assert shown[:2] == [True, 100]
    assert "Sent; storing it" in shown[2]
    expect(page.get_by_text("Waiting its turn")).to_be_visible()


def test_everything_works_without_scripts(site: Site, tmp_path: Path) -> None:
    page = site.visit(scripts=False)
    set_up(site, page)
    document = tmp_path / "passport.jpg"
    document.write_bytes(b"a picture")
    page.goto(site.url + "/verifications/new")
    page.get_by_label("Name").fill("Ada Example")
    page.get_by_label("E-mail address").fill("ada@example")
    page.get_by_label("The candidate agreed to this verification").check()
    page.get_by_role("button", name="Verify").click()
    expect(page.locator("#documents-problem")).to_contain_text("nothing to verify yet")
    expect(page.get_by_label("Name")).to_have_value("Ada Example")
    page.get_by_label("Documents").set_input_files(document)
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_role("heading", name="In work")).to_be_visible()
    site.portal.engine.all_of_it()
    page.reload()
    expect(page.frame_locator("iframe").get_by_role("heading", name="Verified")).to_be_visible()
    page.get_by_label("Do not go on").check()
    page.get_by_label("Why").fill("The position is filled.")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("Decided: Do not go on")).to_be_visible()


def test_the_letter_to_the_candidate_is_copied_with_one_click(site: Site) -> None:
    page = site.visit()
    set_up(site, page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site.url}/verifications/{site.portal.decided(Outcome.NEEDS_INFO)}")
    page.get_by_text("As a letter to send").click()
    look(page, "letter")
    page.get_by_role("button", name="Copy the letter").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Letter to the candidate").input_value()
    assert copied.startswith("Dear Ada Example,")


def test_the_keyboard_alone_reaches_everything_in_order(site: Site) -> None:
    page = site.visit()
    set_up(site, page)
    page.goto(site.url + "/verifications/new")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    reached = []
    for _ in range(13):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.name"))
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) != "none"
    assert reached[:12] == [
        *("resume", ""),
        *("name", "email", "reference", "stage", "consent", "keep_template"),
        *("claims", "surroundings", "documents", "recordings"),
    ]
    page.keyboard.press("Enter")  # On the button: the browser asks for what is required.
    assert page.evaluate("document.activeElement.id") == "name"


CONTRAST = """() => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility()) continue;
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${node.textContent.trim()}: ${ratio.toFixed(2)}`);
  }
  return poor;
}"""
UNNAMED = """() => [...document.querySelectorAll(
  "a, button, input:not([type=hidden]), select, textarea, iframe")].filter(
  e => !(e.labels?.length || e.textContent.trim() || e.title || e.ariaLabel)
).map(e => e.outerHTML)"""


def test_text_stands_out_and_everything_has_a_name(site: Site) -> None:
    page = site.visit()
    set_up(site, page)
    ids = [site.portal.decided(outcome) for outcome in Outcome]
    waiting = site.portal.order()
    with site.portal.store.tenant(site.portal.tenant, SYSTEM) as t:
        row = t.verifications.submit(waiting)
    site.portal.engine.enqueue(f"{row.id}/1")
    site.portal.engine.begin("faces")
    addresses = ["/", "/audit", "/verifications/new", "/nothing", f"/verifications/{waiting}"]
    addresses += [f"/verifications/{id}" for id in ids] + [f"/verifications/{ids[0]}/delete"]
    for address in addresses:
        page.goto(site.url + address)
        assert (address, page.evaluate(CONTRAST)) == (address, [])
        assert (address, page.evaluate(UNNAMED)) == (address, [])
        assert page.locator("h1").count() == 1
        look(page, f"of-{len(addresses)}-{addresses.index(address)}")


def test_the_api_is_described_on_a_page_that_loads_nothing_from_elsewhere(site: Site) -> None:
    page = site.visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url + "/docs")
    expect(page.get_by_role("heading", name=re.compile("Bonafide"))).to_be_visible()
    expect(page.get_by_text("/v1/verifications", exact=True).first).to_be_visible()
    look(page, "api")
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []
    assert site.complaints == []
