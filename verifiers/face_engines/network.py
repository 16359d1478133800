"""An ONNX network fed as its `ModelWeights` describe, and held to that description."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.weights import ChannelOrder, ModelWeights
from verifiers.face_engines.inference import session
from verifiers.face_engines.unusable import UnusableWeights, first_line
from verifiers.picture import Pixels

Floats = NDArray[np.float32]


class Network:
    """Raises `UnusableWeights` where the data is no network, or not one as described."""

    def __init__(self, model: ModelWeights, data: bytes, outputs: Sequence[str] | None) -> None:
        """`outputs`: which answers are wanted, in this order; `None` where it has but one."""
        self._model = model
        try:
            self._session: Any = session(data)
        except Exception as error:  # onnxruntime has a dozen, without a common base.
            raise UnusableWeights(model.file, f"cannot be run: {first_line(error)}") from None
        given = [put.name for put in self._session.get_inputs()]
        if len(given) != 1:
            raise UnusableWeights(model.file, f"has {len(given)} inputs, not one")
        self._input = given[0]
        answered = [put.name for put in self._session.get_outputs()]
        if outputs is None and len(answered) != 1:
            raise UnusableWeights(model.file, f"has {len(answered)} outputs, not one")
        self._outputs = list(outputs or answered)
        if missing := [name for name in self._outputs if name not in answered]:
            raise UnusableWeights(model.file, f"has no outputs called {', '.join(missing)}")

    def run(self, picture: Pixels) -> list[Floats]:
        """What it answers to one picture of the described size, `(height, width, 3)` in RGB."""
        wanted = self._model.input
        channels = picture[..., ::-1] if wanted.channels is ChannelOrder.BGR else picture
        fed = (channels - np.array(wanted.mean, np.float32)) * np.float32(wanted.scale)
        try:
            found = self._session.run(
                self._outputs, {self._input: np.ascontiguousarray(fed.transpose(2, 0, 1)[None])}
            )
        except Exception as error:
            raise UnusableWeights(
                self._model.file,
                f"does not take what its description says: {first_line(error)}",
            ) from None
        return [np.asarray(answer, dtype=np.float32) for answer in found]
