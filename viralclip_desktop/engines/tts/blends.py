"""Voices mixed of several: ``af_heart*0.6+af_bella*0.4``.

Others write the same as ``0.6*af_heart + 0.4*af_bella`` or ``af_heart(3)+af_bella(2)``; all of that is read.
Weights count against each other, and a voice without one has the weight 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Style = NDArray[np.float32]

_NUMBER = r"(\d+(?:\.\d*)?|\.\d+)"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?P<name>\w+)\s*\*\s*(?P<weight>{_NUMBER})",
        rf"(?P<weight>{_NUMBER})\s*\*\s*(?P<name>\w+)",
        rf"(?P<name>\w+)\s*\(\s*(?P<weight>{_NUMBER})\s*\)",
        r"(?P<name>\w+)(?P<weight>)",
    )
)
_MOST: Final = 16  # voices in one: beyond that nothing of any of them is heard
_DIGITS: Final = 4
HOW: Final = "Write a blend as af_heart*0.6+af_bella*0.4."


@dataclass(frozen=True, slots=True)
class Share:
    """A voice of a blend and its share; the shares of a blend are 1 together."""

    name: str
    weight: float


def is_blend(name: str) -> bool:
    """Whether a name mixes voices."""
    return any(mark in name for mark in "+*(")


def shares_of(name: str) -> tuple[Share, ...]:
    """The voices of a blend, the one with most of it first; one that is named twice counts once, with both
    weights. Raises BadInput for what is none."""
    weights: dict[str, float] = {}
    for part in name.split("+"):
        voice, weight = _part(part.strip(), name)
        weights[voice] = weights.get(voice, 0.0) + weight
    total = sum(weights.values())
    if not math.isfinite(total) or len(weights) > _MOST:
        raise _no_blend(name)
    heard = {voice: weight for voice, weight in weights.items() if round(weight / total, _DIGITS) > 0}
    total = sum(heard.values())  # a voice of which nothing is heard is none of the blend
    shares = [Share(voice, weight / total) for voice, weight in heard.items()]
    return tuple(sorted(shares, key=lambda share: (-round(share.weight, _DIGITS), share.name)))


def name_of(shares: Sequence[Share]) -> str:
    """The one name of a blend, however it was typed."""
    if len(shares) == 1:
        return shares[0].name
    return "+".join(f"{share.name}*{round(share.weight, _DIGITS):g}" for share in shares)


def mixed(styles: Sequence[Style], shares: Sequence[Share]) -> Style:
    """The style of a blend: the weighted mean of those of its voices. All have the same shape; raises
    ValueError where they have not."""
    import numpy as np

    if len({style.shape for style in styles}) != 1:
        raise ValueError("the styles have different shapes")
    whole = sum(style.astype(np.float64) * share.weight for style, share in zip(styles, shares, strict=True))
    return np.asarray(whole, np.float32)


def _part(text: str, name: str) -> tuple[str, float]:
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        raise _no_blend(name)
    weight = float(found["weight"] or 1)
    if weight <= 0:
        raise _no_blend(name)
    return found["name"], weight


def _no_blend(name: str) -> BadInput:
    return BadInput(say("There is no voice {voice}.", voice=name), HOW)
