"""The models that may be installed beside what Bonafide brings, and the folder they lie in.

Listed are models whose weights, not only whose code, are free for any use. An operator's own model
is described by a TOML file beside it, with the fields of `ModelWeights`. Nothing is ever run that
does not have the SHA-256 that its description states.
"""

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from models.weights import (
    ChannelOrder,
    DescriptorOutput,
    FaceMeshOutput,
    ModelInput,
    ModelWeights,
    SupportUpTo,
    Use,
    YuNetOutput,
)
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.face_engines.whole_file import whole_file

_ZOO = "https://media.githubusercontent.com/media/opencv/opencv_zoo/main/models"
"""Where GitHub serves the files themselves; elsewhere it has Git LFS's pointers to them."""
_LICENCES = "https://github.com/opencv/opencv_zoo/blob/main/models"

YUNET = ModelWeights(
    name="yunet-2023mar",
    file="face_detection_yunet_2023mar.onnx",
    url=f"{_ZOO}/face_detection_yunet/face_detection_yunet_2023mar.onnx",
    sha256="8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
    size=232_589,
    licence="MIT",
    licence_url=f"{_LICENCES}/face_detection_yunet/LICENSE",
    input=ModelInput(width=640, height=640, channels=ChannelOrder.BGR),
    output=YuNetOutput(kind="yunet"),
)
SFACE = ModelWeights(
    name="sface-2021dec",
    file="face_recognition_sface_2021dec.onnx",
    url=f"{_ZOO}/face_recognition_sface/face_recognition_sface_2021dec.onnx",
    sha256="0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79",
    size=38_696_353,
    licence="Apache-2.0",
    licence_url=f"{_LICENCES}/face_recognition_sface/LICENSE",
    # Pixels as they are, as OpenCV feeds them; not BGR, as it once did (opencv_zoo issue 53).
    input=ModelInput(width=112, height=112, channels=ChannelOrder.RGB),
    output=DescriptorOutput(kind="descriptor", length=128),
    support=SupportUpTo(
        distance=1.128,
        source="OpenCV's tutorial: 99.60 % of LFW's pairs are right at this threshold (cosine "
        ".363), the best one there; it states no rate of impostors, and nothing by cohort",
    ),
)
FACE_MESH = ModelWeights(
    name="face-landmarker-2023may",
    file="face_landmarker.task",
    url="https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/"
    "face_landmarker.task",
    sha256="64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff",
    size=3_758_596,
    licence="Apache-2.0",
    licence_url="https://ai.google.dev/edge/mediapipe/solutions/vision/face_landmarker",
    input=ModelInput(width=256, height=256, channels=ChannelOrder.RGB, scale=1 / 255),
    output=FaceMeshOutput(kind="face mesh"),
)
LISTED = (YUNET, SFACE, FACE_MESH)


class WeightsFolder:
    """The models known to this installation, and those of their files that are here."""

    def __init__(self, folder: Path) -> None:
        self.path = folder

    def known(self) -> tuple[ModelWeights, ...]:
        """What is listed, then the operator's own by file name, as far as described rightly."""
        return self._described()[0]

    def misdescribed(self) -> tuple[UnusableWeights, ...]:
        """What is wrong with each of the operator's other descriptions."""
        return self._described()[1]

    def of_use(self, use: Use) -> ModelWeights | None:
        """The one that is here for what only one can do; the operator's own before a listed one."""
        here = (model for model in self.known() if model.use is use and self.has(model))
        return max(here, key=lambda model: model not in LISTED, default=None)

    def named(self, name: str) -> ModelWeights:
        """The model of this name; raises `UnusableWeights` where none is known by it."""
        known = {model.name: model for model in self.known()}
        if name not in known:
            told = "; ".join([f"there are {', '.join(known)}", *map(str, self.misdescribed())])
            raise UnusableWeights(name, f"is not known; {told}")
        return known[name]

    def has(self, model: ModelWeights) -> bool:
        """Whether its file is here, right or not."""
        return (self.path / model.file).is_file()

    def read(self, model: ModelWeights) -> bytes:
        """The file, its checksum verified; raises `UnusableWeights`."""
        place = self.path / model.file
        try:
            if (found := place.stat().st_size) != model.size:
                raise _another(model, f"it has {found:,} bytes, not {model.size:,}")
            data = place.read_bytes()
        except FileNotFoundError:
            raise UnusableWeights(
                model.file,
                f"is not installed; `bonafide weights install {model.name}` fetches it",
            ) from None
        except OSError as error:
            raise UnusableWeights(model.file, f"cannot be read: {error.strerror}") from None
        _check(model, hashlib.sha256(data).hexdigest())
        return data

    def install(self, model: ModelWeights, parts: Iterable[bytes]) -> None:
        """Write the file from these parts; it is there whole and right, or not at all.

        Raises `UnusableWeights` where the parts are another file, and `OSError` where they cannot
        be written.
        """
        with whole_file(self.path / model.file) as file:
            written, digest = 0, hashlib.sha256()
            for part in parts:
                written += len(part)
                if written > model.size:  # Or somebody could fill the disk.
                    raise UnusableWeights(
                        model.file, f"is another file: it has more than {model.size:,} bytes"
                    )
                digest.update(part)
                file.write(part)
            if written < model.size:
                raise UnusableWeights(
                    model.file, f"is not whole: {written:,} of {model.size:,} bytes came"
                )
            _check(model, digest.hexdigest())

    def _described(self) -> tuple[tuple[ModelWeights, ...], tuple[UnusableWeights, ...]]:
        known, problems = list(LISTED), []
        for place in sorted(self.path.glob("*.toml")):
            try:
                known.append(_new(place, known))
            except UnusableWeights as error:
                problems.append(error)
        return tuple(known), tuple(problems)


def _check(model: ModelWeights, found: str) -> None:
    if found != model.sha256:
        raise _another(model, f"its SHA-256 is {found}, not {model.sha256}")


def _another(model: ModelWeights, how: str) -> UnusableWeights:
    return UnusableWeights(model.file, f"is damaged, or not the file that {model.name} is: {how}")


def _new(place: Path, known: Iterable[ModelWeights]) -> ModelWeights:
    """What is described there, with a name and a file that none of the known ones has."""
    own = _read_description(place)
    for other in known:
        if own.name == other.name or own.file == other.file:
            raise UnusableWeights(
                place.name,
                f"describes the name {own.name} and the file {own.file}, one of which "
                f"{other.name} has already; choose others",
            )
    return own


def _read_description(place: Path) -> ModelWeights:
    try:
        return ModelWeights.model_validate(tomllib.loads(place.read_text(encoding="utf-8")))
    except OSError as error:
        raise UnusableWeights(place.name, f"cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnusableWeights(place.name, f"is not TOML: {error}") from None
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, e['loc'])) or 'model'}: {e['msg']}" for e in error.errors())
        raise UnusableWeights(
            place.name, f"does not describe a model; {'; '.join(wrong)}"
        ) from None
