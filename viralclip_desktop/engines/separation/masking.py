"""Separation by masks: how much of each moment and frequency is background, as a share from 0 to 1.

The short-time Fourier transform runs through all blocks without a seam, and so does its inverse. Masks are
made for windows of frames that overlap, and faded into one another there, so that no join is heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from viralclip_desktop.engines.separation.base import Parted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viralclip_desktop.engines.separation.base import Samples

    Spectra = NDArray[np.complex64]
    """Shape ``(channels, frames, bins)``."""
    Mask = NDArray[np.float32]
    """Of the same shape: the share of the background."""


@dataclass(frozen=True, slots=True)
class Frames:
    """How sound is cut into frames. ``window``: so many of them a mask is made for at once, ``overlap`` of
    which are the next one's too."""

    fft: int
    hop: int
    window: int
    overlap: int


def parted(blocks: Iterable[Samples], frames: Frames, mask: Callable[[Spectra], Mask]) -> Iterator[Parted]:
    """Sound in its two parts. ``mask`` gets spectra of ``frames.window`` frames; beyond the sound's end they
    are those of its mirror image."""
    taps = np.hanning(frames.fft + 1)[:-1].astype(np.float32)
    scale = np.float32((taps[:: frames.hop] ** 2).sum())  # what overlapping squared windows add up to
    source = _Source(blocks, frames)
    step = frames.window - frames.overlap
    spectra, old, tail = None, None, np.zeros((frames.fft - frames.hop, 2), np.float32)
    early = frames.fft - frames.hop  # samples of silence before the first one
    while not source.is_over:
        new = _analysed(source.take(step if spectra is not None else frames.window), frames, taps)
        spectra = new if spectra is None else np.concatenate([spectra, new], axis=1)
        share = _faded(old, mask(spectra), frames.overlap)
        sound, tail = _synthesised((spectra * share)[:, :step], frames, taps / scale, tail)
        spectra, old = spectra[:, step:], share[:, step:]
        mixed = source.heard(early, len(sound))
        sound, early = sound[early:], 0
        sound = sound[: len(mixed)]
        if len(mixed):
            yield Parted(sound, mixed - sound)


class _Source:
    """Samples as they are needed: those of frames to come, and those that go out."""

    def __init__(self, blocks: Iterable[Samples], frames: Frames) -> None:
        self._blocks, self._frames = iter(blocks), frames
        lead = np.zeros((frames.fft - frames.hop, 2), np.float32)
        self._ahead = lead  # from the next frame's first sample on
        self._waiting = np.zeros((0, 2), np.float32)  # read, but not gone out
        self._ended = False

    @property
    def is_over(self) -> bool:
        """Whether everything that was read has gone out."""
        if not self._ended and not len(self._waiting):
            self._read(1)
        return self._ended and not len(self._waiting)

    def take(self, count: int) -> Samples:
        """The samples of the next ``count`` frames; what is before the end in its mirror after it."""
        length = (count - 1) * self._frames.hop + self._frames.fft
        self._read(length - len(self._ahead))
        missing = length - len(self._ahead)
        if missing > 0:
            self._ahead = np.pad(self._ahead, ((0, missing), (0, 0)), mode="symmetric")
        taken, self._ahead = self._ahead[:length], self._ahead[count * self._frames.hop :]
        return taken

    def heard(self, early: int, length: int) -> Samples:
        """The next samples as they were read: ``length``, less ``early`` ones that are before the first."""
        out, self._waiting = np.split(self._waiting, [length - early])
        return out

    def _read(self, missing: int) -> None:
        fresh: list[Samples] = []
        while missing > 0 and not self._ended:
            block = next(self._blocks, None)
            if block is None:
                self._ended = True
            else:
                fresh.append(block)
                missing -= len(block)
        if fresh:
            self._ahead = np.concatenate([self._ahead, *fresh])
            self._waiting = np.concatenate([self._waiting, *fresh])


def _analysed(samples: Samples, frames: Frames, taps: NDArray[np.float32]) -> Spectra:
    pieces = np.lib.stride_tricks.sliding_window_view(samples, frames.fft, axis=0)[:: frames.hop]
    spectra: Spectra = np.fft.rfft(pieces * taps, axis=-1).astype(np.complex64)
    return spectra.transpose(1, 0, 2)


def _synthesised(
    spectra: Spectra, frames: Frames, taps: NDArray[np.float32], tail: Samples
) -> tuple[Samples, Samples]:
    """The samples that are complete after these frames, and the beginning of what comes after them."""
    count = spectra.shape[1]
    pieces = np.fft.irfft(spectra, frames.fft, axis=-1).astype(np.float32) * taps
    sound = np.zeros((count * frames.hop + frames.fft - frames.hop, 2), np.float32)
    sound[: len(tail)] = tail
    for number in range(count):
        first = number * frames.hop
        sound[first : first + frames.fft] += pieces[:, number].T
    return sound[: count * frames.hop], sound[count * frames.hop :]


def _faded(old: Mask | None, new: Mask, overlap: int) -> Mask:
    """A window's mask, beginning as the one before it ended."""
    if old is None or not overlap:
        return new
    ramp = ((np.arange(overlap, dtype=np.float32) + 0.5) / overlap)[None, :, None]
    new[:, :overlap] = (1 - ramp) * old + ramp * new[:, :overlap]
    return new
