"""`bonafide calibrate`: pairs in; rates, curves, a page and a record out."""

import json
import stat
from pathlib import Path

import cv2
import numpy as np
import pytest
import typer
from PIL import Image

from models.order import Choice
from models.person import FaceTemplate, TemplateKind
from models.policy import DEFAULT_POLICY, Policy
from samples.portraits import identity_one, identity_two
from service.access.tenants import create_tenant
from service.commands import calibrate
from service.commands.calibration_decided import decided_comparisons
from service.runtime import open_store
from service.settings import Settings
from service.store.actor import SYSTEM
from service.store.results import Work
from tests.faces.stand_ins import an_embedder, as_toml
from tests.service.commands.conftest import default_tenant
from tests.service.conftest import Bonafide
from tests.service.store.building import a_verdict, an_order


def _pictures(folder: Path) -> None:
    """Two pictures of each of the samples' two people, one of them mirrored and darker."""
    for name, pixels in (("one", identity_one().image), ("two", identity_two().image)):
        side = min(pixels.shape[:2])
        small = cv2.resize(pixels[:side, :side], (400, 400), interpolation=cv2.INTER_AREA)
        Image.fromarray(np.asarray(small, dtype=np.uint8)).save(folder / f"{name}-a.png")
        darker = np.asarray(small[:, ::-1] * 0.8, dtype=np.uint8)
        Image.fromarray(np.ascontiguousarray(darker)).save(folder / f"{name}-b.png")


def _csv(folder: Path, *lines: str) -> Path:
    path = folder / "pairs.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _distances(folder: Path) -> Path:
    lines = [f"{0.2 + i / 2000:.4f},yes,{'ab'[i % 2]},acme-1" for i in range(400)]
    lines += [f"{0.45 + i / 20000:.4f},no,{'ab'[i % 2]},acme-1" for i in range(7000)]
    return _csv(folder, "distance,same,group,engine", *lines)


def _run(pairs: Path, tenant: str | None = None) -> None:
    """The command in this process: a start of the command line takes a second."""
    calibrate.run(pairs, as_json=False, tenant=tenant)


def test_pictures_are_compared_and_the_page_curves_and_figures_are_written(
    bonafide: Bonafide, tmp_path: Path
) -> None:
    _pictures(tmp_path)
    (tmp_path / "empty.jpg").touch()
    pairs = _csv(
        tmp_path,
        "one,other,same",
        "one-a.png,one-b.png,yes",
        "two-a.png,two-b.png,yes",
        "one-a.png,two-a.png,no",
        "one-b.png,two-b.png,no",
        "one-a.png,empty.jpg,no",
    )
    ran = bonafide("calibrate", pairs, "--json", "--out", tmp_path / "out")
    assert ran.status == 2, "one picture was unusable"
    assert "empty.jpg" in ran.err
    assert ran.err.count("two-a.png") == 1, "described once"
    (answer,) = map(json.loads, ran.out.splitlines())
    assert answer["sample"] == {"people": 2, "genuine": 2, "impostors": 2, "pairs_of_people": 1}
    assert answer["equal_error_rate"]["rate"] == 0
    assert answer["bands"]["strong"] is None
    assert "3,000 different pairs of people" in answer["refused"][0]["why"]
    assert [file["file"] for file in answer["unusable"]] == ["empty.jpg"]

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()}
    assert modes == {0o600}, "they name pictures of people"
    curves = sorted((tmp_path / "out").glob("*.png"))
    assert [path.name.split("-")[0] for path in curves] == ["det.png", "rates"]
    assert all(Image.open(path).size[0] > 400 for path in curves)
    page = (tmp_path / "out" / "calibration.html").read_text(encoding="utf-8")
    assert answer["engine"] in page
    assert "not shown" in page
    assert "empty.jpg" in page
    written = json.loads((tmp_path / "out" / "calibration.json").read_text(encoding="utf-8"))
    assert written["engines"][0]["sample"] == answer["sample"]


def test_measured_distances_give_a_table_with_the_worst_group_and_bands(
    bonafide: Bonafide, tmp_path: Path
) -> None:
    ran = bonafide("calibrate", _distances(tmp_path))
    assert ran.status == 0, ran.err
    assert ran.out.startswith("acme-1\n")
    assert "TAR at FAR 0.1 %" in ran.out
    assert "worst group" in ran.out
    assert "strong up to 0.45" in ran.out
    assert "Not shown" not in ran.out


def test_a_calibration_is_recorded_in_the_policy_which_goes_up_a_version(
    operator: Bonafide, tmp_path: Path
) -> None:
    pairs = _distances(tmp_path)
    for times in (1, 2):
        ran = operator("calibrate", pairs, "--store", "default", "--by", "Jane Doe")
        assert ran.status == 0, ran.err
        with default_tenant() as t:
            policy = t.access.policy()
        assert policy.version == DEFAULT_POLICY.version + times
        (record,) = policy.calibrations
        assert (record.engine, record.source) == ("acme-1", "pairs.csv")
        assert record.measured_by == "Jane Doe"
        assert record.sample.impostors == 7000
        assert record.bands.strong is not None
    shown = Policy.model_validate_json(operator("policy", "show").out)
    assert shown.calibrations == (record,)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["one,other,same", "a.png,b.png,maybe"], "line 2, column same: 'maybe' is neither"),
        (["one,other,same", "a.png,,yes"], "line 2, column other: empty"),
        (["one,other,same", "a.png,a.png,yes"], "line 2, column other: a picture compared"),
        (["one,other,same", "a.png,b.png"], "line 2: 2 cells, but the head line names 3"),
        (["one,other", "a.png,b.png"], "line 1: the column same is missing"),
        (["one,same", "a.png,yes"], "line 1: the column other is missing"),
        (["one;other;same", "a.png;b.png;yes"], "line 1: there is no column"),
        (["one,other,same,same", "a,b,yes,yes"], "line 1: the column same is there twice"),
        (["one,other,same,engine", "a,b,yes,x"], "line 1: the column engine belongs to distances"),
        (["distance,same", "", "far,no"], "line 3, column distance: 'far' is not a number"),
        (["distance,same", "-0.1,no"], "line 2, column distance: '-0.1' is not a distance"),
        (["distance,same", "nan,no"], "line 2, column distance: 'nan' is not a distance"),
        (["distance,same"], "no pairs below its head line"),
        ([""], "line 1: "),
        (["distance,same", "0.5,no"], "both kinds are needed"),
        (
            ["one,other,same", "a,b,yes", "b,c,yes", "a,c,no"],
            "line 4, column same: a and c are said to be two people",
        ),
        (["distance,same", '"0.5,no'], "line 2: not CSV"),
    ],
)
def test_a_bad_file_of_pairs_is_told_with_line_and_column(
    tmp_path: Path, lines: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as raised:
        _run(_csv(tmp_path, *lines))
    assert raised.value.exit_code == 2
    err = capsys.readouterr().err
    assert "pairs.csv" in err
    assert told in err


def test_a_record_without_somebody_who_answers_for_it_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as raised:
        _run(_distances(tmp_path), tenant="default")
    assert raised.value.exit_code == 2
    assert "give --store and --by together" in capsys.readouterr().err


def test_a_name_that_answers_for_no_record_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as raised:
        calibrate.run(_distances(tmp_path), by="Jane Doe")
    assert raised.value.exit_code == 2
    assert "give --store and --by together" in capsys.readouterr().err


def test_where_too_few_pictures_are_left_it_is_told_why_each_was_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.jpg").touch()
    (tmp_path / "b.jpg").write_bytes(b"not a picture")
    with pytest.raises(typer.Exit):
        _run(_csv(tmp_path, "one,other,same", "a.jpg,b.jpg,yes"))
    err = capsys.readouterr().err
    assert "Left out: a.jpg: " in err
    assert "Left out: b.jpg: " in err
    assert "both kinds are needed" in err


def test_an_installed_model_is_measured_as_the_engines_of_ours_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _pictures(tmp_path)
    model, data = an_embedder(support=None)
    monkeypatch.setenv("BONAFIDE_WEIGHTS", str(tmp_path))
    (tmp_path / "acme.toml").write_text(as_toml(model))
    lines = ["one-a.png,one-b.png,yes", "two-a.png,two-b.png,yes", "one-a.png,two-a.png,no"]
    pairs = _csv(tmp_path, "one,other,same", *lines)
    with pytest.raises(typer.Exit):
        calibrate.run(pairs, engine_name="acme-1")
    assert "`bonafide weights install acme-1`" in capsys.readouterr().err

    (tmp_path / model.file).write_bytes(data)
    calibrate.run(pairs, as_json=True, engine_name="acme-1")
    acme = json.loads(capsys.readouterr().out)
    assert acme["engine"] == f"acme-1/{model.sha256[:16]}"
    assert acme["sample"]["genuine"] == 2
    calibrate.run(pairs, as_json=True)
    ours = json.loads(capsys.readouterr().out)
    assert ours["engine"] != acme["engine"]
    assert ours["thresholds"] != acme["thresholds"], "by descriptors of its own"


@pytest.mark.parametrize(
    ("name", "told"),
    [("arcface", "arcface is not known"), ("yunet-2023mar", "is for face detection")],
)
def test_what_describes_no_faces_is_no_engine(
    tmp_path: Path,
    name: str,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BONAFIDE_WEIGHTS", str(tmp_path))
    with pytest.raises(typer.Exit) as raised:
        calibrate.run(_csv(tmp_path, "one,other,same", "a,b,yes"), engine_name=name)
    assert raised.value.exit_code == 2
    assert told in capsys.readouterr().err


def test_decided_cases_are_calibrated_from_their_kept_templates_and_say_how_far_to_trust_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(folder=folder)
    store = open_store(settings)
    tenant = create_tenant(store, "default")
    with pytest.raises(typer.Exit):
        calibrate.run(decided="default")
    assert "default has no decided case" in capsys.readouterr().err
    for person, choice in enumerate([Choice.PROCEED, Choice.PROCEED, Choice.DO_NOT_PROCEED]):
        with store.tenant(tenant, SYSTEM) as t:
            id = t.verifications.order(
                an_order(f"candidate-{person}", claims=True, keep_template=True)
            )[0].id
            work = Work(id, t.verifications.submit(id).generation)
            assert t.results.begin(work, "verdict") is not None
            t.results.conclude(work, a_verdict(templates=_templates(person)))
            t.decisions.add(id, choice, "Seen.")
    with store.tenant(tenant, SYSTEM) as t:
        cases = t.results.faces_to_proceed(10)
        assert len(cases) == 2, "the third was decided against, which says nothing of the face"
        ((engine, found),) = decided_comparisons(cases).items()
    store.close()
    assert engine == "test 1"
    assert [round(c.distance, 3) for c in found if c.same] == [0.1, 0.1]
    assert all(c.distance > 1 for c in found if not c.same)

    calibrate.run(decided="default")
    said = capsys.readouterr().out
    assert "FNMR is too low" in said
    assert "2 people" in said


def _templates(person: int) -> tuple[FaceTemplate, ...]:
    """A portrait, and a live face 0.1 away; people are as far apart as can be told."""
    portrait, live = np.zeros(32), np.zeros(32)
    portrait[2 * person] = 1
    turn = 2 * np.arcsin(0.05)
    live[2 * person : 2 * person + 2] = np.cos(turn), np.sin(turn)
    return tuple(
        FaceTemplate(kind=kind, engine="test 1", vector=tuple(vector.tolist()), faces=5)
        for kind, vector in ((TemplateKind.PORTRAIT, portrait), (TemplateKind.LIVE, live))
    )


def test_pairs_and_decided_cases_at_once_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        calibrate.run(_distances(tmp_path), decided="default")
    assert "or --decided TENANT" in capsys.readouterr().err


def test_a_file_that_is_not_there_or_not_text_is_told(bonafide: Bonafide, tmp_path: Path) -> None:
    ran = bonafide("calibrate", tmp_path / "missing.csv")
    assert (ran.status, "cannot be read" in ran.err) == (2, True)
    picture = tmp_path / "pairs.csv"
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    ran = bonafide("calibrate", picture)
    assert (ran.status, "UTF-8" in ran.err) == (2, True)
    assert "Traceback" not in ran.err
