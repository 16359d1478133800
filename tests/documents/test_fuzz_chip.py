"""Chips and lists that nobody issued: none breaks a parser, holds it up or eats the memory."""

import contextlib
import random
import resource
import time

import pytest

from models.chip import Step, StepStatus
from models.finding import Status
from tests.documents.chip import pki, signed
from tests.documents.chip.chips import TODAY, Chip, codes, dg1, dg2, dg14, dg15, trusting
from verifiers.documents.chip.check import check_chip
from verifiers.documents.chip.files import sort_files
from verifiers.documents.chip.lists import add_list
from verifiers.documents.chip.tlv import Malformed
from verifiers.documents.chip.trust import TrustStore

pytestmark = pytest.mark.soak

CHIPS = 20_000
LISTS = 3_000
LONGEST_SECONDS = 5.0
"""Of CPU for one: hundreds of times what one takes."""
MOST_MEMORY_MB = 128
"""By how much the process may have grown when all are done."""


def test_no_damaged_chip_breaks_a_step_and_no_changed_zone_is_vouched_for() -> None:
    chance = random.Random(9303)
    groups = {
        1: dg1(),
        2: dg2(b"no picture, so that no decoder is started"),
        14: dg14(chip_key=pki.key("SECP256R1", 7), active_hash="sha256"),
        15: dg15(pki.key("BrainpoolP256R1", 3)),
    }
    whole = Chip(groups=groups, not_sent=(), beside={"response": bytes(64), "challenge": bytes(8)})
    genuine, trust = whole.files(), trusting()
    before, slowest = _peak_memory_mb(), 0.0
    for _ in range(CHIPS):
        files = dict(genuine)
        name = chance.choice(["EF_SOD.bin", "EF_SOD.bin", *files])
        files[name] = _spoiled(files[name], chance)
        began = time.process_time()
        result = check_chip(sort_files("chip", files), trust, today=TODAY)
        slowest = max(slowest, time.process_time() - began)
        assert {step.step for step in result.reading.steps} == set(Step)
        changed = files[name].rstrip(b"\x00\xff") != genuine[name].rstrip(b"\x00\xff")
        if name == "DG1.bin" and changed:
            assert not result.reading.vouched_for(1)
    assert slowest < LONGEST_SECONDS
    assert _peak_memory_mb() - before < MOST_MEMORY_MB


def test_no_damage_to_what_is_signed_goes_unseen() -> None:
    """Each single bit of the hashes: the only part where a change could pass for another chip."""
    chip = Chip()
    sod = chip.files()["EF_SOD.bin"]
    stated = chip.checked().reading.data_groups
    for group in stated:
        assert group.expected is not None
        at = sod.index(bytes.fromhex(group.expected))
        for bit in range(0, 256, 7):
            changed = bytearray(sod)
            changed[at + bit // 8] ^= 1 << bit % 8
            result = Chip(beside={"EF_SOD.bin": bytes(changed)}).checked()
            assert result.reading.step(Step.SIGNATURE).status is StepStatus.FAILED
            assert codes(result)["signature_wrong"].status is Status.CONTRADICTS


def test_no_damaged_list_breaks_its_reading() -> None:
    chance = random.Random(9303)
    genuine = (
        signed.master_list(pki.csca(), pki.csca("UT")),
        pki.csca().der,
        signed.revocation_list(pki.csca(), 5, 6, reason="superseded"),
    )
    slowest = 0.0
    for _ in range(LISTS):
        data = _spoiled(chance.choice(genuine), chance)
        began = time.process_time()
        with contextlib.suppress(Malformed):
            add_list(TrustStore(), "list", data)
        slowest = max(slowest, time.process_time() - began)
    assert slowest < LONGEST_SECONDS


def _spoiled(data: bytes, chance: random.Random) -> bytes:
    """Bytes replaced, lengths made up, parts cut out, doubled or moved."""
    spoiled = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        if not spoiled:
            break
        at = chance.randrange(len(spoiled))
        match chance.randrange(6):
            case 0:
                del spoiled[at : at + chance.randrange(1, 20)]
            case 1:
                spoiled[at:at] = spoiled[at : at + chance.randrange(1, 200)]
            case 2:
                spoiled[at] = chance.choice((0x00, 0x30, 0x31, 0x80, 0x82, 0x84, 0xA0, 0xFF))
            case 3:
                spoiled[at] ^= 1 << chance.randrange(8)
            case 4:
                spoiled[at : at + 4] = chance.randbytes(4)
            case _:
                spoiled = spoiled[: at + 1]
    return bytes(spoiled) or b"\x00"


def _peak_memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
