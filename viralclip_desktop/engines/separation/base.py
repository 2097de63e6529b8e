"""The one protocol of all separators: a recording's sound in, its voices and its background out.

Sound comes and goes in blocks, so that an hour takes no more memory than a minute. Both parts are as long as
what was read, to the sample, and together they are what was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from viralclip_desktop.engines.provider import ProviderInfo, ProviderSetup

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    """Shape ``(samples, 2)``: left and right, full scale 1."""


class SeparationSetup(ProviderSetup):
    """What separators are built from."""


@dataclass(frozen=True, slots=True)
class Parted:
    """A block of sound in its two parts."""

    background: Samples
    voice: Samples


class Separator(Protocol):
    """An engine. One object is used by one thread at a time, in a worker process."""

    @property
    def info(self) -> ProviderInfo:
        """Who this is."""

    @property
    def rates_hz(self) -> tuple[int, ...]:
        """The sample rates it takes, the best one first."""

    def ready(self) -> str | None:
        """None if it can work here and now, else why not, in one sentence. Loads nothing heavy."""

    def separate(self, blocks: Iterable[Samples], rate_hz: int) -> Iterator[Parted]:
        """Blocks of any lengths in, blocks of other lengths out, of as many samples in all. Whoever stops
        reading cancels. Raises EnvironmentLacks for a model that is missing or damaged."""
