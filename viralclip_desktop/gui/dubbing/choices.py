"""What the user chose for a dub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from viralclip_desktop.domain.audio_config import DubMode
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.workflows.dub import DUB_LANGUAGE, DubOrder, LanguageOrder
from viralclip_desktop.features.workflows.dub_first import DubbedBefore


@dataclass(frozen=True)
class DubChoices:
    """``languages`` are codes in the order they were added, ``voices`` ids by code, ``separator`` as in a
    :class:`DubOrder`."""

    languages: tuple[str, ...] = ()
    voices: dict[str, str] = field(default_factory=dict)
    mode: DubMode = DubMode.REPLACE
    separator: str = ""
    tracks: bool = False
    """Whether one film with every language is made besides."""
    slow: bool = False
    """Whether the clip may play slower for lines that do not fit; not together with ``tracks``."""

    def with_language(self, code: str) -> DubChoices:
        """One language more."""
        return replace(self, languages=tuple(dict.fromkeys([*self.languages, code])))

    def without_language(self, code: str) -> DubChoices:
        """One language less; its voice is remembered."""
        return replace(self, languages=tuple(one for one in self.languages if one != code))

    def with_voice(self, code: str, voice_id: str) -> DubChoices:
        """Another voice for a language."""
        return replace(self, voices={**self.voices, code: voice_id})

    def order(self, subject: str) -> DubOrder:
        """The order of a dub of a clip or a recording."""
        return DubOrder(subject, str(self.mode), separator=self.separator, slow=self.slow)

    def language_orders(self, codes: Sequence[str]) -> list[LanguageOrder]:
        """Some of the languages, each with its voice."""
        return [LanguageOrder(code, self.voices[code]) for code in codes]


def first_choices(
    before: Sequence[DubbedBefore], dubs: Sequence[Job], translated: Sequence[str]
) -> DubChoices:
    """What is offered where nothing was chosen yet: how it was dubbed last, else the languages that there is
    a translation into. What takes the voices off is told by the jobs (the latest first) alone."""
    if not before:
        return DubChoices(tuple(translated))
    asked = next((DUB_LANGUAGE.request_of(job) for job in dubs if DUB_LANGUAGE.is_of(job)), None)
    last = next((one for one in before if asked is not None and one.code == asked.language.code), before[0])
    return DubChoices(
        tuple(one.code for one in before),
        {one.code: one.voice for one in before},
        last.mode,
        asked.order.separator if asked is not None else "",
    )
