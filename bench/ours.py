"""The whole of Bonafide on one document and one clip, for the comparison with `bench.peer`.

`python -m bench.ours DOCUMENT FOOTAGE` prints one line of JSON.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from models.policy import DEMO_POLICY
from models.stage import Stage
from service.workflow.pipeline import Order, Submitted
from service.workflow.verifying import Engines, verify


def main(document: str, footage: str) -> None:
    """Verify, and print what came of it."""
    order = Order(
        submitted=Submitted(documents=(Path(document),), footage=(Path(footage),)),
        stage=Stage.INTERVIEW,
        policy=DEMO_POLICY,
        now=datetime.now(UTC),
    )
    verification, shown = verify(order, Engines.default(None), lambda _: None)
    print(
        json.dumps(
            {
                "lines": [line for d in shown.documents for line in d.mrz.splitlines()],
                "outcome": verification.verdict.outcome.value,
                "findings": [finding.code for finding in verification.findings],
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
