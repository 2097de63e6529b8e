"""Finding the moments of one source: transcript and sound in, a stored batch of clips out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress, staged
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.features.common.orders import FIND
from viralclip_desktop.features.common.so_far import clips_so_far
from viralclip_desktop.features.moments.batches import (
    Place,
    clip_of,
    new_batch,
    put_clips,
    untouched_clips,
    words_for_fewer,
)
from viralclip_desktop.features.moments.kept_sound import sound_of
from viralclip_desktop.features.moments.options import FindOptions

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.features.moments.llm.asking import Editor
    from viralclip_desktop.features.moments.ranker import Moment
    from viralclip_desktop.store.store import Store

_log = logging.getLogger(__name__)

_LISTENING_SHARE = 0.85  # of the time; the ranking itself takes a second or two


def find_clips(  # noqa: PLR0917 - the six things every step of the main job is given
    store: Store,
    paths: DataPaths,
    source_id: str,
    options: FindOptions | None = None,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
    editor: Editor | None = None,
    *,
    instead: bool = False,
) -> list[Clip]:
    """Find the best moments of a transcribed source and store them as one batch, best first. ``instead``:
    they come in place of those found before that the user has not touched.

    Where the recording itself cannot be read any more, the transcript alone decides. Clips that were found
    while it was still being heard are settled: these come in their place, and the user's own stay.
    ``editor``: a language model that proposes, ranks and titles; where it fails, what the local finder found
    stays. Raises NotFound (also for the clip named by ``options.like``), BadInput (no transcript yet, no
    speech), UsageError and Cancelled; nothing is stored then.
    """
    from viralclip_desktop.features.moments.llm.keeping import store_judged
    from viralclip_desktop.features.moments.llm.rerank import rerank
    from viralclip_desktop.features.moments.llm.script import Script
    from viralclip_desktop.features.moments.ranker import rank

    options, cancel = options or FindOptions(), cancel or CancelToken()
    options.check()
    source, transcript = store.source(source_id), _spoken(store, source_id)
    sound = sound_of(source, paths, staged(progress, "find", 0.0, _LISTENING_SHARE), cancel)
    progress(ProgressEvent("find", _LISTENING_SHARE, "Choosing the best moments"))
    like = store.clip(options.like).hull if options.like else None
    ranking = partial(rank, transcript, source.info.duration.seconds, options, sound, cancel, like=like)
    moments = _by_meaning(ranking, transcript.language, paths, source, cancel)
    cancel.raise_if_cancelled()
    by_a_model = editor is not None and not options.like  # it knows nothing of a clip that is to be followed
    place = _place(store, source, options, instead=instead, by_a_model=by_a_model)
    if editor is None or options.like:
        batch = new_batch(source, options, words_for_fewer(len(moments), transcript, options))
        found = [clip_of(source, batch, options, transcript, moment) for moment in moments]
        with store.transaction(FIND, source.project_id) as tx:
            tx.put(batch)
            clips = list(place(tx, found).values())
    else:
        script = Script(transcript, options, sound, source.info.duration.seconds)
        judged = rerank(script, moments, editor, staged(progress, "find", _LISTENING_SHARE, 1.0))
        batch = new_batch(source, options, words_for_fewer(len(judged), transcript, options))
        clips = store_judged(
            store,
            source.project_id,
            batch,
            judged,
            model=editor.name,
            clip_of=partial(clip_of, source, batch, options, transcript),
            place=place,
        )
    progress(ProgressEvent("find", 1.0))
    return clips


def _spoken(store: Store, source_id: str) -> Transcript:
    transcript = store.transcript(source_id)
    if transcript is None:
        raise BadInput("This recording has not been transcribed yet.", "Transcribe it first.")
    if not transcript.words:
        raise BadInput("No speech found.", "There is nothing to make clips of.")
    return transcript


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


def _place(store: Store, source: Source, options: FindOptions, *, instead: bool, by_a_model: bool) -> Place:
    """How clips are stored: beside all others, or in place of those found before, or while the recording was
    heard."""
    so_far = clips_so_far(store, source.id)
    if so_far is None or not so_far.whole or options.like:
        untouched = untouched_clips(store, source)
        if instead:
            return partial(put_clips, instead_of=untouched)
        return partial(put_clips, renewed=untouched, by_a_model=by_a_model)
    from viralclip_desktop.features.moments.so_far import settle

    return partial(settle, store, so_far)
