"""How a found clip stands among those of its recording, in a word; the score itself is for programs."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Final

from viralclip_desktop.domain.clip import Clip, Reason
from viralclip_desktop.domain.transcript import Transcript, Word, join_words

GOOD: Final = 55
_DOUBT: Final = Reason("doubt", 1.0, "Many of its words were not heard for sure")
_HIGH = 75  # the best of a talk gets 60 to 96, so that a dull talk has no high one
_MANY = 1 / 3  # of a clip's words: with so many doubtful ones no sentence of it is without one


class Standing(StrEnum):
    """The three words that are shown."""

    HIGH = "High"
    GOOD = "Good"
    FAIR = "Fair"


def standing(score: int | None, *, doubtful: bool = False) -> Standing | None:
    """What a score (0 to 99) is called; None for a clip that was cut by hand. Nobody knows that a clip is one
    of the best whose words are ``doubtful``."""
    if score is None:
        return None
    if score >= _HIGH and not doubtful:
        return Standing.HIGH
    return Standing.GOOD if score >= GOOD else Standing.FAIR


def standing_of(clip: Clip) -> Standing | None:
    """What a clip is called."""
    return standing(clip.score, doubtful=says_doubt(clip))


def says_doubt(clip: Clip) -> bool:
    """Whether it is said of a clip that many of its words were not heard for sure."""
    return doubt_about(clip) is not None


def best_reason(clip: Clip) -> Reason | None:
    """What speaks first for a clip; a doubt speaks for none. None where nothing does."""
    return next((reason for reason in clip.reasons if reason.kind != _DOUBT.kind), None)


def doubt_about(clip: Clip) -> Reason | None:
    """What is said against it; None where nothing is."""
    return next((reason for reason in clip.reasons if reason.kind == _DOUBT.kind), None)


def reasons_in_order(clip: Clip) -> tuple[Reason, ...]:
    """All that is said of a clip as it is read: what speaks for it, then the doubt."""
    doubt = doubt_about(clip)
    return (*(one for one in clip.reasons if one is not doubt), *([doubt] if doubt is not None else []))


def with_doubt(clip: Clip, transcript: Transcript) -> Clip:
    """The clip with that said of it, or not said, as it is: before anything else where it is why the clip is
    not called one of the best, else after what speaks for it."""
    others = tuple(reason for reason in clip.reasons if reason.kind != _DOUBT.kind)
    if not is_doubtful(clip, transcript):
        return replace(clip, reasons=others)
    is_why = clip.score is not None and clip.score >= _HIGH
    return replace(clip, reasons=(_DOUBT, *others) if is_why else (*others, _DOUBT))


def is_doubtful(clip: Clip, transcript: Transcript) -> bool:
    """Whether so many of the words that are said in a clip were not heard for sure."""
    said = said_in(clip, transcript)
    return bool(said) and sum(not word.is_sure for word in said) >= _MANY * len(said)


def said_in(clip: Clip, transcript: Transcript) -> list[Word]:
    """The words of the home recording that are heard in a clip, in the order of play."""
    return [word for part in clip.kept for word in transcript.words_between(part)]


def said_text(clip: Clip, transcript: Transcript) -> str:
    """The same as text."""
    return join_words([word.text for word in said_in(clip, transcript)])


def is_as_found(clip: Clip, transcript: Transcript | None) -> bool:
    """Whether a clip still begins and ends with what was quoted of it when its score and reasons were made,
    and all that is said between is heard in it; true where that can't be told."""
    if transcript is None or not clip.quote_first:
        return True
    said = said_text(clip, transcript)
    whole = said == join_words([word.text for word in transcript.words_between(clip.range)])
    return whole and said.startswith(clip.quote_first) and said.endswith(clip.quote_last)


def needs_judging(clip: Clip, transcript: Transcript | None) -> bool:
    """Whether something else may have to be said of a found clip than what is said of it."""
    if clip.score is None or transcript is None:
        return False
    return not is_as_found(clip, transcript) or says_doubt(clip) != is_doubtful(clip, transcript)
