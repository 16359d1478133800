"""Check digits within numbers, by name: python-stdnum's where it has them, else our own.

A check says whether the digits fit, or `None` where something else of the number is in its way (a
date, a region that its list does not know): that is not for a check digit to judge.
"""

from collections.abc import Callable

from stdnum import luhn
from stdnum.be import eid
from stdnum.be import nn as belgian
from stdnum.bg import egn
from stdnum.cz import rc
from stdnum.ee import ik
from stdnum.es import dni
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fi import hetu
from stdnum.hr import oib
from stdnum.lt import asmens
from stdnum.nl import bsn, identiteitskaartnummer
from stdnum.pt import cc
from stdnum.ro import cnp
from stdnum.si import emso
from stdnum.tr import tckimlik
from stdnum.za import idnr

CheckDigit = Callable[[str], bool | None]


def _stdnum(validate: Callable[[str], str]) -> CheckDigit:
    def check(number: str) -> bool | None:
        try:
            validate(number)
        except InvalidChecksum:
            return False
        except ValidationError:
            return None
        return True

    return check


def _finnish(number: str) -> bool | None:
    """The zone has a filler for the hyphen that stands for the twentieth century."""
    return _stdnum(lambda n: hetu.validate(n, allow_temporary=True))(number.replace("<", "-"))


def _swedish(number: str) -> bool | None:
    """Luhn over the last ten digits, whether or not the century stands before them."""
    return _stdnum(luhn.validate)(number[-10:])


def _polish(*weights: int) -> CheckDigit:
    """Letters count from 10; the check digit weighs 9, and all together are a multiple of ten."""

    def check(number: str) -> bool:
        return sum(int(c, 36) * w for c, w in zip(number, weights, strict=True)) % 10 == 0

    return check


_TAIWANESE = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""The household offices' letters in the order of their values, 10 to 35."""


def _taiwanese(number: str) -> bool:
    """A letter of two digits, weighed 1 and 9, then eight digits weighed 8 to 1, and the check."""
    letter = _TAIWANESE.index(number[0]) + 10
    weighed = zip(number[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)
    return (letter // 10 + letter % 10 * 9 + sum(int(n) * w for n, w in weighed)) % 10 == 0


CHECKS: dict[str, CheckDigit] = {
    "stdnum be.eid": _stdnum(eid.validate),
    "stdnum be.nn": _stdnum(belgian.validate),
    "stdnum bg.egn": _stdnum(egn.validate),
    "stdnum cz.rc": _stdnum(rc.validate),
    "stdnum ee.ik": _stdnum(ik.validate),
    "stdnum es.dni": _stdnum(dni.validate),
    "stdnum fi.hetu": _finnish,
    "stdnum hr.oib": _stdnum(oib.validate),
    "stdnum lt.asmens": _stdnum(asmens.validate),
    "stdnum luhn": _swedish,
    "stdnum nl.bsn": _stdnum(bsn.validate),
    "stdnum pt.cc": _stdnum(cc.validate),
    "stdnum ro.cnp": _stdnum(cnp.validate),
    "stdnum si.emso": _stdnum(emso.validate),
    "stdnum tr.tckimlik": _stdnum(tckimlik.validate),
    "stdnum za.idnr": _stdnum(idnr.validate),
    "Dutch alphabet": lambda number: identiteitskaartnummer.is_valid(number),
    "Polish card": _polish(7, 3, 1, 9, 7, 3, 1, 7, 3),
    "Polish passport": _polish(7, 3, 9, 1, 7, 3, 1, 7, 3),
    "Taiwanese identity number": _taiwanese,
}
