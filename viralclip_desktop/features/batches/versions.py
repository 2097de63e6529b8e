"""The versions of a clip: one for each combination of shape, style, hook text and caption language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import product
from typing import TypeVar

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Element

_PREFIX = "ver_"  # of the ids of clips that are versions of others
_LONGEST_HOOK = 24  # characters of a hook text in a title

NO_HOOK = ""
"""As a version's hook: it has none, whatever finishing lays on the others."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Version:
    """How one version looks. None: as the clip has it."""

    aspect: Aspect | None = None
    style: str | None = None
    """A caption style by its id."""
    hook: str | None = None
    """The hook text; None also where finishing chooses it, empty for none."""
    language: str | None = None
    """The code of the caption language: that of the recording for its own captions alone, another one for
    its translation beside them."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is done to a clip before its export."""

    tighten: bool = False
    finish: bool = False
    keep_off_faces: bool = False
    """Whether captions are moved where they would cover a face."""
    elements: list[Element] = field(default_factory=list)
    """Of the finish; none for the usual ones. (A list, because it is stored as JSON values.)"""


EVERYTHING = Readiness(tighten=True, finish=True)
"""What is done where nobody wants to decide."""


@dataclass(frozen=True, slots=True)
class Labels:
    """How caption styles and languages are called, by their ids and codes."""

    style: Callable[[str], str] = str
    language: Callable[[str], str] = str


def combinations(
    aspects: Sequence[Aspect] = (),
    styles: Sequence[str] = (),
    hooks: Sequence[str | None] = (),
    languages: Sequence[str] = (),
) -> list[Version]:
    """Every combination once, shapes changing slowest; of what is not named each version has the clip's
    own."""
    every = product(_once(aspects), _once(styles), _once(hooks), _once(languages))
    return [Version(*one) for one in every]


def _once(values: Iterable[T]) -> list[T | None]:
    return list(dict.fromkeys(values)) or [None]


def label_of(version: Version, among: Sequence[Version], labels: Labels) -> str:
    """What tells a version from the others, such as ``1x1, Neon``: only what differs among them. Of the only
    one all that is said of it, which is where it differs from the clip."""

    def differs(field: str) -> bool:
        values = {getattr(one, field) for one in among}
        return len(values) > 1 or (len(among) == 1 and values != {None})

    hooks = {one.hook for one in among}
    words = {
        "aspect": version.aspect and version.aspect.value.replace(":", "x"),
        "style": version.style and labels.style(version.style),
        "hook": _hook_label(version.hook, chosen=NO_HOOK in hooks),
        "language": version.language and labels.language(version.language),
    }
    return ", ".join(str(word) for field, word in words.items() if word and differs(field))


def _hook_label(hook: str | None, *, chosen: bool) -> str:
    """``chosen``: whether a hook that finishing chooses stands among versions without one."""
    if hook is None:
        return "with a hook" if chosen else ""
    return _short(hook) if hook else "without a hook"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_HOOK else plain[:_LONGEST_HOOK].rstrip() + "…"


def version_id(clip_id: str, version: Version, ready: Readiness) -> str:
    """The id of a version: always the same for the same clip, look and readiness, so that none is made
    twice."""
    said = (clip_id, version.aspect, version.style, version.hook, version.language)
    ways = (ready.tighten, ready.finish, *([True] if ready.keep_off_faces else []))
    told = ["" if one is None else str(one) for one in (*said, *ways, *ready.elements)]
    text = "\0".join([*told, "no hook"] if version.hook == NO_HOOK else told)
    return _PREFIX + blake2b(text.encode(), digest_size=8).hexdigest()


def is_version(clip: Clip) -> bool:
    """Whether a clip is a version of another one."""
    return clip.id.startswith(_PREFIX)
