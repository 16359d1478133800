"""What the Dockerfile promises, as far as it can be tried without Docker."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from samples.portraits import identity_one
from verifiers.face_engines.onnx_engine import OnnxEngine

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_can_run_every_model_that_may_be_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for extra in project["optional-dependencies"]:
        for line in re.findall(r"^RUN .*uv sync .*$", DOCKERFILE, re.MULTILINE):
            assert f"--extra {extra} " in line


def test_the_image_has_its_face_models_converted_where_its_user_may_write(tmp_path: Path) -> None:
    (cache,) = re.findall(r"BONAFIDE_CACHE=(\S+)", DOCKERFILE)
    assert re.search(rf"install .*--owner=bonafide .* {cache}$", DOCKERFILE, re.MULTILINE)
    (program,) = re.findall(r'^RUN python -c "(.+)"$', DOCKERFILE, re.MULTILINE)
    assert DOCKERFILE.index("USER 10001") < DOCKERFILE.index(program), "or root alone could read"
    environment = os.environ | {"BONAFIDE_CACHE": str(tmp_path)}
    subprocess.run([sys.executable, "-c", program], env=environment, cwd=ROOT, check=True)
    converted = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert len(converted) >= 3

    engine, picture = OnnxEngine(cache=tmp_path), identity_one().image
    assert len(engine.describe(picture, engine.detect(picture))) == 1
    assert {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == converted
