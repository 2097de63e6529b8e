"""A language model as editor: its quotes, its verdicts, its reviews and its texts, and everything it may get
wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from support import stored, talks
from support.gold_editor import FakeModel
from support.loopback_http import FakeTime, LoopbackService, answer, cut, loopback_service, silent
from support.loopback_llm import SHAPES, Shape, refusal, said
from support.spoken import end_s, spoken

from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.notices import Notice, NoticeBoard, Severity
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.domain.usage import Budgets
from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.engines.ledger import Ledger
from viralclip_desktop.engines.llm.base import (
    LanguageModel,
    LlmRequest,
    LlmSetup,
    Reason,
    answer_fault,
)
from viralclip_desktop.engines.provider import Cost, ProviderInfo
from viralclip_desktop.features.moments import FindOptions, find_clips
from viralclip_desktop.features.moments.llm import pairs
from viralclip_desktop.features.moments.llm.asking import Editor
from viralclip_desktop.features.moments.llm.keeping import written_for
from viralclip_desktop.features.moments.llm.quotes import QuoteFinder
from viralclip_desktop.features.moments.llm.rerank import rerank
from viralclip_desktop.features.moments.llm.script import Script, Stretch
from viralclip_desktop.features.moments.llm.writing import plain_title, written_of
from viralclip_desktop.features.moments.ranker import Moment, rank
from viralclip_desktop.features.workflows.hands import HandKind, hands_on
from viralclip_desktop.store import Store

TALK = spoken(talks.INTERVIEW)
DURATION_S = end_s(TALK)
OPTIONS = FindOptions(count=4, min_length_s=12, max_length_s=60)
FIRST, LAST = talks.INTERVIEW_STORY
PRICE = "How do you set the price of a loaf?"
GIFT = "The lesson is simple: a price that does not pay your hours is a gift, not a price."


def script(options: FindOptions = OPTIONS) -> Script:
    return Script(TALK, options, None, DURATION_S)


def local() -> list[Moment]:
    return rank(TALK, DURATION_S, OPTIONS)


def proposal(first: str, last: str, payoff: str = "", why: str = "It surprises.") -> dict[str, str]:
    return {"starts_with": first, "ends_with": last, "payoff": payoff or last, "why": why}


def editor(
    moments: list[dict[str, str]] | None = None, context_tokens: int = 128_000, **answers: Any
) -> Editor:
    """A model with prepared answers; questions it has none for get an empty one."""
    usual: dict[str, Callable[[LlmRequest], dict[str, Any]]] = {
        "moments": lambda request: {"moments": moments or []},
        "pairs": lambda request: {"pairs": []},
        "edges": lambda request: {"clips": []},
        "texts": lambda request: {"clips": []},
    }
    return Editor(FakeModel(usual | answers, context_tokens), LlmSetup(Path("models")), notices=NoticeBoard())


def heard(board: NoticeBoard | None) -> list[Notice]:
    found: list[Notice] = []
    assert board is not None
    board.listen(found.append)
    return found


# --- quotes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "quote",
    [
        "What would you do if your bakery burned down",
        "what WOULD you do, if your bakery… burned down?",
        "What would you do if your backery burnt down",
        "What would do if your bakery burned down",
        "“What would you really do if your bakery burned down",
    ],
)
def test_a_quote_is_found_however_it_was_copied(quote: str) -> None:
    found = QuoteFinder(TALK.words).find(quote)[0]
    assert TALK.words[found.first].text == "What"
    assert TALK.words[found.last - 1].text == "down"


def test_what_was_never_said_is_found_nowhere() -> None:
    finder = QuoteFinder(TALK.words)
    assert finder.find("A completely different sentence about quantum tunnels") == []
    assert finder.find("") == []
    assert finder.find("it") == []


def test_thai_is_found_without_spaces_and_with_other_marks() -> None:
    from viralclip_desktop.domain.transcript import Word

    texts = ["วันนี้", "เรา", "จะ", "พูดถึง", "การนอนหลับ", "ที่ดี"]
    words = [Word(text, Time.from_seconds(at), Time.from_seconds(at + 0.9)) for at, text in enumerate(texts)]
    found = QuoteFinder(words).find("เราจะพูดถึง การนอนหลบ")[0]
    assert (found.first, found.last) == (1, 5)


# --- proposals --------------------------------------------------------------------------------------------


def test_a_proposal_is_cut_at_its_sentences_with_times_of_our_own() -> None:
    chosen = rerank(script(), local(), editor([proposal(FIRST, LAST, why="It surprises.")]))[0]
    assert chosen.moment.quote_first == FIRST
    assert chosen.moment.quote_last == LAST
    said = [word for word in TALK.words if word.start >= chosen.moment.range.start]
    assert said[0].text == "What"
    told = [reason.text for reason in chosen.moment.reasons]
    assert told[0].endswith("editor-1): It surprises.")
    assert told[1].startswith("Pays off with “In the end we delivered")


def test_a_quote_from_the_middle_of_a_sentence_takes_the_whole_sentence() -> None:
    middle = proposal("your bakery burned down on the day before", "is how I learned that a shop")
    chosen = rerank(script(), local(), editor([middle]))[0]
    assert (chosen.moment.quote_first, chosen.moment.quote_last) == (FIRST, LAST)


def test_what_cannot_be_found_or_is_far_too_long_is_left_to_the_local_finder() -> None:
    made_up = proposal("Nobody ever said anything like this here", "and neither was this one said")
    whole = proposal("Hello everyone and welcome to the show", "the link is in the description")
    found = rerank(script(), local(), editor([made_up, whole]))
    assert [one.moment.range for one in found] == [one.range for one in local()]


def test_a_proposal_that_is_too_short_gets_the_sentences_after_it() -> None:
    short = proposal("By noon nineteen neighbors were baking", "baking in nineteen kitchens")
    options = replace(OPTIONS, min_length_s=8)
    judged = rerank(script(options), local(), editor([short]))[0]
    assert judged.moment.quote_first.startswith("By noon")
    assert judged.moment.quote_last == LAST
    assert judged.moment.range.duration.seconds >= 8


def test_a_long_talk_is_read_in_parts_that_overlap_by_a_clip() -> None:
    whole = script(replace(OPTIONS, max_length_s=20))
    parts = whole.parts(300, 12.0)
    assert len(parts) > 2
    assert (parts[0].first, parts[-1].last) == (0, len(TALK.words))
    for before, after in pairwise(parts):
        shared = TALK.words[before.last - 1].end.seconds - TALK.words[after.first].start.seconds
        assert shared >= 12
        assert after.first in whole.starts


def test_a_part_that_turns_out_too_long_is_halved() -> None:
    asked: list[int] = []

    def only_short(request: LlmRequest) -> dict[str, Any]:
        asked.append(len(request.prompt))
        if len(asked) == 1:
            raise answer_fault("editor-1", Reason.TOO_LONG)
        return {"moments": [proposal(FIRST, LAST)] if FIRST in request.prompt else []}

    options = replace(OPTIONS, min_length_s=8, max_length_s=DURATION_S / 4.1)
    editing = editor(moments=None)
    editing.model.answers["moments"] = only_short  # type: ignore[attr-defined]
    notices = heard(editing.notices)
    rerank(script(options), local(), editing)
    assert len(asked) == 3
    assert max(asked[1:]) < asked[0]
    assert notices == []


# --- ranking ----------------------------------------------------------------------------------------------


def test_clips_follow_the_verdicts_and_else_stay() -> None:
    assert pairs.order(4, []) == [0, 1, 2, 3]
    assert pairs.order(4, [(3, 0), (3, 1), (3, 2)]) == [3, 0, 1, 2]
    assert pairs.order(3, [(0, 1), (1, 2), (2, 0)]) == [0, 1, 2]
    assert pairs.order(5, [(4, 3)]) == [0, 1, 2, 4, 3]


def test_verdicts_that_make_no_sense_count_nothing() -> None:
    answer = {
        "pairs": [
            {"a": 1, "b": 2, "better": 3},
            {"a": 1, "b": 1, "better": 1},
            {"a": 1, "b": 9, "better": 9},
            {"a": 1, "b": 2, "better": 1},
            {"a": 2, "b": 1, "better": 2},
            {"a": 3, "b": 2, "better": 3},
        ]
    }
    assert pairs.verdicts_of(answer, range(10, 13)) == [(12, 11)]


def test_every_clip_is_compared_and_none_always_stands_first() -> None:
    for count in range(2, 14):
        asked = pairs.pairs_of(count)
        assert {one for pair in asked for one in pair} == set(range(1, count + 1))
        assert len({frozenset(pair) for pair in asked}) == len(asked)
        if count > 4:
            assert {first for first, _ in asked} == set(range(1, count + 1))
    assert [list(group) for group in pairs.groups(5, 4)] == [[0, 1, 2, 3], [2, 3, 4]]


def test_the_model_s_verdict_decides() -> None:
    def prices_first(request: LlmRequest) -> dict[str, Any]:
        clips = re.split(r"\n\nClip \d+\n", request.prompt)[1:]
        asked = re.findall(r"(\d+)-(\d+)", request.prompt.split("Pairs:")[1].split("\n")[0])
        priced = next(n for n, text in enumerate(clips, 1) if PRICE in text)
        return {
            "pairs": [{"a": int(a), "b": int(b), "better": priced} for a, b in asked if str(priced) in (a, b)]
        }

    proposed = [proposal(FIRST, LAST), proposal(PRICE, GIFT)]
    found = rerank(script(), local(), editor(proposed, pairs=prices_first))
    assert [one.moment.quote_first for one in found][:2] == [PRICE, FIRST]
    assert [one.moment.rank for one in found] == list(range(1, len(found) + 1))
    assert [one.moment.score for one in found] == sorted((one.moment.score for one in found), reverse=True)


# --- review -----------------------------------------------------------------------------------------------


def reviewed(first: str, last: str, moments: list[dict[str, str]], options: FindOptions = OPTIONS) -> Any:
    answers = {"edges": lambda request: {"clips": [{"clip": 1, "starts_with": first, "ends_with": last}]}}
    return rerank(script(options), local(), editor(moments, **answers))[0]


EARLY = proposal(FIRST, "By noon nineteen neighbors were baking in nineteen kitchens.", "nineteen kitchens")


def test_an_ending_moves_to_where_the_thought_is_finished() -> None:
    judged = reviewed(FIRST, LAST, [EARLY])
    assert judged.moment.quote_last == LAST
    assert judged.before.range.end < judged.moment.range.end
    assert any("Its end was moved" in reason.text for reason in judged.moment.reasons)


def test_an_ending_moves_neither_too_far_nor_over_the_payoff() -> None:
    far = reviewed(FIRST, "a gift, not a price", [EARLY])
    assert far.moment.range == far.before.range
    story = proposal(FIRST, LAST, payoff=LAST)
    before = reviewed(FIRST, "everything was gone.", [story])
    assert before.moment.quote_last == LAST


def test_an_opening_moves_forward_only() -> None:
    later = proposal("I can tell you exactly what I did", LAST)
    assert reviewed(FIRST, LAST, [later]).moment.quote_first.startswith("I can tell you")
    forward = reviewed("I can tell you exactly what I did", LAST, [proposal(FIRST, LAST)])
    assert forward.moment.quote_first.startswith("I can tell you")
    assert any("Its beginning was moved" in reason.text for reason in forward.moment.reasons)


# --- texts ------------------------------------------------------------------------------------------------


def test_texts_are_checked_before_they_are_kept() -> None:
    thai = "วันนี้เราจะพูดถึงการนอนหลับที่ดีและสุขภาพ"
    answer = {
        "clips": [
            {
                "clip": 1,
                "title": "“How one bakery rose again.”",
                "hook": "Gone in one night",
                "caption": "Two hundred cakes, one night.",
                "hashtags": ["bakery", "#Bakery", "#two words", "#2024", "#ok!", "#" + "x" * 50],
            },
            {"clip": 2, "title": "Sleep well", "hook": "นอนให้พอ", "caption": "", "hashtags": ["#การนอน"]},
            {"clip": 7, "title": "nobody", "hook": "", "caption": "", "hashtags": []},
        ]
    }
    english, other = written_of(answer, ["One night the bakery burned", thai])
    assert english.title == "How one bakery rose again"
    assert english.hashtags == ("#bakery", "#twowords", "#ok")
    assert (other.title, other.hook, other.hashtags) == ("", "นอนให้พอ", ("#การนอน",))


def test_a_title_of_our_own_is_cut_between_words() -> None:
    assert plain_title("Short and true.") == "Short and true"
    long = plain_title("This sentence goes on and on until nobody remembers how it began at all.")
    assert long.endswith("…")
    assert len(long) <= 60


# --- trouble ----------------------------------------------------------------------------------------------


@pytest.fixture
def service() -> Iterator[LoopbackService]:
    with loopback_service() as running:
        yield running


def remote_editor(shape: Shape, service: LoopbackService, policy: Policy) -> Editor:
    model: LanguageModel = shape.model(service, policy, FakeTime().clock)
    return Editor(model, LlmSetup(Path("models")), notices=NoticeBoard())


BUSY = {"error": {"message": "slow down", "code": "rate_limit_exceeded"}}
QUICK = Policy(attempts=2, read_s=0.05)
TROUBLES = {
    "refusal": lambda shape: answer(shape.refused or {"error": "I cannot help"}),
    "incomplete": lambda shape: answer(shape.capped),
    "bad JSON": lambda shape: said(shape, "Great clips, all of them!"),
    "too long": lambda shape: answer(shape.over_long, 400),
    "429": lambda shape: answer(BUSY, 429),
    "no credit": lambda shape: answer({"error": {"message": "x", "code": "insufficient_quota"}}, 429),
    "timeout": lambda shape: silent(),
    "cut connection": lambda shape: cut(b'{"id"', 900),
    "server error": lambda shape: answer({"error": {"message": "x"}}, 500),
    "a web page": lambda shape: answer(b"<html>"),
    "not found": lambda shape: answer({"error": {"message": "no such model"}}, 404),
}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.id)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_leaves_the_local_finder_s_clips_and_one_notice(
    shape: Shape, trouble: str, service: LoopbackService
) -> None:
    service.usual = TROUBLES[trouble](shape)
    policy = QUICK if trouble == "timeout" else Policy(attempts=2)
    editing = remote_editor(shape, service, policy)
    notices = heard(editing.notices)
    found = rerank(script(), local(), editing)
    assert [replace(one.moment, score=0) for one in found] == [replace(one, score=0) for one in local()]
    told = [notice for notice in notices if notice.severity is Severity.CAUTION]
    assert len(told) == 1
    assert told[0].message.endswith("The moments were chosen on this computer alone.")


def test_trouble_in_the_middle_keeps_what_was_done(service: LoopbackService) -> None:
    picked = said(SHAPES[0], json.dumps({"moments": [proposal(PRICE, GIFT)]}))
    service.script, service.usual = [picked], answer(refusal())
    editing = remote_editor(SHAPES[0], service, Policy())
    notices = heard(editing.notices)
    found = rerank(script(), local(), editing)
    assert found[0].moment.quote_first == PRICE
    cautions = [notice.message for notice in notices if notice.severity is Severity.CAUTION]
    assert len(cautions) == 1
    assert cautions[0].endswith("What it did not answer was chosen on this computer.")


def test_a_cancel_is_no_trouble_but_ends_the_search() -> None:
    editing = editor([proposal(FIRST, LAST)])
    editing.cancel.cancel()
    with pytest.raises(Cancelled):
        rerank(script(), local(), editing)


# --- money and history ------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path) as opened:
        yield opened


def paid(editing: Editor, store: Store, day_usd: float) -> Editor:
    costs = (Cost("input_token", 1.0, 1000), Cost("output_token", 1.0, 1000))
    editing.model.info = ProviderInfo("fake", "Fake", "llm", costs=costs)  # type: ignore[misc]
    editing.ledger = Ledger(store.usage, lambda: Budgets(day_usd, day_usd))
    return editing


def test_what_it_costs_is_said_before_and_written_down_after(store: Store) -> None:
    editing = paid(editor([proposal(FIRST, LAST)]), store, 1000.0)
    notices = heard(editing.notices)
    rerank(script(), local(), editing)
    assert re.search(r"at most \d+ tokens, \$\d+\.\d+\.$", notices[0].message)
    most = float(notices[0].message.rsplit("$", 1)[1].rstrip("."))
    entries = store.usage.list()
    assert {entry.note for entry in entries} == {"moments", "pairs", "edges", "texts"}
    assert {entry.kind for entry in entries} == {"llm"}
    assert 0 < sum(entry.cost_usd for entry in entries) <= most


def test_over_the_budget_nothing_is_asked(store: Store) -> None:
    editing = paid(editor([proposal(FIRST, LAST)]), store, 0.0)
    notices = heard(editing.notices)
    found = rerank(script(), local(), editing)
    assert [one.moment.range for one in found] == [one.range for one in local()]
    assert "budget" in notices[-1].message
    assert editing.model.asked == []  # type: ignore[attr-defined]


def put(store: Store, transcript: Transcript) -> str:
    source = stored.source()
    info = replace(source.info, duration=Time.from_seconds(DURATION_S))
    with store.transaction("Import", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(stored.with_file(source, info=info))
        tx.put_transcript(source.id, transcript)
    return source.id


def test_what_it_chose_moved_and_wrote_can_be_undone_one_by_one(store: Store, tmp_path: Path) -> None:
    written = {
        "clip": 1,
        "title": "Nineteen kitchens",
        "hook": "It burned",
        "caption": "",
        "hashtags": ["#x"],
    }
    editing = editor(
        [EARLY],
        edges=lambda request: {"clips": [{"clip": 1, "starts_with": FIRST, "ends_with": LAST}]},
        texts=lambda request: {"clips": [written]},
    )
    source_id = put(store, TALK)
    paths = DataPaths(tmp_path, tmp_path / "models")
    clip = find_clips(store, paths, source_id, OPTIONS, editor=editing)[0]
    assert clip.title == "Nineteen kitchens"
    assert clip.quote_last == LAST
    batch = next(one for one in store.batches(source_id) if one.id == clip.batch_id)
    assert written_for(batch, clip.id) == {k: v for k, v in written.items() if k != "clip"}
    hands = {hand.kind: hand for hand in hands_on(store, clip)}
    assert list(hands) == [HandKind.TITLE, HandKind.ENDS, HandKind.TEXTS], "all of it is listed"
    assert hands[HandKind.TEXTS].words == ("It burned", "#x")
    for kind in (HandKind.TITLE, HandKind.ENDS):
        take_back = hands[kind].take_back
        assert take_back is not None
        clip = take_back(store, clip.id)
        assert kind not in {hand.kind for hand in hands_on(store, clip)}
    assert clip.title != "Nineteen kitchens"
    assert [entry.label for entry in store.history("proj_1")][-2:] == ["Rename clip", "Trim clip"]
    store.undo("proj_1")
    store.undo("proj_1")
    store.undo("proj_1")
    assert store.clip(clip.id).title != "Nineteen kitchens"
    assert store.clip(clip.id).quote_last == LAST
    store.undo("proj_1")
    assert str(store.clip(clip.id).quote_last).startswith("By noon")
    store.undo("proj_1")
    with pytest.raises(Fault):
        store.clip(clip.id)


def test_without_an_editor_nothing_is_different(store: Store, tmp_path: Path) -> None:
    source_id = put(store, TALK)
    clips = find_clips(store, DataPaths(tmp_path, tmp_path / "models"), source_id, OPTIONS)
    assert [clip.title for clip in clips] == [moment.title for moment in local()]


def test_a_stretch_knows_what_it_shares() -> None:
    assert Stretch(0, 10).shares(Stretch(5, 25)) == 0.5
    assert Stretch(0, 10).shares(Stretch(10, 20)) == 0
    assert CancelToken().cancelled is False
