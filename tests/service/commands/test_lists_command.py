"""Where a list may be fetched from: nobody on the way can put another in its place."""

import pytest

from tests.service.conftest import Bonafide


@pytest.mark.parametrize(
    "url",
    [
        "http://mirror.example/un.xml",
        "http://localhost.mirror.example/un.xml",
        "http://8.8.8.8/un.xml",
        "http://[::1/un.xml",
        "https://",
        "ftp://localhost/un.xml",
    ],
)
def test_a_mirror_without_encryption_is_refused_before_anything_is_fetched(
    bonafide: Bonafide, url: str
) -> None:
    ran = bonafide("lists", "update", "un", "--url", f"un={url}")
    assert ran.status == 2
    assert "needs an address that begins with https://" in " ".join(ran.err.split())
