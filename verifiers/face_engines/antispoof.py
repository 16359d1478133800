"""Learned presentation attack detection: MiniFASNet, or an operator's own, by onnxruntime.

Such networks are trained on some cameras, screens and printers and do not transfer to others.
MiniFASNet V2 (of "Silent-Face-Anti-Spoofing", Apache-2.0) came to an area under the curve of .999
on one set and let 16.5 % of that set's attacks through by its own rule; fed with another box, it
rejected 22 and 88 % of the frames of two genuine webcam recordings, and it called a deepfake live
with .9995. Fed as below it scores 0 and 16 % of the same frames under .5, V1SE none. Three people
and one box decide nothing, so none is listed: an operator who installs one describes it in a
manifest, states in it the threshold that was measured with the deployment's own cameras, and gets
no more than a figure without one.

V2 takes 80 x 80 pixels of 2.7 times the face's box, V1SE of 4.0 times; both in BGR, 0 to 255 as
they are, three classes of which the second (1) is live.
"""

import cv2
import numpy as np

from models.weights import LiveFrom, LivenessOutput, ModelWeights
from verifiers.face_engine import Face
from verifiers.face_engines.network import Network
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.picture import Pixels


class AttackDetector:
    """How live a face looks to one network; safe to use from several threads.

    Raises `UnusableWeights` where the data is not a network as described.
    """

    def __init__(self, model: ModelWeights, data: bytes) -> None:
        if not isinstance(model.output, LivenessOutput):
            raise UnusableWeights(model.file, f"is for {model.use}, not for attack detection")
        self._model = model
        self._output = model.output
        self._network = Network(model, data, outputs=None)

    @property
    def name(self) -> str:
        """Of the model and of its very file."""
        return f"{self._model.name}/{self._model.sha256[:16]}"

    @property
    def live_from(self) -> LiveFrom | None:
        """The threshold that its description states."""
        return self._output.live_from

    def look(self, pixels: Pixels, face: Face) -> float:
        """0, surely a presentation attack, to 1, surely a live person, of a face on a picture."""
        return self.score(_crop(pixels, face, self._output.crop, self._model.input.width))

    def score(self, crop: Pixels) -> float:
        """The same, of a crop as the model takes it."""
        (answer,) = self._network.run(crop)
        if answer.size != self._output.classes:
            raise UnusableWeights(
                self._model.file,
                f"gives {answer.size} numbers, not {self._output.classes} as its description says",
            )
        given = answer.ravel().astype(np.float64)
        if not np.isfinite(given).all():
            raise UnusableWeights(self._model.file, "gives what is no number")
        if not self._output.probabilities:
            given = np.exp(given - given.max())
            given /= given.sum()
        return float(np.clip(given[self._output.live], 0, 1))


def face_box(face: Face) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the face from the hairline to the chin, over the jaw's width.

    The hairline lies as far above the brows as the base of the nose lies below them: faces are
    divided in thirds.
    """
    points = face.landmarks
    brows, base = float(points[17:27, 1].mean()), float(points[33, 1])
    return (
        float(points[:17, 0].min()),
        brows - max(0.0, base - brows),
        float(points[:17, 0].max()),
        float(points[:17, 1].max()),
    )


def _crop(pixels: Pixels, face: Face, times: float, side: int) -> Pixels:
    height, width = pixels.shape[:2]
    left, top, right, bottom = face_box(face)
    times = min(times, (width - 1) / max(right - left, 1), (height - 1) / max(bottom - top, 1))
    half = times * (right - left) / 2, times * (bottom - top) / 2
    middle = (
        float(np.clip((left + right) / 2, half[0], width - 1 - half[0])),
        float(np.clip((top + bottom) / 2, half[1], height - 1 - half[1])),
    )
    start = [max(0, int(middle[i] - half[i])) for i in (0, 1)]
    end = [max(start[i] + 1, int(middle[i] + half[i]) + 1) for i in (0, 1)]
    part = pixels[start[1] : end[1], start[0] : end[0]]
    # As it was trained: bilinear, without smoothing first.
    return np.asarray(cv2.resize(part, (side, side)), np.uint8)
