"""Whether a dub can be made as it is ordered: asked before anything is stored, spoken or paid for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, UsageError
from viralclip_desktop.core.messages import say, say_n
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.audio_config import DubMode
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.voices import find_voice
from viralclip_desktop.features.workflows.dub_lines import dub_script, lacks_words
from viralclip_desktop.features.workflows.dub_mixing import check_background, separator_for
from viralclip_desktop.features.workflows.subjects import subject_clip
from viralclip_desktop.features.workflows.translate import TranslateOrder, check_translation

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.features.workflows.dub import DubOrder, LanguageOrder

_MOST_LINES_PER_S: Final = 5
_MOST_CHARACTERS_PER_S: Final = 60
"""Several times what the fastest voice says."""


def check_dub(
    services: Services,
    order: DubOrder,
    languages: Sequence[LanguageOrder],
    *,
    tracks: bool = False,
    given: Collection[str] = (),
) -> None:
    """Whether a dub can begin; ``given``: the codes of languages whose lines are there, though not stored
    yet. Raises NotFound for a subject that is not there, UsageError for a voice or a separator that is not,
    BadInput for a folder that can take no files, and where a language has nothing to say, more than can be
    said in the clip, or no translation and no engine can make one; EnvironmentLacks for what cannot work
    here."""
    from viralclip_desktop.features.exporting.target import check_folder

    clip = subject_clip(services.store, order.subject)
    if tracks and order.slow:
        raise UsageError(
            "One film with every language has one picture, which cannot be slowed for one of them.",
            "Leave out one of the two.",
        )
    for language in languages:
        mode = DubMode(language.mode or order.mode)
        check_background(order.background, mode)
        separator_for(services, mode, order.separator)
        find_voice(services, language.voice)
        if language.code not in given:
            _check_words(services, clip, order, language.code)
    if order.folder:
        check_folder(Path(order.folder))


def _check_words(services: Services, clip: Clip, order: DubOrder, code: str) -> None:
    if lacks_words(services.store, clip, code):
        _check_translated(services, order, code)
        return
    plan, script = dub_script(services, clip, code)
    check_amount([line.text for line in script], plan.duration)


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


def translation_order(order: DubOrder, code: str) -> TranslateOrder:
    """What is asked of the engine that translates a dub into a language."""
    return TranslateOrder(order.subject, code, order.engine)


def _check_translated(services: Services, order: DubOrder, code: str) -> None:
    try:
        check_translation(services, translation_order(order, code))
    except EnvironmentLacks as lacking:
        raise BadInput(
            say(
                "There is no {language} translation of this, and none can be made: {problem}",
                language=language_name(code),
                problem=say(lacking.message),
            ),
            say("{how} Here that is --translation {code}=FILE.srt.", how=say(lacking.hint), code=code),
        ) from lacking
