"""E-mail addresses and telephone numbers as they are compared: one mailbox or line, one text."""

import re

import phonenumbers

_DOTS_DO_NOT_COUNT = {"gmail.com"}
_PLUS_IS_A_LABEL = {
    "fastmail.com", "gmail.com", "hotmail.com", "icloud.com", "live.com", "mac.com", "me.com",
    "outlook.com", "pm.me", "proton.me", "protonmail.com",
}  # fmt: skip
"""What follows a plus is chosen by the owner, and the mail arrives in the same mailbox."""
_OTHER_NAMES = {"googlemail.com": "gmail.com", "pm.me": "proton.me", "protonmail.com": "proton.me"}
_SHORTEST_NATIONAL_DIGITS = 9
"""Fewer digits without a country may be two lines in two towns."""


def canonical_email(text: str) -> str | None:
    """The mailbox that an address reaches; `None` where it is no address."""
    local, at, domain = "".join(text.split()).casefold().rpartition("@")
    if not (local and at and domain):
        return None
    domain = _OTHER_NAMES.get(domain, domain)
    if domain in _PLUS_IS_A_LABEL:
        local = local.partition("+")[0] or local
    if domain in _DOTS_DO_NOT_COUNT:
        local = local.replace(".", "")
    return f"{local}@{domain}"


def canonical_phone(text: str) -> str | None:
    """The line that a number reaches: E.164 where it tells its country, or else its digits.

    A switchboard's extension is a line of its own and follows after a point.

    `None` where it is no number, or too short to be told from another town's.
    """
    written = text.strip()
    if written.startswith("00"):
        written = "+" + written[2:]
    try:
        number = phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        digits = re.sub(r"\D", "", written)
        return digits if len(digits) >= _SHORTEST_NATIONAL_DIGITS else None
    line = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return f"{line}.{number.extension}" if number.extension else line
