"""What a company's payroll holds, and the accounts that it held before."""

from typing import Annotated

from pydantic import Field

from models.base import Model
from models.seen_values import MOST_CHANGES, CountryCode, Day, Text, same_writing


class BankAccount(Model):
    """An account that pay went to."""

    iban: Annotated[str, Field(max_length=42)] | None = None
    account: Text | None = None
    """Where there is no IBAN: bank and account number as one text."""
    country_code: CountryCode | None = None
    """Of the account, where no IBAN says it."""


class Payroll(Model):
    """What payroll holds."""

    holder: Text | None = None
    iban: Annotated[str, Field(max_length=42)] | None = None
    account: Text | None = None
    """Where there is no IBAN: bank and account number as one text."""
    country_code: CountryCode | None = None
    """Of the account, where no IBAN says it."""
    holder_matches: bool | None = None
    """The bank's own answer whether the account is the candidate's."""
    changed_on: tuple[Day, ...] = Field(default=(), max_length=MOST_CHANGES)
    earlier_accounts: tuple[BankAccount, ...] = Field(default=(), max_length=MOST_CHANGES)
    """In place of which another was told."""
    started_on: Day | None = None
    """The first day of work."""
    region: Text | None = None
    """Where tax is paid."""

    def and_then(self, told: "Payroll") -> "Payroll":
        """With the fields that are told later in place of the earlier ones.

        Of another account nothing is known that was known of the one before, which stays by its
        number alone. Of two accounts the one that is told last counts.
        """
        known = self
        accounts = {_account_number(one) for one in (self, told)} - {""}
        if len(accounts) > 1:
            known = self.model_copy(update=dict.fromkeys(_OF_AN_ACCOUNT))
        sent = {name: getattr(told, name) for name in told.model_fields_set}
        days = sorted({*self.changed_on, *told.changed_on})[-MOST_CHANGES:]
        after = known.model_copy(update={**sent, "changed_on": tuple(days)})
        earlier = [*self.earlier_accounts, *told.earlier_accounts]
        if _account_number(self) not in ("", _account_number(after)):
            earlier.append(
                BankAccount(iban=self.iban, account=self.account, country_code=self.country_code)
            )
        kept = tuple(dict.fromkeys(earlier))[-MOST_CHANGES:]
        return after.model_copy(update={"earlier_accounts": kept})


def _account_number(payroll: Payroll) -> str:
    return same_writing(payroll.iban or payroll.account or "")


_OF_AN_ACCOUNT = ("holder", "iban", "account", "country_code", "holder_matches")
