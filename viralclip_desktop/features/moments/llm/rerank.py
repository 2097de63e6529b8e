"""The whole of a model's work on a recording: propose, compare, review, write. Its trouble is told once, and
whatever it did not answer stays as the local finder had it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.progress import Progress, ProgressEvent, ignore_progress
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import Reason
from viralclip_desktop.engines.llm.base import INPUT, OUTPUT, AnswerFault, tokens_of
from viralclip_desktop.engines.llm.base import Reason as Why
from viralclip_desktop.features.moments.llm import pairs, prompts, review
from viralclip_desktop.features.moments.llm.asking import Editor
from viralclip_desktop.features.moments.llm.picks import Pick, distinct, interleaved, picks_of
from viralclip_desktop.features.moments.llm.quotes import QuoteFinder
from viralclip_desktop.features.moments.llm.script import Script, Stretch
from viralclip_desktop.features.moments.llm.writing import Written, plain_title, written_of
from viralclip_desktop.features.moments.ranker import Moment

_PART_TOKENS = 24_000  # of text in a question; longer ones are read less closely
_HALVINGS = 2  # of a part that turns out too long
_MOST_SHARED = 0.5  # of the shorter clip's words that two clips of one batch may share
_REVIEWED, _WRITTEN = 5, 10  # clips in one question
_CLIP_TOKENS = 330  # of a minute of talk, rather too many
_STAGES = (0.0, 0.5, 0.75, 0.9, 1.0)  # of the time, where propose, compare, review and write begin and end


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Judged:
    """A moment after the model's work; ``before``: before the review and the writing; ``written``: what was
    written."""

    moment: Moment
    before: Moment
    written: Written


def rerank(
    script: Script, moments: Sequence[Moment], editor: Editor, progress: Progress = ignore_progress
) -> list[Judged]:
    """``moments`` (the local finder's, best first) and the model's own, ranked by the model, at most as many
    as were asked for. Raises Cancelled alone."""
    editor.tell_cost(expected_units(script, editor))
    work = _Work(script, moments, editor, progress)
    judged = work.done()
    editor.tell()
    return judged


def expected_units(script: Script, editor: Editor) -> dict[str, float]:
    """The most tokens a whole search uses, read and written."""
    count, answer = script.options.count, editor.answer_tokens
    parts = script.parts(min(_PART_TOKENS, editor.room), script.options.max_length_s)
    read = sum(tokens_of(script.text(part)) + 500 for part in parts)
    compared = 2 * count * 2 * _CLIP_TOKENS
    shown = count * 2 * _CLIP_TOKENS + count * _CLIP_TOKENS
    questions = {
        prompts.PICK_TOKENS: len(parts),
        prompts.RANK_TOKENS: max(1, math.ceil(4 * count / pairs.GROUP)),
        prompts.REVIEW_TOKENS: math.ceil(count / _REVIEWED),
        prompts.WRITE_TOKENS + 1: math.ceil(count / _WRITTEN),
    }
    written = sum(min(most, answer) * times for most, times in questions.items())
    return {INPUT: float(read + compared + shown), OUTPUT: float(written)}


class _Work:
    def __init__(self, script: Script, moments: Sequence[Moment], editor: Editor, progress: Progress) -> None:
        self._script, self._moments, self._editor = script, moments, editor
        self._finder = QuoteFinder(script.words)
        self._progress = progress

    def done(self) -> list[Judged]:
        self._tell(0)
        proposed = self._proposed()
        pool = self._pool(proposed)
        self._tell(1)
        ranked = self._ranked(pool) if self._editor.asked else pool
        chosen = self._chosen(ranked)
        self._tell(2)
        reviewed = self._reviewed(chosen)
        self._tell(3)
        written = self._written(reviewed)
        self._tell(4)
        return self._judged(chosen, reviewed, written)

    def _tell(self, stage: int) -> None:
        doing = (
            "Reading the transcript with {model}",
            "Comparing the moments with {model}",
            "Reviewing where the clips begin and end with {model}",
            "Writing titles with {model}",
            "",
        )[stage]
        told = say(doing, model=self._editor.name) if doing else ""
        self._progress(ProgressEvent("find", _STAGES[stage], told))

    def _proposed(self) -> list[Pick]:
        script, options = self._script, self._script.options
        parts = script.parts(min(_PART_TOKENS, self._editor.room), options.max_length_s)
        count = options.count + 2 if len(parts) == 1 else math.ceil(options.count * 1.5 / len(parts)) + 1
        return interleaved([self._proposed_in(part, count) for part in parts])

    def _proposed_in(self, part: Stretch, count: int, halved: int = 0) -> list[Pick]:
        if self._editor.stopped:
            return []
        options = self._script.options
        request = prompts.pick_request(
            self._script.lines(part),
            count=count,
            shortest_s=options.min_length_s,
            longest_s=options.max_length_s,
            about=options.about,
        )
        try:
            return picks_of(self._editor.answer(request), self._script, self._finder, part)
        except Cancelled:
            raise
        except Fault as fault:
            halves = self._halves(part) if halved < _HALVINGS and _is_long(fault) else []
            if not halves:
                self._editor.keep(fault)
            each = max(2, math.ceil(count / 2) + 1)
            return interleaved([self._proposed_in(half, each, halved + 1) for half in halves])

    def _halves(self, part: Stretch) -> list[Stretch]:
        """Two parts that overlap by a clip's length; none where the part is hardly longer than a clip."""
        script, longest_s = self._script, self._script.options.max_length_s
        words = script.words
        begin_s, end_s = words[part.first].start.seconds, words[part.last - 1].end.seconds
        if end_s - begin_s < 4 * longest_s:
            return []
        middle_s = (begin_s + end_s) / 2
        ends = [at for at in script.ends if words[at - 1].end.seconds <= middle_s + longest_s / 2]
        starts = [at for at in script.starts if words[at].start.seconds >= middle_s - longest_s / 2]
        return [Stretch(part.first, ends[-1]), Stretch(starts[0], part.last)]

    def _pool(self, proposed: list[Pick]) -> list[Pick]:
        """The model's moments first, then the local finder's, each moment once."""
        stretches = [self._script.stretch_of(moment.range) for moment in self._moments]
        own = [Pick(stretch, own=True) for stretch in stretches if stretch is not None]
        most = 2 * self._script.options.count
        return distinct([*proposed, *own])[:most] if proposed else own

    def _ranked(self, pool: list[Pick]) -> list[Pick]:
        texts = [self._script.text(pick.stretch) for pick in pool]
        verdicts: list[pairs.Verdict] = []
        size = self._fitting(texts, pairs.GROUP)
        for group in pairs.groups(len(pool), size):
            request = prompts.pair_request([texts[at] for at in group], pairs.pairs_of(len(group)))
            verdicts += pairs.verdicts_of(self._editor.try_answer(request), group)
        return [pool[at] for at in pairs.order(len(pool), verdicts)]

    def _fitting(self, texts: Sequence[str], most: int) -> int:
        """How many of the texts fit into one question."""
        longest = max(map(tokens_of, texts), default=1) + 20
        return max(2, min(most, self._editor.room // longest))

    def _chosen(self, ranked: list[Pick]) -> list[Pick]:
        kept: list[Pick] = []
        for pick in ranked:
            if all(pick.stretch.shares(other.stretch) <= _MOST_SHARED for other in kept):
                kept.append(pick)
        return kept[: self._script.options.count]

    def _reviewed(self, chosen: list[Pick]) -> list[Pick]:
        shown = [review.shown(self._script, pick) for pick in chosen]
        size = self._fitting(["\n".join(lines) for lines, _, _ in shown], _REVIEWED)

        def ask(at: slice) -> list[Pick]:
            answer = self._editor.try_answer(prompts.edge_request(shown[at]))
            return review.reviewed(answer, chosen[at], self._script, self._finder)

        result = _batched(len(chosen), size, ask) if self._editor.asked else list(chosen)
        for at, pick in enumerate(result):  # what would show again what another one shows, stays
            others = result[:at] + result[at + 1 :]
            if any(pick.stretch.shares(other.stretch) > _MOST_SHARED for other in others):
                result[at] = chosen[at]
        return result

    def _written(self, picks: list[Pick]) -> list[Written]:
        texts = [self._script.text(pick.stretch) for pick in picks]
        if not self._editor.asked:
            return [Written()] * len(picks)
        language = self._script.transcript.language

        def ask(at: slice) -> list[Written]:
            answer = self._editor.try_answer(prompts.write_request(texts[at], language))
            return written_of(answer, texts[at])

        return _batched(len(picks), self._fitting(texts, _WRITTEN), ask)

    def _judged(self, chosen: list[Pick], reviewed: list[Pick], written: list[Written]) -> list[Judged]:
        scores = sorted((moment.score for moment in self._moments), reverse=True)
        result: list[Judged] = []
        for place, (before, pick, texts) in enumerate(zip(chosen, reviewed, written, strict=True)):
            score = (
                scores[place] if place < len(scores) else max(0, scores[-1] - 2 * (place - len(scores) + 1))
            )
            local = self._local(before)
            first, moment = (
                replace(self._moment(before, one, local), rank=place + 1, score=score)
                for one in (before, pick)
            )
            used = {one.moment.title for one in result}
            title = texts.title if texts.title and texts.title not in used else moment.title
            result.append(Judged(replace(moment, title=title), first, texts))
        return result

    def _local(self, pick: Pick) -> Moment | None:
        """The local finder's moment that a pick is."""
        same = (one for one in self._moments if self._script.stretch_of(one.range) == pick.stretch)
        return next(same, None)

    def _range(self, pick: Pick, local: Moment | None) -> TimeRange:
        return local.range if local is not None else self._script.range_of(pick.stretch)

    def _moment(self, before: Pick, pick: Pick, local: Moment | None) -> Moment:
        script, moved = self._script, pick.stretch != before.stretch
        first, last = script.quote(pick.stretch, last=False), script.quote(pick.stretch, last=True)
        payoff = script.text(pick.payoff) if pick.payoff is not None else ""
        return Moment(
            rank=1,
            range=script.range_of(pick.stretch) if moved else self._range(pick, local),
            title=local.title if local is not None else plain_title(payoff or last),
            score=0,
            reasons=self._reasons(before, pick, local, payoff),
            quote_first=first,
            quote_last=last,
        )

    def _reasons(self, before: Pick, pick: Pick, local: Moment | None, payoff: str) -> tuple[Reason, ...]:
        model, found = self._editor.name, list(local.reasons if local is not None else ())
        if payoff:
            found.insert(
                0, Reason("structure", 0.8, say("Pays off with “{quote}”", quote=plain_title(payoff)))
            )
        if pick.why:
            told = say("Chosen by {model}: {why}", model=model, why=pick.why[:200])
            found.insert(0, Reason("value", 0.9, told))
        for moved_s, text in self._moves(before, pick):
            told = say(text, model=model, seconds=Number(abs(moved_s), 1))
            found.append(Reason("structure", 0.3, told))
        plain = say("Chosen by {model}", model=model)
        return tuple(found) or (Reason("value", 0.5, plain),)

    def _moves(self, before: Pick, pick: Pick) -> list[tuple[float, str]]:
        words = self._script.words
        old, new = before.stretch, pick.stretch
        opening_s = words[new.first].start.seconds - words[old.first].start.seconds
        ending_s = words[new.last - 1].end.seconds - words[old.last - 1].end.seconds
        ending = "Its end was moved {seconds} s later by {model}"
        if ending_s < 0:
            ending = "Its end was moved {seconds} s earlier by {model}"
        moves = [(opening_s, "Its beginning was moved {seconds} s later by {model}"), (ending_s, ending)]
        return [(moved_s, text) for moved_s, text in moves if moved_s]


def _is_long(fault: Fault) -> bool:
    return isinstance(fault, AnswerFault) and fault.reason in (Why.TOO_LONG, Why.INCOMPLETE)


def _batched(count: int, size: int, ask: Callable[[slice], list[Item]]) -> list[Item]:
    return [item for at in range(0, count, size) for item in ask(slice(at, min(count, at + size)))]
