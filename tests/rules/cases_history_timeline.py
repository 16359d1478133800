"""Dates of one life against each other: HIST-07 to HIST-10, HIST-19, HIST-61 to HIST-63."""

from models.rule import Fact
from tests.rules.building import ThreeCases, course, full, told, work

_RESUME = {"where": "resume"}
_FORM = {"where": "application_form"}

CASES: dict[str, ThreeCases] = {
    "HIST-07": ThreeCases(
        fraud=told(
            full("2019-01-01", "2020-12-31"), full("2019-06-01", "2021-06-30", at="Contoso")
        ),
        honest={
            "a notice period of sixty days": told(
                full("2019-01-01", "2020-03-01"),
                full("2020-01-01", "2021-01-01", at="Contoso"),
            ),
            "years that only touch": told(full("2018", "2019"), full("2019", "2020", at="Contoso")),
            "a start that may lie late in its year": told(
                full("2018", "2020-12"),
                full("2020", "2022", at="Contoso"),
            ),
            "a part-time position beside it": told(
                full("2019-01", "2020-12"),
                work("2019-06", "2021-06", at="Contoso", full_time=False),
            ),
            "an employer listed as a whole and by role": told(
                full("2015-01", "2020-12"),
                work("2015-01", "2017-12", at=" northwind ", title="Lead", full_time=True),
            ),
            "a full-time degree in parallel": told(
                full("2015-01", "2018-12"),
                course("2015-01", "2018-12"),
            ),
        },
        unknown=told(work("2019-01", "2020-12"), full("2019-06", "2021-06", at="Contoso")),
        lacking=Fact.HOURS,
    ),
    "HIST-08": ThreeCases(
        fraud=told(full("2021"), full("2022", at="Contoso"), full("2023", at="Fabrikam")),
        honest={
            "two board seats beside the job": told(
                full("2021"),
                work("2022", at="Contoso", full_time=False),
                work("2023", at="Fabrikam", full_time=False),
            ),
            "three roles at one employer": told(
                full("2021"), full("2022", title="Lead"), full("2023", title="Head")
            ),
            "an accepted offer that has not begun": told(
                full("2021"),
                full("2022", at="Contoso"),
                full("2026-09", at="Fabrikam"),
            ),
        },
        unknown=told(full("2021"), work("2022", at="Contoso"), work("2023", at="Fabrikam")),
        lacking=Fact.HOURS,
    ),
    "HIST-09a": ThreeCases(
        fraud=told(
            work("2003-06", "2008-05"),
        ),
        honest={
            "a start in the year of the birthday": told(
                work("2004", "2008"),
            ),
            "a typical first job": told(
                work("2006-07", "2006-08"),
            ),
            "school at that age": told(
                course("1996", "2008", kind="School", area="General"),
            ),
        },
        unknown=told(work("2003-06", "2008-05"), born=None),
        lacking=Fact.BIRTH_DATE,
    ),
    "HIST-09b": ThreeCases(
        fraud=told(
            course("2003-09", "2006-06"),
        ),
        honest={
            "a degree in the year of the birthday": told(
                course("2004", "2007"),
            ),
            "a school certificate": told(
                course("2001", "2006", kind="High school diploma"),
            ),
            "a master class as a child": told(
                course("2001", "2002", kind="Master class"),
            ),
            "a degree that has not ended": told(
                course("2006-09", ""),
            ),
        },
        unknown=told(course("2003-09", "2006-06"), born=None),
        lacking=Fact.BIRTH_DATE,
    ),
    "HIST-10a": ThreeCases(
        fraud=told(
            work("2018-05", "2015-02"),
        ),
        honest={
            "one day": told(
                work("2018-05-02", "2018-05-02"),
            ),
            "a month within the year it ended": told(
                work("2018-11", "2018"),
            ),
            "a job that goes on": told(
                work("2018-05", ""),
            ),
        },
        unknown=told(work("", "2015-02")),
        lacking=Fact.DATES,
    ),
    "HIST-10b": ThreeCases(
        fraud=told(
            course("2012-09", "2013-03", kind="B.Sc."),
        ),
        honest={
            "years only, which may be a whole one": told(
                course("2012", "2012"),
            ),
            "exactly twelve months": told(
                course("2012-09-01", "2013-08-31"),
            ),
            "an honours year": told(
                course("2012-02", "2012-11", kind="Bachelor (Honours)"),
            ),
            "an exchange": told(
                course("2012-09", "2013-02", area="Physics, exchange"),
            ),
            "a teacher's year after a first degree": told(
                course("2012-09", "2013-06", kind="B.Ed."),
            ),
            "a second bachelor's, of civil law": told(
                course("2012-09", "2013-06", kind="Bachelor", area="Civil Law"),
            ),
            "a master's": told(
                course("2012-09", "2013-06", kind="MSc"),
            ),
        },
        unknown=told(course("", "2013-03", kind="B.Sc.")),
        lacking=Fact.DATES,
    ),
    "HIST-61": ThreeCases(
        fraud=told(
            work("1988-01", "2012-01"),
        ),
        honest={
            "a year that holds the birthday": told(
                course("1990", "1994", kind="Nursery"),
            )
        },
        unknown=told(work("1988-01", "2012-01"), born=None),
        lacking=Fact.BIRTH_DATE,
    ),
    "HIST-62": ThreeCases(
        fraud=told(
            work("2027-01", "2029-12"),
        ),
        honest={
            "an accepted offer": told(
                work("2026-09", ""),
            ),
            "a fixed-term contract under way": told(
                work("2025-01", "2027-12"),
            ),
            "a start within the running month": told(
                work("2026-03", "2027-01"),
            ),
            "a course with an expected graduation": told(
                course("2026-09", "2029-06"),
            ),
        },
        unknown=told(work("", "2029-12")),
        lacking=Fact.DATES,
    ),
    "HIST-63": ThreeCases(
        fraud=told(work("2015-01", "2016-03"), work("2015-01", "2020-06")),
        honest={
            "the same entry twice": told(work("2015-01", "2016-03"), work("2015-01", "2016-03")),
            "a year and the month in it": told(work("2015-01", "2016-03"), work("2015", "2016")),
            "dates rounded to the season": told(
                work("2015-01", "2016-03"), work("2015-01", "2016-09")
            ),
            "years of two projects": told(work("2015", "2016"), work("2015", "2018")),
            "a promotion": told(
                work("2015-01", "2016-03"), work("2015-01", "2020-06", title="Lead")
            ),
            "a second stint": told(work("2015-01", "2016-03"), work("2018-01", "2020-06")),
        },
        unknown=told(work("2015-01", ""), work("2015-01", "2020-06")),
        lacking=Fact.DATES,
    ),
    "HIST-19": ThreeCases(
        fraud=told(
            work("2015-01", "2016-03", asserted=_RESUME), work("2015-01", "2019-06", asserted=_FORM)
        ),
        honest={
            "rounding to the season": told(
                work("2015-01", "2016-03", asserted=_RESUME),
                work("2015-01", "2016-09", asserted=_FORM),
            ),
            "years only in one of them": told(
                work("2015-04", "2018-02", asserted=_RESUME), work("2015", "2018", asserted=_FORM)
            ),
            "a legal form in one of them": told(
                work("2015-01", "2016-03", at="Northwind Ltd.", asserted=_RESUME),
                work("2015-01", "2016-03", asserted=_FORM),
            ),
            "an older stint left out of the form": told(
                work("2010-01", "2012-03", asserted=_RESUME),
                work("2015-01", "2019-03", asserted=_RESUME),
                work("2015-01", "2019-03", asserted=_FORM),
            ),
            "another stint in each": told(
                work("2010-01", "2012-03", asserted=_RESUME),
                work("2015-01", "2019-03", title="Lead", asserted=_FORM),
            ),
            "an employer as a whole, and by role": told(
                work("2010-01", "2019-03", asserted=_FORM),
                work("2010-01", "2014-03", asserted=_RESUME),
                work("2014-03", "2019-03", title="Lead", asserted=_RESUME),
            ),
            "a profile from before the job ended": told(
                work("2015-01", "2019-03", asserted=_FORM),
                work("2015-01", asserted={"where": "online_profile", "at": "2017-05-01"}),
            ),
            "one place alone": told(work("2015-01", "2016-03"), work("2018-01", "2019-03")),
        },
        unknown=told(work(asserted=_RESUME), work("2015-01", "2019-06", asserted=_FORM)),
        lacking=Fact.DATES,
    ),
}
