"""Every number that decides what a good clip is, in one place, with where it came from.

There is no published table of such weights for spoken clips. What research gives is the direction and
the rough order of effects; the sizes were chosen by judgement and checked on the hand-written talks
in the tests (an interview, a lecture, a rambling vlog, Spanish, Chinese, an unpunctuated draft).

Sources named below:

* Berger & Milkman 2012, "What makes online content viral?": high-arousal emotion (awe, anger,
  anxiety), surprise, interest and practical value raise sharing; low arousal lowers it.
* Guerini, Strapparava & Ozbal 2011, "Exploring text virality in social networks"; Danescu-Niculescu-Mizil
  et al. 2012, "You had me at hello": memorable lines use unusual words in plain syntax and stand on
  their own (fewer pronouns that point elsewhere).
* Loewenstein 1994, "The psychology of curiosity": an open question that the viewer wants closed.
* Akpinar & Berger 2017, "Valuable virality"; and the common retention advice of the video platforms, that the
  first seconds decide whether a viewer stays.
* Kahneman, Fredrickson et al. 1993, the peak-end rule: the end weighs most in what is remembered.
* Hearst 1997, "TextTiling": changes of subject as valleys of word overlap between neighbouring blocks.
* Salton & Buckley 1988: TF-IDF, for how much one part says that the rest does not.
* Niebuhr and others on charismatic speech (2016-2018), Rosenberg & Hirschberg 2009: pitch range, level
  and rate against the speaker's own habit carry liveliness.
* Gravano & Hirschberg 2011: turns end on a fall of pitch and level, followed by a pause.
"""

from __future__ import annotations

from typing import Final

PARTS: Final = {
    # The first seconds decide whether anyone sees the rest (retention advice; Loewenstein).
    "hook": 0.30,
    # Stands on its own and ends on a payoff (peak-end rule; Danescu-Niculescu-Mizil).
    "structure": 0.28,
    # Practical value and stories (Berger & Milkman; Akpinar & Berger).
    "value": 0.20,
    # Arousal, as it can be heard (Berger & Milkman; Niebuhr). Less sure than words: lower.
    "energy": 0.12,
    # Unusual against the rest (Guerini; Salton & Buckley).
    "novelty": 0.10,
}

HOOK: Final = {
    # Parts are joined as 1 - product(1 - weight): two hooks help, a third adds little (judgement).
    "question": 0.46,  # Loewenstein: an open question
    "curiosity": 0.40,  # Loewenstein; surprise in Berger & Milkman
    "promise": 0.34,  # practical value announced (Berger & Milkman)
    "story": 0.32,  # narrative opening; judgement
    "strong": 0.26,  # high arousal (Berger & Milkman)
    "number": 0.24,  # concreteness; judgement
    "contrast": 0.22,  # surprise through contrast; judgement
    "second_person": 0.20,  # Danescu-Niculescu-Mizil: general, addressed to anyone
}
HOOK_NEUTRAL: Final = 0.25  # what a language without word lists gets, before its questions and digits
HOOK_WINDOW_S: Final = 3.0  # a first sentence shorter than this counts together with the next one
HOOK_LONGEST_WORDS: Final = 30  # beyond this nothing is an opening any more

VALUE: Final = {
    # Joined like the hook, for each sentence, then averaged over the clip's seconds.
    "number": 0.30,  # concrete facts; judgement
    "advice": 0.30,  # practical value (Berger & Milkman)
    "lesson": 0.34,
    "story": 0.26,  # narratives hold viewers; judgement
    "strong": 0.24,  # arousal in words (Berger & Milkman)
    "curiosity": 0.22,
    "conclusion": 0.20,
    "contrast": 0.12,
    "second_person": 0.10,
}
VALUE_DENSITY: Final = 0.35  # share of the value that information density alone gives; judgement
VALUE_NEUTRAL: Final = 0.30

STRUCTURE: Final = {
    "opening": 0.24,  # opens without a word that points back
    "closing": 0.34,  # ends on a payoff (peak-end rule: the heaviest)
    "edges": 0.14,  # begins and ends where the talk itself pauses or changes its subject (Hearst)
    "whole": 0.14,  # leaves no better beginning or end just outside
    "unity": 0.14,  # one subject, no long silence inside
}
OUTSIDE_UNITS: Final = 4  # how many sentences outside are looked at for a better beginning or end; judgement
OUTSIDE_FADE: Final = 0.15  # how much less each further one counts
CLOSING: Final = {
    # Joined like the hook.
    "plain": 0.35,  # any finished sentence
    "conclusion": 0.45,
    "lesson": 0.20,
    "pause": 0.25,  # Gravano & Hirschberg
    "fall": 0.12,  # pitch falls on the last words
    "turn": 0.20,  # what follows starts something new
}

BOUNDARY: Final = {
    # How surely a new story starts here, joined like the hook.
    "pause": 0.50,
    "topic": 0.45,  # Hearst
    "turn": 0.45,  # "let me tell you...", "next question"
    "speaker": 0.30,
    "dull": 0.35,  # housekeeping begins or ends
}
ANSWER_BOND: Final = 0.3  # a question holds on to its answer: a boundary after one counts this much

ENERGY: Final = {
    # Standard deviations above the same voice's habit, summed, then through a logistic curve.
    "level": 0.80,
    "pitch": 0.50,
    "spread": 0.45,
    "rate": 0.25,
}
ENERGY_PEAK: Final = 0.3  # share of the liveliest sentence against the mean (peak-end rule)

GATES: Final = {
    # Faults multiply the whole: no hook makes up for a clip that starts in the middle of a thought.
    "dangling": 0.55,
    "loose": 0.06,
    "unfinished": 0.50,
    "open_question": 0.50,
    "missing": 0.40,  # a better beginning or end lies just outside
    "flat": 0.45,  # neither a hook nor any value
    "broken": 0.35,  # spans a change of subject
    "silence": 0.40,  # a silence longer than LONG_SILENCE_S inside
    "dull": 0.75,
    "dull_edge": 0.40,
    "cut": 0.35,  # begins or ends inside an over-long sentence
}
LONG_SILENCE_S: Final = 2.5  # nobody waits that long in a short clip; judgement

PAUSE_NONE_S: Final = 0.25  # pauses inside a sentence are about this long (Goldman-Eisler 1968)
PAUSE_FULL_S: Final = 1.4  # a pause of this length ends a paragraph; judgement

LENGTH_POWER: Final = 0.5  # between "count" (0: many scraps) and "seconds" (1: always the longest); judgement
# Candidates below this share of the best one are left out, so that the dull stretches of a good talk are.
# Where that leaves fewer clips than were asked for, and fewer than one in SECONDS_PER_CLIP_S, the next share
# is tried: an hour gives its ten clips, three minutes don't. Judgement, on the talks of the tests.
FLOORS: Final = (0.75, 0.65, 0.55, 0.45)
SECONDS_PER_CLIP_S: Final = 120.0

PRE_ROLL_S: Final = 0.20  # room for a fade and a breath before the first sound
TAIL_S: Final = 0.40  # the last word rings out

SCORE_TOP: Final = 99
SCORE_SPREAD: Final = 45  # points between the best and the weakest of a full batch
