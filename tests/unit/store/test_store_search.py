"""Search finds what is said, in every script, whatever is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import stored

from viralclip_desktop.core.time import Time
from viralclip_desktop.store import Store

SENTENCES = (
    "Nobody told me this would work.",
    "The café on the corner doesn't open early.",
    "In C++ you'd write 100% of it (twice).",
    "हिन्दी में नमस्ते दुनिया",
    "วันนี้ อากาศ ดี มาก",
    "今天 天气 很好 我们 去 东京",
)


def make(folder: Path) -> Store:
    store = stored.new_store(folder)
    stored.fill(store)
    with store.transaction("Transcribe", "proj_1") as tx:
        tx.put_transcript("src_1", stored.transcript(*SENTENCES))
    return store


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that is only searched."""
    with make(tmp_path_factory.mktemp("library")) as store:
        yield store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of the test's own."""
    with make(tmp_path) as store:
        yield store


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("nobody", 0),
        ("NOBODY  told", 0),
        ("told nobody", 0),
        ("wor", 0),
        ("cafe", 1),
        ("Café", 1),
        ("cafe\u0301", 1),
        ("doesn't", 1),
        ("doesn", 1),
        ("c++", 2),
        ("100%", 2),
        ("(twice)", 2),
        ("नमस्ते", 3),
        ("นี้", 4),
        ("อากาศดี", 4),
        ("天气", 5),
        ("东京", 5),
    ],
)
def test_what_is_found(library: Store, typed: str, sentence: int) -> None:
    assert [hit.sentence_index for hit in library.search(typed)] == [sentence]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        '"',
        '""',
        "'",
        "*",
        "(",
        "a OR",
        "NEAR(",
        "AND",
        "text:",
        "-",
        "^",
        "\0",
        "\udcff",
        "%",
        "_",
        "\\",
        "%今",
        "a" * 5000,
        '"nobody" AND NOT "told',
        "x\0y",
    ],
)
def test_any_text_is_safe_and_finds_nothing_odd(library: Store, typed: str) -> None:
    assert library.search(typed) == []


def test_operators_are_only_words(store: Store) -> None:
    with store.transaction("More", "proj_1") as tx:
        tx.put_transcript("src_1", stored.transcript("Black or white.", "Not near and far."))
    assert [hit.sentence_index for hit in store.search("OR")] == [0]
    assert [hit.sentence_index for hit in store.search("NOT near AND")] == [1]


def test_a_hit_tells_where_the_word_is(library: Store) -> None:
    (hit,) = library.search("work")
    assert (hit.project_id, hit.source_id) == ("proj_1", "src_1")
    assert hit.start == Time.from_seconds(5 * 0.5)
    assert hit.snippet == SENTENCES[0]


def test_a_long_sentence_is_cut_around_the_word(store: Store) -> None:
    text = " ".join(["filler"] * 40 + ["needle"] + ["more"] * 40)
    with store.transaction("Long", "proj_1") as tx:
        tx.put_transcript("src_1", stored.transcript(text))
    (hit,) = store.search("needle")
    assert "needle" in hit.snippet
    assert len(hit.snippet) <= 82
    assert (hit.snippet[0], hit.snippet[-1]) == ("…", "…")


def test_the_index_follows_edits_deletions_and_undo(store: Store) -> None:
    with store.transaction("Correct", "proj_1") as tx:
        tx.put_transcript("src_1", stored.transcript("Everybody told me.", *SENTENCES[1:]))
    assert store.search("nobody") == []
    assert len(store.search("everybody")) == 1
    with store.transaction("Delete", "proj_1") as tx:
        tx.delete("project", "proj_1")
    assert store.search("everybody") == []
    store.undo("proj_1")
    assert len(store.search("everybody")) == 1
    store.undo("proj_1")
    assert len(store.search("nobody")) == 1


def test_the_limit(store: Store) -> None:
    with store.transaction("Long", "proj_1") as tx:
        tx.put_transcript("src_1", stored.transcript(*["Same words."] * 20))
    assert len(store.search("same", limit=7)) == 7
