"""The quality of pictures: each measure follows its defect, and nothing is asked of a good one."""

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from bench.mrz_pages import Stress, mixed_stress, page
from models.document import MrzSearch, MrzText
from models.finding import Finding, Status
from samples.holder import ANNA
from samples.mrz_lines import FORMATS, Format
from samples.photograph import photograph
from samples.portraits import identity_one
from samples.specimen import render
from verifiers.documents import quality_measures as measures
from verifiers.documents.quality import Defect, Kind, assess
from verifiers.documents.reading import MrzReader
from verifiers.documents.rules_quality import picture_quality
from verifiers.picture import Picture

Pixels = NDArray[np.uint8]
SEEDS = range(2)


@cache
def reader() -> MrzReader:
    return MrzReader()


def zone_on(pixels: Pixels) -> MrzText:
    """The zone that is read, surely or not."""
    return reader().read(pixels).readings[0]


def kinds(defects: tuple[Defect, ...]) -> set[Kind]:
    return {defect.kind for defect in defects}


@cache
def side(format: Format = "TD3", dpi: int = 150) -> Pixels:
    return np.asarray(render(ANNA, format, identity_one(), dpi=dpi).face_side.image, np.uint8)


def as_picture(pixels: Pixels, page_number: int = 1) -> Picture:
    return Picture("passport.jpg", pixels, page_number)


def asked(pixels: Pixels, search: MrzSearch | None = None) -> list[Finding]:
    picture = as_picture(pixels)
    return list(picture_quality([(picture, search or reader().read(pixels))], []))


# Measures


def measured(stress: Stress, of: Callable[[measures.ZoneMeasures], float]) -> float:
    """The median over some pages."""
    values = []
    for seed in SEEDS:
        picture = page(stress, seed).picture
        values.append(of(measures.of_strips(*measures.cut_strips(picture, zone_on(picture)))))
    return float(np.median(values))


@pytest.mark.parametrize(
    ("worse", "of"),
    [
        ([Stress(pitch=p) for p in (20, 10, 6, 4.5)], lambda m: -m.pitch),
        ([Stress(blur=b) for b in (0, 0.08, 0.14, 0.2)], lambda m: m.spread),
        ([Stress(motion=b) for b in (0, 0.2, 0.4, 0.6)], lambda m: m.spread),
        ([Stress(motion=b) for b in (0, 0.2, 0.4, 0.6)], lambda m: m.one_way),
        ([Stress(glare=g) for g in (0.6, 0.8, 0.9)], lambda m: m.burnt),
        ([Stress(contrast=c) for c in (0.8, 0.4, 0.2, 0.12)], lambda m: -m.contrast),
        ([Stress(light=c) for c in (1, 0.5, 0.25, 0.12)], lambda m: -m.contrast),
        ([Stress(finger=c) for c in (1, 3, 5)], lambda m: m.covered),
    ],
    ids=["small", "blur", "motion", "one way", "glare", "pale", "dark", "finger"],
)
def test_a_zone_s_measure_follows_what_is_wrong_with_it(
    worse: list[Stress], of: Callable[[measures.ZoneMeasures], float]
) -> None:
    values = [measured(stress, of) for stress in worse]
    assert values == sorted(values)
    assert values[-1] > values[0]


@pytest.mark.parametrize(
    ("name", "amounts", "of"),
    [
        ("blur", (0.0, 2.5, 5.0, 9.0), lambda grey: measures.of_page(grey).spread),
        ("glare", (0.0, 0.5, 1.0), lambda grey: sum(s.share for s in measures.glare(grey))),
    ],
)
def test_a_page_s_measure_follows_what_is_wrong_with_it(
    name: str, amounts: tuple[float, ...], of: Callable[[Pixels], float]
) -> None:
    for seed in SEEDS:
        values = []
        for amount in amounts:
            taken = photograph(side(), noise=3, seed=seed, **{name: amount}).image  # type: ignore[arg-type]
            values.append(of(np.asarray(cv2.cvtColor(taken, cv2.COLOR_RGB2GRAY), np.uint8)))
        assert values == sorted(values)
        assert values[-1] > values[0]


def test_noise_is_not_taken_for_sharpness_nor_for_blur() -> None:
    clean, noisy = (measured(Stress(noise=n), lambda m: m.spread) for n in (0, 18))
    assert noisy == pytest.approx(clean, rel=0.1)


# Words


@pytest.mark.parametrize(
    ("stress", "kind", "words", "action"),
    [
        (Stress(pitch=4.5), Kind.TOO_SMALL, "pixels long, at least", "Go closer"),
        (Stress(blur=0.2), Kind.BLURRED, "pixels wide, at most", "focus"),
        (Stress(motion=0.6), Kind.BLURRED, "blurred by movement", "Hold still"),
        (Stress(glare=0.97), Kind.GLARE, "light is reflected on", "Tilt"),
        (Stress(contrast=0.1), Kind.WASHED_OUT, "too pale", "softer light"),
        (Stress(light=0.12), Kind.TOO_DARK, "too dark", "more light"),
        (Stress(finger=5), Kind.COVERED, "covers or shades", "fingers"),
    ],
    ids=lambda value: value.value if isinstance(value, Kind) else "",
)
def test_a_defect_says_how_much_against_which_limit_where_and_what_to_do(
    stress: Stress, kind: Kind, words: str, action: str
) -> None:
    for seed in SEEDS:
        picture = page(stress, seed).picture
        zone = zone_on(picture)
        defect = next(one for one in assess(picture, zone) if one.kind is kind)
        assert words in defect.wrong
        assert action in defect.action
        assert defect.region
        if kind in (Kind.TOO_SMALL, Kind.TOO_DARK, Kind.WASHED_OUT):
            assert defect.measured < defect.limit
        else:
            assert defect.measured > defect.limit


def test_lines_that_end_at_the_picture_s_edge_are_cut_off() -> None:
    picture = page(Stress(), 1).picture
    zone = zone_on(picture)
    left = round(zone.region.bounds[0])
    cut = np.ascontiguousarray(picture[:, left + 3 :])
    moved = zone.model_copy(
        update={"region": zone.region.model_copy(update={"corners": _left(zone, left + 3)})}
    )
    assert Kind.CUT_OFF in kinds(assess(cut, moved))
    assert Kind.CUT_OFF not in kinds(assess(picture, zone))


def _left(zone: MrzText, pixels: int) -> tuple[tuple[float, float], ...]:
    return tuple((x - pixels, y) for x, y in zone.region.corners)


@pytest.mark.parametrize(
    ("pixels", "kind", "words"),
    [
        (
            cv2.resize(side(), (300, 211), interpolation=cv2.INTER_AREA),
            Kind.TOO_SMALL,
            "300 pixels",
        ),
        (cv2.GaussianBlur(side(), (0, 0), 6), Kind.BLURRED, "sharpest edges"),
        (photograph(side(), glare=0.8, noise=3).image, Kind.GLARE, "% of the picture"),
        ((side() * 0.1).astype(np.uint8), Kind.TOO_DARK, "lightest parts reach"),
        ((230 + side() * 0.1).astype(np.uint8), Kind.WASHED_OUT, "darkest parts"),
    ],
    ids=["small", "blurred", "glare", "dark", "pale"],
)
def test_a_page_without_a_zone_is_judged_as_a_whole(pixels: Pixels, kind: Kind, words: str) -> None:
    defect = next(one for one in assess(np.asarray(pixels, np.uint8), None) if one.kind is kind)
    assert words in defect.wrong


# Good pictures


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("background", ["wood", "slate", "cloth"])
def test_nothing_is_wrong_with_a_good_photograph(format: Format, background: str) -> None:
    taken = photograph(
        side(format, 200),
        tilt_degrees=6,
        keystone_degrees=10,
        blur=0.6,
        noise=3,
        jpeg_quality=85,
        background=background,  # type: ignore[arg-type]
        seed=7,
    ).image
    assert assess(np.asarray(taken, np.uint8), None) == ()
    readings = reader().read(np.asarray(taken, np.uint8)).readings
    assert [assess(np.asarray(taken, np.uint8), zone) for zone in readings] == [()] * len(readings)


def test_most_zones_that_were_not_read_surely_are_told_why_and_truly() -> None:
    """Of everyday photographs; what was turned up in each is known."""
    told = unread = 0
    for seed in range(20_000, 20_020):
        stress = mixed_stress(seed)
        picture = page(stress, seed).picture
        search = reader().read(picture)
        if any(text.sure for text in search.readings):
            continue
        unread += 1
        found = kinds(assess(picture, search.readings[0] if search.readings else None))
        told += bool(found)
        if Kind.BLURRED in found:
            assert stress.blur > 0.08 or stress.motion > 0.15, seed
        if Kind.TOO_SMALL in found and search.readings:
            assert stress.pitch < 8, seed
        if Kind.GLARE in found:
            assert stress.glare > 0.5, seed
        assert not found & {Kind.TOO_DARK, Kind.COVERED, Kind.CUT_OFF}, seed
    assert unread > 5
    assert told >= 0.75 * unread


# Grey copies


def test_a_grey_copy_is_noted_whatever_lamp_it_was_photographed_under() -> None:
    grey = np.repeat(cv2.cvtColor(side(), cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    warm = np.clip(grey * np.array([1.0, 0.94, 0.85]), 0, 255).astype(np.uint8)
    for copy in (grey, warm):
        assert Kind.GREY_COPY in kinds(assess(np.asarray(copy, np.uint8), None))
    assert Kind.GREY_COPY not in kinds(assess(side(), None))


def test_a_grey_copy_that_was_read_is_a_note_without_a_request() -> None:
    grey = np.asarray(
        np.repeat(cv2.cvtColor(side(), cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2), np.uint8
    )
    (note,) = asked(grey)
    assert note.code == "document.picture.grey_copy"
    assert note.status is Status.UNKNOWN
    assert note.question is None


# What is asked for


def test_a_picture_that_was_read_is_not_asked_for_again_whatever_it_looks_like() -> None:
    picture = page(Stress(glare=0.9), 1).picture
    search = reader().read(picture)
    assert search.readings[0].sure
    assert Kind.GLARE in kinds(assess(picture, search.readings[0]))
    coloured = np.repeat(picture[..., None], 3, axis=2)
    coloured[:100, :300] = (40, 60, 200)
    assert asked(coloured, search) == []


def test_a_request_names_picture_page_measure_and_what_to_do_and_weighs_nothing() -> None:
    small = cv2.resize(side("TD1"), (300, 189), interpolation=cv2.INTER_AREA)
    picture = as_picture(np.asarray(small, np.uint8), page_number=2)
    (finding,) = picture_quality([(picture, MrzSearch(problem="No zone."))], [])
    assert finding.code == "document.picture.too_small"
    assert finding.status is Status.UNKNOWN
    assert finding.strength is None
    value, limit = finding.seen
    assert (value.value, value.unit, value.file, value.page) == (300, "pixels", "passport.jpg", 2)
    assert isinstance(limit.value, int | float)
    assert limit.value > 300
    assert finding.for_recruiter.startswith("In passport.jpg, page 2, the picture is too small")
    assert finding.for_candidate.startswith("The picture is too small (300 pixels")
    assert finding.question == "Send the original photograph, not a preview of it."
