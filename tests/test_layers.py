"""The layers hold: service uses verifiers uses models, and rooms of one floor do not lean in."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("models", "verifiers", "service", "samples", "bench", "training", "tests")
MAY_IMPORT = {
    "models": {"models"},
    "verifiers": {"models", "verifiers"},
    "service": {"models", "verifiers", "service", "samples"},
    "samples": {"models", "samples"},
}
"""`service` shows the samples (`bonafide demo`); they know nothing of it."""

SHARED_BY_ROOMS = {"decoding", "shipped_lists"}
"""Folders of `verifiers` that stand beside its single files, such as `imaging`, for every room."""

FORBIDDEN_LIBRARIES = {
    "models": {"httpx", "fastapi", "sqlalchemy", "numpy", "cv2", "PIL"},
    "verifiers": {"fastapi", "starlette", "sqlalchemy", "psycopg", "typer", "rich", "structlog"},
    "samples": {"fastapi", "sqlalchemy", "typer", "rich", "structlog"},
}


@dataclass(frozen=True)
class Import:
    """One imported module, by its whole name, and where the import stands."""

    module: str
    where: str

    @property
    def package(self) -> str:
        return self.module.split(".")[0]


def imports_of(source: str, module: str, *, is_package: bool) -> Iterator[Import]:
    """Every import of a module's source, in functions too; relative ones made absolute."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, f"{module}:{node.lineno}")
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".")
            anchor = parts[: len(parts) + is_package - node.level] if node.level else []
            base = ".".join([*anchor, *([node.module] if node.module else [])])
            # `from verifiers import faces` imports a room, not a name.
            for alias in node.names:
                yield Import(f"{base}.{alias.name}", f"{module}:{node.lineno}")


def modules(package: str) -> Iterator[tuple[str, list[Import]]]:
    """The modules of one of our packages, each with what it imports."""
    for path in sorted((ROOT / package).rglob("*.py")):
        is_package = path.name == "__init__.py"
        place = path.parent if is_package else path.with_suffix("")
        name = ".".join(place.relative_to(ROOT).parts)
        source = path.read_text(encoding="utf-8")
        yield name, list(imports_of(source, name, is_package=is_package))


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    found = [used for _, imports in modules(package) for used in imports]
    assert found
    strays = [u for u in found if u.package in OURS and u.package not in MAY_IMPORT[package]]
    assert strays == []


@pytest.mark.parametrize("package", FORBIDDEN_LIBRARIES)
def test_a_package_keeps_away_from_libraries_of_other_layers(package: str) -> None:
    found = [used for _, imports in modules(package) for used in imports]
    assert [used for used in found if used.package in FORBIDDEN_LIBRARIES[package]] == []


def test_rooms_of_verifiers_do_not_import_each_other_and_what_they_share_imports_no_room() -> None:
    folders = {path.parent.name for path in (ROOT / "verifiers").glob("*/__init__.py")}
    rooms = folders - SHARED_BY_ROOMS
    assert {"documents", "history"} <= rooms
    strays = [
        used
        for name, imports in modules("verifiers")
        for used in imports
        if (theirs := _room(used.module, rooms)) and theirs != _room(name, rooms)
    ]
    assert strays == []


def test_the_reading_of_imports_sees_every_way_to_write_one() -> None:
    source = (
        "import verifiers.faces as f\n"
        "from verifiers import liveness\n"
        "from ..documents.mrz import parse\n"
        "def late():\n"
        "    from . import timeline\n"
    )
    found = imports_of(source, "verifiers.history.rules", is_package=False)
    assert [used.module for used in found] == [
        "verifiers.faces",
        "verifiers.liveness",
        "verifiers.documents.mrz.parse",
        "verifiers.history.timeline",
    ]
    (relative,) = imports_of("from .rule import Rule", "verifiers.history", is_package=True)
    assert relative.module == "verifiers.history.rule.Rule"


def _room(module: str, rooms: set[str]) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "verifiers" and len(parts) > 1 and parts[1] in rooms else None
