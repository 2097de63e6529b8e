"""Finding the moments of one source: transcript and sound in, a stored batch of clips out."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress, staged
from viralclip_desktop.domain.clip import Clip, ClipBatch, parts_of
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.moments.options import FindOptions

if TYPE_CHECKING:
    from viralclip_desktop.features.moments.llm.asking import Editor
    from viralclip_desktop.features.moments.ranker import Moment
    from viralclip_desktop.features.moments.sound import Sound
    from viralclip_desktop.store.store import Store

_SPEECH_FILE = "speech.wav"  # left by the transcription where it keeps it; 16 kHz mono in source time
_SOUND_FILE = "sound.npz"
_LISTENING_SHARE = 0.85  # of the time; the ranking itself takes a second or two

_log = logging.getLogger(__name__)


def find_clips(  # noqa: PLR0917 - the six things every step of the main job is given
    store: Store,
    paths: DataPaths,
    source_id: str,
    options: FindOptions | None = None,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
    editor: Editor | None = None,
) -> list[Clip]:
    """Find the best moments of a transcribed source and store them as one batch, best first.

    Where the recording itself cannot be read any more, the transcript alone decides. ``editor``: a language
    model that proposes, ranks and titles; where it fails, what the local finder found stays. Raises NotFound
    (also for the clip named by ``options.like``), BadInput (no transcript yet, no speech), UsageError and
    Cancelled; nothing is stored then.
    """
    from viralclip_desktop.features.moments.llm.keeping import store_judged
    from viralclip_desktop.features.moments.llm.rerank import rerank
    from viralclip_desktop.features.moments.llm.script import Script
    from viralclip_desktop.features.moments.ranker import rank

    options, cancel = options or FindOptions(), cancel or CancelToken()
    options.check()
    source = store.source(source_id)
    transcript = store.transcript(source_id)
    if transcript is None:
        raise BadInput("This recording has not been transcribed yet.", "Transcribe it first.")
    if not transcript.words:
        raise BadInput("No speech found.", "There is nothing to make clips of.")
    sound = _sound_of(source, paths, staged(progress, "find", 0.0, _LISTENING_SHARE), cancel)
    progress(ProgressEvent("find", _LISTENING_SHARE, "Choosing the best moments"))
    like = store.clip(options.like).hull if options.like else None
    ranking = partial(rank, transcript, source.info.duration.seconds, options, sound, cancel, like=like)
    moments = _by_meaning(ranking, transcript.language, paths, source, cancel)
    cancel.raise_if_cancelled()
    if editor is None or options.like:  # a model knows nothing of the clip that is to be followed
        clips = _store(store, source, options, moments)
    else:
        script = Script(transcript, options, sound, source.info.duration.seconds)
        judged = rerank(script, moments, editor, staged(progress, "find", _LISTENING_SHARE, 1.0))
        batch = _batch(source, options)
        clips = store_judged(
            store,
            source.project_id,
            batch,
            judged,
            model=editor.name,
            clip_of=partial(_clip, source, batch, options),
        )
    progress(ProgressEvent("find", 1.0))
    return clips


def _by_meaning(
    ranking: Callable[..., list[Moment]], language: str, paths: DataPaths, source: Source, cancel: CancelToken
) -> list[Moment]:
    """The ranking with the sentence model where one is installed that knows the language; by the words
    alone otherwise, also where the model cannot be used."""
    from viralclip_desktop.engines.meaning.minilm import meaning_for
    from viralclip_desktop.features.moments.sentence_model import SentenceModel

    if meaning_for(language, paths.models) is None:
        return ranking()
    try:
        return ranking(meaning=SentenceModel(paths.models, paths.source_cache(source.id), cancel))
    except EnvironmentLacks as fault:
        _log.warning("the sentence model cannot be used: %s", fault.message)
        return ranking()


def _store(store: Store, source: Source, options: FindOptions, moments: list[Moment]) -> list[Clip]:
    batch = _batch(source, options)
    clips = [_clip(source, batch, options, moment) for moment in moments]
    with store.transaction("Find clips", source.project_id) as tx:
        tx.put(batch)
        for clip in clips:
            tx.put(clip)
    return clips


def _batch(source: Source, options: FindOptions) -> ClipBatch:
    return ClipBatch(new_id("batch"), source.id, options.as_settings(), time.time())


def _clip(source: Source, batch: ClipBatch, options: FindOptions, moment: Moment) -> Clip:
    return Clip(
        id=new_id("clip"),
        project_id=source.project_id,
        source_id=source.id,
        batch_id=batch.id,
        rank=moment.rank,
        parts=parts_of(source.asset_id, moment.range),
        title=moment.title,
        score=moment.score,
        reasons=moment.reasons,
        quote_first=moment.quote_first,
        quote_last=moment.quote_last,
        aspect=options.aspect,
        caption_style=options.caption_style,
        brand_kit=options.brand_kit,
        created_at=batch.created_at,
        asset_id=source.asset_id,
    )


def _sound_of(source: Source, paths: DataPaths, progress: Progress, cancel: CancelToken) -> Sound | None:
    """Loudness and pitch of a source, measured once and kept; None without readable sound."""
    from viralclip_desktop.features.moments.sound import load_sound, save_sound

    folder = paths.source_cache(source.id)
    kept = load_sound(folder / _SOUND_FILE)
    if kept is not None:
        return kept
    try:
        sound = _measure(source, folder, progress, cancel)
    except BadInput as fault:
        _log.warning("the sound of %s cannot be read: %s", source.id, fault.message)
        return None
    if sound is not None:
        save_sound(sound, folder / _SOUND_FILE)
    return sound


def _measure(source: Source, folder: Path, progress: Progress, cancel: CancelToken) -> Sound | None:
    from viralclip_desktop.features.moments.sound import listen

    speech = folder / _SPEECH_FILE
    if speech.is_file():
        return listen(speech, progress, cancel)
    if source.audio is None or not Path(source.path).is_file():
        return None
    from viralclip_desktop.media.audio import extract_speech

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="listen-") as work:
        wav = Path(work) / _SPEECH_FILE
        part = staged(progress, "find", 0.0, 0.6)
        extract_speech(Path(source.path), source.audio.index, wav, part, cancel)
        return listen(wav, staged(progress, "find", 0.6, 1.0), cancel)
