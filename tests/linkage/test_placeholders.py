"""What people and makers write where they tell nothing is nobody's."""

import pytest

from verifiers.linkage import canonical


@pytest.mark.parametrize(
    "serial",
    ["To be filled by O.E.M.", "System Serial Number", "0", "0000000", "Default string", "N/A",
     "None", "123456789", "Not Specified"],
)  # fmt: skip
def test_a_placeholder_is_no_device(serial: str) -> None:
    assert canonical.device_serial(serial) is None


@pytest.mark.parametrize(
    "address",
    ["02:42:AC:11:00:02", "00:15:5D:01:02:03", "08:00:27:AA:BB:CC", "00:E0:4C:68:00:01",
     "FF:FF:FF:FF:FF:FF", "00:00:00:00:00:00", "01:00:5E:00:00:FB"],
)  # fmt: skip
def test_cards_made_up_virtual_or_of_a_dock_are_no_device(address: str) -> None:
    assert canonical.mac_address(address) is None
    assert canonical.mac_address("a4-83-e7-12-34-56")


@pytest.mark.parametrize(
    "forms",
    [
        canonical.phone("555-555-5555", "US"),
        canonical.phone("000-000-0000", "US"),
        canonical.phone("+44 20 0000 0000", None),
        canonical.email("test@test.com"),
        canonical.email("none@none.com"),
        canonical.email("noemail@gmail.com"),
        canonical.iban("XX00XXXXXXXXXXXX"),
        canonical.iban("DE00 0000 0000 0000 0000 00"),
        canonical.iban("DE89 3704 0044 0532 0130 01"),
        canonical.bank_account("000000000 0000000", "US"),
        canonical.bank_account("SEE MAIL", "US"),
        canonical.bank_account("123456789", "US"),
        canonical.document_number("USA", "N/A-12345"),
        canonical.document_number("USA", "SEE MAIL"),
        canonical.document_number("USA", "111111111"),
    ],
)
def test_a_placeholder_is_nobodys(forms: object) -> None:
    assert forms is None


@pytest.mark.parametrize(
    "forms",
    [
        canonical.phone("212-555-0101", "US"),
        canonical.email("test@northwind.com"),
        canonical.email("mail@kanzlei.example"),
        canonical.iban("GB29 NWBK 6016 1331 9268 19"),
        canonical.bank_account("021000021 1234567890", "US"),
        canonical.document_number("USA", "C03005988"),
    ],
)
def test_what_only_looks_like_a_placeholder_is_somebodys(forms: object) -> None:
    assert forms is not None
