"""Signing in and out, and the page that makes the first owner."""

import re
from secrets import compare_digest, token_urlsafe
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response

from service.access.passwords import WeakPassword
from service.access.sessions import (
    FORM_COOKIE,
    SESSION_COOKIE,
    NewSession,
    Setup,
    SetupOver,
    WrongPassword,
    forget,
    remember,
    set_cookie,
    sign_in,
)
from service.access.throttle import TooManyAttempts
from service.api.caller import parts_of
from service.portal.rendering import page, see_other
from service.portal.visitors import Form, OwnForm, SomeVisitor
from service.store.actor import SYSTEM

router = APIRouter()

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_LONGEST_EMAIL = 320
_NO_COOKIE = (
    "Your browser did not send our cookie back. Reach this service over https, or at 127.0.0.1 on "
    "this machine, and allow its cookies."
)


def address(asked: str) -> str:
    """The sign-in page, which leads on to what was asked for."""
    return "/sign-in" if asked == "/" else f"/sign-in?next={quote(asked)}"


@router.get("/sign-in")
def show_sign_in(request: Request, next: str = "/") -> Response:
    if request.app.state.setup.url("") and not request.cookies.get(SESSION_COOKIE):
        return page(request, "not_set_up.html")
    return _with_form_cookie(request, "sign_in.html", next=_within(next), email="", problem=None)


@router.post("/sign-in")
def do_sign_in(request: Request, form: Form) -> Response:
    email, following = form.get("email", "").strip(), _within(form.get("next", "/"))

    def again(problem: str, status: int) -> Response:
        shown = {"next": following, "email": email[:_LONGEST_EMAIL], "problem": problem}
        return _with_form_cookie(request, "sign_in.html", status, **shown)

    if not _form_is_ours(request, form):
        return again(_NO_COOKIE, 403)
    if not _is_address(email):
        return again("Write your e-mail address, such as name@example.com.", 422)
    client = request.client.host if request.client else ""
    try:
        session = sign_in(
            parts_of(request).store,
            request.app.state.throttle,
            email,
            form.get("password", ""),
            client,
        )
    except TooManyAttempts as refused:
        wait = _in_words(refused.seconds)
        answer = again(f"Too many attempts. Please try again in {wait}.", 429)
        answer.headers["retry-after"] = str(refused.seconds)
        return answer
    except WrongPassword:
        return again("This e-mail address and password do not belong together.", 401)
    return _signed_in(request, session, following)


@router.post("/sign-out")
def do_sign_out(request: Request, visitor: SomeVisitor, _: OwnForm) -> Response:
    with visitor.transaction() as t:
        t.access.end_session(request.cookies[SESSION_COOKIE])
    answer = see_other(request, "/sign-in")
    forget(answer)
    return answer


@router.get("/setup")
def show_setup(request: Request, token: str = "") -> Response:
    _setup(request, token)
    return _with_form_cookie(request, "setup.html", token=token, email="", problems={})


@router.post("/setup")
def do_setup(request: Request, form: Form) -> Response:
    token, email = form.get("token", ""), form.get("email", "").strip()
    setup = _setup(request, token)

    def again(status: int, **problems: str) -> Response:
        shown = {"token": token, "email": email[:_LONGEST_EMAIL], "problems": problems}
        return _with_form_cookie(request, "setup.html", status, **shown)

    if not _form_is_ours(request, form):
        return again(403, email=_NO_COOKIE)
    if not _is_address(email):
        return again(422, email="Write an e-mail address, such as name@example.com.")
    if form.get("password") != form.get("again"):
        return again(422, again="The two passwords differ.")
    try:
        session = setup.make_owner(token, email, form.get("password", ""))
    except WeakPassword as weak:
        return again(422, password=str(weak))
    except SetupOver:
        raise HTTPException(404) from None
    return _signed_in(request, session, "/")


def _setup(request: Request, token: str) -> Setup:
    setup: Setup = request.app.state.setup
    try:
        setup.check(token)
    except SetupOver:
        raise HTTPException(404) from None
    return setup


def _signed_in(request: Request, session: NewSession, following: str) -> Response:
    _end_earlier_session(request)
    answer = see_other(request, following)
    remember(answer, session)
    answer.delete_cookie(FORM_COOKIE, path="/", secure=True, httponly=True)
    return answer


def _end_earlier_session(request: Request) -> None:
    """What the browser held before ends here: it may be somebody else's who sat at it."""
    store = parts_of(request).store
    token = request.cookies.get(SESSION_COOKIE)
    earlier = store.signed_in(token) if token else None
    if token and earlier:
        with store.tenant(earlier.tenant, SYSTEM) as t:
            t.access.end_session(token)


def _with_form_cookie(
    request: Request, template: str, status: int = 200, **shown: object
) -> Response:
    """A page with a form for somebody not signed in: its token is in the form and in a cookie."""
    token = request.cookies.get(FORM_COOKIE) or token_urlsafe(32)
    answer = page(request, template, status, csrf=token, **shown)
    set_cookie(answer, FORM_COOKIE, token)
    return answer


def _form_is_ours(request: Request, form: Form) -> bool:
    cookie = request.cookies.get(FORM_COOKIE)
    return bool(cookie) and compare_digest(form.get("csrf", "").encode(), str(cookie).encode())


def _is_address(email: str) -> bool:
    return len(email) <= _LONGEST_EMAIL and bool(_EMAIL.fullmatch(email))


def _within(following: str) -> str:
    """An address of these pages, never one of another site such as `//evil.example`."""
    return following if re.fullmatch(r"/(?:[\w-][\w/-]*)?", following, re.ASCII) else "/"


def _in_words(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} seconds"
    return f"{-(-seconds // 60)} minutes"
