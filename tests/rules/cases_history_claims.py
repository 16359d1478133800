"""Skills, certificates, names and documents: HIST-16 to HIST-18, HIST-20, HIST-52."""

from datetime import date
from typing import Any

from models.circumstances import Circumstances, DocumentDates
from models.outside import CertificateStatus, GithubAccount, Outside
from models.rule import Fact
from tests.rules.building import ThreeCases, a_case, down, found, history, work
from verifiers.case import Case


def _skill(name: str, years: float) -> Case:
    return a_case({"skills": [{"name": name, "years": years}]})


def _used(start: str, end: str, *technologies: str) -> Case:
    return a_case(history(work(start, end, technologies=technologies)))


def _certified(name: str, day: str, *answers: Any, number: str | None = None) -> Case:
    certificate = {"name": name, "date": day, "id": number}
    return a_case({"certificates": [certificate]}, Outside(certificates=answers))


def _named(name: str, *seen: tuple[str, str], github: str | None = None, **identity: Any) -> Case:
    account = GithubAccount(login="anna", id=1, created_on=date(2015, 1, 1), name=github)
    return a_case(
        {"identity": {"fullName": name, **identity}},
        Outside(github=(found("anna", account, "GitHub"),) if github else ()),
        Circumstances(names_seen=seen),
    )


def _document(issued: str | None, used: str | None) -> Case:
    dates = DocumentDates(
        issued_on=date.fromisoformat(issued) if issued else None,
        first_used_on=date.fromisoformat(used) if used else None,
    )
    return a_case(seen=Circumstances(documents=(dates,)))


_ANNA = "Anna Maria Eriksson"

CASES: dict[str, ThreeCases] = {
    "HIST-16": ThreeCases(
        fraud=_skill("Kubernetes", 15),
        honest={
            "all its years, rounded up": _skill("K8s", 13),
            "a keyword, of which no years are told": a_case(
                {"skills": [{"name": "Java", "years": 25, "keywords": ["Kubernetes"]}]}
            ),
        },
        unknown=_skill("Basket weaving", 40),
        lacking=Fact.TECHNOLOGY,
    ),
    "HIST-17": ThreeCases(
        fraud=_used("2008-02", "2011-06", "Kubernetes"),
        honest={
            "a job in the year of the release": _used("2012", "2014", "Kubernetes"),
            "a job that goes on": _used("2008-02", "", "Kubernetes"),
            "what the new name's forerunner did": _used("2006", "2009", "Jenkins"),
        },
        unknown=_used("", "", "Kubernetes"),
        lacking=Fact.DATES,
    ),
    "HIST-18": ThreeCases(
        fraud=_certified("Certified Kubernetes Administrator", "2014-03"),
        honest={
            "the year in which it was first awarded": _certified("CKA", "2017"),
            "a certificate that has expired since": _certified(
                "CKA", "2018-03", found("LF-1", CertificateStatus.EXPIRED), number="LF-1"
            ),
            "one issued anew, which one of two registers has": _certified(
                "CKA",
                "2018-03",
                found("LF-1", CertificateStatus.NOT_ISSUED, "the old register"),
                found("LF-1", CertificateStatus.VALID, "the issuer"),
                number="LF-1",
            ),
        },
        unknown=_certified("CKA", "2018-03", down("LF-1", "the issuer"), number="LF-1"),
        lacking=Fact.CERTIFICATE_ISSUER,
    ),
    "HIST-20": ThreeCases(
        fraud=_named(_ANNA, ("Dmitri Volkov", "bank account")),
        honest={
            "marks and order": _named("Åsa Öberg", ("OBERG, Asa", "bank account")),
            "a married name": _named(_ANNA, ("Anna Lindqvist", "résumé of last year")),
            "initials": _named(_ANNA, ("A. M. E.", "e-mail")),
            "a pet name and another family name": _named(
                "Katherine Miller", ("Kate Jones", "e-mail")
            ),
            "a preferred name": _named(
                "Xiuying Wang", ("Emma Wang", "e-mail"), preferredName="Emma"
            ),
            "a name from before a transition": _named(
                "Robin Vale", ("Eleanor Hart", "degree certificate"), formerNames=["Eleanor Hart"]
            ),
            "another romanisation": _named("Tsai Ying-wen", ("Cai Yingwen", "bank account")),
            "another alphabet": _named("Иван Петров", ("Ivan Petrov", "document")),
            "a handle": _named(_ANNA, ("code_panda_77", "e-mail")),
            "one word": _named(_ANNA, ("Panda", "e-mail")),
            "a name that was chosen for an account": _named(
                _ANNA, (_ANNA, "bank account"), github="Ada Lovelace"
            ),
            "a company of one's own": _named(_ANNA, ("Bluebell Consulting Ltd", "bank account")),
        },
        unknown=_named("김철수", ("Dmitri Volkov", "bank account")),
        lacking=Fact.NAMES,
    ),
    "HIST-52": ThreeCases(
        fraud=_document("2025-11-03", "2025-06-20"),
        honest={
            "a document shown on the day it was issued": _document("2025-11-03", "2025-11-03"),
            "a renewed one, shown since": _document("2025-06-20", "2025-11-03"),
        },
        unknown=_document(None, "2025-11-03"),
        lacking=Fact.DOCUMENT_DATES,
    ),
}
