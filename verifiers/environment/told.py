"""What a company tells in a file: our own JSON of surroundings, or an inventory as exported."""

import json
from datetime import datetime

from pydantic import ValidationError

from models.surroundings import Surroundings
from verifiers.environment.inventory import UnreadableInventory, read_inventory
from verifiers.environment.inventory.reading import schema_problems, text_of


def read_told(data: bytes, *, reported_at: datetime | None = None) -> Surroundings:
    """The surroundings in a JSON file, of whichever of these shapes.

    Raises:
        UnreadableInventory: it is neither; the message says what is wrong.
    """
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        said = None  # A log has one JSON value a line; what is none is told by the inventories.
    if not isinstance(said, dict) or said.keys().isdisjoint(Surroundings.model_fields):
        return Surroundings(inventories=read_inventory(data, reported_at=reported_at))
    try:
        # From JSON, so that texts are read as dates.
        return Surroundings.model_validate_json(text_of(data))
    except ValidationError as error:
        problem = f"does not follow the schema of what is seen: {schema_problems(error)}"
        raise UnreadableInventory(problem) from None
