"""The whole of Bonafide on one document and one clip, for the comparison with `bench.peer`.

`python -m bench.ours DOCUMENT FOOTAGE` prints one line of JSON.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from models.policy import DEMO_POLICY
from models.stage import Stage
from service.workflow.evidence import Submitted
from service.workflow.pipeline import Engines, Order, run


def main(document: str, footage: str) -> None:
    """Verify, and print what came of it."""
    order = Order(Submitted((Path(document),), (Path(footage),)), Stage.INTERVIEW, DEMO_POLICY)
    verification, exhibits = run(order, Engines.default(), datetime.now(UTC), lambda _: None)
    print(
        json.dumps(
            {
                "lines": [line for d in exhibits.documents.documents for line in d.text.lines],
                "outcome": verification.verdict.outcome.value,
                "findings": [finding.code for finding in verification.findings],
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
