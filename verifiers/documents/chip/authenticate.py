"""The steps of active and chip authentication on one chip (9303-11 §6)."""

from collections.abc import Iterator, Sequence

from models.chip import Cause, ChipDataGroup, ChipStep, Step, StepStatus
from verifiers.documents.chip.authentication import (
    Protocols,
    answer_holds,
    plain_bytes,
    read_active_key,
    read_protocols,
)
from verifiers.documents.chip.files import ChipFiles
from verifiers.documents.chip.passive import not_possible, step
from verifiers.documents.chip.tlv import Malformed

_KEY_OF_ACTIVE, _PROTOCOLS = 15, 14


def authentications(
    files: ChipFiles, groups: Sequence[ChipDataGroup], challenge: bytes | None
) -> Iterator[ChipStep]:
    """Both steps.

    Args:
        files: what was supplied.
        groups: what came of their hashes.
        challenge: ours, where we had the chip answer it.
    """
    stated = {group.number: group for group in groups}
    protocols, problem = Protocols(), "DG14 names no key of the chip."
    group = stated.get(_PROTOCOLS)
    if group and group.status is StepStatus.DONE:
        try:
            protocols = read_protocols(files.groups[_PROTOCOLS].data)
        except Malformed as malformed:
            problem = f"DG14 {malformed.problem}."
    yield _active(files, stated.get(_KEY_OF_ACTIVE), protocols, challenge)
    yield _chip(group, protocols, problem)


def _active(
    files: ChipFiles, group: ChipDataGroup | None, protocols: Protocols, challenge: bytes | None
) -> ChipStep:
    name = Step.ACTIVE_AUTHENTICATION
    if group is None:
        return not_possible(name, Cause.NO_KEY, "The chip has no DG15: it does not offer it.")
    if group.status is not StepStatus.DONE:
        cause = Cause.MISSING if group.cause is Cause.MISSING else Cause.NOT_AUTHENTIC
        return not_possible(name, cause, f"Its key is in DG15. {group.reason}")
    if files.twice:
        return not_possible(name, Cause.MALFORMED, f"{' '.join(files.twice.values())}")
    if files.response is None or (challenge is None and files.challenge is None):
        reason = "The chip offers it (DG15), but no challenge and answer were supplied."
        return not_possible(name, Cause.NO_ANSWER, reason)
    beside = plain_bytes(files.challenge) if files.challenge else None
    try:
        key = read_active_key(files.groups[_KEY_OF_ACTIVE].data)
    except Malformed as malformed:
        return not_possible(name, Cause.MALFORMED, f"DG15 {malformed.problem}.")
    if challenge is not None:
        judged = answer_holds(key, protocols, challenge, files.response)
        if judged.cause is not Cause.WRONG_ANSWER or beside in (None, challenge):
            return step(name, judged)
    # A challenge that came along with the answer and is not ours was put by somebody else's reader.
    assert beside is not None
    judged = answer_holds(key, protocols, beside, files.response)
    if judged.cause not in (None, Cause.WRONG_ANSWER):
        return step(name, judged)
    reason = (
        f"{judged.reason} But the challenge came along with it and is not ours, so that both may "
        "have been recorded at any time, or be of two readings."
    )
    return not_possible(name, Cause.OWN_CHALLENGE, reason)


def _chip(group: ChipDataGroup | None, protocols: Protocols, problem: str) -> ChipStep:
    name = Step.CHIP_AUTHENTICATION
    if group is None:
        return not_possible(name, Cause.NO_KEY, "The chip has no DG14: it does not offer it.")
    if group.status is not StepStatus.DONE:
        cause = Cause.MISSING if group.cause is Cause.MISSING else Cause.NOT_AUTHENTIC
        return not_possible(name, cause, f"Its key is in DG14. {group.reason}")
    if not protocols.chip_keys:
        return not_possible(name, Cause.NO_KEY, problem)
    reason = (
        f"The chip offers it (DG14: {', '.join(protocols.chip_keys)}), but its proof convinces "
        "only the reader that took part: from stored files it cannot be checked."
    )
    return not_possible(name, Cause.INTERACTIVE, reason)
