"""Who is looked for on lists: the candidate, and those whom the claims name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.circumstances import ListedKind
from models.contact_claims import Reference
from models.history import Claims, Work
from models.sanctions import Party
from verifiers.domains import is_freemail, registrable_domain
from verifiers.screening.names import compare
from verifiers.screening.organisations import Guess, guess

_SAME_PERSON = 0.9
"""How well a payee's name agrees with the candidate's to be the candidate."""


@dataclass(frozen=True)
class _Payee:
    """Who is paid, and where."""

    holder: str | None
    account: str | None
    wallet: str | None


def parties_of(
    claims: Claims | None,
    *,
    name: str | None,
    document_names: tuple[str, ...] = (),
    document_numbers: tuple[str, ...] = (),
    payout_holder: str | None = None,
    payout_account: str | None = None,
    email: str | None = None,
) -> tuple[Party, ...]:
    """The candidate, and the employers, references and payees that the claims name.

    `payout_holder` and `payout_account` (an IBAN or another number) are what payroll holds.
    """
    said = claims or Claims()
    identity = said.identity
    names = _each_once(
        (name, said.full_name, said.basics.name, *document_names, *identity.former_names)
    )
    payees = [_Payee(one.holder, one.iban, one.wallet) for one in said.payout]
    if payout_holder or payout_account:
        payees.append(_Payee(payout_holder, payout_account, None))
    own = [payee for payee in payees if _is_the_candidates(payee, names)]
    parties: list[Party] = []
    if names:
        parties.append(
            Party(
                kind=ListedKind.PERSON,
                role="candidate",
                names=names,
                birth_date=identity.birth_date,
                document_numbers=_each_once((identity.document_number, *document_numbers)),
                emails=_each_once((email, *said.all_emails)),
                phones=said.all_phones,
                wallets=_each_once(payee.wallet for payee in own),
                accounts=_each_once(payee.account for payee in own),
            )
        )
    parties += (party for work in said.work for party in _employer(work))
    parties += (party for reference in said.references for party in _reference(reference))
    parties += (party for payee in payees if payee not in own for party in _parties_of_payee(payee))
    return tuple(dict.fromkeys(parties))


def _employer(work: Work) -> Iterator[Party]:
    if work.name:
        yield Party(
            kind=ListedKind.ENTITY,
            role="employer",
            names=(work.name,),
            domains=_each_once((work.url,)),
        )


def _reference(reference: Reference) -> Iterator[Party]:
    """The firm of somebody who speaks for the candidate, and that person."""
    emails, phones = _each_once((reference.email,)), _each_once((reference.phone,))
    if reference.employer:
        own = tuple(email for email in emails if not is_freemail(registrable_domain(email) or ""))
        yield Party(
            kind=ListedKind.ENTITY,
            role="reference",
            names=(reference.employer,),
            emails=own,
            phones=phones,
        )
    if reference.name:
        yield Party(
            kind=ListedKind.PERSON,
            role="reference",
            names=(reference.name,),
            emails=emails,
            phones=phones,
        )


def _is_the_candidates(payee: _Payee, names: tuple[str, ...]) -> bool:
    """Whether the candidate is paid, as where nobody else is named."""
    holder = payee.holder
    return not holder or any(compare(holder, name).score >= _SAME_PERSON for name in names)


def _parties_of_payee(payee: _Payee) -> Iterator[Party]:
    """Whoever is paid, where it is not the candidate."""
    holder = payee.holder or ""
    kinds = {
        Guess.ORGANISATION: (ListedKind.ENTITY,),
        Guess.PERSON: (ListedKind.PERSON,),
        Guess.EITHER: (ListedKind.PERSON, ListedKind.ENTITY),
    }
    for kind in kinds[guess(holder)]:
        yield Party(
            kind=kind,
            role="payout",
            names=(holder,),
            wallets=_each_once((payee.wallet,)),
            accounts=_each_once((payee.account,)),
        )


def _each_once(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text and text.strip()))
