"""Frames put in where the camera's should come from: played again, stopped, reordered, encoded."""

import io
from fractions import Fraction

import av
import numpy as np

from models.challenge import Act, Challenge, ChallengeStep
from samples.presentations.take import Cut, Frames, Take


def looped(take: Take, seed: int) -> Frames:
    """The first one and a half to three seconds again and again."""
    seconds = np.random.default_rng([seed, 94_001]).uniform(1.5, 3)
    period = max(1, min(round(seconds * take.fps), len(take.frames) // 2))
    return tuple(take.frames[i % period] for i in range(len(take.frames)))


def ping_pong(take: Take, seed: int) -> Frames:
    """A few seconds forwards, backwards, and so on: no jump where it begins again."""
    seconds = np.random.default_rng([seed, 94_002]).uniform(1.5, 3)
    last = max(1, min(round(seconds * take.fps), len(take.frames) // 2))
    return tuple(take.frames[last - abs(i % (2 * last) - last)] for i in range(len(take.frames)))


def frozen(take: Take, seed: int) -> Frames:
    """One frame all the time."""
    count = len(take.frames)
    return (take.frames[int(np.random.default_rng([seed, 94_003]).integers(count))],) * count


def stretches_frozen(take: Take, seed: int, *, share: float = 0.3) -> Frames:
    """Two stretches that stand still, together `share` of the length."""
    random = np.random.default_rng([seed, 94_000])
    count = len(take.frames)
    lasts = max(2, round(share * count / 2))
    frames = list(take.frames)
    for half in range(2):
        first, end = half * count // 2, (half + 1) * count // 2
        begins = int(random.integers(first, max(end - lasts, first) + 1))
        for place in range(begins, min(begins + lasts, count)):
            frames[place] = take.frames[begins]
    return tuple(frames)


def wrong_order(take: Take, seed: int, *, parts: int = 4) -> Frames:
    """Cut into parts that are shown in another order: answers to another challenge."""
    random = np.random.default_rng([seed, 95_000])
    pieces = [piece.tolist() for piece in np.array_split(np.arange(len(take.frames)), parts)]
    # A cyclic order leaves no part in its own place.
    order = random.permutation(parts)
    after = {int(a): int(b) for a, b in zip(order, np.roll(order, 1), strict=True)}
    return tuple(take.frames[i] for part in range(parts) for i in pieces[after[part]])


def spliced(take: Take, _seed: int) -> Frames:
    """Acts recorded earlier, cut out and put where they are asked for: `Take.cuts` says which."""
    if not take.cuts:
        raise ValueError("this attack needs to know what was recorded when, and when it is asked")
    last, made = len(take.frames) - 1, []
    for place in range(len(take.frames)):
        seconds = place / take.fps
        cut = max((cut for cut in take.cuts if cut.at <= seconds), key=lambda cut: cut.at)
        made.append(take.frames[min(round((cut.source + seconds - cut.at) * take.fps), last)])
    return tuple(made)


def cuts_to_answer(asked: Challenge, recorded: Challenge) -> tuple[Cut, ...]:
    """How an answer to one challenge becomes one to another of the same acts: cut where each act is
    shown, when the person looks into the camera and has not begun yet.

    Raises `ValueError` where an act that is asked for was not recorded.
    """
    found = {step.act: step.begins for step in _acts(recorded)}
    cuts = [Cut(0.0, 0.0)]
    for step in _acts(asked):
        if step.act not in found:
            raise ValueError(f"nobody recorded {step.act.value}")
        cuts.append(Cut(step.begins, found[step.act]))
    return tuple(cuts)


def _acts(challenge: Challenge) -> list[ChallengeStep]:
    return [step for step in challenge.steps if step.act is not Act.LOOK]


def delayed(take: Take, seed: int) -> Frames:
    """Everything comes three to five seconds late; the first frame waits."""
    shift = round(np.random.default_rng([seed, 96_001]).uniform(3, 5) * take.fps)
    return tuple(take.frames[max(i - shift, 0)] for i in range(len(take.frames)))


def encoded_again(take: Take, seed: int) -> Frames:
    """Through H.264 of low quality, as a file that was fetched and is played into the call."""
    crf = int(np.random.default_rng([seed, 96_002]).integers(32, 41))
    sink, (width, height) = io.BytesIO(), take.size
    with av.open(sink, "w", format="mp4") as container:
        rate = Fraction(take.fps).limit_denominator(1000)
        stream = container.add_stream("libx264", rate=rate)
        stream.width, stream.height = width - width % 2, height - height % 2
        stream.pix_fmt = "yuv420p"
        # As in a call. With x264's lookahead (mbtree) the same frames are not always the same file.
        stream.options = {"crf": str(crf), "tune": "zerolatency", "threads": "1"}
        for image in take.frames:
            even = np.ascontiguousarray(image[: stream.height, : stream.width])
            container.mux(stream.encode(av.VideoFrame.from_ndarray(even, format="rgb24")))
        container.mux(stream.encode())
    sink.seek(0)
    with av.open(sink) as container:
        played = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    rims = (0, height % 2), (0, width % 2), (0, 0)
    return tuple(np.asarray(np.pad(image, rims, mode="edge"), np.uint8) for image in played)
