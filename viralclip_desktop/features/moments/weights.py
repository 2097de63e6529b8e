"""The numbers of the finder that are chosen and not learned, in one place, with where each came from.

What can be learned from marked recordings stands in ``resources/moments/model.json``. Sources named below:

* Kahneman, Fredrickson et al. 1993, the peak-end rule: the end weighs most in what is remembered.
* Niebuhr and others on charismatic speech (2016-2018), Rosenberg & Hirschberg 2009: pitch range, level
  and rate against the speaker's own habit carry liveliness.
"""

from __future__ import annotations

from typing import Final

ENERGY: Final = {
    # Standard deviations above the same voice's habit, summed, then through a logistic curve.
    "level": 0.80,
    "pitch": 0.50,
    "spread": 0.45,
    "rate": 0.25,
}

LEAST_SPREAD: Final = {
    # What counts as a standard deviation at least, so that an even talk has no peaks: dB and semitones that
    # people just notice from sentence to sentence, and 8 % of rate.
    "level": 1.5,
    "pitch": 0.75,
    "spread": 1.0,
    "rate": 0.08,
}

SCORING: Final = {
    # Exponents of the four chances whose product ranks the candidates; chosen by leaving one recording out.
    "opening": 1.0,
    "ending": 1.0,
    "clip": 1.0,
    "clip_trap": 2.0,
}
EDGES: Final = 1.0  # by how much more the odds of both edges count when chosen clips are moved to better ones
FAULTS: Final = {
    # Log-odds taken off. The first two by leaving one recording out, the others by judgement.
    "weak_opening": 1.5,  # not among the best OPENINGS of the talk
    "weak_ending": 1.5,
    "pause_inside": 2.0,  # spans a pause like those between paragraphs
    "answer_alone": 0.5,  # begins with the answer to another's question
    "fragment": 2.0,  # opens on fewer than four words, or on a nod
    "open_question": 1.5,  # ends on a question
    "ends_on_nod": 2.0,
    "housekeeping": 2.0,  # opens or closes on a sentence of housekeeping or advertising
}
HEARD_REST: Final = 2.0  # times as much where the pause was heard, and is no guess of subtitles; judgement
OPENINGS, ENDINGS = 0.10, 0.15  # the share of a talk's sentences that may open and close a clip
FEWEST_EDGES: Final = 6  # of a short talk at least this many may
LIVELY: Final = (
    0.6  # log-odds that a stretch a whole standard deviation livelier than the voice's habit gains
)
LONGEST_SILENCE_S: Final = 4.0  # nobody waits longer in a short clip; judgement
MOST_SHARED: Final = 0.0  # of the shorter of two clips' time: none, though a fifth would not be noticed
MOST_SAID_AGAIN: Final = 0.5  # of a clip that a better one has said already; judgement
MOST_BARRED: Final = 0.05  # of a clip's time may be what is left out: an edge, not a sentence
TRAP_CHANCE: Final = 0.9  # surer than this, a stretch is left out as advert or housekeeping
SECONDS_PER_CLIP_S: Final = 65.0  # a talk of three minutes holds two clips, ten minutes eight; judgement
FLOOR: Final = 5.0  # log-odds below the best one from which a candidate is no clip any more; judgement
ASKED_FLOOR: Final = 10.0  # the same where so many clips were asked for: weaker ones are marked; judgement

PRE_ROLL_S: Final = 0.20  # room for a fade and a breath before the first sound
TAIL_S: Final = 0.40  # the last word rings out
UNHEARD_TAIL_S: Final = 0.60  # the same where no sound can be measured and the words' ends are guesses

MOST_MUSIC_S: Final = 4.0  # without words inside a clip, as with silence
MUSIC_HINT: Final = 1.0  # log-odds of a trap, for words over music at the very start or end; judgement

SHORTEST_REACTION_S: Final = 0.6  # laughter or applause is no shorter
LONGEST_REACTION_S: Final = 4.0  # of it stays in a clip at most
REACTION: Final = 0.5  # log-odds that a reaction inside or right after a clip gains

SCORE_TOP: Final = 96
SCORE_SPREAD: Final = 40  # points between the best and the weakest of a full batch
WEAKER_STEP: Final = 3  # points from one to the next of those that only make up the number asked for
