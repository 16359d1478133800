"""A model that an operator may install beside what Bonafide brings: where from, which, for what.

One `ModelWeights` describes one file completely: a program that has the file and this needs
nothing else to run it, and one that has only this can fetch the file and know that it is the right
one.
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.base import Model


class Use(StrEnum):
    """What a model is for."""

    DETECTION = "face detection"
    DESCRIPTORS = "face descriptors"
    LANDMARKS = "face landmarks"
    PRESENTATION_ATTACKS = "presentation attack detection"


class ChannelOrder(StrEnum):
    """In which order a pixel's three numbers are fed."""

    RGB = "rgb"
    BGR = "bgr"


class ModelInput(Model):
    """One picture of `(1, 3, height, width)` in 32-bit floats: `(pixel - mean) * scale`."""

    width: int = Field(ge=32, le=4096)
    height: int = Field(ge=32, le=4096)
    channels: ChannelOrder
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Subtracted from pixels of 0 to 255, in the order of `channels`."""
    scale: float = Field(default=1.0, gt=0, allow_inf_nan=False)


class YuNetOutput(Model):
    """Answers `cls`, `obj`, `bbox` and `kps` at the strides 8, 16 and 32, as YuNet gives them."""

    kind: Literal["yunet"]


class DescriptorOutput(Model):
    """One vector a face; normalised to length 1 before anything is compared."""

    kind: Literal["descriptor"]
    length: int = Field(ge=32, le=8192)


class FaceMeshOutput(Model):
    """A bundle of MediaPipe's face landmarker: 478 points a face."""

    kind: Literal["face mesh"]


class LiveFrom(Model):
    """The score from which frames count as a live person's, and what is known of it."""

    score: float = Field(gt=0, lt=1)
    source: str = Field(min_length=1)
    """Who measured it: on which cameras, whose faces, which attacks."""


class LivenessOutput(Model):
    """One number a class, of which one is "live" (ISO/IEC 30107-3: bona fide).

    It is fed the face's box, from the hairline to the chin and over the width of the jaw, grown to
    `crop` times its size about its middle: shrunk where the picture is smaller than that, moved
    into it where it reaches beyond, and stretched to the input.
    """

    kind: Literal["liveness"]
    classes: int = Field(ge=2, le=16)
    live: int = Field(ge=0, le=15)
    """Which class that is, from 0."""
    probabilities: bool
    """Whether the network ends with a softmax; else it is taken of what it gives."""
    crop: float = Field(ge=1, le=8, allow_inf_nan=False)
    live_from: LiveFrom | None = None
    """`None` where no threshold was measured on this deployment: its figure is then only told."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.live >= self.classes:
            raise ValueError(f"of {self.classes} classes, {self.live} is none: they count from 0")
        return self


class SupportUpTo(Model):
    """The distance up to which two photographs count as one person, and what is known of it."""

    distance: float = Field(gt=0, lt=2)
    """Euclidean, between unit vectors. A cosine similarity `c` is `sqrt(2 - 2 c)`."""
    impostor_rate: float | None = Field(default=None, gt=0, lt=1)
    """Share of different people's pairs at most so far apart; `None` where nobody states it."""
    source: str = Field(min_length=1)
    """Who measured it, on whom."""


class ModelWeights(Model):
    """One file, ONNX or a bundle of MediaPipe's: its origin, its terms, how it is fed and read."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")
    """By which it is asked for; templates made by it carry this name."""
    file: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}\.(onnx|task)$")
    """Its name in the folder of weights."""
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    """Where it is fetched from; `None` where it can only be brought in a folder."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=1, le=2 << 30)
    """Bytes."""
    licence: str = Field(min_length=1)
    """Of the weights, as SPDX writes it where it has a name for it."""
    licence_url: str = Field(pattern=r"^https?://\S+$")
    input: ModelInput
    output: Annotated[
        YuNetOutput | DescriptorOutput | FaceMeshOutput | LivenessOutput,
        Field(discriminator="kind"),
    ]
    support: SupportUpTo | None = None
    """Of `face descriptors` only; without it no second engine is made of the model."""

    @property
    def use(self) -> Use:
        """What the model is for."""
        return _USES[type(self.output)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.use is not Use.DESCRIPTORS and self.support:
            raise ValueError(f"a model for {self.use} tells no people apart, so it has no support")
        if self.file.endswith(".task") != (self.use is Use.LANDMARKS):
            raise ValueError("landmarks come in a .task file, and all others in an .onnx file")
        if self.use is Use.DETECTION:
            if self.input.width % 32 or self.input.height % 32:
                raise ValueError("a YuNet model takes sides that 32 divides")
        elif self.input.width != self.input.height:
            raise ValueError("faces are fed as squares, so width and height must be equal")
        return self


_USES: dict[type[Model], Use] = {
    YuNetOutput: Use.DETECTION,
    DescriptorOutput: Use.DESCRIPTORS,
    FaceMeshOutput: Use.LANDMARKS,
    LivenessOutput: Use.PRESENTATION_ATTACKS,
}
