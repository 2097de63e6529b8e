"""What a dub says, and how long each line of it will be, before anything is spoken."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from viralclip_desktop.compose.dub_timing import DubLine
from viralclip_desktop.compose.in_play import clip_lines
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say, say_n
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import placed_of
from viralclip_desktop.domain.translation import in_language
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.engines.tts.base import Line, Voice
from viralclip_desktop.features.common.orders import export_order
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.dubbing import ScriptLine, script_of
from viralclip_desktop.features.voices import predict_lines

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.store.store import Store

SPEEDS: Final = (0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.4, 1.45, 1.5)
"""What voices are asked for when a plan is made: more than is heard, since they do less than they are
asked."""

_MOST_LINES_PER_S: Final = 5
_MOST_CHARACTERS_PER_S: Final = 60
"""Several times what the fastest voice says."""

Lengths = MutableMapping[tuple[str, str], tuple[Time, ...]]
"""How long texts are at each speed, by the voice's id and the text: what is known is not asked again."""


def lines_to_place(
    services: Services,
    voice: Voice,
    script: Sequence[ScriptLine],
    *,
    known: Lengths,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> list[DubLine]:
    """The lines of a script with how long the voice says they will be. Raises Faults and Cancelled."""
    missing = list(dict.fromkeys(line.text for line in script if (voice.id, line.text) not in known))
    if missing:
        asked = [Line(text, voice.name, speed) for text in missing for speed in SPEEDS]
        told, count = predict_lines(services, voice, asked, progress, cancel), len(SPEEDS)
        for number, text in enumerate(missing):
            known[voice.id, text] = tuple(told[number * count : (number + 1) * count])
    return [
        DubLine(line.slot, tuple(zip(SPEEDS, known[voice.id, line.text], strict=True))) for line in script
    ]


def dub_script(services: Services, clip: Clip, code: str) -> tuple[RenderPlan, tuple[ScriptLine, ...]]:
    """The clip as it would be exported with its words, and what is to be said in a language. Raises BadInput
    where there is nothing to say, or no translation."""
    from viralclip_desktop.features.exporting.plans import plan_of

    store, order = services.store, export_order(services.settings.values)
    reading = replace(clip, captions_on=True, second_language=code)
    plan = plan_of(store, reading, fps=order.fps)
    plan = replace(plan, loudness=replace(plan.loudness, target_lufs=order.target_lufs))
    if not plan.second_lines and plan.language != code:
        raise BadInput(
            say("There is no {language} translation of this.", language=language_name(code)),
            say("Give one: --translation {code}=FILE.srt", code=code),
        )
    script = script_of(plan.words, plan.second_lines)
    if not script:
        raise BadInput("Nothing is said in this clip.", "Choose a clip with words in it.")
    return plan, script


def lacks_words(store: Store, clip: Clip, code: str) -> bool:
    """Whether a clip has no line at all in a language that it is not spoken in."""
    for source in store.sources(clip.project_id):
        playing = placed_of(clip, source.asset_id)
        transcript = store.transcript(source.id) if playing else None
        if transcript is not None and transcript.language == code:
            return False
        there = in_language(store.translations(source.id), code) if playing else None
        if there is not None and clip_lines(there, *playing):
            return False
    return True


def check_amount(texts: Sequence[str], room: Time) -> None:
    """Raises BadInput for lines that no voice can say in this time, by far."""
    characters = sum(map(len, texts))
    if len(texts) <= _MOST_LINES_PER_S * room.seconds and characters <= _MOST_CHARACTERS_PER_S * room.seconds:
        return
    raise BadInput(
        say_n(
            len(texts),
            "{n} line with {characters} characters cannot be spoken in {seconds} seconds.",
            "{n} lines with {characters} characters cannot be spoken in {seconds} seconds.",
            characters=characters,
            seconds=f"{room.seconds:.1f}",
        ),
        "Check that the subtitles belong to this recording, or dub a longer clip.",
    )
