"""The sound of a recording: which of its tracks is heard, how its channels are used, and choosing others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.messages import Length, say, say_n
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.media import ChannelUse, MediaInfo, Source
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.common.derived import ensure_sound, forget_sound

if TYPE_CHECKING:
    from viralclip_desktop.store import Store

_LISTENED = {
    ChannelUse.LEFT: "Only the left channel has sound: it is heard on both sides.",
    ChannelUse.RIGHT: "Only the right channel has sound: it is heard on both sides.",
    ChannelUse.INVERTED: "Its two channels cancel each other: the right one is turned over.",
}
_CHOOSE = "The Audio panel, or “viralclip import --channels both”, hears it as recorded."


def track_index(info: MediaInfo, number: int) -> int:
    """The place in ``info.audio`` of a sound track as users count, from 1. Raises :class:`UsageError`."""
    if 1 <= number <= len(info.audio):
        return number - 1
    have = say_n(len(info.audio), "The recording has {n} sound track.", "The recording has {n} sound tracks.")
    raise UsageError(have, "Give one of its numbers, from 1.")


def choose_sound(
    store: Store,
    paths: DataPaths,
    source_id: str,
    index: int | None = None,
    use: ChannelUse | None = None,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Source:
    """Hear another sound track of a recording (``index`` in its ``info.audio``), or its channels otherwise;
    its speech wav and waveform are made anew. The transcript stays, which :func:`other_track` tells.

    No step to undo. Raises as :func:`ensure_sound`; :class:`UsageError` for a recording without sound.
    """
    source = store.source(source_id)
    index = source.audio_index if index is None else index
    if index is None:
        raise UsageError("The recording has no sound.")
    audio = list(source.info.audio)
    audio[index] = replace(audio[index], channel_use=use or audio[index].channel_use)
    asset = replace(source.asset, info=replace(source.info, audio=tuple(audio)))
    changed = replace(source, asset=asset, audio_index=index)
    if changed == source:
        return source
    forget_sound(paths, source_id)
    try:
        ensure_sound(paths, changed, progress, cancel or CancelToken())
        with store.transaction("Choose the sound", source.project_id, undoable=False) as tx:
            tx.put(asset)
            tx.put(changed)
    except BaseException:
        forget_sound(paths, source_id)  # it is of a choice that was not made
        raise
    return changed


def other_track(source: Source, transcript: Transcript | None) -> str | None:
    """The sentence that the words are of another sound track than the one that is heard; None where they are
    not, as far as is known."""
    if transcript is None or transcript.track is None or not transcript.is_of_another(source.audio_index):
        return None
    return say(
        "The transcript is of sound track {old}; track {new} is heard.",
        old=transcript.track + 1,
        new=(source.audio_index or 0) + 1,
    )


def remarks_of(source: Source) -> list[tuple[str, str]]:
    """What is odd about a recording and how that was dealt with: each a sentence, and what can be done."""
    info, found = source.info, list[tuple[str, str]]()
    if info.declared_s is not None:
        broke_off = say(
            "The file says it is {claimed} long, but its data end at {real}.",
            claimed=Length(Time.from_seconds(info.declared_s)),
            real=info.duration,
        )
        found.append((broke_off, "If there is a whole copy of it, import that one."))
    if len(info.audio) > 1 and source.audio_index is not None:
        several = say(
            "The recording has {count} sound tracks; track {number} is heard.",
            count=len(info.audio),
            number=source.audio_index + 1,
        )
        found.append((several, "Choose another one in the Audio panel, or with --audio-track."))
    if source.audio is not None and source.audio.channel_use in _LISTENED:
        found.append((_LISTENED[source.audio.channel_use], _CHOOSE))
    return found
