"""The ways in which a claimed history may not fit together, or not with what others say of it.

Rules HIST-01 to HIST-60 are the published consistency rules, with a letter where one of them takes
several blocks; from HIST-61 on they are our own. Adding a rule is adding a block to the file of its
topic, and its three cases (fraud, honest look-alike, unknown) under tests/rules.
"""

from verifiers.history import (
    accounts,
    across_stages,
    contacts,
    document_dates,
    education,
    employer_domains,
    employers,
    lookalikes,
    name_rules,
    technology_rules,
    tellings,
    timeline_rules,
)

_BY_TOPIC = (
    *timeline_rules.RULES,
    *tellings.RULES,
    *employers.RULES,
    *employer_domains.RULES,
    *lookalikes.RULES,
    *education.RULES,
    *technology_rules.RULES,
    *name_rules.RULES,
    *document_dates.RULES,
    *contacts.RULES,
    *accounts.RULES,
    *across_stages.RULES,
)

RULES = tuple(sorted(_BY_TOPIC, key=lambda rule: rule.id))
"""Every rule, in the order that findings are reported in."""
