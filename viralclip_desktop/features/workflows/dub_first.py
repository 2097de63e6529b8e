"""What a dub starts from where nothing is chosen, for the window and the command line alike: how the clip was
dubbed last, as its audio configuration says; of a whole recording, which has none, what its last dub was
asked."""

from __future__ import annotations

from dataclasses import dataclass

from viralclip_desktop.domain.audio_config import DubMode
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.dub import DUB_LANGUAGE, dubbed_as, dubs_of


@dataclass(frozen=True, slots=True)
class DubbedBefore:
    """A language that a clip or a recording was dubbed into, who spoke it, and what became of the original
    voices. ``voice`` is an id, as it is typed."""

    code: str
    voice: str
    mode: DubMode


def dubbed_before(services: Services, subject: str) -> list[DubbedBefore]:
    """How a clip or a recording, by its id, was dubbed last, by language."""
    if all(source.id != subject for source in services.store.sources()):
        kept = [one for one in services.store.audio_configs(subject) if one.language and one.voice_id]
        return [DubbedBefore(one.language, one.voice_id, one.mode) for one in kept]
    found = []
    for job in dubs_of(services, [subject]):
        if DUB_LANGUAGE.is_of(job):
            asked = DUB_LANGUAGE.request_of(job)
            found.append(DubbedBefore(dubbed_as(job)[1], asked.language.voice, asked.mode))
    return sorted(found, key=lambda one: one.code)
