"""Small networks in place of models that cannot be fetched here, and their descriptions."""

import hashlib

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from models.weights import (
    ChannelOrder,
    DescriptorOutput,
    ModelInput,
    ModelWeights,
    SupportUpTo,
    YuNetOutput,
)

STRIDES = (8, 16, 32)
SIDE = 320
"""Of the stand-in detector's input."""


def an_embedder(
    name: str = "acme-1", length: int = 64, support: float | None = 0.5, url: str | None = None
) -> tuple[ModelWeights, bytes]:
    """Tells people apart by the aligned face in 14 x 14 blocks, mixed by a fixed random matrix."""
    mixed = np.random.default_rng(7).standard_normal((3 * 14 * 14, length)).astype(np.float32)
    nodes = [
        helper.make_node("AveragePool", ["face"], ["blocks"], kernel_shape=[8, 8], strides=[8, 8]),
        helper.make_node("Flatten", ["blocks"], ["flat"]),
        helper.make_node("MatMul", ["flat", "mixed"], ["descriptor"]),
    ]
    data = _network(nodes, [1, 3, 112, 112], {"descriptor": [1, length]}, {"mixed": mixed})
    return _model(
        name,
        data,
        url=url,
        size=112,
        channels=ChannelOrder.RGB,
        mean=127.5,
        scale=1 / 128,
        output=DescriptorOutput(kind="descriptor", length=length),
        support=SupportUpTo(distance=support, impostor_rate=0.01, source="made up for a test")
        if support
        else None,
    ), data


def a_yunet(answers: dict[str, NDArray[np.float32]]) -> tuple[ModelWeights, bytes]:
    """Answers the same to every picture: `answers` by output, `(cells, numbers)`; zeros else."""
    nodes, shapes, constants = [], {}, {"nothing": np.zeros(1, np.float32)}
    # onnxruntime refuses an input that nothing depends on.
    nodes.append(helper.make_node("ReduceMax", ["picture"], ["most"], keepdims=0))
    nodes.append(helper.make_node("Mul", ["most", "nothing"], ["zero"]))
    for stride in STRIDES:
        cells = (SIDE // stride) ** 2
        for kind, numbers in (("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10)):
            name = f"{kind}_{stride}"
            given = answers.get(name, np.zeros((cells, numbers), np.float32))
            constants[f"{name}_given"] = given[None]
            shapes[name] = [1, cells, numbers]
            nodes.append(helper.make_node("Add", ["zero", f"{name}_given"], [name]))
    data = _network(nodes, [1, 3, SIDE, SIDE], shapes, constants, given="picture")
    output = YuNetOutput(kind="yunet")
    return _model("yunet-made-up", data, size=SIDE, channels=ChannelOrder.BGR, output=output), data


def as_toml(model: ModelWeights) -> str:
    """The description as an operator writes it."""
    lines = [
        f'{field} = "{value}"' if isinstance(value, str) else f"{field} = {value}"
        for field in ("name", "file", "url", "sha256", "size", "licence", "licence_url")
        if (value := getattr(model, field)) is not None
    ]
    put, output, support = model.input, model.output, model.support
    lines += ["[input]", f"width = {put.width}", f"height = {put.height}"]
    lines += [f'channels = "{put.channels}"', f"mean = {list(put.mean)}", f"scale = {put.scale}"]
    lines += ["[output]", f'kind = "{output.kind}"']
    if isinstance(output, DescriptorOutput):
        lines.append(f"length = {output.length}")
    if support:
        lines += ["[support]", f"distance = {support.distance}", f'source = "{support.source}"']
        lines.append(f"impostor_rate = {support.impostor_rate}")
    return "\n".join(lines)


def _model(
    name: str,
    data: bytes,
    *,
    size: int,
    channels: ChannelOrder,
    output: DescriptorOutput | YuNetOutput,
    mean: float = 0.0,
    scale: float = 1.0,
    url: str | None = None,
    support: SupportUpTo | None = None,
) -> ModelWeights:
    return ModelWeights(
        name=name,
        file=f"{name}.onnx",
        url=url,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        licence="CC0-1.0",
        licence_url="https://example.com/licence",
        input=ModelInput(
            width=size, height=size, channels=channels, mean=(mean, mean, mean), scale=scale
        ),
        output=output,
        support=support,
    )


def _network(
    nodes: list[onnx.NodeProto],
    shape: list[int],
    outputs: dict[str, list[int]],
    constants: dict[str, NDArray[np.float32]],
    given: str = "face",
) -> bytes:
    graph = helper.make_graph(
        nodes,
        "stand-in",
        [helper.make_tensor_value_info(given, TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in outputs.items()],
        [numpy_helper.from_array(values, name) for name, values in constants.items()],
    )
    opset = [helper.make_opsetid("", 17)]
    data = helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString()
    assert isinstance(data, bytes)
    return data
