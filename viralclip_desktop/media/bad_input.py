"""Why a file cannot be used as a recording: one clear sentence and one of advice for each way."""

from __future__ import annotations

from pathlib import Path

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import check_is_file
from viralclip_desktop.core.messages import say
from viralclip_desktop.media.mp4_boxes import Mp4Facts, mp4_facts

_ANOTHER = "Choose a video or sound recording."


def check_readable(path: Path) -> None:
    """Raise :class:`BadInput` unless ``path`` is a file with something in it that may be read."""
    check_is_file(path)
    try:
        if path.is_dir():
            raise BadInput(
                say("{value} is a folder.", value=path.name or path), "Choose one recording in it."
            )
        with path.open("rb") as file:
            empty = not file.read(1)
    except FileNotFoundError as error:
        raise BadInput(
            say("There is no file at {path}.", path=path), "Check the name and the folder."
        ) from error
    except PermissionError as error:
        raise BadInput(
            say("{name} may not be read.", name=path.name), "Check the permissions of the file."
        ) from error
    except (OSError, ValueError) as error:
        raise BadInput(
            say("{name} cannot be read.", name=path.name), "Check the disk it is on.", str(error)
        ) from error
    if empty:
        raise BadInput(say("{name} is empty (0 bytes).", name=path.name), "Copy or download it again.")


def check_whole(path: Path) -> None:
    """Raise :class:`BadInput` if the tracks are encrypted for a player with a licence, or if the file ends
    before the picture and sound it says it has."""
    facts = _facts(path)
    if facts.protected:
        raise protected(path)
    if facts.cut_short:
        raise BadInput(
            say("{name} is incomplete: it ends before its picture and sound do.", name=path.name),
            "Copy or download it again.",
        )


def protected(path: Path) -> BadInput:
    """The fault for DRM."""
    return BadInput(
        say("{name} is copy-protected (DRM).", name=path.name),
        "Use a recording of your own, or a version without protection.",
    )


def unreadable(path: Path, details: str) -> BadInput:
    """The fault for a file that no demuxer opens: says what it is instead, as far as that shows."""
    facts = _facts(path)
    if facts.protected:
        return protected(path)
    if facts.is_mp4 and not facts.has_index:
        return BadInput(
            say("{name} is incomplete: the index at its end is missing.", name=path.name),
            "Copy or download it again; if the camera stopped early, repair it with the camera's own tool.",
            details,
        )
    if _is_text(path):
        return BadInput(say("{name} is a text file, not a recording.", name=path.name), _ANOTHER, details)
    return BadInput(
        say("{name} is damaged or not a recording.", name=path.name),
        "Try to play it in another program.",
        details,
    )


def nothing_in_it(path: Path) -> BadInput:
    """The fault for a container with neither picture nor sound (subtitles alone, data)."""
    return BadInput(say("{name} has neither picture nor sound.", name=path.name), _ANOTHER)


def still_image(path: Path) -> BadInput:
    """The fault for a photo."""
    return BadInput(say("{name} is a still image, not a recording.", name=path.name), _ANOTHER)


def no_decoder(path: Path, what: str) -> BadInput:
    """The fault for a codec nobody here knows; ``what`` is ``picture`` or ``sound``."""
    return BadInput(
        say("The {what} of {name} uses a codec that is not known here.", what=say(what), name=path.name),
        "Convert it to a common format such as MP4 (H.264 and AAC) and open that.",
    )


def not_decodable(path: Path, what: str, details: str = "") -> BadInput:
    """The fault for tracks of which nothing can be decoded; ``what`` is ``picture`` or ``sound``."""
    return BadInput(
        say(
            "The {what} of {name} cannot be decoded: it is damaged or protected.",
            what=say(what),
            name=path.name,
        ),
        "Try to play it in another program, or convert it there.",
        details,
    )


def _facts(path: Path) -> Mp4Facts:
    try:
        return mp4_facts(path)
    except OSError:
        return Mp4Facts(is_mp4=False)


def _is_text(path: Path) -> bool:
    """Whether the first 4 KiB read as UTF-8 (a character cut in two at their end aside) without control
    characters."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
        text = (
            head.decode("utf-8-sig", "strict")
            if len(head) < 4096
            else head[:-4].decode("utf-8-sig", "ignore")
        )
    except (OSError, UnicodeDecodeError):
        return False
    return "�" not in text and all(mark.isprintable() or mark in "\t\r\n\f" for mark in text)
