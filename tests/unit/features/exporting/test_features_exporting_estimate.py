"""An estimate counts everything that will be in the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import makers, stored

from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.exports import ExportSettings
from viralclip_desktop.features.exporting.estimate import estimate
from viralclip_desktop.store import Store


def test_intro_and_outro_count(store: Store, tmp_path: Path) -> None:
    intro = makers.make_video(tmp_path / "intro.mp4", 3.0)
    outro = makers.make_video(tmp_path / "outro.mp4", 1.0)
    kit = BrandKit("kit_1", "Ours", intro=stored.taken_in(store, intro), outro=stored.taken_in(store, outro))
    gone = BrandKit("kit_2", "Lost", intro=stored.taken_in(store, tmp_path / "gone.mp4"))
    plain = store.clip("clip_1")
    with store.transaction("Kits", "proj_1") as tx:
        tx.put(kit)
        tx.put(gone)
    for order in (ExportSettings(), ExportSettings(audio_only=True)):
        alone = estimate(store, [plain], [order]).size_bytes
        whole = estimate(store, [replace(plain, brand_kit="kit_1")], [order]).size_bytes
        seconds = plain.duration.seconds
        assert whole == pytest.approx(alone * (seconds + 4) / seconds, rel=0.01)
        assert estimate(store, [replace(plain, brand_kit="kit_2")], [order]).size_bytes == alone
