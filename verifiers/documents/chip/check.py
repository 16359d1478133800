"""One chip checked: every step in order, and all that was read on the way.

Active and chip authentication are judged only on data groups that EF.SOD vouches for, and count
only after passive authentication.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.chip import (
    Cause,
    CertificateRole,
    ChipAlgorithm,
    ChipCertificate,
    ChipDataGroup,
    ChipFace,
    ChipReading,
    ChipStep,
    Step,
    StepStatus,
)
from models.document import Mrz
from models.finding import Finding
from verifiers.documents.chip import passive
from verifiers.documents.chip.authenticate import authentications
from verifiers.documents.chip.data_groups import (
    issue_date,
    lds_version,
    listed_groups,
    read_details,
    read_zone,
)
from verifiers.documents.chip.face import decode, read_face
from verifiers.documents.chip.files import ChipFiles
from verifiers.documents.chip.hashes import Hash
from verifiers.documents.chip.passive import Signed, done, not_possible, step
from verifiers.documents.chip.printed_zone import printed_zone
from verifiers.documents.chip.rules import findings_of
from verifiers.documents.chip.security_object import SecurityObject, read_security_object
from verifiers.documents.chip.signatures import Scheme
from verifiers.documents.chip.tlv import Malformed
from verifiers.documents.chip.trust import TrustStore
from verifiers.picture import Pixels

_NEED_SOD = (
    *(Step.SIGNATURE, Step.TRUST_CHAIN, Step.ISSUED_IN_TIME, Step.SIGNED_IN_TIME),
    *(Step.VALID_TODAY, Step.REVOCATION, Step.COUNTRY),
)


@dataclass(frozen=True, eq=False)
class ChipResult:
    """What one chip says, and its face image for the matcher."""

    reading: ChipReading
    findings: tuple[Finding, ...]
    face: Pixels | None
    """RGB; `None` where DG2 was not supplied or its image is damaged."""


def check_chip(
    files: ChipFiles,
    trust: TrustStore,
    *,
    today: date,
    printed: Mrz | None = None,
    challenge: bytes | None = None,
) -> ChipResult:
    """Check one chip.

    Args:
        files: what was read from it.
        trust: the lists of the operator; empty where there are none.
        today: the day that validity is judged against.
        printed: the machine readable zone printed on the document, where it was read.
        challenge: the one that we had the chip answer, where we did; otherwise the one that came
            with the answer is taken, and when it was answered is not known.
    """
    chip = _Chip(files, trust, today, printed, challenge)
    reading = chip.reading()
    return ChipResult(reading, tuple(findings_of(reading)), chip.face)


class _Chip:
    """One chip on its way through the steps."""

    def __init__(
        self,
        files: ChipFiles,
        trust: TrustStore,
        today: date,
        printed: Mrz | None,
        challenge: bytes | None,
    ) -> None:
        self.files = files
        self.trust = trust
        self.today = today
        self.printed = printed
        self.challenge = challenge
        self.face: Pixels | None = None
        self.face_facts: ChipFace | None = None
        self.remarks: list[str] = []
        self.stated: SecurityObject | None = None
        self.signed: Signed | None = None

    def reading(self) -> ChipReading:
        opened = self._open()
        groups = tuple(passive.data_groups(self.files, self.stated))
        details = self._details(groups)
        zone, zone_problem = self._zone()
        state = zone.value("issuing_state") if zone else None
        signed_at = self.stated.signed.signed_at if self.stated else None
        issued = issue_date(details)
        moment = signed_at.date() if signed_at else issued
        compared, printed_step = printed_zone(zone, zone_problem, self.printed)
        steps = (
            opened,
            passive.hashes(groups),
            *self._signature(moment, zone.fields["issuing_state"].raw if zone and state else None),
            printed_step,
            self._portrait(),
            *authentications(self.files, groups, self.challenge),
        )
        self._note_listed()
        return ChipReading(
            source=self.files.source,
            checked_on=self.today,
            files=tuple(self.files.files),
            lds_version=self._lds_version(),
            security_object_version=self.stated.version if self.stated else None,
            signed_at=signed_at,
            algorithms=tuple(self._algorithms()),
            zone=zone,
            issued_on=issued,
            details=details,
            printed=compared,
            face=self.face_facts,
            data_groups=groups,
            chain=tuple(self._certificates()),
            steps=steps,
            remarks=tuple(self.remarks),
        )

    def _open(self) -> ChipStep:
        name = Step.SECURITY_OBJECT
        if broken := self.files.broken.get("EF.SOD"):
            return not_possible(name, Cause.MALFORMED, f"EF.SOD {broken}.")
        if self.files.sod is None:
            reason = "EF.SOD, which the issuer signs, was not supplied."
            return not_possible(name, Cause.MISSING, reason)
        try:
            self.stated = read_security_object(self.files.sod.data)
        except Malformed as malformed:
            return not_possible(name, Cause.MALFORMED, f"EF.SOD {malformed.problem}.")
        self.remarks += self.stated.oddities
        signer = passive.signer_of(self.stated, self.trust)
        if signer:
            if not self.stated.signed.identifies(signer):
                self.remarks.append("the signer is named otherwise than its certificate")
            chain = self.trust.chain(signer, self.stated.signed.certificates)
            self.signed = Signed(self.stated, signer, chain)
        numbers = ", ".join(f"DG{number}" for number in sorted(self.stated.hashes))
        return done(name, f"EF.SOD states the hashes of {numbers}.")

    def _signature(self, moment: date | None, issuing_state: str | None) -> Iterator[ChipStep]:
        signed = self.signed
        if self.stated is None or signed is None:
            missing = (
                "EF.SOD was not read"
                if self.stated is None
                else "EF.SOD names a signer "
                "whose certificate is neither in it nor among those supplied"
            )
            cause = Cause.MISSING if self.stated is None else Cause.UNKNOWN_SIGNER
            yield from (not_possible(name, cause, f"{missing}.") for name in _NEED_SOD)
            return
        yield step(Step.SIGNATURE, self.stated.signed.verify(signed.signer))
        yield passive.trust_chain(signed)
        yield passive.issued_in_time(signed)
        yield passive.signed_in_time(signed.signer, moment)
        yield passive.valid_today(signed.signer, self.today)
        yield passive.not_revoked(signed, self.trust, today=self.today, moment=moment)
        yield passive.country(signed, issuing_state)

    def _zone(self) -> tuple[Mrz | None, str]:
        """The zone of DG1, or why there is none."""
        file = self.files.groups.get(1)
        if file is None:
            broken = self.files.broken.get("EF.DG1")
            return None, f"EF.DG1 {broken}." if broken else "DG1 was not supplied."
        try:
            return read_zone(file.data, today=self.today), ""
        except Malformed as malformed:
            return None, f"DG1 {malformed.problem}."

    def _details(self, groups: Sequence[ChipDataGroup]) -> dict[str, str]:
        """What DG11 and DG12 say, where EF.SOD has their hashes."""
        said: dict[str, str] = {}
        right = {group.number for group in groups if group.status is StepStatus.DONE}
        for number in (11, 12):
            file = self.files.groups.get(number)
            if file is None:
                continue
            if number not in right:
                self.remarks.append(f"DG{number} is not what EF.SOD vouches for, so it is left out")
                continue
            try:
                said |= read_details(file.data)
            except Malformed as malformed:
                self.remarks.append(f"DG{number} {malformed.problem}")
        return said

    def _portrait(self) -> ChipStep:
        name = Step.PORTRAIT
        file = self.files.groups.get(2)
        if file is None:
            broken = self.files.broken.get("EF.DG2")
            cause = Cause.MALFORMED if broken else Cause.MISSING
            reason = f"EF.DG2 {broken}." if broken else "DG2 was not supplied."
            return not_possible(name, cause, reason)
        try:
            image = read_face(file.data)
            self.face = decode(image)
        except Malformed as malformed:
            return not_possible(name, Cause.MALFORMED, f"DG2 {malformed.problem}.")
        height, width = self.face.shape[:2]
        self.face_facts = ChipFace(
            format=image.format,
            standard=image.standard,
            size_bytes=len(image.data),
            width=width,
            height=height,
        )
        return done(name, f"DG2 holds a face image, {image.format} of {width} x {height} pixels.")

    def _lds_version(self) -> str | None:
        """As EF.SOD states it, which is signed, or EF.COM, which is not."""
        if self.stated and self.stated.lds_version:
            return self.stated.lds_version
        try:
            return lds_version(self.files.com.data) if self.files.com else None
        except Malformed:
            return None

    def _note_listed(self) -> None:
        """EF.COM is not signed, so that what it leaves out or adds is no more than a remark."""
        if self.files.com is None or self.stated is None:
            return
        try:
            listed = listed_groups(self.files.com.data)
        except Malformed as malformed:
            self.remarks.append(f"EF.COM {malformed.problem}")
            return
        for number in sorted(listed ^ set(self.stated.hashes)):
            where, but = ("EF.COM", "EF.SOD") if number in listed else ("EF.SOD", "EF.COM")
            self.remarks.append(f"{where} lists DG{number}, {but} does not")

    def _algorithms(self) -> Iterator[ChipAlgorithm]:
        if self.stated is None:
            return
        signed = self.stated.signed
        uses = (
            ("data groups", self.stated.hash),
            ("content of EF.SOD", signed.digest),
            ("signature of EF.SOD", signed.scheme),
            ("signature of the signer's certificate", self.signed and self.signed.signer.scheme),
        )
        for use, algorithm in uses:
            if isinstance(algorithm, Hash):
                yield ChipAlgorithm(
                    use=use, name=algorithm.name, age=algorithm.age, old=algorithm.old
                )
            elif isinstance(algorithm, Scheme):
                hash = algorithm.hash
                yield ChipAlgorithm(use=use, name=algorithm.words, age=hash.age, old=hash.old)
            elif algorithm:
                yield ChipAlgorithm(use=use, name="unknown", age=algorithm, old=True)

    def _certificates(self) -> Iterator[ChipCertificate]:
        links = self.signed.chain.links if self.signed else ()
        for place, link in enumerate(links):
            certificate = link.certificate
            if place == 0:
                role = CertificateRole.DOCUMENT_SIGNER
            else:
                role = CertificateRole.CSCA if certificate.self_issued else CertificateRole.LINK
            scheme = certificate.scheme
            yield ChipCertificate(
                role=role,
                subject=certificate.subject,
                issuer=certificate.issuer,
                country=certificate.country,
                serial_number=f"{certificate.serial:x}",
                valid_from=certificate.valid_from,
                valid_until=certificate.valid_until,
                key=certificate.key.words,
                signed_with=scheme.words if isinstance(scheme, Scheme) else scheme,
                sha256=certificate.sha256,
                source=link.source,
                trusted=link.trusted,
                remarks=certificate.oddities,
            )
