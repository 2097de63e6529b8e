"""The elements that are text or drawn: hook, progress bar, title card, lower third. Each takes a clip without
it and gives one with it."""

from __future__ import annotations

from dataclasses import replace

from viralclip_desktop.compose.captions.layout import CANVAS_SHORT_SIDE as SHORT_SIDE
from viralclip_desktop.compose.captions.layout import Box, canvas_size
from viralclip_desktop.compose.free_place import clear_of_all, safe_shares
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.layers import put
from viralclip_desktop.domain.layers import Element, Layer, ProgressLayer, TitleLayer, TitleLook, TitleMotion
from viralclip_desktop.domain.transcript import join_words
from viralclip_desktop.features.common.quiet_titles import is_quiet
from viralclip_desktop.features.finish.scene import Line, Scene, Wanted

HOOK_LENGTH = Time.from_seconds(2.5)  # a title of 60 letters is read in two seconds
CARD_LENGTH = Time.from_seconds(1.8)
_COMES = Time.from_seconds(0.28)
_NAME_AFTER, _NAME_LENGTH = Time.from_seconds(0.4), Time.from_seconds(4)
_HOOK_SIZE = {Aspect.VERTICAL: 0.066, Aspect.PORTRAIT: 0.066, Aspect.SQUARE: 0.064, Aspect.WIDE: 0.06}
_HOOK_WIDTH = {Aspect.WIDE: 0.6}  # of a wide frame: a line over all of it is not read at one glance
_CARD_SIZE, _NAME_SIZE = 0.092, 0.05
_CARD_GROUND, _NAME_GROUND = "#0B0D12CC", "#11151DE6"
_BAR_HEIGHT = 0.009
_ABOVE = 0.012  # of the frame's height: captions may stand at the safe area's very edge
_TRACK = "#FFFFFF4D"
_LONGEST_HOOK = 90  # letters: more doesn't fit three lines that can be read


def add_hook(clip: Clip, scene: Scene, wanted: Wanted) -> Clip:
    """What the clip is about, on a plate in its first seconds, after a title card if there is one. A clip
    whose title tells nothing says its own first words."""
    text = shortened(wanted.hook or scene.hook or telling_text(clip, scene))
    if not text:
        return clip
    start = max((one.range.end for one in clip.layers if one.element is Element.CARD), default=ZERO)
    safe, look = safe_shares(scene.plan.aspect), scene.palette
    layer = TitleLayer(
        new_id("layer"),
        text,
        _within(clip, start, HOOK_LENGTH),
        size=_HOOK_SIZE[scene.plan.aspect],
        colour=look.ink,
        outline="#00000000",
        font=look.font,
        fade=_COMES,
        look=TitleLook.PLATE,
        plate=look.plate,
        accent=look.accent,
        width=min(safe.right - safe.left, _HOOK_WIDTH.get(scene.plan.aspect, 1.0)),
        motion=TitleMotion.POP,
        element=Element.HOOK,
    )
    return put(clip, clear_of_all(layer, scene.plan, scene.faces, keep_off=bars_of(clip, scene)))


def add_progress(clip: Clip, scene: Scene, _wanted: Wanted) -> Clip:
    """A thin bar just above the safe area that fills while the clip plays."""
    safe = safe_shares(scene.plan.aspect)
    bar = ProgressLayer(
        new_id("layer"),
        TimeRange(ZERO, clip.duration),
        x=round(safe.left, 4),
        y=round(safe.top - _ABOVE, 4),
        width=round(safe.right - safe.left, 4),
        height=_BAR_HEIGHT,
        colour=scene.palette.accent,
        track=_TRACK,
        element=Element.PROGRESS,
    )
    return put(clip, bar)


def add_card(clip: Clip, scene: Scene, wanted: Wanted) -> Clip:
    """The title (or the clip's own first words) over a darkened picture, first of all; a hook waits for its
    end."""
    text = wanted.title or telling_text(clip, scene)
    if not text:
        return clip
    safe = safe_shares(scene.plan.aspect)
    card = TitleLayer(
        new_id("layer"),
        text,
        _within(clip, ZERO, CARD_LENGTH),
        y=0.44,  # a little above the middle, where a page's title is looked for
        size=_CARD_SIZE,
        outline="#00000000",
        font=scene.palette.font,
        fade=_COMES,
        look=TitleLook.CARD,
        plate=_CARD_GROUND,
        accent=scene.palette.accent,
        width=safe.right - safe.left,
        motion=TitleMotion.RISE,
        element=Element.CARD,
    )
    later = [_after(layer, card.range.end, clip, scene) for layer in clip.layers]
    return put(replace(clip, layers=tuple(later)), card)


def _after(layer: Layer, card_end: Time, clip: Clip, scene: Scene) -> Layer:
    """A hook that would stand on the card, once the card is gone, where it covers least then."""
    if isinstance(layer, TitleLayer) and layer.element is Element.HOOK and layer.range.start < card_end:
        later = replace(layer, range=_within(clip, card_end, layer.range.duration))
        return clear_of_all(later, scene.plan, scene.faces, keep_off=bars_of(clip, scene))
    return layer


def add_lower_third(clip: Clip, scene: Scene, wanted: Wanted) -> Clip:
    """Who speaks, at the left, once the hook is gone; above the captions where they stand low."""
    name = wanted.name or scene.speaker
    text = "\n".join(one for one in (name, wanted.role) if one)
    if not text:
        return clip
    over = (Element.HOOK, Element.CARD)
    busy = max((one.range.end for one in clip.layers if one.element in over), default=ZERO)
    safe, look = safe_shares(scene.plan.aspect), scene.palette
    layer = TitleLayer(
        new_id("layer"),
        text,
        _within(clip, busy + _NAME_AFTER, _NAME_LENGTH),
        x=round(safe.left, 4),
        size=_NAME_SIZE,
        outline="#00000000",
        font=look.font,
        fade=_COMES,
        look=TitleLook.LOWER_THIRD,
        plate=_NAME_GROUND,
        accent=look.accent,
        width=safe.right - safe.left,
        motion=TitleMotion.SLIDE,
        element=Element.LOWER_THIRD,
    )
    bars = bars_of(clip, scene)
    return put(clip, clear_of_all(layer, scene.plan, scene.faces, from_top=False, keep_off=bars))


def _within(clip: Clip, start: Time, length: Time) -> TimeRange:
    """A range of the clip; at its end less of it, or as much earlier as it is too late."""
    start = min(start, max(ZERO, clip.duration - length))
    return TimeRange(start, min(clip.duration, start + length))


def bars_of(clip: Clip, scene: Scene) -> list[Box]:
    """Where the bars of a clip lie on the canvas."""
    size = canvas_size(scene.plan.aspect)
    return [
        Box(
            bar.x * size.width,
            bar.y * size.height,
            (bar.x + bar.width) * size.width,
            bar.y * size.height + bar.height * SHORT_SIDE,
        )
        for bar in clip.layers
        if isinstance(bar, ProgressLayer)
    ]


def telling_text(clip: Clip, scene: Scene) -> str:
    """The clip's title; where it tells nothing the first sentence that plays whole, if there is one the first
    of which the recogniser was sure. Empty where nothing is said."""
    if not is_quiet(clip.title):
        return clip.title
    whole = [line for line in scene.lines if line.words and _plays_whole(clip, line)]
    sure = (line for line in whole if all(word.is_sure for word in line.words))
    line = next(sure, whole[0] if whole else None)
    return "" if line is None else shortened(join_words([word.text for word in line.words]))


def _plays_whole(clip: Clip, line: Line) -> bool:
    held = (one.intersection(line.range) for one in clip.ranges_of(line.asset_id))
    return any(one == line.range for one in held)


def shortened(text: str) -> str:
    """A text as a hook can hold it: one paragraph, cut between words where it is too long."""
    words = text.split()
    while len(" ".join(words)) > _LONGEST_HOOK and len(words) > 1:
        words.pop()
    whole = " ".join(words)
    return whole if whole == " ".join(text.split()) else whole.rstrip(" ,;:.-–—") + "…"
