"""A bed of music for a clip, composed for its length and the pace of its talk where no song is given."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.features.common.assets import is_there
from viralclip_desktop.features.library import Making
from viralclip_desktop.features.music.composing import LONGEST_S, SHORTEST_S, compose_music
from viralclip_desktop.features.workflows.studio import composing_of, keep_music
from viralclip_desktop.media.workdir import scratch
from viralclip_desktop.music.composer import Wishes
from viralclip_desktop.music.presets import presets

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.transcript import Word
    from viralclip_desktop.features.common.services import Services

_LOOP_S = 120.0  # what a clip that is longer than any piece gets, again and again
_SLOW, _FAST = 1.9, 3.1
"""Words a second of talk that is calm, and of talk that is lively; most people say two or three."""


def bed_wishes(clip: Clip, words: Sequence[Word]) -> Wishes:
    """What is wished for a clip: as long as it is, in the mood of its talk; always the same for the same."""
    length_s = clip.duration.seconds
    pace = len(words) / max(1.0, length_s)
    preset = "lo-fi" if pace < _SLOW else "upbeat-electronic" if pace > _FAST else "corporate-background"
    seed = int.from_bytes(blake2b(clip.id.encode(), digest_size=4).digest())
    if length_s > LONGEST_S:
        return Wishes(_LOOP_S, preset=preset, seed=seed, loops=True)
    return Wishes(max(SHORTEST_S, round(length_s, 3)), preset=preset, seed=seed)


def bed_for(
    services: Services, clip: Clip, words: Sequence[Word], progress: Progress, cancel: CancelToken
) -> Asset:
    """The bed of a clip in the library; composed unless the same one is there. Raises Cancelled and the
    faults of a full disk."""
    wishes = bed_wishes(clip, words)
    making = composing_of(wishes)
    for entry in services.store.library():
        if Making.of(entry.asset) == making and is_there(entry.asset.path):
            return entry.asset
    with scratch(services.paths.render_work) as work:
        sound = work / "bed.wav"
        made = compose_music(wishes, sound, progress=progress, cancel=cancel)
        return keep_music(services, wishes, sound, f"{presets()[made.preset].title}, {clip.title}").asset
