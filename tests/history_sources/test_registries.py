"""Registries of domains, companies and institutions, found, absent, and beside the mark."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.outside import Outcome
from tests.history_sources.asking_one import Asking
from tests.history_sources.local_server import LocalServer, Says, says

Ask = Callable[[str], Asking]
AT_EXAMPLE = {"work": [{"name": "Example Ltd", "url": "https://www.example.com/jobs"}]}


def _leads_to(url: str) -> Says:
    return Says(status=302, headers={"Location": url})


def _domain(name: str = "example.com", **fields: Any) -> dict[str, Any]:
    return {
        "objectClassName": "domain",
        "ldhName": name.upper(),
        "status": ["client transfer prohibited"],
        "events": [
            {"eventAction": "last changed", "eventDate": "2025-08-14T07:01:34Z"},
            {"eventAction": "registration", "eventDate": "1995-08-14T04:00:00Z"},
        ],
        **fields,
    }


class TestRdap:
    def test_the_registry_that_it_leads_to_tells_the_day_of_registration(
        self, server: LocalServer, asking: Ask
    ) -> None:
        server.answers["/domain/example.com"] = _leads_to(f"{server.url}/com/domain/example.com")
        server.answers["/com/domain/example.com"] = says(_domain())
        answer = asking("rdap").one(AT_EXAMPLE)
        assert (answer.question, answer.outcome) == ("example.com", Outcome.FOUND)
        assert answer.value
        assert answer.value.registered_on == date(1995, 8, 14)

    def test_a_registry_that_tells_no_day_is_an_answer_without_one(
        self, server: LocalServer, asking: Ask
    ) -> None:
        server.answers["/domain/example.com"] = says(_domain(events=[]))
        answer = asking("rdap").one(AT_EXAMPLE)
        assert answer.value
        assert answer.value.registered_on is None

    def test_a_registry_without_the_domain_is_absent(
        self, server: LocalServer, asking: Ask
    ) -> None:
        server.answers["/domain/example.com"] = _leads_to("/com/domain/example.com")
        assert asking("rdap").one(AT_EXAMPLE).outcome is Outcome.ABSENT

    def test_an_ending_without_a_registry_to_ask_is_unknown_not_absent(self, asking: Ask) -> None:
        answer = asking("rdap").one(AT_EXAMPLE)
        assert answer.why == "knows no registry for this ending"

    @pytest.mark.parametrize(
        "place",
        [
            "https://127.0.0.1:1/domain/example.com",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/",
            "http://93.184.215.14/domain/example.com",
            "file:///etc/passwd",
        ],
    )
    def test_it_is_not_followed_into_a_private_network_or_out_of_https(
        self, server: LocalServer, asking: Ask, place: str
    ) -> None:
        server.answers["/domain/example.com"] = _leads_to(place)
        answer = asking("rdap").one(AT_EXAMPLE)
        assert answer.why == "led to an address that is not asked"
        assert len(server.asked) == 1

    def test_it_is_not_followed_for_ever(self, server: LocalServer, asking: Ask) -> None:
        server.answers["/domain/example.com"] = _leads_to("/domain/example.com")
        assert asking("rdap").one(AT_EXAMPLE).why == "led to another address too often"
        assert len(server.asked) == 4

    def test_an_answer_about_another_domain_is_not_believed(
        self, server: LocalServer, asking: Ask
    ) -> None:
        server.answers["/domain/example.com"] = says(_domain("other.com"))
        assert asking("rdap").one(AT_EXAMPLE).why == "answered about something else"

    def test_domains_of_employers_mail_references_schools_and_sites_are_asked_once(
        self, asking: Ask
    ) -> None:
        claims = {
            "basics": {"email": "a@mail.example.org", "url": "https://anna.example.net"},
            "emails": [{"address": "anna@gmail.com"}],
            "work": [{"name": "Example Ltd", "url": "example.com"}, {"name": "B"}],
            "references": [{"name": "Bo", "email": "bo@sub.example.com"}],
            "education": [{"institution": "X", "contactEmail": "office@uni.example.edu"}],
            "accounts": [
                {"network": "portfolio", "url": "https://bücher.de/me"},
                {"network": "LinkedIn", "url": "https://www.linkedin.com/in/anna"},
            ],
        }
        answers = asking("rdap").all(claims)
        assert [answer.question for answer in answers] == [
            "example.com", "example.org", "example.edu", "example.net", "bücher.de",
        ]  # fmt: skip


def _profile(name: str, number: str, **fields: Any) -> dict[str, Any]:
    return {"company_name": name, "company_number": number, "type": "ltd", **fields}


class TestCompaniesHouse:
    def test_companies_of_the_name_are_told_with_their_life(
        self, server: LocalServer, asking: Ask
    ) -> None:
        server.answers["/search/companies"] = says(
            {
                "items": [
                    {"company_number": "01234567", "title": "EXAMPLE LIMITED"},
                    {"company_number": "07654321", "title": "EXAMPLE HOLDINGS LIMITED"},
                ]
            }
        )
        server.answers["/company/01234567"] = says(
            _profile(
                "EXAMPLE LIMITED",
                "01234567",
                date_of_creation="1999-04-01",
                date_of_cessation="2020-06-30",
                previous_company_names=[{"name": "SAMPLE LTD", "ceased_on": "2005-01-01"}],
            )
        )
        answer = asking("companies-house").one(AT_EXAMPLE)
        assert answer.value
        (company,) = answer.value
        assert (company.number, company.country_code) == ("01234567", "GB")
        assert (company.created_on, company.dissolved_on) == (date(1999, 4, 1), date(2020, 6, 30))
        assert company.former_names == ("SAMPLE LTD",)
        assert server.of("/company/07654321") == []
        assert server.asked[0].headers["authorization"] == "Basic YS1rZXk6"  # "a-key:"

    def test_a_company_is_found_by_the_name_that_it_had(
        self, server: LocalServer, asking: Ask
    ) -> None:
        item = {"company_number": "1", "title": "NEW NAME PLC", "snippet": "EXAMPLE LTD"}
        server.answers["/search/companies"] = says({"items": [item]})
        former = [{"name": "EXAMPLE LTD"}]
        server.answers["/company/1"] = says(
            _profile("NEW NAME PLC", "1", previous_company_names=former)
        )
        answer = asking("companies-house").one(AT_EXAMPLE)
        assert answer.value
        assert answer.value[0].name == "NEW NAME PLC"

    def test_companies_of_other_names_are_absence(self, server: LocalServer, asking: Ask) -> None:
        item = {"company_number": "1", "title": "EXEMPLARY BAKERY LTD"}
        server.answers["/search/companies"] = says({"items": [item]})
        assert asking("companies-house").one(AT_EXAMPLE).outcome is Outcome.ABSENT

    def test_a_number_that_is_a_path_is_not_asked_for(
        self, server: LocalServer, asking: Ask
    ) -> None:
        item = {"company_number": "../admin", "title": "EXAMPLE LTD"}
        server.answers["/search/companies"] = says({"items": [item]})
        assert asking("companies-house").one(AT_EXAMPLE).outcome is Outcome.UNKNOWN
        assert len(server.asked) == 1


LISTED = {
    "0": {"cik_str": 320193, "ticker": "EXPL", "title": "Example Inc."},
    "1": {"cik_str": 789019, "ticker": "OTHR", "title": "OTHER CORP"},
}


class TestEdgar:
    def test_a_listed_company_is_told_with_its_names_and_site(
        self, server: LocalServer, asking: Ask
    ) -> None:
        server.answers["/files/company_tickers.json"] = says(LISTED)
        server.answers["/submissions/CIK0000320193.json"] = says(
            {
                "cik": "0000320193",
                "name": "Example Inc.",
                "website": "https://www.example.com",
                "formerNames": [{"name": "SAMPLE COMPUTER INC", "from": "x", "to": "y"}],
            }
        )
        answer = asking("edgar").one({"work": [{"name": "Example, Inc"}]})
        assert answer.value
        (company,) = answer.value
        assert (company.number, company.created_on) == ("0000320193", None)
        assert (company.domains, company.former_names) == (
            ("example.com",),
            ("SAMPLE COMPUTER INC",),
        )
        assert "someone@example.com" in server.asked[0].headers["user-agent"]

    def test_the_table_is_read_once_for_all_employers(
        self, server: LocalServer, asking: Ask
    ) -> None:
        server.answers["/files/company_tickers.json"] = says(LISTED)
        answers = asking("edgar").all({"work": [{"name": "Nowhere Ltd"}, {"name": "Elsewhere"}]})
        assert [answer.outcome for answer in answers] == [Outcome.ABSENT, Outcome.ABSENT]
        assert len(server.asked) == 1


class TestGleif:
    def test_an_entity_is_told_with_former_names_end_and_successors(
        self, server: LocalServer, asking: Ask
    ) -> None:
        entity = {
            "legalName": {"name": "Example GmbH", "language": "de"},
            "otherNames": [
                {"name": "Example Limited", "language": "en", "type": "PREVIOUS_LEGAL_NAME"}
            ],
            "legalAddress": {"country": "DE"},
            "creationDate": "2001-02-03T00:00:00+01:00",
            "expiration": {"date": "2019-12-31T23:00:00Z", "reason": "CORPORATE_ACTION"},
            "successorEntity": {"lei": None, "name": "Bigger SE"},
            "successorEntities": [{"lei": None, "name": "Bigger SE"}],
        }
        other = {"legalName": {"name": "Example Fund 12"}, "legalAddress": {"country": "LU"}}
        server.answers["/api/v1/lei-records"] = says(
            {
                "data": [
                    {"attributes": {"lei": "A", "entity": entity}},
                    {"attributes": {"lei": "B", "entity": other}},
                ]
            }
        )
        answer = asking("gleif").one(AT_EXAMPLE)
        assert answer.value
        (company,) = answer.value
        assert (company.created_on, company.dissolved_on) == (date(2001, 2, 3), date(2019, 12, 31))
        assert company.former_names == ("Example Limited",)
        assert company.successors == ("Bigger SE",)
        assert server.asked[0].query["filter[entity.legalName]"] == "Example Ltd"


def _organisation(*names: str, **fields: Any) -> dict[str, Any]:
    told = [{"value": name, "types": ["label"], "lang": None} for name in names]
    told[0]["types"] = ["ror_display", "label"]
    return {
        "id": "https://ror.org/03prydq77",
        "names": told,
        "status": "active",
        "established": 1365,
        "domains": [],
        "links": [{"type": "website", "value": "https://www.univie.example/en/"}],
        "locations": [{"geonames_id": 1, "geonames_details": {"country_code": "AT"}}],
        "relationships": [],
        **fields,
    }


IN_VIENNA = {"education": [{"institution": "Universität Wien"}]}
ORGANISATIONS = "/v2/organizations"


class TestRor:
    def test_an_institution_is_found_by_any_of_its_names(
        self, server: LocalServer, asking: Ask
    ) -> None:
        vienna = _organisation("University of Vienna", "Universität Wien")
        medical = _organisation("Medical University of Vienna")
        found = {"number_of_results": 2, "items": [vienna, medical]}
        server.answers[ORGANISATIONS] = says(found)
        answer = asking("ror").one(IN_VIENNA)
        assert answer.value
        (institution,) = answer.value
        assert (institution.name, institution.established) == ("University of Vienna", 1365)
        assert institution.domains == ("univie.example",)
        assert institution.country_code == "AT"
        assert server.asked[0].query == {"query": '"Universität Wien"'}

    def test_one_that_ended_names_who_came_after(self, server: LocalServer, asking: Ask) -> None:
        ended = _organisation(
            "Universität Wien",
            status="inactive",
            relationships=[
                {"label": "New University", "type": "successor", "id": "x"},
                {"label": "Academy", "type": "related", "id": "y"},
            ],
        )
        server.answers[ORGANISATIONS] = says({"number_of_results": 1, "items": [ended]})
        answer = asking("ror").one(IN_VIENNA)
        assert answer.value
        assert (answer.value[0].active, answer.value[0].successors) == (False, ("New University",))

    def test_an_institution_is_found_by_the_domain_of_its_site(
        self, server: LocalServer, asking: Ask
    ) -> None:
        site = [{"type": "website", "value": "https://www.univie.com/en/"}]
        vienna = _organisation("University of Vienna", links=site)
        other = _organisation("Elsewhere", links=[], domains=["elsewhere.example"])
        server.answers[ORGANISATIONS] = [
            says({"number_of_results": 0, "items": []}),
            says({"number_of_results": 2, "items": [other, vienna]}),
        ]
        course = {"institution": "Wiener Uni", "contactEmail": "office@sub.univie.com"}
        by_name, by_domain = asking("ror").all({"education": [course]})
        assert (by_name.outcome, by_domain.question) == (Outcome.ABSENT, "univie.com")
        assert by_domain.value
        assert [one.name for one in by_domain.value] == ["University of Vienna"]

    def test_none_of_the_name_is_absence(self, server: LocalServer, asking: Ask) -> None:
        server.answers[ORGANISATIONS] = says({"number_of_results": 0, "items": []})
        assert asking("ror").one(IN_VIENNA).outcome is Outcome.ABSENT

    def test_too_many_of_the_words_prove_no_absence(self, server: LocalServer, asking: Ask) -> None:
        items = [_organisation(f"Universität Wien {i}") for i in range(20)]
        server.answers[ORGANISATIONS] = says({"number_of_results": 900, "items": items})
        assert asking("ror").one(IN_VIENNA).outcome is Outcome.UNKNOWN
