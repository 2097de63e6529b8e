"""Two languages at once as they are really drawn: read back from pixels."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import makers
from support.caption_pictures import bounds, caption_plan, near, picture, spoken
from support.rendered import plan_of

from viralclip_desktop.compose.captions.layout import safe_area
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Aspect, frame_size
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.captions import CaptionAnimation
from viralclip_desktop.domain.translation import TranslatedLine
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.media.render import render_frame

PLAIN = replace(
    caption_styles()["minimal"],
    font="Noto Sans Bold",
    size=0.06,
    fill="#000000",
    active_fill="#000000",
    animation=CaptionAnimation.NONE,
    outline_em=0.0,
    shadow="#00000000",
    translation_fill="#D00000",
)
LINES = {
    "th": "ไม่มีใครบอกคุณเรื่องนี้",
    "ja": "誰も教えてくれない",
    "ar": "لا أحد يخبرك بهذا",
    "id": "Tidak ada yang bilang",
}


def both(text: str, aspect: Aspect, **look: object) -> RenderPlan:
    plan = caption_plan(spoken("Nobody tells you"), replace(PLAIN, **look), aspect)  # type: ignore[arg-type]
    return replace(plan, second_lines=(TranslatedLine(TimeRange.from_seconds(0, 1.2), text),))


@pytest.mark.parametrize("aspect", [Aspect.VERTICAL, Aspect.WIDE])
@pytest.mark.parametrize("language", list(LINES))
@pytest.mark.parametrize("above", [False, True])
def test_the_second_language_is_drawn_beside_the_first_one(
    language: str, aspect: Aspect, above: bool
) -> None:
    image = picture(both(LINES[language], aspect, translation_above=above), 0.5, 540, "white")
    first, second = bounds(near(image, "#000000")), bounds(near(image, "#D00000"))
    assert second[1] >= first[3] if not above else second[3] <= first[1]
    safe = safe_area(aspect)
    for left, top, right, bottom in (first, second):
        assert safe.left - 2 <= 2 * left, "two for the soft edges of letters"
        assert 2 * right <= safe.right + 2
        assert safe.top - 2 <= 2 * top
        assert 2 * bottom <= safe.bottom + 6, "low marks may reach a twelfth of a letter further"
    middle = (safe.left + safe.right) / 4
    assert (second[0] + second[2]) / 2 == pytest.approx(middle, abs=8)
    assert second[3] - second[1] < first[3] - first[1] + 40


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_both_languages_can_be_read(tmp_path: Path) -> None:
    image = picture(both(LINES["id"], Aspect.WIDE), 0.5, 1080, "white")
    text = read(np.where(near(image, "#D00000", 90)[..., None], 0, image), tmp_path)
    assert text == f"Nobody tells you {LINES['id']}"


def test_the_exact_frame_shows_both(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4", 2.0, "640x360")
    words = spoken("Nobody tells you this")
    alone = plan_of(film, 0, 2, aspect=Aspect.VERTICAL, words=words, style=caption_styles()["karaoke"])
    plan = replace(alone, second_lines=(TranslatedLine(TimeRange.from_seconds(0, 2), LINES["th"]),))
    size, at = frame_size(Aspect.VERTICAL, 360), Time.from_seconds(1.0)

    def frame(one: RenderPlan) -> np.ndarray:
        data = render_frame(one, size, at, tmp_path / "work")
        return np.frombuffer(data, np.uint8).reshape(size.height, size.width, 3).astype(int)

    bare, first_gone = frame(replace(alone, words=())), frame(replace(plan, words=()))
    rows = np.flatnonzero((np.abs(first_gone - bare) > 60).any(axis=(1, 2))) / size.height
    assert 0.5 < rows.min() < rows.max() < 0.79
    changed = (np.abs(frame(plan) - bare) > 60).any(axis=2)
    assert changed.sum() > 1.3 * (np.abs(first_gone - bare) > 60).any(axis=2).sum()
    assert changed[int(rows.min() * size.height) :].any()


def read(image: np.ndarray, folder: Path) -> str:
    """What tesseract reads in a picture."""
    height, width, _ = image.shape
    path = folder / "caption.ppm"
    path.write_bytes(f"P6 {width} {height} 255\n".encode() + image.astype(np.uint8).tobytes())
    command = ["tesseract", str(path), "-", "--psm", "11", "-l", "eng"]
    done = subprocess.run(command, capture_output=True, check=True)
    return " ".join(done.stdout.decode("utf-8").split())
