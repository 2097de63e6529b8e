"""What the transcript of a recording says, and when. Only the sentences that change are stored.

A recording without a transcript raises :class:`BadInput`, a word or sentence that does not exist IndexError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.edits import find_replace as finding
from viralclip_desktop.domain.edits import transcripts
from viralclip_desktop.domain.edits.find_replace import Match
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.store.store import Store


def correct_word(
    store: Store, source_id: str, index: int, text: str, *, merge_key: str | None = None
) -> Transcript:
    """Write a word otherwise; several words share out its time, an empty text changes nothing."""
    return _edit(
        store, source_id, "Correct word", lambda old: transcripts.correct_word(old, index, text), merge_key
    )


def correct_words(
    store: Store,
    source_id: str,
    texts: Mapping[int, str],
    *,
    seen: Transcript | None = None,
    merge_key: str | None = None,
) -> Transcript:
    """The same for several words, named by their places before the edit, or in a transcript that was ``seen``
    earlier: what is gone since then is left out."""

    def correct(old: Transcript) -> Transcript:
        places = _now(seen, old, texts)
        return transcripts.correct_words(old, {places[index]: texts[index] for index in places})

    return _edit(store, source_id, "Correct words", correct, merge_key)


def retype_words(
    store: Store, source_id: str, indexes: Sequence[int], text: str, *, seen: Transcript | None = None
) -> Transcript:
    """Write the running text of some words otherwise: only those that differ change, one that is gone is gone
    from the captions. Without any text, nothing changes; nor where a word of a transcript that was ``seen``
    earlier is gone since then."""

    def retype(old: Transcript) -> Transcript:
        places = _now(seen, old, indexes)
        there = len(places) == len(set(indexes))
        return transcripts.retype_words(old, [places[one] for one in indexes], text) if there else old

    return _edit(store, source_id, "Correct words", retype)


def replace_words(store: Store, source_id: str, first: int, last: int, texts: Sequence[str]) -> Transcript:
    """Put other words in the place of ``first`` up to but not including ``last``: as many keep their
    times, fewer or more share out the whole time, none take them out of the transcript."""
    if not texts:
        return drop_words(store, source_id, range(first, last))
    return _edit(
        store, source_id, "Replace words", lambda old: transcripts.replace_words(old, first, last, texts)
    )


def drop_words(store: Store, source_id: str, indexes: Iterable[int]) -> Transcript:
    """Take words out of the transcript; the sound stays (to cut it, see ``cut_words``)."""
    wanted = tuple(indexes)
    return _edit(store, source_id, "Remove words", lambda old: transcripts.drop_words(old, wanted))


def retime_word(
    store: Store, source_id: str, index: int, start: Time, end: Time, *, merge_key: str | None = None
) -> Transcript:
    """Give a word other times, held between its neighbours and inside the recording."""
    latest = store.source(source_id).info.duration
    return _edit(
        store,
        source_id,
        "Retime word",
        lambda old: transcripts.retime_word(old, index, start, min(end, latest)),
        merge_key,
    )


def nudge_words(
    store: Store, source_id: str, first: int, last: int, by: Time, *, merge_key: str | None = None
) -> Transcript:
    """Move words ``first`` up to but not including ``last`` earlier or later, as their neighbours allow.

    ``by`` counts from where they are now, also during a drag.
    """
    return _edit(
        store,
        source_id,
        "Nudge captions",
        lambda old: transcripts.nudge_words(old, first, last, by),
        merge_key,
    )


def nudge_spans(
    store: Store, source_id: str, spans: Sequence[tuple[int, int]], by: Time, *, merge_key: str | None = None
) -> None:
    """The same for several runs of words, as one entry in the history. Those in front go first, so that none
    is held up by the next."""
    project_id = store.source(source_id).project_id
    with store.transaction("Nudge captions", project_id, merge_key=merge_key):
        for first, last in sorted(spans, reverse=by.ticks > 0):
            nudge_words(store, source_id, first, last, by)


def split_sentence(store: Store, source_id: str, word_index: int) -> Transcript:
    """Begin a new sentence with a word."""
    return _edit(store, source_id, "Split sentence", lambda old: transcripts.split_sentence(old, word_index))


def merge_sentence(store: Store, source_id: str, sentence_index: int) -> Transcript:
    """Join a sentence with the one after it."""
    return _edit(
        store, source_id, "Merge sentences", lambda old: transcripts.merge_sentence(old, sentence_index)
    )


def assign_speaker(
    store: Store,
    source_id: str,
    sentence_indexes: Iterable[int],
    name: str,
    *,
    seen: Transcript | None = None,
) -> Transcript:
    """Say who speaks some sentences (of a transcript that was ``seen`` earlier: what their words belong to
    now); an empty name is nobody's."""
    wanted = tuple(sentence_indexes)

    def assign(old: Transcript) -> Transcript:
        if seen is None or seen is old:
            return transcripts.assign_speaker(old, wanted, name)
        said = [seen.sentences[index] for index in wanted]
        words = _now(seen, old, [place for one in said for place in range(one.first, one.last)]).values()
        return transcripts.assign_speaker(old, {transcripts.sentence_at(old, word) for word in words}, name)

    return _edit(store, source_id, "Assign speaker", assign)


def find_words(
    store: Store, source_id: str, text: str, *, whole_words: bool = False, match_case: bool = False
) -> list[Match]:
    """Where a text is said; see :func:`find_replace`. Changes nothing."""
    transcript = _transcript(store.transcript(source_id))
    return finding.find(transcript, text, whole_words=whole_words, match_case=match_case)


def find_replace(
    store: Store,
    source_id: str,
    find: str,
    replace: str,
    *,
    whole_words: bool = False,
    match_case: bool = False,
) -> int:
    """Replace a text everywhere in a transcript, also across words; how often it was found."""
    count = 0

    def change(old: Transcript) -> Transcript:
        nonlocal count
        new, count = finding.find_replace(old, find, replace, whole_words=whole_words, match_case=match_case)
        return new

    _edit(store, source_id, "Find and replace", change)
    return count


def _edit(
    store: Store,
    source_id: str,
    label: str,
    change: Callable[[Transcript], Transcript],
    merge_key: str | None = None,
) -> Transcript:
    project_id = store.source(source_id).project_id
    with store.transaction(label, project_id, merge_key=merge_key) as tx:
        before = _transcript(tx.transcript(source_id))
        after = change(before)
        if after is not before:
            tx.put_transcript(source_id, after)
    return after


def _now(seen: Transcript | None, now: Transcript, indexes: Iterable[int]) -> dict[int, int]:
    """Where words stand now, by their places in a transcript that was seen earlier."""
    if seen is None:
        return {index: index for index in indexes}
    found = ((index, transcripts.place_now(seen, now, index)) for index in indexes)
    return {index: place for index, place in found if place is not None}


def _transcript(transcript: Transcript | None) -> Transcript:
    if transcript is None:
        raise BadInput("This recording has no transcript.", "Transcribe it first.")
    return transcript
