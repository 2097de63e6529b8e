"""The files that brand kits and clips name besides the recordings: logos, fonts, intros, B-roll, music."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from viralclip_desktop.domain.brand import BrandKit, Logo
from viralclip_desktop.domain.clip import Clip

Place = Callable[[str, bool], str]
"""A path as named now, and whether it always travels -> the path as named from now on."""


@dataclass(frozen=True, slots=True)
class FileNote:
    """What the project file knows of such a file: its content, and where it is packed (empty: it is not)."""

    fingerprint: str
    member: str = ""


def with_paths(entity: Any, place: Place) -> Any:
    """An entity with each path in it replaced. A brand's logos and fonts always travel (they are small and
    make the look), the rest only with the recordings."""
    if isinstance(entity, BrandKit):
        return replace(
            entity,
            logo=_logo(entity.logo, place),
            watermark=_logo(entity.watermark, place),
            fonts=tuple(_placed(font, place, True) for font in entity.fonts),
            intro=_placed(entity.intro, place, False),
            outro=_placed(entity.outro, place, False),
        )
    if isinstance(entity, Clip) and entity.layers:
        layers = (replace(layer, path=_placed(layer.path, place, False)) for layer in entity.layers)
        return replace(entity, layers=tuple(layers))
    return entity


def named_in(entities: Iterable[Any]) -> dict[str, bool]:
    """Every path these name, and whether its file always travels."""
    found: dict[str, bool] = {}

    def note(path: str, always: bool) -> str:
        found[path] = found.get(path, False) or always
        return path

    for entity in entities:
        with_paths(entity, note)
    return found


def _logo(logo: Logo | None, place: Place) -> Logo | None:
    return None if logo is None else replace(logo, path=_placed(logo.path, place, True))


def _placed(path: str, place: Place, always: bool) -> str:
    return place(path, always) if path else path
