"""One suite over every face finder: what each of them promises, whatever is inside."""

from __future__ import annotations

import os
import sys
from fractions import Fraction
from importlib.metadata import distributions
from pathlib import Path

import numpy as np
import pytest
from support.faces import Head, face_of, picture

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.engines.registry import VISION
from viralclip_desktop.engines.vision import worker
from viralclip_desktop.engines.vision.base import FaceFinder, VisionSetup
from viralclip_desktop.engines.vision.ultraface import MODEL_FILE
from viralclip_desktop.jobs.worker import run_in_worker
from viralclip_desktop.media.pictures import write_pictures
from viralclip_desktop.media.probe import probe

FINDERS = tuple(VISION.builtin)


def setup_of(finder_id: str, folder: Path) -> VisionSetup:
    models = os.environ.get("VIRALCLIP_MODELS_DIR")
    if finder_id == "ultraface":
        if not models:
            pytest.skip("VIRALCLIP_MODELS_DIR is not set")
        return VisionSetup(Path(models))
    return VisionSetup(folder)


@pytest.fixture(scope="module", params=FINDERS)
def finder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FaceFinder:
    return VISION.make(request.param, setup_of(request.param, tmp_path_factory.mktemp("models")))


def test_it_says_who_it_is_and_that_it_is_ready(finder: FaceFinder) -> None:
    assert finder.info.kind == "vision"
    assert finder.info.id in FINDERS
    assert finder.info.name
    assert finder.info.offline
    assert "faces" in finder.info.capabilities
    assert finder.ready() is None


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (480, 480), (1280, 720), (320, 240)])
def test_a_face_is_found_once_and_where_it_is(finder: FaceFinder, size: tuple[int, int]) -> None:
    head = Head(0.4, 0.45, 0.5 if size[0] >= size[1] else 0.3)
    faces = finder.find(picture(*size, [head]))
    assert len(faces) == 1
    assert faces[0].overlap(face_of(head, *size)) > 0.5
    assert 0 < faces[0].score <= 1


def test_two_faces_are_two_and_inside_the_picture(finder: FaceFinder) -> None:
    heads = [Head(0.25, 0.5, 0.5), Head(0.75, 0.4, 0.62)]
    faces = finder.find(picture(640, 360, heads))
    assert len(faces) == 2
    for head in heads:
        assert max(face.overlap(face_of(head, 640, 360)) for face in faces) > 0.5
    assert [face.score for face in faces] == sorted((face.score for face in faces), reverse=True)
    assert all(0 <= face.left < face.right <= 1 and 0 <= face.top < face.bottom <= 1 for face in faces)


def test_where_there_is_no_face_none_is_found(finder: FaceFinder) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (360, 640, 3)).astype(np.uint8)
    for blank in (picture(640, 360), np.zeros((360, 640, 3), np.uint8), noise, picture(16, 16)):
        assert finder.find(blank) == []


def test_colours_are_taken_as_red_green_blue_and_the_picture_is_left_alone(finder: FaceFinder) -> None:
    given = picture(640, 360, [Head(0.5, 0.5)])
    before = given.copy()
    assert finder.find(given) == finder.find(given)
    assert (given == before).all()


def test_in_a_process_of_its_own_it_finds_the_same_and_reports_to_nobody(
    finder: FaceFinder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CACHE_HOME", "CI", "ORT_DISABLE_TELEMETRY"):  # what decides it, besides the worker
        monkeypatch.delenv(name, raising=False)
    pictures = [picture(480, 270, [Head(0.5, 0.5)]), picture(480, 270)]
    path = tmp_path / "pictures.rgb"
    path.write_bytes(b"".join(one.tobytes() for one in pictures))
    setup = setup_of(finder.info.id, tmp_path)
    heard: list[dict[str, list[list[float]]]] = []
    answer = run_in_worker(
        worker.TARGET,
        worker.request(finder.info.id, setup, path, Size(480, 270)),
        on_message=heard.append,
        name="face finder",
    )
    assert answer == {"pictures": 2}
    found = [[worker.face_from_json(item) for item in message["faces"]] for message in heard]
    assert [len(faces) for faces in found] == [1, 0]
    assert found[0][0].overlap(finder.find(pictures[0])[0]) > 0.99
    assert list(home.rglob("*")) == [], "onnxruntime's reports of use would wait here to be sent"


def test_without_its_model_it_says_what_is_missing(tmp_path: Path) -> None:
    finder = VISION.make("ultraface", VisionSetup(tmp_path))
    assert MODEL_FILE in str(finder.ready())
    with pytest.raises(EnvironmentLacks):
        finder.find(picture(64, 48))
    (tmp_path / MODEL_FILE).write_bytes(b"half of a model")
    assert finder.ready() is None
    with pytest.raises(EnvironmentLacks, match="cannot be read"):
        finder.find(picture(64, 48))


@pytest.mark.media
def test_a_real_recording_without_people_has_no_faces(
    finder: FaceFinder, test_media: Path, tmp_path: Path
) -> None:
    film, out = test_media / "talk-sample-42s.mp4", tmp_path / "pictures.rgb"
    size = write_pictures(film, probe(film), ZERO, 6, out, rate=Fraction(1, 7), long_side_px=480)
    pictures = np.fromfile(out, np.uint8).reshape(-1, size.height, size.width, 3)
    assert len(pictures) == 6
    assert sum(bool(finder.find(one)) for one in pictures) == 0


def test_opencv_is_here_once_and_without_windows() -> None:
    """A second OpenCV overwrites the first one's files, and the one with windows brings a Qt of its own."""
    names = {str(found.metadata["Name"]).lower() for found in distributions()}
    assert {name for name in names if name.startswith("opencv")} == {"opencv-python-headless"}
    assert "cv2" not in sys.modules or not list(Path(sys.modules["cv2"].__file__ or "").parent.glob("qt*"))
