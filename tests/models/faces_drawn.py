"""Face templates, the models that make and find them, and faces that are named, drawn at random."""

import math
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from models.named_face import FramePoint, NamedFace
from models.person import FaceTemplate, TemplateKind
from models.policy import GalleryCoverage
from models.weights import (
    ChannelOrder,
    DescriptorOutput,
    FaceMeshOutput,
    LiveFrom,
    LivenessOutput,
    ModelInput,
    ModelWeights,
    SupportUpTo,
    Use,
    YuNetOutput,
)

_WORDS = st.text(min_size=1, max_size=20)
_NAME = st.text("abz09._-", min_size=1, max_size=20).map("a".__add__)
_AT_LEAST_A_THOUSANDTH = st.floats(0.001, 1)


@st.composite
def templates(draw: st.DrawFn) -> FaceTemplate:
    """A template of length 1."""
    raw = draw(st.lists(st.floats(0.01, 1), min_size=32, max_size=40))
    length = math.hypot(*raw)
    return FaceTemplate(
        kind=draw(st.sampled_from(TemplateKind)),
        engine=draw(_WORDS),
        vector=tuple(v / length for v in raw),
        faces=draw(st.integers(1, 50)),
        without_colour=draw(st.booleans()),
    )


GALLERY_COVERAGE = st.builds(
    GalleryCoverage, recorded_by=_WORDS, recorded_on=st.dates(), people=st.integers(20, 10_000)
)
POINT = st.builds(FramePoint, x=st.floats(0, 1), y=st.floats(0, 1))
NAMED = st.builds(
    NamedFace,
    file=st.text("Aß é-.7", min_size=1, max_size=20).filter(str.strip),
    seconds=st.floats(0, 86_400),
    point=st.none() | POINT,
)
YUNET = st.just(YuNetOutput(kind="yunet"))
DESCRIPTOR = st.builds(DescriptorOutput, kind=st.just("descriptor"), length=st.integers(32, 8192))
MESH = st.just(FaceMeshOutput(kind="face mesh"))
LIVE_FROM = st.builds(LiveFrom, score=st.floats(0.01, 0.99), source=_WORDS)
LIVENESS = st.builds(
    LivenessOutput,
    kind=st.just("liveness"),
    classes=st.integers(3, 16),
    live=st.integers(0, 2),
    probabilities=st.booleans(),
    crop=st.floats(1, 8),
    live_from=st.none() | LIVE_FROM,
)
_OUTPUTS: dict[Use, st.SearchStrategy[Any]] = {
    Use.DETECTION: YUNET,
    Use.DESCRIPTORS: DESCRIPTOR,
    Use.LANDMARKS: MESH,
    Use.PRESENTATION_ATTACKS: LIVENESS,
}
SUPPORT = st.builds(
    SupportUpTo,
    distance=st.floats(0.01, 1.99),
    impostor_rate=st.none() | st.floats(0.0001, 0.99),
    source=_WORDS,
)


def _inputs(side: st.SearchStrategy[int]) -> st.SearchStrategy[ModelInput]:
    def square(pixels: int) -> st.SearchStrategy[ModelInput]:
        return st.builds(
            ModelInput,
            width=st.just(pixels),
            height=st.just(pixels),
            channels=st.sampled_from(ChannelOrder),
            mean=st.tuples(*[st.floats(0, 255)] * 3),
            scale=_AT_LEAST_A_THOUSANDTH,
        )

    return side.flatmap(square)


@st.composite
def weights(draw: st.DrawFn) -> ModelWeights:
    """For any use: a detector has sides that 32 divides, only descriptors may have support."""
    use = draw(st.sampled_from(Use))
    finds, describes = use is Use.DETECTION, use is Use.DESCRIPTORS
    side = st.integers(1, 128).map(lambda n: 32 * n) if finds else st.integers(32, 4096)
    return ModelWeights(
        name=draw(_NAME),
        file=draw(_NAME) + (".task" if use is Use.LANDMARKS else ".onnx"),
        url=draw(st.none() | st.just("https://example.com/model.onnx")),
        sha256=draw(st.binary(min_size=32, max_size=32)).hex(),
        size=draw(st.integers(1, 1 << 30)),
        licence=draw(_WORDS),
        licence_url="https://example.com/licence",
        input=draw(_inputs(side)),
        output=draw(_OUTPUTS[use]),
        support=draw(st.none() | SUPPORT) if describes else None,
    )


FACE_STRATEGIES: dict[type[BaseModel], st.SearchStrategy[Any]] = {
    FaceTemplate: templates(),
    GalleryCoverage: GALLERY_COVERAGE,
    FramePoint: POINT,
    NamedFace: NAMED,
    YuNetOutput: YUNET,
    DescriptorOutput: DESCRIPTOR,
    FaceMeshOutput: MESH,
    LiveFrom: LIVE_FROM,
    LivenessOutput: LIVENESS,
    SupportUpTo: SUPPORT,
    ModelInput: _inputs(st.integers(32, 4096)),
    ModelWeights: weights(),
}
