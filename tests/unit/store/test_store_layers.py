"""Layers of every kind are kept with the fields of their own."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from support import stored

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Card, Part
from viralclip_desktop.domain.layers import EffectLayer, MusicLayer, PictureLayer, TitleLayer, VoiceLayer
from viralclip_desktop.domain.mix import Bus, Ducking, LevelKey, Mix, OwnSound

WHEN = TimeRange.from_seconds(1, 3)


def test_layers_parts_and_the_mix_are_kept_as_they_are(tmp_path: Path) -> None:
    clip = replace(
        stored.clip(),
        parts=(
            *stored.ranges((1, 2)),
            Part("asset_2", TimeRange.from_seconds(3, 5), Fraction(3, 2)),
            Part("", TimeRange.from_seconds(0, 2), card=Card("The end", background="#000000")),
        ),
        layers=(
            PictureLayer("layer_1", "asset_3", WHEN, width=0.5),
            TitleLayer("layer_2", "Hello", WHEN, size=0.1),
            MusicLayer("layer_3", "asset_4", WHEN, duck_db=-9.0, loop=False),
            VoiceLayer("layer_4", "asset_5", WHEN, language="id"),
            EffectLayer("layer_5", "asset_6", WHEN, source_start=Time.from_seconds(1)),
        ),
        mix=Mix(
            OwnSound.BACKGROUND,
            music=Bus(-6.0, (LevelKey(Time.from_seconds(1), -20.0),), fade_out=Time.from_seconds(2)),
            dub={"id": Bus(mute=True)},
            ducking=(Ducking("music", "dub:id", -20.0),),
        ),
        score=None,
    )
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        with store.transaction("Edit", "proj_1") as tx:
            for number in range(2, 7):
                tx.put(stored.asset(f"asset_{number}"))
            tx.put(clip)
        assert store.clip("clip_1") == clip
        store.undo("proj_1")
        assert store.clip("clip_1") == stored.clip()
        store.redo("proj_1")
        assert store.clip("clip_1") == clip
