"""The camera page in a real browser: what it says, to whom, and what it never does."""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, Route, expect

from models.challenge import Need
from tests.service.capture.conftest import FAKE, Site, chromium, look
from tests.service.portal.test_browser import CONTRAST, UNNAMED

STEPS = [
    {"act": "look", "begins": 0.0, "seconds": 0.4, "colours": []},
    {"act": "read_digits", "begins": 0.4, "seconds": 0.4, "digits": "407", "colours": []},
    # Far more than any challenge may ask for.
    {"act": "colours", "begins": 0.8, "seconds": 2.4, "colours": ["red", "white", "blue"] * 8},
]


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One whose camera shows Chromium's own test picture."""
    with chromium(playwright, FAKE) as browser:
        yield browser


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """The page, its user willing to show themselves."""
    page = site.visit(browser, "camera", reduced_motion="no-preference")
    page.goto(site.link(site.service.order()))
    yield page
    page.context.close()


ANSWERED: dict[str, Any] = {"outcome": "answered", "missed": []}
AGAIN = {"outcome": "again", "missed": []}


def shortened(
    page: Page, steps: list[dict[str, Any]], told_then: dict[str, Any] = ANSWERED
) -> list[Any]:
    """Have the page shown these steps, and its answer taken; what it asked for."""
    asked = []

    def ask(route: Route) -> None:
        asked.append(route.request.post_data_json)
        given = route.fetch()
        told = given.json()
        told["challenge"]["steps"] = steps
        route.fulfill(response=given, json=told)

    page.route("**/challenges", ask)
    page.route("**/answer", lambda route: route.fulfill(status=201, json=told_then))
    return asked


def begin(page: Page) -> None:
    page.get_by_role("button", name="I agree, open my camera").click()
    page.get_by_role("button", name="Start").click()


def test_what_was_not_seen_is_asked_again_and_needs_are_passed_on(page: Page) -> None:
    slowly = [STEPS[0], STEPS[1] | {"seconds": 4.0}]
    missed = {"missed": [{"act": "nod"}, {"act": "turn_left"}]}
    asked = shortened(page, slowly, AGAIN | missed)
    assert page.evaluate(CONTRAST) == page.evaluate(UNNAMED) == []
    look(page, "about")
    page.get_by_label("I cannot hold a hand before my face").check()
    page.get_by_label("I cannot speak").check()
    page.get_by_role("button", name="I agree, open my camera").click()
    expect(page.get_by_role("heading", name="Can you see yourself?")).to_be_focused()
    expect(page.locator("#camera option")).not_to_have_count(0)
    page.wait_for_function("document.querySelector('#preview').videoWidth === 640")
    assert page.evaluate(CONTRAST) == page.evaluate(UNNAMED) == []
    look(page, "ready")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#digits")).to_have_text("407")
    expect(page.get_by_role("heading", name="Read this aloud")).to_be_visible()
    look(page, "doing")
    expect(page.locator("#again h1")).to_be_focused()
    expect(page.locator("#missed li")).to_have_text(
        ["Nod your head", "Turn your head to your left"]
    )
    assert page.evaluate(CONTRAST) == page.evaluate(UNNAMED) == []
    look(page, "again")
    page.unroute("**/answer")
    page.route("**/answer", lambda route: route.fulfill(status=201, json=ANSWERED))
    page.get_by_role("button", name="Do it once more").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_focused()
    expect(page.get_by_text("All of it was seen.")).to_be_visible()
    assert [set(one["without"]) for one in asked] == [{"hands", "speech"}] * 2
    assert page.evaluate("document.querySelector('#live').srcObject.active") is False


def test_the_screen_never_flashes_over_three_times_a_second(page: Page) -> None:
    shortened(page, STEPS)
    page.evaluate(
        """() => {
          window.changes = [];
          const light = document.getElementById("light");
          new MutationObserver(() => {
            const last = window.changes.at(-1);
            if (last?.colour !== light.className)
              window.changes.push({ colour: light.className, at: performance.now() });
          }).observe(light, { attributes: true });
        }"""
    )
    begin(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    changes = page.evaluate("window.changes")
    assert {change["colour"] for change in changes} > {""}
    at = [change["at"] for change in changes]
    assert len(at) > 3
    # The last is the end, which comes when it comes.
    assert min(later - earlier for earlier, later in pairwise(at[:-1])) > 1000 / 3 - 20


LATE = """() => {
  window.seen = []; // [seconds after the first frame, the colour until then]
  let clock = 0;
  performance.now = () => clock;
  window.requestAnimationFrame = (then) => setTimeout(() => {
    window.seen.push([clock / 1000, document.getElementById("light").className]);
    clock += clock === 500 ? 375 : 125;
    then();
  });
}"""
"""A page whose time goes by in eighths of a second, and once in three of them."""


def test_colours_count_from_when_they_were_shown_however_late(page: Page) -> None:
    colours, seconds = ["red", "white", "blue"], 1.5
    steps = [
        STEPS[0] | {"seconds": 0.5625},
        {"act": "colours", "begins": 0.5625, "seconds": seconds, "colours": colours},
        STEPS[0] | {"begins": 2.0625},
    ]
    shortened(page, steps)
    page.evaluate(LATE)
    with page.expect_request("**/answer") as sent:
        begin(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    _, shown, after = answer_in(sent.value)["shown"]
    assert (shown, after) == (0.875, 0.875 + seconds)
    for at, colour in page.evaluate("window.seen"):
        place = int((at - shown) / seconds * len(colours) // 1)
        assert colour == (colours[place] if 0 <= place < len(colours) else ""), at


def answer_in(request: Request) -> dict[str, Any]:
    """What a request of the page says of its recording."""
    said = (request.post_data_buffer or b"").split(b"\r\n\r\n")[1].partition(b"\r\n")[0]
    answer: dict[str, Any] = json.loads(said)
    return answer


def test_the_page_says_no_more_than_what_was_seen(page: Page) -> None:
    shortened(page, STEPS[:1], AGAIN)
    begin(page)
    expect(page.get_by_role("heading", name="Some of it could not be seen")).to_be_visible()
    expect(page.locator("#named")).to_be_hidden()
    page.unroute("**/answer")
    told = {"outcome": "not_looked_at", "missed": []}
    page.route("**/answer", lambda route: route.fulfill(status=201, json=told))
    page.get_by_role("button", name="Do it once more").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("It has arrived. We will look at it.")).to_be_visible()


def test_a_recording_that_did_not_arrive_is_sent_again_and_not_made_again(page: Page) -> None:
    asked = shortened(page, STEPS[:1])
    nonces, kept = [], "Your recording is kept"
    replies = iter([None, (503, "not-ready"), (409, "answer-arriving"), (409, "challenge-used")])

    def refuse(route: Route) -> None:
        nonces.append(answer_in(route.request)["nonce"])
        if (reply := next(replies)) is None:
            return route.abort()
        problem = {"type": f"urn:bonafide:problem:{reply[1]}", "detail": reply[1]}
        return route.fulfill(status=reply[0], body=json.dumps(problem))

    page.unroute("**/answer")
    page.route("**/answer", refuse)
    begin(page)
    expect(page.get_by_text(f"try again in a moment. {kept}")).to_be_visible()
    for detail in ("not-ready", "answer-arriving"):
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_text(f"{detail} {kept}")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    # It had arrived; only the service's reply was lost.
    expect(page.get_by_text("It has arrived. We will look at it.")).to_be_visible()
    assert len(asked) == len(set(nonces)) == 1
    assert len(nonces) == 4


def test_a_recording_that_is_refused_for_good_is_made_again(page: Page) -> None:
    shortened(page, STEPS[:1])
    page.unroute("**/answer")
    page.route("**/answer", lambda route: route.fulfill(status=410, json={"detail": "Expired."}))
    begin(page)
    expect(page.get_by_text("Expired.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Can you see yourself?")).to_be_visible()


def test_a_camera_that_was_unplugged_is_left_for_another(page: Page) -> None:
    page.get_by_role("button", name="I agree, open my camera").click()
    expect(page.get_by_role("button", name="Start")).to_be_enabled()
    page.evaluate(
        """() => {
          const devices = navigator.mediaDevices, open = devices.getUserMedia.bind(devices);
          devices.getUserMedia = (asked) => asked.video.deviceId
            ? Promise.reject(new DOMException("", "OverconstrainedError")) : open(asked);
        }"""
    )
    page.locator("#camera").dispatch_event("change")
    expect(page.get_by_role("heading", name="The camera did not open")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Can you see yourself?")).to_be_visible()


def test_who_wants_less_motion_is_not_shown_changing_colours(site: Site, browser: Browser) -> None:
    page = site.visit(browser, "camera", reduced_motion="reduce")
    page.goto(site.link(site.service.order()))
    expect(page.get_by_label("Changing colours on a screen are bad for me")).to_be_checked()
    asked = shortened(page, STEPS[:2])
    begin(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(page.locator("#sign")).to_have_class("nudge")
    expect(page.locator("#sign")).to_have_css("animation-name", "none")
    assert asked == [{"without": ["light"]}]
    page.context.close()


def test_steps_are_spoken_to_who_cannot_read_them(page: Page) -> None:
    page.evaluate(
        """() => {
          window.spoken = [];
          window.speechSynthesis.speak = (said) => window.spoken.push(said.text);
        }"""
    )
    shortened(page, STEPS[:2])
    page.get_by_label("I cannot see or read the screen well").check()
    begin(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert page.evaluate("window.spoken") == ["Look into the camera", "Read this aloud: 4, 0, 7"]
    assert page.locator("#say").get_attribute("aria-live") == "assertive"


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    shortened(page, STEPS[:1])
    page.keyboard.press("Tab")
    reached = []
    for _ in range(len(Need) + 2):
        reached.append(page.evaluate("document.activeElement.id"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        page.keyboard.press("Tab")
    assert reached == [*(f"need-{need.value}" for need in Need), "speak", "open"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Can you see yourself?")).to_be_focused()
    expect(page.get_by_role("button", name="Start")).to_be_enabled()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_who_says_no_to_the_camera_is_told_other_ways(site: Site, browser: Browser) -> None:
    page = site.visit(browser)
    page.goto(site.link(site.service.order()))
    page.get_by_role("button", name="I agree, open my camera").click()
    expect(page.get_by_role("heading", name="The camera may not be used")).to_be_focused()
    expect(page.get_by_text("Open this same link on a phone.")).to_be_visible()
    assert page.evaluate(CONTRAST) == page.evaluate(UNNAMED) == []
    look(page, "refused")
    page.context.grant_permissions(["camera"])
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Can you see yourself?")).to_be_visible()
    page.context.close()


def test_a_machine_without_a_camera_is_told_so(site: Site, playwright: Playwright) -> None:
    with chromium(playwright) as bare:
        page = site.visit(bare, "camera")
        page.goto(site.link(site.service.order()))
        page.get_by_role("button", name="I agree, open my camera").click()
        expect(page.get_by_role("heading", name="No camera was found")).to_be_visible()


def test_what_the_service_refuses_is_shown_in_its_words(page: Page) -> None:
    problem = {"type": "urn:bonafide:problem:too-many-challenges", "detail": "Try again tomorrow."}
    page.route("**/challenges", lambda route: route.fulfill(status=409, body=json.dumps(problem)))
    begin(page)
    expect(page.get_by_text("Try again tomorrow.")).to_be_visible()
    page.unroute("**/challenges")
    page.route("**/challenges", lambda route: route.fulfill(status=429, body="<html>"))
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("The service cannot be reached.")).to_be_visible()


def test_a_browser_without_scripts_is_told_what_is_missing(site: Site, browser: Browser) -> None:
    page = site.visit(browser, java_script_enabled=False)
    page.goto(site.link(site.service.order()))
    expect(page.get_by_role("heading", name="This page needs JavaScript")).to_be_visible()
    page.context.close()
