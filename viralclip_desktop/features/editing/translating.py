"""Edits of the second language: its lines, and which clips show it. A line that does not exist raises
IndexError."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from viralclip_desktop.compose.captions.breaks import clause_ends, even_cuts, joined, pieces
from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import translations
from viralclip_desktop.domain.translation import TranslatedLine, Translation, in_language
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_code, language_name
from viralclip_desktop.store.store import Store


def import_translation(
    store: Store, source_id: str, path: Path, language: str = "", clip_ids: Iterable[str] = ()
) -> Translation:
    """Take a translation from a subtitle file (SRT, VTT, ASS, JSON) with its own timing, and show it on
    ``clip_ids``. ``language`` is asked for where neither the file's name (``talk.th.srt``) nor its script
    tells it. What is there in this language already is replaced.

    Raises :class:`BadInput` when the file cannot be used, :class:`UsageError` without a language.
    """
    code, found = read_translation(path, language)
    lines = translations.arranged(found, store.source(source_id).info.duration)
    if not lines:
        raise BadInput(
            say("{name} does not fit the recording: it begins after the recording's end.", name=path.name)
        )
    return put_translation(store, source_id, code, lines, clip_ids)


def put_translation(
    store: Store,
    source_id: str,
    language: str,
    lines: Iterable[TranslatedLine] = (),
    clip_ids: Iterable[str] = (),
) -> Translation:
    """Give a recording a translation (source time), in place of the one it has in this language, and show
    it on ``clip_ids``. Raises :class:`UsageError` for no known language."""
    code = known_language(language)
    source = store.source(source_id)
    with store.transaction(
        say("Add {code} captions", code=say(language_name(code))), source.project_id
    ) as tx:
        old = in_language(tx.translations(source_id), code)
        name = old.id if old else new_id("translation")
        new = Translation(name, source_id, code, translations.arranged(lines, source.info.duration))
        tx.put(new)
        for clip_id in clip_ids:
            tx.put(replace(tx.clip(clip_id), second_language=code))
    return new


def fill_translation(
    store: Store,
    source_id: str,
    language: str,
    lines: Iterable[TranslatedLine],
    *,
    instead: bool = False,
    clip_ids: Iterable[str] = (),
) -> Translation:
    """Put what was translated (source time) into a recording's translation, where no line stands or, with
    ``instead``, in the place of those that do, and show it on ``clip_ids``. Raises :class:`UsageError` for no
    known language."""
    code = known_language(language)
    source = store.source(source_id)
    label = say("Translate into {language}", language=say(language_name(code)))
    with store.transaction(label, source.project_id) as tx:
        old = in_language(tx.translations(source_id), code)
        base = old or Translation(new_id("translation"), source_id, code)
        new = translations.filled(base, lines, instead=instead)
        if new != old:
            tx.put(new)
        for clip_id in clip_ids:
            tx.put(replace(tx.clip(clip_id), second_language=code))
    return new


def remove_translation(store: Store, translation_id: str) -> None:
    """Delete a translation; clips no longer show it."""
    gone = store.translation(translation_id)
    label = say("Remove {language} captions", language=say(language_name(gone.language)))
    with store.transaction(label, _project(store, gone)) as tx:
        tx.delete("translation", translation_id)
        for clip in tx.clips(gone.source_id):
            if clip.second_language == gone.language:
                tx.put(replace(clip, second_language=""))


def show_second_language(store: Store, clip_id: str, language: str) -> Clip:
    """Show a translation with a clip's captions; an empty language shows none. Raises
    :class:`UsageError` when the recording has no such translation."""
    clip = store.clip(clip_id)
    code = known_language(language) if language else ""
    if code and in_language(store.translations(clip.source_id), code) is None:
        raise UsageError(
            say("The recording has no {code} captions.", code=say(language_name(code))),
            "Add them from a subtitle file first.",
        )
    label = say("Show {code} captions", code=say(language_name(code))) if code else "Show one language"
    with store.transaction(label, store.source(clip.source_id).project_id) as tx:
        after = replace(tx.clip(clip_id), second_language=code)
        tx.put(after)
    return after


def write_line(
    store: Store, translation_id: str, within: TimeRange, text: str, *, merge_key: str | None = None
) -> Translation:
    """Write the line of a stretch of source time: the one that stands there otherwise (without a text it
    goes), else a new one, held between its neighbours."""
    there = translations.at(store.translation(translation_id), within)
    label = "Write a line" if there is None else "Correct a line"
    return _edit(store, translation_id, label, lambda old: translations.put(old, within, text), merge_key)


def correct_line(
    store: Store, translation_id: str, index: int, text: str, *, merge_key: str | None = None
) -> Translation:
    """Write a line otherwise; without any text it goes."""
    return _edit(
        store, translation_id, "Correct a line", lambda old: translations.correct(old, index, text), merge_key
    )


def split_line(store: Store, translation_id: str, index: int, at: int | None = None) -> Translation:
    """Two lines of one, before the character at ``at``, or where its middle reads best."""

    def change(old: Translation) -> Translation:
        return translations.split(old, index, _middle(old.lines[index].text) if at is None else at)

    return _edit(store, translation_id, "Split a line", change)


def merge_line(store: Store, translation_id: str, index: int) -> Translation:
    """Join a line with the one after it."""
    return _edit(store, translation_id, "Merge lines", lambda old: translations.merge(old, index))


def shift_lines(store: Store, translation_id: str, by: Time, *, merge_key: str | None = None) -> Translation:
    """Move all lines earlier (below zero) or later."""
    latest = store.source(store.translation(translation_id).source_id).info.duration
    return _edit(
        store, translation_id, "Move the lines", lambda old: translations.shift(old, by, latest), merge_key
    )


def _edit(
    store: Store,
    translation_id: str,
    label: str,
    change: Callable[[Translation], Translation],
    merge_key: str | None = None,
) -> Translation:
    project_id = _project(store, store.translation(translation_id))
    with store.transaction(label, project_id, merge_key=merge_key) as tx:
        after = change(tx.translation(translation_id))
        tx.put(after)
    return after


def _project(store: Store, translation: Translation) -> str:
    return store.source(translation.source_id).project_id


def _middle(text: str) -> int:
    found = pieces(text)
    if len(found) < 2:
        return 0
    (cut,) = even_cuts([len(piece.text) for piece in found], [1, 1], clause_ends(found))
    return len(joined(found[:cut]))


def read_translation(path: Path, language: str = "") -> tuple[str, tuple[TranslatedLine, ...]]:
    """The language and the lines of a subtitle file. Raises as :func:`import_translation`."""
    from viralclip_desktop.engines.stt.subtitles import read_lines

    found = read_lines(path)
    return known_language(language or found.language), found.lines


def told_language(path: Path) -> str:
    """The language that a subtitle file's name or script tells; empty where neither does. Raises
    :class:`BadInput`."""
    from viralclip_desktop.engines.stt.subtitles import read_lines

    return read_lines(path).language


def known_language(text: str) -> str:
    """The code of a language given by code or English name. Raises :class:`UsageError` for anything else."""
    code = language_code(text)
    if not code:
        raise UsageError("The language of the subtitles is not known.", "Say which one it is, such as th.")
    if code not in LANGUAGE_NAMES:
        raise UsageError(
            say("There is no language “{text}”.", text=text), "Give a code such as th, ja or ar."
        )
    return code
