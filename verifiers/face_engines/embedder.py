"""Any ONNX network that turns an aligned face into a descriptor: SFace, or an operator's own."""

import numpy as np

from models.weights import DescriptorOutput, ModelWeights, SupportUpTo
from verifiers.face_engine import Descriptors, Face, cut
from verifiers.face_engines.alignment import five_points, upright
from verifiers.face_engines.network import Network
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.picture import Pixels


class Embedder:
    """Describes faces that any engine found; safe to use from several threads.

    Raises `UnusableWeights` where the data is not a network as described.
    """

    def __init__(self, model: ModelWeights, data: bytes) -> None:
        if not isinstance(model.output, DescriptorOutput):
            raise UnusableWeights(model.file, f"is for {model.use}, not for descriptors")
        self._model = model
        self._length = model.output.length
        self._network = Network(model, data, outputs=None)

    @property
    def name(self) -> str:
        """Of the model and of its very file; templates of two names are never compared."""
        return f"{self._model.name}/{self._model.sha256[:16]}"

    @property
    def support(self) -> SupportUpTo | None:
        """Up to which distance two photographs count as one person, as its description states."""
        return self._model.support

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        """One descriptor a face, `(n, d)`, each of unit length."""
        found = np.empty((len(faces), self._length))
        for row, face in enumerate(faces):
            side = self._model.input.width
            chip = cut(pixels, upright(five_points(face), side), side)
            found[row] = self.descriptor(chip)
        return found

    def descriptor(self, chip: Pixels) -> Descriptors:
        """Of an aligned face of the size that the model takes, `(d,)`, of unit length."""
        (answer,) = self._network.run(chip)
        if answer.size != self._length:
            raise UnusableWeights(
                self._model.file,
                f"gives {answer.size} numbers a face, not {self._length} as its description says",
            )
        vector = answer.ravel().astype(np.float64)
        length = float(np.linalg.norm(vector))
        if not 0 < length < np.inf:
            raise UnusableWeights(self._model.file, "gives a descriptor without a length")
        return vector / length
