"""The chip of a travel document: what was read from it and how far each step of checking it came.

ICAO 9303-10 says what lies on the chip (elementary files: EF.SOD, EF.DG1 to EF.DG16), 9303-11 how
it is authenticated, 9303-12 who vouches for whom: a state's country signing certification authority
(CSCA) for its document signers, a document signer for the data of one document.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from models.base import Model
from models.document import Mrz


class StepStatus(StrEnum):
    """How far a step came."""

    DONE = "done"
    """It was taken, and what it asks holds."""
    FAILED = "failed"
    """It was taken, and what it asks does not hold."""
    NOT_POSSIBLE = "not_possible"
    """Something it needs is missing or cannot be judged."""


class Step(StrEnum):
    """The steps of checking a chip, in their order."""

    SECURITY_OBJECT = "security_object"
    """EF.SOD could be read."""
    DATA_GROUPS = "data_groups"
    """Every data group that was read has the hash that EF.SOD states."""
    SIGNATURE = "signature"
    """EF.SOD bears the signature of the document signer that it names."""
    TRUST_CHAIN = "trust_chain"
    """A CSCA that the operator trusts vouches for the document signer."""
    ISSUED_IN_TIME = "issued_in_time"
    """The CSCA's certificate was valid when it certified the signer."""
    SIGNED_IN_TIME = "signed_in_time"
    """The signer's certificate, and its key's period of use, covered the moment of signing."""
    VALID_TODAY = "valid_today"
    """The signer's certificate has not run out."""
    REVOCATION = "revocation"
    """No list of revoked certificates names the signer."""
    COUNTRY = "country"
    """Signer, CSCA and the data on the chip name one issuer."""
    PRINTED_ZONE = "printed_zone"
    """The machine readable zone on the chip is the printed one."""
    PORTRAIT = "portrait"
    """The face image could be read."""
    ACTIVE_AUTHENTICATION = "active_authentication"
    """The chip proved by an answer that it holds the private key of its DG15."""
    CHIP_AUTHENTICATION = "chip_authentication"
    """The chip proved by a key agreement that it holds a private key of its DG14."""


class Cause(StrEnum):
    """Why a step failed or was not possible, for rules; its reason says it to people."""

    MISSING = "missing"
    MALFORMED = "malformed"
    UNSUPPORTED = "unsupported"
    MISMATCH = "mismatch"
    NOT_COVERED = "not_covered"
    """EF.SOD has no hash of it."""
    WRONG_SIGNATURE = "wrong_signature"
    NOT_AUTHENTIC = "not_authentic"
    """It would say something only after passive authentication."""
    NO_LIST = "no_list"
    """No master list or certificate was supplied."""
    UNKNOWN_SIGNER = "unknown_signer"
    FORGED_CERTIFICATE = "forged_certificate"
    """The signer's certificate names the key of a listed CSCA, which did not sign it."""
    OTHER_PURPOSE = "other_purpose"
    """The certificate is not for signing documents."""
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    KEY_PERIOD = "key_period"
    UNKNOWN_TIME = "unknown_time"
    NO_REVOCATION_LIST = "no_revocation_list"
    OUTDATED_LIST = "outdated_list"
    REVOKED = "revoked"
    REPLACED = "replaced"
    """Revoked for a reason that says nothing against what was signed before."""
    OTHER_COUNTRY = "other_country"
    UNKNOWN_COUNTRY = "unknown_country"
    NO_PRINT = "no_print"
    WRONG_ANSWER = "wrong_answer"
    NO_KEY = "no_key"
    """The chip offers no such authentication."""
    NO_ANSWER = "no_answer"
    """It offers one, but no answer was supplied."""
    OWN_CHALLENGE = "own_challenge"
    """The challenge came with its answer, so both may have been recorded at any time."""
    INTERACTIVE = "interactive"
    """It convinces only the reader that took part."""


class _Judged(Model):
    """A status, its reason, and the cause exactly where it is not done."""

    status: StepStatus
    reason: str = Field(min_length=1)
    """One sentence."""
    cause: Cause | None = None

    @model_validator(mode="after")
    def _has_cause(self) -> Self:
        if (self.cause is None) != (self.status is StepStatus.DONE):
            raise ValueError("a step has a cause exactly when it is not done")
        return self


class ChipStep(_Judged):
    """One step, and what came of it."""

    step: Step


class ChipDataGroup(_Judged):
    """One data group: its file, and its hash against the one that EF.SOD states."""

    number: int = Field(ge=1, le=16)
    file: str | None
    """`None` where EF.SOD has its hash but the file was not supplied."""
    size_bytes: int | None = Field(default=None, ge=0)
    expected: str | None = None
    """As EF.SOD states it, hexadecimal."""
    computed: str | None = None

    @property
    def name(self) -> str:
        """`DG1` to `DG16`."""
        return f"DG{self.number}"


class ChipFile(Model):
    """One file that was supplied, and what it was taken for."""

    name: str
    what: str
    """`EF.SOD`, `EF.DG1`, …; or why it was left aside."""
    used: bool


class CertificateRole(StrEnum):
    """What a certificate of the chain is."""

    DOCUMENT_SIGNER = "document_signer"
    LINK = "link"
    """A CSCA's new key, signed with its old one."""
    CSCA = "csca"


class ChipCertificate(Model):
    """One certificate of the trust chain."""

    role: CertificateRole
    subject: str
    issuer: str
    country: str | None
    """As the certificate writes it, in capitals."""
    serial_number: str
    """Hexadecimal."""
    valid_from: datetime
    valid_until: datetime
    key: str
    """`RSA 2048`, `ECDSA brainpoolP256r1 (explicit parameters)`."""
    signed_with: str
    """`RSA-PSS, SHA-256`."""
    sha256: str
    """Of the certificate, hexadecimal."""
    source: str
    """The file of the operator that it stands in, or `EF.SOD`."""
    trusted: bool
    """Whether the operator supplied it."""
    remarks: tuple[str, ...] = ()


class ChipAlgorithm(Model):
    """A hash or signature algorithm in use, and its age."""

    use: str
    name: str
    age: str
    old: bool
    """Whether 9303-12 no longer has it for what is signed today."""


class ChipZoneField(Model):
    """One field of the zone on the chip beside the printed one."""

    name: str
    chip: str
    printed: str
    agrees: bool | None
    """`None` where the print was not read surely."""


class ChipFace(Model):
    """The face image of DG2."""

    format: str
    """`JPEG` or `JPEG 2000`."""
    standard: str
    """`ISO/IEC 19794-5` or `ISO/IEC 39794-5`."""
    size_bytes: int = Field(ge=0)
    width: int = Field(ge=1)
    height: int = Field(ge=1)


class ChipReading(Model):
    """Everything that was read from one chip, and what came of each step."""

    source: str
    """The folder or file that it was read from, by its name."""
    checked_on: date
    """The day that validity is judged against."""
    files: tuple[ChipFile, ...] = ()
    lds_version: str | None = None
    """Of the logical data structure, as EF.COM or EF.SOD state it: `1.7`."""
    security_object_version: int | None = None
    signed_at: datetime | None = None
    """As the signer states it; the standard does not ask for it."""
    algorithms: tuple[ChipAlgorithm, ...] = ()
    zone: Mrz | None = None
    """DG1."""
    issued_on: date | None = None
    """DG12."""
    details: dict[str, str] = Field(default_factory=dict)
    """What DG11 and DG12 say, by the names of 9303-10."""
    printed: tuple[ChipZoneField, ...] = ()
    face: ChipFace | None = None
    data_groups: tuple[ChipDataGroup, ...] = ()
    chain: tuple[ChipCertificate, ...] = ()
    """From the document signer up; its last is the end of what is known."""
    steps: tuple[ChipStep, ...] = ()
    remarks: tuple[str, ...] = ()
    """Oddities that weigh nothing."""

    def step(self, step: Step) -> ChipStep:
        """What came of this step; raises `KeyError` where it was not come to."""
        for taken in self.steps:
            if taken.step is step:
                return taken
        raise KeyError(step)

    def vouched_for(self, number: int) -> bool:
        """Whether this data group is what the issuer signed, as far as `authentic` says."""
        return self.authentic and any(
            group.number == number and group.status is StepStatus.DONE for group in self.data_groups
        )

    def _all_done(self, *steps: Step) -> bool:
        return all(self.step(step).status is StepStatus.DONE for step in steps)

    @property
    def intact(self) -> bool:
        """Whether the hashes of what was read and the signature over them hold."""
        return self._all_done(Step.DATA_GROUPS, Step.SIGNATURE)

    @property
    def authentic(self) -> bool:
        """Passive authentication (9303-11 §5.1): intact, and signed for a CSCA that is trusted."""
        return self.intact and self._all_done(Step.TRUST_CHAIN)
