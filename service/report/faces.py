"""The face section of a report: equally large faces side by side, the scale, and what was heard.

Made while the pixels are at hand. What is said here is either what the finding says or how the
answer came about; no sentence judges anybody's looks.
"""

from collections.abc import Iterator

from models.person import Band
from service.report.compared import BandEnds, BesideOthers, Comparison, OtherEngine
from service.report.figures import band_scale, small_picture
from service.report.scale import LEVELS, TONES
from service.report.shown import FacePicture, FacesShown, PortraitCompared, Said
from verifiers.faces import CohortAnswer, CohortTest, FaceMatch, FacePair, FaceResult, FaceShown
from verifiers.faces.matching import FULL_FACES

_COHORT = {
    CohortAnswer.PASSED: ("passed", "good"),
    # Nobody did wrong who resembles many: it only takes the distance's word away.
    CohortAnswer.FAILED: ("failed", "unknown"),
    CohortAnswer.TOO_FEW: ("too few", "plain"),
}


def faces_shown(result: FaceResult) -> FacesShown | None:
    """Every portrait that was compared, the one that counts most first; `None` without any."""
    if not result.matches:
        return None
    best, *others = (_compared(match) for match in result.matches)
    frames = [pair.frame for pair in _best_first(result.matches[0])]
    several = len({frame.file for frame in frames}) > 1
    return FacesShown(
        **dict(best),
        faces=tuple(
            _shown(
                frame,
                f"{frame.frame_seconds or 0:.1f} s" + (f" of {frame.file}" if several else ""),
            )
            for frame in frames
        ),
        others=tuple(others),
    )


def _best_first(match: FaceMatch) -> list[FacePair]:
    """By quality, not by likeness: nobody is shown at the frame that suits an answer.

    By all components together, not by what the engine sees best: people who compare faces are
    helped little by one in the middle of a blink.
    """

    def quality(pair: FacePair) -> int:
        return sum(measure.quality for measure in pair.frame.quality.measures)

    return sorted(match.pairs, key=quality, reverse=True)


def _compared(match: FaceMatch) -> PortraitCompared:
    portrait = match.pairs[0].portrait
    return PortraitCompared(
        portrait=_shown(portrait, f"Portrait in {portrait.file}"),
        scale=band_scale(
            match.bands,
            [("All frames together", match.distance)]
            + [(f"{p.frame.frame_seconds or 0:.1f} s alone", p.distance) for p in match.pairs],
        ),
        comparison=_as_data(match),
        said=tuple(_said(match)),
    )


def _shown(face: FaceShown, caption: str) -> FacePicture:
    quality = face.quality
    picture = small_picture(face.chip, caption)
    return FacePicture(
        uri=picture.uri,
        caption=picture.caption,
        quality=quality.level.value,
        # What to do about it is for whoever sends the next picture, and told in the requests.
        lacks=tuple(
            told.partition(";")[0].rstrip(".") for told in (*quality.problems, *quality.hints)
        ),
    )


def _as_data(match: FaceMatch) -> Comparison:
    heard, bands = match.judgement, match.bands
    portrait = match.pairs[0].portrait
    return Comparison(
        file=portrait.file,
        quality=portrait.quality.level.value,
        distance=round(match.distance, 4),
        band=match.band,
        bands=BandEnds(
            strong=bands.strong,
            moderate=bands.moderate,
            unknown=bands.unknown,
            strong_rate=bands.strong_rate,
            moderate_rate=bands.moderate_rate,
        ),
        engine=match.person.engine,
        frames=len(match.pairs),
        differing=match.person.faces,
        cohort=_beside_others(heard.cohort) if heard else None,
        other_engines=tuple(
            OtherEngine(
                engine=one.engine,
                distance=round(one.distance, 4),
                supports=one.band is Band.MODERATE,
                supports_up_to=one.support.distance,
            )
            for one in (heard.opinions if heard else ())
        ),
        raised=heard.raised.told if heard and heard.raised else None,
    )


def _beside_others(test: CohortTest) -> BesideOthers:
    relative = None if test.relative is None else round(test.relative, 4)
    return BesideOthers(answer=test.answer.value, people=test.people, relative=relative)


def _said(match: FaceMatch) -> Iterator[Said]:
    heard, alone = match.judgement, match.bands.band(match.distance)
    yield _level("answer", match.band, match.finding.for_recruiter)
    if heard and alone is not match.band:
        words = f"{match.distance:.2f} on the scale; what else was heard changed the answer."
        yield _level("by the distance alone", alone, words)
    if heard and heard.raised:
        yield Said(name="raised", answer="by one", tone="good", words=_sentence(heard.raised.told))
    if heard:
        answer, tone = _COHORT[heard.cohort.answer]
        words = _sentence(heard.cohort.measured)
        yield Said(name="beside other candidates", answer=answer, tone=tone, words=words)
        for one in heard.opinions:
            supports = one.band is Band.MODERATE
            yield Said(
                name="another engine",
                answer="agrees" if supports else "does not agree",
                tone="good" if supports else "unknown",
                words=_sentence(one.told),
            )
    yield Said(
        name="frames compared",
        answer=_count(len(match.pairs)),
        tone="plain",
        words=_template(match),
    )


def _level(name: str, band: Band, words: str) -> Said:
    return Said(name=name, answer=LEVELS[band], tone=TONES[band], words=words)


def _template(match: FaceMatch) -> str:
    differing = match.person.faces
    if differing >= FULL_FACES:
        return (
            f"{differing} of them differ: enough for the bands of a full template. "
            f"{match.bands.impostors}"
        )
    alike = "They all look alike" if differing == 1 else f"{differing} of them differ"
    had = "" if len(match.pairs) == 1 else f"{alike}. "
    return (
        f"{had}{FULL_FACES} that differ make a full template; these are read on the stricter bands "
        f"of one photograph. {match.bands.impostors}"
    )


def _count(frames: int) -> str:
    return "1 frame" if frames == 1 else f"{frames} frames"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
