"""What the form of the music tab holds, and the wishes that it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.json_text import JSON_FAULTS
from viralclip_desktop.domain.clip_time import placed
from viralclip_desktop.features.music.composing import FASTEST, LONGEST_S, SHORTEST_S, SLOWEST
from viralclip_desktop.features.music.prompt import Understood, understood
from viralclip_desktop.features.music.wishes import settings_of, wishes_from
from viralclip_desktop.music.composer import Wishes
from viralclip_desktop.music.presets import USUAL, presets

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip

HIGHEST_NUMBER: Final = 999_999
USUAL_LENGTH_S: Final = 30


@dataclass(frozen=True)
class MusicValues:
    """``mood``: empty for that of the preset; ``tempo``: beats a minute, 0 for the preset's; ``tonic``: -1
    for any; ``mode``: empty for that of the mood; ``as_clip``: as long as the open clip, where there is one;
    ``hits``: accents on its cuts; ``number``: which of many pieces."""

    prompt: str = ""
    preset: str = USUAL
    mood: str = ""
    tempo: int = 0
    tonic: int = -1
    mode: str = ""
    without: tuple[str, ...] = ()
    length_s: int = USUAL_LENGTH_S
    as_clip: bool = True
    loops: bool = False
    hits: bool = False
    number: int = 1

    def length(self, clip: Clip | None) -> float:
        """Seconds of music that are wanted: of the clip where that decides, within what can be composed."""
        wanted = clip.duration.seconds if clip is not None and self.as_clip else float(self.length_s)
        return min(LONGEST_S, max(SHORTEST_S, round(wanted, 3)))

    def wishes(self, clip: Clip | None) -> Wishes:
        """As wishes for the composer."""
        length_s = self.length(clip)
        cuts = cuts_of(clip) if clip is not None and self.hits else ()
        left_out = tuple(stem for stem in presets()[self.preset].stems if stem in self.without)
        return Wishes(
            duration_s=length_s,
            mood=self.mood or None,
            tempo=float(self.tempo) or None,
            tonic=self.tonic if self.tonic >= 0 else None,
            mode=self.mode or None,
            seed=self.number,
            loops=self.loops,
            preset=self.preset,
            hits_s=tuple(at for at in cuts if at < length_s),
            without=left_out,
        )

    def reworded(self, own: MusicValues, text: str) -> MusicValues:
        """With other words: ``own``, which was set by hand, and over it what the words ask for. What was set
        by hand since the former words asked for it stays, as long as the new ones ask for nothing else."""
        before, asked = _asked(understood(self.prompt)), _asked(understood(text))
        by_hand = {name for name, value in before.items() if getattr(self, name) != value}
        layer = {name: value for name, value in asked.items() if name not in by_hand or value != before[name]}
        return replace(own, prompt=text, **layer)

    def as_draft(self) -> dict[str, Any]:
        """For the window's memory."""
        return asdict(self) | {"without": list(self.without)}

    @classmethod
    def of_draft(cls, told: Mapping[str, Any]) -> MusicValues:
        """The other side of :meth:`as_draft`; what is damaged or cannot be is the usual."""
        try:
            known = {one.name: told[one.name] for one in fields(cls) if one.name in told}
            made = cls(**known | {"without": tuple(map(str, known.get("without", ())))})
            wishes_from(settings_of(made.wishes(None)))  # raises where the composer takes none of it
            return made if made._possible else cls()
        except (BadInput, *JSON_FAULTS):
            return cls()

    @property
    def _possible(self) -> bool:
        tempo_ok = self.tempo == 0 or SLOWEST <= self.tempo <= FASTEST
        return tempo_ok and -1 <= self.tonic < 12 and 0 <= self.number <= HIGHEST_NUMBER


def _asked(found: Understood) -> dict[str, Any]:
    """What typed words ask for, as values; all that they say nothing about is not in it."""
    values: dict[str, Any] = {"loops": True} if found.loops else {}
    if found.preset is not None:
        values |= {"preset": found.preset, "mood": found.mood or "", "tempo": 0}
    if found.mood is not None:
        values["mood"] = found.mood
    if found.tempo is not None:
        values["tempo"] = round(found.tempo)
    if found.mode is not None:
        values |= {"tonic": -1 if found.tonic is None else found.tonic, "mode": found.mode}
    if found.duration_s is not None:
        values |= {"length_s": round(found.duration_s), "as_clip": False}
    if found.without:
        values["without"] = found.without
    return values


def values_of(wishes: Wishes, before: MusicValues) -> MusicValues:
    """The form that has led to a piece, without words; what a piece doesn't tell stays."""
    return replace(
        before,
        prompt="",
        preset=wishes.preset or USUAL,
        mood=wishes.mood or "",
        tempo=round(wishes.tempo or 0),
        tonic=-1 if wishes.tonic is None else wishes.tonic,
        mode=wishes.mode or "",
        without=wishes.without,
        length_s=round(wishes.duration_s),
        as_clip=False,
        loops=wishes.loops,
        number=wishes.seed,
    )


def cuts_of(clip: Clip) -> tuple[float, ...]:
    """When a part follows another one, in seconds of the clip's own time."""
    starts: Iterable[float] = (one.start.seconds for one in placed(clip) if one.index)
    return tuple(round(at, 3) for at in starts)
