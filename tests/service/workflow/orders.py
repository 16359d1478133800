"""Orders for the tests of steps and jobs: the genuine candidate, with what a test changes."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from models.policy import DEMO_POLICY
from models.stage import Stage
from samples.candidates import CandidateFiles, write
from service.workflow.pipeline import Order, Submitted

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@cache
def genuine() -> CandidateFiles:
    """The files of the genuine sample candidate, rendered once."""
    (files,) = write(Path(mkdtemp(prefix="bonafide-tests-")), names=["genuine"])
    return files


def an_order(*, keep_template: bool = False, **submitted: Any) -> Order:
    """The genuine candidate's interview, with other files where some are named."""
    files = genuine()
    sent = {"documents": files.documents, "footage": files.footage, "claims": files.claims}
    return Order(
        submitted=Submitted(**(sent | submitted)),
        stage=Stage.INTERVIEW,
        policy=DEMO_POLICY,
        now=NOW,
        keep_template=keep_template,
    )
