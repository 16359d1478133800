"""Makes the weights of the OCR-B reader: `python -m training.ocrb` renders, trains on CPU, writes.

Everything follows from `SEED` and the number of steps, never from the clock or from any photograph.
"""

import argparse
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional

from training.strips import IGNORED, STRIP_WIDTH, strips
from verifiers.documents.recognise import BLANK, STRIP_HEIGHT, WEIGHTS, normalise

SEED = 9303
SHARDS, SHARD = 60, 1000
"""Strips rendered for training; shard 0's seed is `SEED`, and each next one's is one higher."""
HELD_OUT = 3000
STEPS, BATCH = 9000, 64
RATE = 2.5e-3


class Network(nn.Module):  # type: ignore[misc]  # torch is not installed where this is checked.
    """(n, 1, 24, width) normalised strips -> (n, 38, width / 2) scores."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            *_layer(1, 16, 5, stride=2, padding=2),
            *_layer(16, 28, 3, padding=1),
            nn.MaxPool2d((2, 1)),
            *_layer(28, 40, 3, padding=1),
            nn.MaxPool2d((2, 1)),
            *_layer(40, 64, (3, 5), padding=(0, 2)),
            *_layer(64, 88, (1, 7), padding=(0, 3)),
            nn.Dropout(0.1),
            nn.Conv2d(88, BLANK + 1, (1, 3), padding=(0, 1)),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers(x)[:, :, 0]


def _layer(
    channels: int,
    out: int,
    kernel: int | tuple[int, int],
    *,
    stride: int = 1,
    padding: int | tuple[int, int] = 0,
) -> tuple[nn.Module, ...]:
    convolution = nn.Conv2d(channels, out, kernel, stride, padding, bias=False)
    return convolution, nn.BatchNorm2d(out), nn.ReLU(inplace=True)


def train(steps: int, shards: int, processes: int, out: Path) -> Network:
    """A network trained on `shards` thousand rendered strips, the same for the same arguments."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    network = Network()
    network.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=steps, pct_start=0.03, final_div_factor=100
    )
    # Half weight for the blank, which is most columns.
    weight = torch.ones(BLANK + 1)
    weight[BLANK] = 0.5
    pixels, labels = _rendered(range(SEED, SEED + shards), SHARD, processes)
    held_out = _rendered(range(SEED - 3, SEED), HELD_OUT // 3, processes)
    print(f"{len(pixels)} strips, {sum(p.numel() for p in network.parameters())} parameters")
    started = time.monotonic()
    for step, batch in enumerate(_batches(len(pixels), steps), start=1):
        strips_, truth = _as_tensors(pixels[batch], labels[batch])
        loss = functional.cross_entropy(
            network(strips_), truth, weight=weight, ignore_index=IGNORED
        )
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 500 == 0 or step == steps:
            right, blank = accuracy(network, *held_out)
            minutes = (time.monotonic() - started) / 60
            print(
                f"step {step}: {minutes:.1f} min, loss {loss.item():.3f}, held out: "
                f"characters {right:.4f}, blanks {blank:.4f}",
                flush=True,
            )
            write(network, out)
    return network


def accuracy(
    network: Network, pixels: NDArray[np.uint8], labels: NDArray[np.int16]
) -> tuple[float, float]:
    """Share of right columns: where a character is centred, and where none is."""
    network.eval()
    with torch.no_grad():
        answers = [
            network(_as_tensors(pixels[i : i + 100], labels[i : i + 100])[0]).argmax(1).numpy()
            for i in range(0, len(pixels), 100)
        ]
    network.train()
    right = np.concatenate(answers) == labels
    return (
        float(right[(labels != BLANK) & (labels != IGNORED)].mean()),
        float(right[labels == BLANK].mean()),
    )


def write(network: Network, path: Path) -> None:
    """Writes the network as ONNX with half-precision weights: half the size, the same answers."""
    network.eval()
    example = torch.zeros(1, 1, STRIP_HEIGHT, STRIP_WIDTH)
    part = path.with_suffix(".part")
    torch.onnx.export(
        network,
        (example,),
        str(part),
        input_names=["strips"],
        output_names=["scores"],
        dynamic_axes={"strips": {0: "lines", 3: "width"}, "scores": {0: "lines", 2: "columns"}},
        dynamo=False,
    )
    network.train()
    model = onnx.load(str(part))
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size > 64:
            name = tensor.name
            half = numpy_helper.from_array(values.astype(np.float16), f"{name}_half")
            tensor.CopyFrom(half)
            casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        model.graph.node.insert(0, cast)
    onnx.checker.check_model(model)
    part.write_bytes(model.SerializeToString())
    part.replace(path)


def _batches(count: int, steps: int) -> Iterator[NDArray[np.int64]]:
    random = np.random.default_rng(SEED)
    order = random.permutation(count)
    for step in range(steps):
        place = step * BATCH % (count - BATCH)
        if place < BATCH:
            order = random.permutation(count)
        yield order[place : place + BATCH]


def _as_tensors(
    pixels: NDArray[np.uint8], labels: NDArray[np.int16]
) -> tuple[torch.Tensor, torch.Tensor]:
    strips_ = torch.from_numpy(normalise(pixels)[:, None])
    return strips_.contiguous(memory_format=torch.channels_last), torch.from_numpy(labels).long()


def _rendered(
    seeds: range, count: int, processes: int
) -> tuple[NDArray[np.uint8], NDArray[np.int16]]:
    # Spawned: a forked child inherits torch's and OpenCV's threads half alive.
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_one_thread) as pool:
        parts = list(pool.map(strips, [count] * len(seeds), seeds))
    return np.concatenate([p for p, _ in parts]), np.concatenate([t for _, t in parts])


def _one_thread() -> None:
    cv2.setNumThreads(1)


def main() -> None:
    """Renders, trains and writes the weights beside the reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--shards", type=int, default=SHARDS, help="thousands of strips")
    parser.add_argument("--processes", type=int, default=2, help="that render")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    train(arguments.steps, arguments.shards, arguments.processes, arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
