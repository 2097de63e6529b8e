"""How a clip stands and what speaks for it, as it is read."""

from __future__ import annotations

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.standing import Standing, standing_of
from viralclip_desktop.gui.text import tr

_ICONS = {
    "hook": "lightning",
    "structure": "list-bullets",
    "value": "lightbulb",
    "energy": "waves",
    "novelty": "sparkle",
    "doubt": "warning",
}


def standing_words(clip: Clip) -> str:
    """``High``, ``Good`` or ``Fair`` in the window's language; empty for a clip cut by hand."""
    words = {Standing.HIGH: tr("High"), Standing.GOOD: tr("Good"), Standing.FAIR: tr("Fair")}
    stands = standing_of(clip)
    return words[stands] if stands is not None else ""


def reason_icon(kind: str) -> str:
    """The name of the icon of a kind of reasons."""
    return _ICONS.get(kind, "sparkle")
