"""Translations that come with the order of a dub as files: read and checked first, stored only when the dub
can begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.compose.in_play import clip_lines
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.clip_time import placed_of
from viralclip_desktop.domain.edits import translations
from viralclip_desktop.domain.translation import TranslatedLine, Translation
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.editing.translating import put_translation
from viralclip_desktop.features.workflows.dub_lines import check_amount

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip


@dataclass(frozen=True)
class GivenWords:
    """The lines of a language (source time), as a file has them. ``heard``: whether any of them plays in the
    clip."""

    code: str
    lines: tuple[TranslatedLine, ...]
    heard: bool


def read_words(services: Services, clip: Clip, code: str, path: Path, encoding: str = "") -> GivenWords:
    """What a subtitle file says in a language. Raises BadInput for one that cannot be read, that does not fit
    the recording, or of which more is said in the clip than any voice could say; UsageError for an encoding
    that does not exist."""
    from viralclip_desktop.engines.stt.subtitles import read_lines

    source = services.store.source(clip.source_id)
    found, playing = read_lines(path, encoding).lines, placed_of(clip, source.asset_id)
    within = [
        line.text
        for line in found
        if any(line.range.intersection(one.part.range) is not None for one in playing)
    ]
    check_amount(within, clip.duration)
    lines = translations.arranged(found, source.info.duration)
    if not lines:
        raise BadInput(
            say("{name} does not fit the recording: it begins after the recording's end.", name=path.name)
        )
    known = Translation("", source.id, code, lines)
    return GivenWords(code, lines, bool(playing and clip_lines(known, *playing)))


def take_words(services: Services, clip: Clip, given: Iterable[GivenWords]) -> None:
    """Store them, each in the place of what the recording has in its language."""
    for one in given:
        put_translation(services.store, clip.source_id, one.code, one.lines)
