"""What is pasted beside a finished film where it is posted: its title and hashtags."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import Export
from viralclip_desktop.features.common.services import Services

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

_MOST_TAGS, _LEAST_LETTERS = 3, 5  # more tags help nobody; shorter words are mostly grammar
_INTO_FILM_SHARE = 8  # an eighth into it: past the fade in and the first captions' entrance


def post_text(store: Store, clip_id: str) -> str:
    """The title of a clip and, on a line of their own, its hashtags: those a language model wrote for it,
    else the words that tell most of what is said in it. Raises NotFound."""
    clip = store.clip(clip_id)
    tags = _written(store, clip) or _telling(store, clip)
    return "\n\n".join(part for part in (clip.title, " ".join(tags)) if part)


def film_picture(services: Services, export: Export) -> Path | None:
    """A picture out of a finished film, made now if it is not there yet; None for sound alone. Raises
    BadInput where the file is gone or cannot be read."""
    from viralclip_desktop.core.time import Time
    from viralclip_desktop.media.probe import probe
    from viralclip_desktop.media.thumbnails import thumbnail

    out = services.paths.cache / "exports" / f"{export.id}.jpg"
    if export.settings.audio_only or out.is_file():
        return None if export.settings.audio_only else out
    film = Path(export.output_path)
    info = probe(film)
    return thumbnail(film, info, Time(info.duration.ticks // _INTO_FILM_SHARE), out)


def _written(store: Store, clip: Clip) -> list[str]:
    from viralclip_desktop.features.moments.llm.keeping import written_for

    found = written_for(store.batch(clip.batch_id), clip.id) if clip.batch_id else None
    return [str(tag) for tag in (found or {}).get("hashtags", ())]


def _telling(store: Store, clip: Clip) -> list[str]:
    from viralclip_desktop.compose.captions.keywords import bare
    from viralclip_desktop.features.common.telling_words import is_telling
    from viralclip_desktop.features.workflows.finishing import language_of_talk, telling_of

    transcript = store.transcript(clip.source_id) if clip.source_id else None
    if transcript is None:
        return []
    language, rare = language_of_talk(transcript), telling_of(transcript)
    said = Counter(bare(word.text) for word in transcript.words_between(clip.range))
    telling = [
        word for word in said if len(word) >= _LEAST_LETTERS and word.isalpha() and is_telling(word, language)
    ]
    telling.sort(key=lambda word: -said[word] * rare.get(word, 1.0))
    return [f"#{word}" for word in telling[:_MOST_TAGS]]
