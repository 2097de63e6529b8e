"""ffmpeg's and the disk's failures, told as one sentence each."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, Fault
from viralclip_desktop.core.messages import say


class FfmpegFailed(Fault):
    """ffmpeg ended with an error without a better name. ``code``: its exit code, ``log``: its last lines."""

    def __init__(self, message: str, hint: str = "", details: str = "", code: int = 1) -> None:
        super().__init__(message, hint, details)
        self.code = code
        self.log = details


class FfmpegStalled(FfmpegFailed):
    """ffmpeg stopped making progress and was ended."""


class DiskFull(EnvironmentLacks):
    """No space left where something had to be written."""


class NotAllowed(EnvironmentLacks):
    """The system refused reading or writing."""


class EncoderUnavailable(EnvironmentLacks):
    """An encoder is not in this ffmpeg, or its hardware is not here."""


_DISK_FULL = ("The disk is full.", "Free some space, or choose another folder, and try again.")
_NO_WRITING = ("This file or folder may not be used.", "Check its permissions, or choose another folder.")
_DAMAGED = ("The recording is damaged or not a media file.", "Try to play it in another program.")

_Reason = tuple[tuple[str, ...], Callable[[str], Fault]]


def _as(kind: type[Fault], message: str, hint: str) -> Callable[[str], Fault]:
    return lambda details: kind(message, hint, details)


# First match wins: a disk that runs full also makes the muxer complain about invalid arguments.
_REASONS: tuple[_Reason, ...] = (
    (("No space left on device", "There is not enough space on the disk", "Disk quota exceeded"),
     _as(DiskFull, *_DISK_FULL)),
    (("open encoder before EOF",),
     _as(BadInput, "Nothing of the recording can be decoded there.", _DAMAGED[1])),
    (("Unknown encoder", "Error while opening encoder", "Encoder not found", "No capable devices found",
      "Could not open encoder", "Cannot load libcuda", "Error initializing an internal MFX session"),
     _as(EncoderUnavailable, "The chosen video encoder does not work here.", "Choose another encoder.")),
    (("Permission denied", "Read-only file system", "Access is denied"),
     _as(NotAllowed, *_NO_WRITING)),
    (("Cannot allocate memory", "Out of memory"),
     _as(EnvironmentLacks, "There is not enough free memory.", "Close other programs and try again.")),
    (("not on whitelist", "Protocol not found"),
     _as(BadInput, "This file only points to media elsewhere.", "Open the recording itself.")),
    (("Unknown decoder", "Decoder not found", "no decoder found", "Decoding requested, but no decoder"),
     _as(BadInput, "The recording uses a codec this ffmpeg cannot decode.",
         "Convert it to a common format such as MP4 (H.264 and AAC) and open that.")),
    (("moov atom not found",),
     _as(BadInput, "The recording is incomplete: its index is missing.",
         "Copy or download it again; if the camera stopped early, repair it with the camera's own tool.")),
    (("Invalid data found when processing input",), _as(BadInput, *_DAMAGED)),
    (("Error opening input",),
     _as(BadInput, "The recording cannot be opened.", "Check that it is still there.")),
)  # fmt: skip


# A mere warning (a font cache that may not be written) must not be taken for the reason.
_IS_ERROR = re.compile(r"\[(error|fatal|panic)\]")


_DECODING = re.compile(
    r"to decoder|while decoding|[Dd]ecoding error|decode_slice|corrupt decoded|[Dd]ecode error"
)


def fault_of(code: int, log: Sequence[str]) -> Fault:
    """The fault that explains why ffmpeg ended with ``code``, read off the last lines of its log."""
    details = "\n".join(log)
    errors = "\n".join(line for line in log if _IS_ERROR.search(line)) or details
    for phrases, make in _REASONS:
        if any(phrase in errors for phrase in phrases):
            return make(details)
    last = next((line for line in reversed(log) if line.strip()), "no message")
    return FfmpegFailed(
        say("ffmpeg failed with code {code}.", code=code),
        say("Its last words were: {strip}", strip=last.strip()),
        details,
        code=code,
    )


def undecoded(log: str) -> bool:
    """Whether ffmpeg's log complains about what a decoder of it was given: the recording's fault."""
    return any(_IS_ERROR.search(line) and _DECODING.search(line) for line in log.splitlines())


@contextmanager
def told_of_disk(path: Path) -> Iterator[None]:
    """Whatever fails in writing ``path``, also its close, is told as :func:`disk_fault` has it."""
    try:
        yield
    except OSError as error:
        raise disk_fault(error, path) from error


def disk_fault(error: OSError, path: Path) -> Fault:
    """The fault for a failed reading or writing of ``path`` by ourselves."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
        return DiskFull(*_DISK_FULL, details=f"{path}: {error}")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return NotAllowed(say("{path} may not be written.", path=path), _NO_WRITING[1], str(error))
    return EnvironmentLacks(
        say("{path} cannot be written.", path=path), "Choose another folder and try again.", str(error)
    )
