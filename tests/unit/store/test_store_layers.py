"""Layers as they were stored by earlier versions."""

from __future__ import annotations

from support.edited import a_layer

from viralclip_desktop.domain.clip import Layer, LayerKind
from viralclip_desktop.store.codec import from_plain, to_plain


def test_music_stored_before_it_could_loop_loops() -> None:
    layer = a_layer(0, 9, LayerKind.MUSIC)
    plain = to_plain(layer)
    del plain["loop"]
    assert from_plain(Layer, plain) == layer
    assert layer.loop


def test_a_layer_that_does_not_loop_stays_so() -> None:
    plain = to_plain(a_layer(0, 9, LayerKind.MUSIC)) | {"loop": False}
    assert not from_plain(Layer, plain).loop
