"""What tightening finds in speech whose words, fillers and pauses are known, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from support.speech import RATE_HZ
from support.tight_talk import (
    Item,
    TightTalk,
    f1,
    filler,
    noise,
    pause,
    planned,
    repeat,
    retake,
    say,
    share_cut,
    talk_of,
    tightened,
)

from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.features.tighten.lists import load_lists
from viralclip_desktop.features.tighten.plan import Heard, PlannedCut, plan_cuts

FPS = Fraction(30)
JITTER_S = 0.04  # a good recogniser's times are off by this much

ENGLISH = [
    pause(0.6),
    say("Welcome back to the show."),
    pause(0.5),
    filler("um"),
    pause(0.25),
    say("Today we talk about bridges"),
    pause(0.12),
    filler("uh"),
    pause(0.1),
    say("and how they fall."),
    pause(1.6),
    say("So what happened next?"),
    planned(1.3),
    say("Nothing happened."),
    pause(0.4),
    repeat("I"),
    pause(0.05),
    say("I went to the river"),
    pause(0.1),
    repeat("with my"),
    pause(0.06),
    say("with my three brothers."),
    noise("laugh", 1.2),
    pause(0.5),
    say("He said"),
    pause(0.2),
    filler("um"),
    pause(0.15),
    filler("er"),
    pause(0.3),
    say("that it was over."),
    pause(0.7),
    retake("The best way to build is"),
    pause(0.5),
    retake("sorry, let me start again."),
    pause(0.6),
    say("The best way to build is with steel."),
    pause(0.2),
    noise("music", 2.0),
    pause(0.2),
    say("That was the list of costs"),
    noise("cough", 0.3),
    pause(0.3),
    filler("uh"),
    pause(0.2),
    say("for this boss."),
    pause(0.3),
    say("No, no, no."),
    pause(0.3),
    say("It was very very good, again and again and again."),
    pause(0.06),
    filler("um"),
    pause(0.05),
    say("We paid the price"),
    pause(1.1),
    say("and we left."),
    pause(1.0),
]

LANGUAGES: dict[str, list[Item]] = {
    "es": [
        say("Hoy hablamos de los puentes"),
        pause(0.2),
        filler("eh"),
        pause(0.2),
        say("y de las casas viejas."),
        pause(1.5),
        repeat("en la"),
        pause(0.05),
        say("en la ciudad grande"),
        pause(0.15),
        filler("em"),
        pause(0.3),
        say("todo es muy caro."),
    ],
    "fr": [
        say("Nous parlons de la ville"),
        pause(0.2),
        filler("euh"),
        pause(0.2),
        say("et des maisons."),
        pause(1.5),
        repeat("dans la"),
        pause(0.05),
        say("dans la rue"),
        pause(0.15),
        filler("euh"),
        pause(0.3),
        say("tout est calme."),
    ],
    "de": [
        say("Heute geht es um Brücken"),
        pause(0.2),
        filler("ähm"),
        pause(0.2),
        say("und um alte Häuser."),
        pause(1.5),
        repeat("in der"),
        pause(0.05),
        say("in der Stadt"),
        pause(0.15),
        filler("äh"),
        pause(0.3),
        say("ist alles sehr teuer."),
    ],
    "pt": [
        say("Hoje falamos de pontes"),
        pause(0.2),
        filler("hum"),
        pause(0.2),
        say("e de um homem velho."),
        pause(1.5),
        repeat("com uma"),
        pause(0.05),
        say("com uma casa"),
        pause(0.15),
        filler("ahn"),
        pause(0.3),
        say("tudo é caro."),
    ],
    "it": [
        say("Oggi parliamo di ponti"),
        pause(0.2),
        filler("ehm"),
        pause(0.2),
        say("e di case vecchie."),
        pause(1.5),
        repeat("nella"),
        pause(0.05),
        say("nella città"),
        pause(0.15),
        filler("eh"),
        pause(0.3),
        say("tutto è molto caro."),
    ],
    "id": [
        say("Hari ini kita bicara pelan pelan"),
        pause(0.2),
        filler("em"),
        pause(0.2),
        say("tentang rumah tua."),
        pause(1.5),
        repeat("yang"),
        pause(0.05),
        say("yang besar"),
        pause(0.15),
        filler("eh"),
        pause(0.3),
        say("semua sangat mahal."),
    ],
}


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> TightTalk:
    return talk_of(ENGLISH, tmp_path_factory.mktemp("talk"))


def plan(
    talk: TightTalk,
    strength: float = 0.5,
    *,
    left_out: Sequence[str] = (),
    fps: Fraction | None = FPS,
    jitter_s: float = JITTER_S,
) -> list[PlannedCut]:
    words = talk.heard_by(left_out=left_out, jitter_s=jitter_s)
    return plan_cuts(Heard(words, load_lists(talk.language), talk.levels(), talk.between, fps), strength)


def ranges(cuts: Sequence[PlannedCut], *kinds: str) -> list[TimeRange]:
    return [cut.range for cut in cuts if not kinds or cut.kind in kinds]


def test_fillers_are_found_by_their_words(english: TightTalk) -> None:
    cuts = plan(english)
    assert f1(english.of("filler"), ranges(cuts, "filler")) >= 0.9
    assert [cut.text for cut in cuts if cut.kind == "filler"][:3] == ["um", "uh", "um er"]


def test_fillers_that_the_recogniser_left_out_are_found_by_their_sound(english: TightTalk) -> None:
    assert f1(english.of("filler"), ranges(plan(english, left_out=["filler"]), "filler")) >= 0.7


def test_fillers_that_a_words_time_was_stretched_over_are_found_too(english: TightTalk) -> None:
    words = english.stretched("filler")
    heard = Heard(words, load_lists("en"), english.levels(), english.between, FPS)
    cuts = plan_cuts(heard, 0.5)
    assert f1(english.of("filler"), ranges(cuts, "filler")) >= 0.7
    assert damaged(english, ranges(cuts)) == []


@pytest.mark.parametrize("voice", ["en-gb+f3", "en-us+m3", "en-gb"])
@pytest.mark.parametrize("room_db", [-70.0, -50.0])
def test_other_voices_and_rooms(voice: str, room_db: float, tmp_path: Path) -> None:
    talk = talk_of(ENGLISH, tmp_path, voice=voice, room_db=room_db, rate_wpm=150, seed=2)
    assert f1(talk.of("filler"), ranges(plan(talk), "filler")) >= 0.9
    assert f1(talk.of("filler"), ranges(plan(talk, left_out=["filler"]), "filler")) >= 0.7
    assert damaged(talk, ranges(plan(talk, 1.0))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages(language: str, tmp_path: Path) -> None:
    voice = {"fr": "fr-fr", "pt": "pt-br"}.get(language, language)
    talk = talk_of(LANGUAGES[language], tmp_path, voice=voice)
    cuts = plan(talk)
    assert f1(talk.of("filler"), ranges(cuts, "filler")) == 1.0
    assert f1(talk.of("repeat"), ranges(cuts, "repeat")) == 1.0
    assert len(ranges(cuts, "silence")) == 1
    assert damaged(talk, ranges(cuts)) == []


@pytest.mark.parametrize("strength", [0.0, 0.25, 0.5, 0.75, 1.0])
@pytest.mark.parametrize("left_out", [(), ("filler",)])
def test_no_word_is_damaged(english: TightTalk, strength: float, left_out: tuple[str, ...]) -> None:
    assert damaged(english, ranges(plan(english, strength, left_out=left_out))) == []


def damaged(talk: TightTalk, cuts: Sequence[TimeRange]) -> list[str]:
    """What stays but lost more than a hundredth of a second."""
    kept = talk.of("say")
    return [one.item.text for one in kept if share_cut(one, cuts) * (one.end_s - one.start_s) > 0.01]


@pytest.mark.parametrize("strength", [0.5, 1.0])
def test_the_ends_of_words_keep_their_level(english: TightTalk, strength: float) -> None:
    cuts = ranges(plan(english, strength))
    after, _ = tightened(english.samples, cuts)
    for one in english.of("say"):
        removed = sum((cut.duration.seconds for cut in cuts if cut.end.seconds <= one.end_s), 0.0)
        before = english.between(one.end_s - 0.12, one.end_s)
        end = round((one.end_s - removed) * RATE_HZ)
        now = after[end - len(before) : end]
        lost_db = 10 * np.log10(np.sum(before**2) / np.sum(now**2))
        assert lost_db <= 1.0, one.item.text


@pytest.mark.parametrize("strength", [0.5, 1.0])
def test_no_join_clicks(english: TightTalk, strength: float) -> None:
    after, joins = tightened(english.samples, ranges(plan(english, strength)))
    jumps = np.abs(np.diff(after, 2))
    assert joins
    for at in joins:
        near = jumps[max(0, at - RATE_HZ) : at + RATE_HZ]
        assert jumps[at - 8 : at + 8].max() <= np.percentile(near, 99.9)


def test_stutters_and_takes_that_were_begun_again_go(english: TightTalk) -> None:
    cuts = plan(english)
    assert f1(english.of("repeat"), ranges(cuts, "repeat")) == 1.0
    [take] = [cut for cut in cuts if cut.kind == "retake"]
    assert take.text == "The best way to build is sorry, let me start again."
    assert all(share_cut(one, [take.range]) == 1.0 for one in english.of("retake"))


def test_planned_pauses_laughter_and_music_stay(english: TightTalk) -> None:
    cuts = ranges(plan(english))
    for one in english.of("planned", "laugh", "music", "cough"):
        assert share_cut(one, cuts) == 0, one.item.role
    [thought] = english.of("planned")
    [laugh] = english.of("laugh")
    hard = ranges(plan(english, 1.0))
    assert (1 - share_cut(thought, hard)) * 1.3 >= 0.6
    assert share_cut(laugh, hard) == 0


def test_steady_music_under_the_talk_is_no_silence(tmp_path: Path) -> None:
    talk = talk_of([say("Hello there my friends"), pause(2.0), say("this is it.")], tmp_path)
    at_s = np.arange(len(talk.samples)) / RATE_HZ
    music = 0.03 * sum(np.sin(2 * np.pi * hz * at_s) for hz in (220.0, 277.0, 330.0))
    under = TightTalk((talk.samples + music).astype(np.float32), talk.placed, talk.language)
    assert len(ranges(plan(talk))) == 1
    assert plan(under) == []


def _under(talk: TightTalk, level: float, *tones: float) -> TightTalk:
    at_s = np.arange(len(talk.samples)) / RATE_HZ
    sound = level * sum(np.sin(2 * np.pi * hz * at_s) for hz in tones)
    return TightTalk((talk.samples + sound).astype(np.float32), talk.placed, talk.language)


@pytest.mark.parametrize("level", [0.002, 0.008])
def test_soft_music_in_a_pause_is_no_silence(level: float, tmp_path: Path) -> None:
    talk = talk_of([say("Hello there my friends"), pause(2.0), say("this is it.")], tmp_path)
    assert plan(_under(talk, level, 440, 554.4, 659.3)) == []


def test_a_hum_in_every_pause_is_the_rooms(tmp_path: Path) -> None:
    items = [
        one for number in range(5) for one in (say(f"Hello there my friend number {number}"), pause(1.5))
    ]
    talk = talk_of([*items, say("this is it.")], tmp_path)
    assert len(plan(_under(talk, 0.002, 250, 350, 450))) == len(plan(talk)) == 5


def test_dead_air_is_shortened_and_more_of_it_with_more_strength(english: TightTalk) -> None:
    lengths = [
        sum(cut.range.duration.seconds for cut in plan(english, strength))
        for strength in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    assert lengths == sorted(lengths)
    assert lengths[0] < lengths[2] < lengths[4]


def test_a_word_of_a_pause_that_is_hardly_heard_stays(tmp_path: Path) -> None:
    talk = talk_of(
        [say("This is a secret"), pause(0.4), say("hush"), pause(0.4), say("I told you.")], tmp_path
    )
    [_, soft, _] = talk.of("say")
    samples = talk.samples.copy()
    samples[round(soft.start_s * RATE_HZ) : round(soft.end_s * RATE_HZ)] *= 0.003
    whispered = TightTalk(samples, talk.placed, talk.language)
    cuts = ranges(plan(whispered, 1.0, jitter_s=0.0))
    assert share_cut(soft, cuts) == 0


def test_cuts_lie_on_frames_and_do_not_drift(english: TightTalk) -> None:
    fps = Fraction(30000, 1001)
    for cut in plan(english, fps=fps):
        for time in (cut.range.start, cut.range.end):
            assert time == time.snapped(fps)


def test_a_language_without_lists_still_loses_its_dead_air(english: TightTalk) -> None:
    words = english.heard_by(jitter_s=JITTER_S)
    cuts = plan_cuts(Heard(words, load_lists("xx"), english.levels(), english.between, FPS), 0.5)
    assert {cut.kind for cut in cuts} == {"silence", "repeat"}
    assert damaged(english, ranges(cuts)) == []


def test_nothing_said_nothing_cut_but_silence(tmp_path: Path) -> None:
    talk = talk_of([noise("music", 3.0), pause(2.5), noise("music", 2.0)], tmp_path)
    cuts = plan(talk)
    assert [cut.kind for cut in cuts] in ([], ["silence"])
    assert all(share_cut(one, ranges(cuts)) == 0 for one in talk.of("music"))
