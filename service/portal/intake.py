"""A form with files, taken while it arrives: fields first, as our pages order them, then the files.

Text is kept, files go sealed to the store piece by piece. A file that cannot be taken is a problem
told beside its field; the rest is read to its end all the same, as a browser that is not heard out
shows its user a broken connection and not our answer.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from uuid import UUID

from models.draft_claims import Draft
from models.history import Claims
from models.surroundings import Surroundings
from models.verification import EvidenceKind
from service.api.multipart import Part, parts
from service.api.receiving import BODY_BYTES, Receiving, safe_name
from service.api.resumes import draft_from
from service.api.streaming import bounded
from service.api.surroundings import INVENTORY_BYTES
from service.errors import Refused
from service.portal import claims_form
from service.portal.visitors import Forbidden, Visitor, check_csrf
from verifiers.claims import LARGEST_BYTES as CLAIMS_BYTES
from verifiers.claims import parse_claims
from verifiers.environment.inventory import UnreadableInventory
from verifiers.environment.told import read_told
from verifiers.unusable import UnusableInput

FIELD_BYTES = 10_000
MOST_FIELDS = 40 + claims_form.MOST_FIELDS
FILES = {"documents": EvidenceKind.DOCUMENT, "recordings": EvidenceKind.FOOTAGE}
"""The fields that hold files, but for `claims` and `surroundings`, which are read here and now."""


class _NotTaken(Exception):
    """One of the files is a problem, so none of them stays."""


@dataclass
class Intake:
    """What one form brings."""

    reads_resumes: bool = False
    """Whether this form is the one that a résumé is read from."""
    fields: dict[str, str] = field(default_factory=dict)
    claims: Claims | None = None
    draft: Draft | None = None
    """Of a résumé: shown to be confirmed, never stored as it is."""
    surroundings: Surroundings | None = None
    """Of one file or several that tell what the company sees."""
    problems: dict[str, str] = field(default_factory=dict)
    """By field, in words for whoever filled it in."""

    def read_fields(self, form: Iterator[Part], visitor: Visitor) -> Part | None:
        """Everything before the first file of evidence, which is returned.

        Raises:
            Forbidden: the form is not of the visitor's session.
        """
        first = next((part for part in form if not self._took(part, visitor)), None)
        check_csrf(self.fields.get("csrf", ""), visitor.csrf)
        return first

    def store_files(
        self, first: Part | None, rest: Iterator[Part], visitor: Visitor, verification: UUID
    ) -> int:
        """Store the files for a verification, all or none where one is a problem; how many.

        Raises:
            Conflict: the verification takes none now.
        """
        count = 0
        with (
            suppress(_NotTaken),
            Receiving(visitor.parts.store, visitor.tenant, visitor.actor, verification) as files,
        ):
            part = first
            while part is not None:
                count += self._store(files, part)
                part = next(rest, None)
            if self.problems:
                raise _NotTaken
            if count:
                files.keep()
        return count

    def _store(self, files: Receiving, part: Part) -> bool:
        kind = FILES.get(part.name)
        if kind is None or not part.filename or self.problems:
            return False
        try:
            files.take(kind, replace(part, name="files"))
        except UnusableInput as unusable:
            self.problems[part.name] = f"{unusable.file} {unusable.told}"
        except Refused as refused:
            if refused.status != 413:
                raise
            self.problems[part.name] = f"{safe_name(part.filename)}: {refused.detail}"
        return True

    def _took(self, part: Part, visitor: Visitor) -> bool:
        """Take a field, or a file that is read at once; false where it is a file to store."""
        if part.filename is None:
            if len(self.fields) >= MOST_FIELDS:
                raise Forbidden("This form has more fields than any page of ours.")
            said = b"".join(bounded(part.body, FIELD_BYTES, "A field"))
            self.fields[part.name] = said.decode(errors="replace").strip()
            return True
        if part.filename:  # Nothing of a file is read for whoever sent no form of ours.
            check_csrf(self.fields.get("csrf", ""), visitor.csrf)
        if part.name == "claims" and part.filename:
            self._read_claims(part, safe_name(part.filename))
            return True
        if part.name == "surroundings" and part.filename:
            self._read_surroundings(part, safe_name(part.filename), visitor)
            return True
        if part.name == "resume" and part.filename and self.reads_resumes:
            self._read_resume(part, safe_name(part.filename))
            return True
        return not part.filename  # An input without a file is sent as one without a name.

    def _read_claims(self, part: Part, name: str) -> None:
        try:
            said = b"".join(bounded(part.body, CLAIMS_BYTES, name))
            self.claims = parse_claims(name, said)
        except UnusableInput as unusable:
            self.problems["claims"] = f"{name} {unusable.told}"
        except Refused as refused:
            self.problems["claims"] = refused.detail

    def _read_surroundings(self, part: Part, name: str, visitor: Visitor) -> None:
        try:
            said = b"".join(bounded(part.body, INVENTORY_BYTES, name))
            told = read_told(said, reported_at=visitor.parts.store.clock())
            self.surroundings = (self.surroundings or Surroundings()).and_also(told)
        except UnreadableInventory as unreadable:
            self.problems["surroundings"] = f"{name}: {unreadable}"
        except Refused as refused:
            self.problems["surroundings"] = refused.detail

    def _read_resume(self, part: Part, name: str) -> None:
        if self.draft or "resume" in self.problems:
            self.draft = None
            self.problems["resume"] = "Choose one résumé only."
            return
        try:
            self.draft = draft_from(name, part.body)
        except UnusableInput as unusable:
            self.problems["resume"] = f"{name} {unusable.told}"
        except Refused as refused:
            self.problems["resume"] = f"{name}: {refused.detail}"


def form_of(pieces: Iterator[bytes], boundary: bytes) -> Iterator[Part]:
    """The parts of a form, the whole of it bounded."""
    return parts(bounded(pieces, BODY_BYTES, "A form with its files"), boundary)
