"""The frames' times, as the page took them: a clock beside a camera, or a counter.

A page is handed a frame when the camera has one and the browser finds the time: intervals scatter
by a millisecond and more. A program that makes frames gives them times of its own, one interval
apart to the microsecond. Browsers that round their clocks against fingerprinting (Tor Browser and
Firefox with `resistFingerprinting`: to 100 ms or a sixtieth of a second) look alike, so what lies
on so coarse a clock is told and not held against anybody.
"""

import numpy as np
from numpy.typing import NDArray

from models.challenge import CameraReport
from models.finding import Finding, Seen
from verifiers.liveness.findings import FEED_SOFTWARE
from verifiers.liveness.signs import Signs, told, weak_sign
from verifiers.picture import Clip

FEWEST_INTERVALS = 20
REGULAR_SECONDS = 0.00025
"""By which intervals may differ and be called equal: clocks that are rounded to a millisecond put
some of twenty of a timer's intervals a whole one apart."""
COARSE_CLOCKS = (0.1, 1 / 60)
FASTER_THAN_REPORTED = 1.25
"""Browsers report a camera's nominal rate, and round it."""


def look_at_times(clip: Clip, camera: CameraReport) -> Signs:
    """Times too regular for a clock, and more frames than the camera is said to give."""
    times = np.array([frame.seconds for frame in clip.frames])
    intervals = np.diff(times)
    if len(intervals) < FEWEST_INTERVALS:
        return Signs()
    middle = float(np.median(intervals))
    scatter = float(np.abs(intervals - middle).max())
    seen = (
        Seen(what="time between frames", value=round(middle * 1000, 2), unit="ms", file=clip.file),
        Seen(
            what="largest difference from it",
            value=round(scatter * 1000, 2),
            unit="ms",
            file=clip.file,
        ),
    )
    findings = []
    if scatter <= REGULAR_SECONDS:
        findings.append(_regular(clip.file, middle, times, seen))
    rate = 1 / max(middle, 1e-6)
    if camera.frame_rate and rate > FASTER_THAN_REPORTED * camera.frame_rate:
        findings.append(_faster(clip.file, rate, camera.frame_rate))
    return Signs(tuple(findings), seen)


def _regular(
    file: str, interval: float, times: NDArray[np.float64], seen: tuple[Seen, ...]
) -> Finding:
    said = (
        f"The {len(times)} frames of {file} lie {1000 * interval:.1f} ms apart, to a quarter of a "
        "millisecond"
    )
    since = times - times[0]
    coarse = [
        clock
        for clock in COARSE_CLOCKS
        if np.abs(since - clock * np.round(since / clock)).max() <= REGULAR_SECONDS
    ]
    if coarse:
        return told(
            "presence.injection.rounded_times",
            seen=seen,
            for_recruiter=f"{said}, on a clock of {1000 * coarse[0]:.0f} ms steps: whether a "
            "camera or a program set their pace cannot be told.",
            for_candidate="Your browser rounds its clock.",
            innocent="A browser that rounds its clock so that people are not recognised by it.",
        )
    return weak_sign(
        "presence.injection.regular_times",
        seen=seen,
        for_recruiter=f"{said}: cameras and browsers are less regular, programs that make frames "
        "are not.",
        for_candidate="The frames of your recording come more regularly than a camera's.",
        innocent="A browser or a device that hands on frames by a clock of its own.",
        indicators=(FEED_SOFTWARE,),
    )


def _faster(file: str, rate: float, reported: float) -> Finding:
    return weak_sign(
        "presence.injection.faster_than_camera",
        seen=(
            Seen(what="frames recorded", value=round(rate, 1), unit="per second", file=file),
            Seen(what="frames the camera is said to give", value=reported, unit="per second"),
        ),
        for_recruiter=f"{file} has {rate:.0f} frames a second, of a camera that is said to give "
        f"{reported:.0f}.",
        for_candidate="Your recording has more frames than your camera is said to give.",
        innocent="A browser that reports another rate than the one the camera changed to.",
        indicators=(FEED_SOFTWARE,),
    )
