"""What a signature promises: the library agrees both ways, and no header breaks the service."""

import json
import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from service.notify.signing import BadSignature, new_secret, sign, verify

SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
BODY = '{"type":"verification.completed","name":"Çelik"}'.encode()
NAMES = ("webhook-id", "webhook-timestamp", "webhook-signature")


def _signed(**changed: str) -> dict[str, str]:
    headers = sign(SECRET, "msg_1", NOW, BODY)
    return headers | {f"webhook-{name}": value for name, value in changed.items()}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_what_we_sign_the_standard_library_verifies(text: str) -> None:
    now = datetime.now(UTC)  # The library looks at the clock itself.
    secret, body = new_secret(), text.encode()
    headers = sign(secret, "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", now, body)
    Webhook(secret).verify(body, headers, json_parse=False)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_what_the_standard_library_signs_we_verify(text: str) -> None:
    signature = Webhook(SECRET).sign("msg_1", NOW, text)
    timestamp = str(int(NOW.timestamp()))
    headers = dict(zip(NAMES, ("msg_1", timestamp, signature), strict=True))
    assert verify([SECRET], headers, text.encode(), now=NOW) == "msg_1"


def test_the_published_vector_is_signed_and_verified() -> None:
    folder = os.environ.get("BONAFIDE_DATA")
    if not folder:
        pytest.skip("BONAFIDE_DATA is not set: the published vector is not at hand.")
    vector = json.loads((Path(folder) / "ats" / "standard_webhooks_vector.json").read_text())
    sample = vector["sample"]
    at = datetime.fromtimestamp(int(sample["webhook-timestamp"]), UTC)
    headers = {name: sample[name] for name in NAMES}
    body = sample["body"].encode()
    assert sign(sample["secret"], sample["webhook-id"], at, body) == headers
    assert verify([sample["secret"]], headers, body, now=at) == sample["webhook-id"]


def test_a_new_secret_has_the_form_and_the_length_the_standard_asks() -> None:
    secret = new_secret()
    assert secret.startswith("whsec_")
    assert len(secret) == len("whsec_") + 44
    assert secret != new_secret()


def test_while_a_secret_is_replaced_both_are_accepted() -> None:
    new = new_secret()
    for signer in (SECRET, new):
        headers = sign(signer, "msg_1", NOW, BODY)
        assert verify([new, SECRET], headers, BODY, now=NOW) == "msg_1"
    with pytest.raises(BadSignature, match="No signature matches"):
        verify([new], _signed(), BODY, now=NOW)
    with pytest.raises(BadSignature, match="No signature matches"):
        verify([], _signed(), BODY, now=NOW)


def test_one_good_signature_among_others_is_enough() -> None:
    good = _signed()["webhook-signature"]
    other = sign(new_secret(), "msg_1", NOW, BODY)["webhook-signature"]
    headers = _signed(signature=f"v1a,abc {other} v1, {good}")
    assert verify([SECRET], headers, BODY, now=NOW) == "msg_1"


def test_header_names_are_read_in_any_case() -> None:
    headers = {name.title(): value for name, value in _signed().items()}
    assert verify([SECRET], headers, BODY, now=NOW) == "msg_1"


def test_a_time_in_another_zone_is_the_same_time() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=9)))
    assert sign(SECRET, "msg_1", elsewhere, BODY) == _signed()


@pytest.mark.parametrize("apart", [timedelta(0), timedelta(minutes=5), timedelta(minutes=-5)])
def test_five_minutes_either_way_are_accepted(apart: timedelta) -> None:
    assert verify([SECRET], _signed(), BODY, now=NOW + apart) == "msg_1"


@pytest.mark.parametrize("apart", [timedelta(seconds=301), timedelta(seconds=-301)])
def test_more_than_five_minutes_either_way_are_refused(apart: timedelta) -> None:
    with pytest.raises(BadSignature, match="five minutes"):
        verify([SECRET], _signed(), BODY, now=NOW + apart)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (_signed(id="msg_2"), BODY),
        (_signed(timestamp=str(int(NOW.timestamp()) + 1)), BODY),
        (_signed(signature=_signed()["webhook-signature"].replace("v1,", "v2,")), BODY),
        (_signed(), BODY + b" "),
        (_signed(), BODY.replace(b"completed", b"cancelled")),
    ],
)
def test_a_change_to_anything_that_was_signed_is_noticed(
    headers: dict[str, str], body: bytes
) -> None:
    with pytest.raises(BadSignature, match="No signature matches"):
        verify([SECRET], headers, body, now=NOW)


def test_a_full_stop_cannot_move_between_id_and_time() -> None:
    """The same bytes are signed for both readings; only one of them is a message we take."""
    seconds = int(NOW.timestamp())
    body = f"{seconds}.{{}}"
    signature = Webhook(SECRET).sign("msg_1", NOW, body)
    moved = _signed(id=f"msg_1.{seconds}", signature=signature)
    assert Webhook(SECRET).sign(f"msg_1.{seconds}", NOW, "{}") == signature
    with pytest.raises(BadSignature, match="webhook-id"):
        verify([SECRET], moved, b"{}", now=NOW)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_or_doubled_header_is_named(name: str) -> None:
    headers = _signed()
    value = headers[name]
    with pytest.raises(BadSignature, match=f"{name} is given twice"):
        verify([SECRET], headers | {name.upper(): value}, BODY, now=NOW)
    del headers[name]
    with pytest.raises(BadSignature, match=f"{name} is missing"):
        verify([SECRET], headers, BODY, now=NOW)


JUNK = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        ["", "v1", "v1,", "v1,,", "v1,=", "v1,é", "NaN", "inf", "-1", "1e9", "9" * 400, "１６", "0"]
    ),
    st.integers().map(str),
    st.floats().map(str),
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, JUNK)), st.binary(max_size=50))
@example(_signed(timestamp="99999999999"), BODY)
@example(_signed(timestamp=str(10**308)), BODY)
@example(_signed(timestamp="٣" * 10), BODY)
@example(_signed(id="x" * 10_000), BODY)
@example(_signed(signature="v1,é"), BODY)
@example(_signed(signature="v1," + "A" * 10**6), BODY)
@example(_signed(signature="\ud800"), BODY)
@example(_signed(), b"\xff\xfe")
def test_junk_in_any_header_is_a_bad_signature_and_nothing_else(
    junk: dict[str, str], body: bytes
) -> None:
    for headers in (junk, _signed() | junk):
        if headers != _signed() or body != BODY:
            with pytest.raises(BadSignature):
                verify([SECRET], headers, body, now=NOW)


@pytest.mark.parametrize("webhook_id", ["", "a.b", "a b", "é", "x" * 257, "a\n"])
def test_an_id_that_no_receiver_should_trust_is_not_signed(webhook_id: str) -> None:
    with pytest.raises(ValueError, match="webhook id"):
        sign(SECRET, webhook_id, NOW, BODY)


def test_a_time_without_a_zone_is_not_signed() -> None:
    with pytest.raises(ValueError, match="zone"):
        sign(SECRET, "msg_1", NOW.replace(tzinfo=None), BODY)
