"""What was done to a clip by itself rather than by the user: each with the way to take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.tightening import untightened
from viralclip_desktop.features.editing import rename_clip, trim_clip

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

Verb = Callable[["Store", str], Clip]
_TEXTS = ("hook", "caption", "hashtags")


class HandKind(StrEnum):
    """Whose hand it was, and at what."""

    TIGHTEN = "tighten"
    FINISH = "finish"
    TITLE = "title"
    ENDS = "ends"
    TEXTS = "texts"


@dataclass(frozen=True)
class Hand:
    """One thing that was done."""

    kind: HandKind
    words: tuple[str, ...] = ()
    """Names of elements that were laid on it; texts that were written for it."""
    count: int = 0
    length: Time = ZERO
    """Of what was cut."""
    model: str = ""
    """The language model by its shown name."""
    take_back: Verb | None = None
    """Undoes it as an edit of its own, called with the store and the clip's id; None where the clip is as it
    would be without it."""


def hands_on(store: Store, clip: Clip) -> list[Hand]:
    """All that was done to a clip and still stands."""
    return [*_tightened(clip), *_finished(clip), *_by_model(store, clip)]


def _tightened(clip: Clip) -> Iterator[Hand]:
    from viralclip_desktop.features.tighten import outcome, untighten

    made = outcome(clip)
    if made.cuts:
        saved = made.before - made.after
        yield Hand(HandKind.TIGHTEN, count=len(made.cuts), length=saved, take_back=untighten)


def _finished(clip: Clip) -> Iterator[Hand]:
    from viralclip_desktop.features.finish import ELEMENTS, remove_all

    labels = tuple(row.label for row in ELEMENTS if row.has(clip, row.id))
    if labels:
        yield Hand(HandKind.FINISH, labels, take_back=remove_all)


def _by_model(store: Store, clip: Clip) -> Iterator[Hand]:
    from viralclip_desktop.features.moments.llm.keeping import changed_by_model, model_of, written_for

    try:
        batch = store.batch(clip.batch_id) if clip.batch_id else None
    except NotFound:
        return
    if batch is None:
        return
    changed, written, model = changed_by_model(batch, clip.id), written_for(batch, clip.id), model_of(batch)
    yield from _changed(clip, model, changed) if changed is not None else ()
    texts = tuple(_text(written[name]) for name in _TEXTS if written.get(name)) if written else ()
    if texts:
        yield Hand(HandKind.TEXTS, texts, model=model)


def _changed(clip: Clip, model: str, changed: dict[str, Any]) -> Iterator[Hand]:
    """What a model changed and nobody changed since."""
    (title, new_title), ranges = changed["titles"], [_range(one) for one in changed["ranges"]]
    if title != new_title == clip.title:
        yield Hand(HandKind.TITLE, (new_title,), model=model, take_back=partial(_named, title=title))
    if ranges[0] != ranges[1] == untightened(clip).range:
        yield Hand(HandKind.ENDS, model=model, take_back=partial(_trimmed, within=ranges[0]))


def _named(store: Store, clip_id: str, *, title: str) -> Clip:
    return rename_clip(store, clip_id, title)


def _trimmed(store: Store, clip_id: str, *, within: TimeRange) -> Clip:
    return trim_clip(store, clip_id, within.start, within.end)


def _range(ticks: Any) -> TimeRange:
    return TimeRange(Time(int(ticks[0])), Time(int(ticks[1])))


def _text(written: Any) -> str:
    return " ".join(str(one) for one in written) if isinstance(written, list) else str(written)
