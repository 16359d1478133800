"""Query parameters that no operation has are refused: a misspelt filter would answer with all."""

from fastapi import Request
from fastapi.exceptions import RequestValidationError


def refuse_unknown_queries(request: Request) -> None:
    """Compare a request's query with what the operation that it reached documents.

    Raises:
        RequestValidationError: it has a parameter that the operation has not.
    """
    if not request.query_params:
        return
    operation = request.app.openapi()["paths"][request.scope["route"].path][request.method.lower()]
    documented = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"}
    unknown = [name for name in dict.fromkeys(request.query_params) if name not in documented]
    if unknown:
        message = f"There is no such parameter here; there are: {_listed(documented)}"
        raise RequestValidationError(
            [{"type": "extra_forbidden", "loc": ("query", n), "msg": message} for n in unknown]
        )


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "none"
