"""Items in words: for tooltips, the list beside the painting, and screen readers. No Qt."""

from __future__ import annotations

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.text import clock_time, tr
from viralclip_desktop.gui.timeline.model import Item, Kind, TimelineModel

_NAMES = {
    Kind.VIDEO: "Part {n} of {all}",
    Kind.CAPTION: "Caption {n} of {all}",
    Kind.PICTURE: "Overlay {n} of {all}",
    Kind.VOICE: "Voice {n} of {all}",
    Kind.MUSIC: "Music {n} of {all}",
    Kind.CUT: "Cut {n} of {all}",
    Kind.TRANSITION: "Transition {n} of {all}",
    Kind.MARKER: "Marker {n} of {all}",
    Kind.BEAT: "Beat {n} of {all}",
}


def padded(time: Time) -> str:
    """A time as ``0:04.2``."""
    return clock_time(time)


def describe(model: TimelineModel, item: Item) -> str:
    """Such as ``Caption 3 of 12: Nobody tells you this, 0:04.2 to 0:06.0``."""
    number, count = place(model, item)
    return described(item, number, count)


def described(item: Item, number: int, count: int) -> str:
    """An item of which the place among its kind is known (from 1)."""
    head = tr(_NAMES[item.key.kind], n=number, all=count)
    if item.key.kind is Kind.CUT:
        seconds, at = item.text, padded(item.range.start)
        return tr("{head}: {seconds} s taken out at {at}", head=head, seconds=seconds, at=at)
    name = f"{head}: {item.text}" if item.text else head
    if item.key.kind in (Kind.TRANSITION, Kind.MARKER, Kind.BEAT):
        return tr("{name}, at {at}", name=name, at=padded(item.range.start))
    start, end = padded(item.range.start), padded(item.range.end)
    return tr("{name}, {start} to {end}", name=name, start=start, end=end)


def place(model: TimelineModel, item: Item) -> tuple[int, int]:
    """Which of how many of its kind an item is, from 1."""
    before, found, count = 0, 0, 0
    for lane in model.lanes:
        if lane.kind is item.key.kind:
            index = lane.index_of(item.key)
            if index is not None:
                found = before + index + 1
            before += len(lane)
            count += len(lane)
    return found, count
