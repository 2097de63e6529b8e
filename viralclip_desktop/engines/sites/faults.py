"""What yt-dlp's failures mean: its texts, and the sentence that each becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, Fault
from viralclip_desktop.core.messages import say

OLD_DAYS = 60
"""From this age on yt-dlp is said to be old where something fails. It comes out about once a month, and its
makers ask for the newest before they look at a failure."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What may be amiss on this side: told where the site itself says nothing of use."""

    needs_runtime: bool = False
    """The site wants JavaScript to be run, and nothing here can."""
    age_days: int = 0
    """How old yt-dlp is."""

    @property
    def hint(self) -> str:
        """What to do about it; empty where nothing is amiss."""
        if self.needs_runtime:
            return "This site needs a JavaScript runtime: install Deno, Node.js or QuickJS and try again."
        if self.age_days >= OLD_DAYS:
            return say(
                "yt-dlp is {days} days old, and sites change: run “viralclip links renew” and try again.",
                days=self.age_days,
            )
        return ""


@dataclass(frozen=True, slots=True)
class _Known:
    pattern: str
    message: str
    hint: str
    kind: type[Fault] = BadInput
    ours: bool = False
    """Whether an old yt-dlp or a missing runtime may be the reason."""


_OPEN_FILE = "Download it in the browser where the site allows that, and open the file."
_ASK = "Ask its owner for the file, and open that."
_OTHER = "Choose another video, or open a file of it."

# First things first: a text may hold words of several. They come from yt-dlp's extractors and its networking,
# and from the sites, whose words it hands on.
_KNOWN = (
    _Known(
        r"no space left|errno 28\b|disk quota",
        "The disk is full.",
        "Free some space and try again; the download goes on.",
        EnvironmentLacks,
    ),
    _Known(
        r"name or service not known|name resolution|failed to resolve|nodename nor servname|getaddrinfo"
        r"|no address associated|network is (unreachable|down)|no route to host|connection refused",
        "{host} cannot be reached.",
        "Check the address and the network and try again; a download goes on where it stopped.",
        EnvironmentLacks,
    ),
    _Known(
        r"timed? ?out|connection (was )?(reset|aborted)|broken pipe|remote end closed|incomplete ?read"
        r"|any data blocks|content too short|more expected|eof occurred|giving up after|http error 5\d\d",
        "The download broke off.",
        "Check the network and try again; it goes on where it stopped.",
        EnvironmentLacks,
    ),
    _Known(
        r"certificate verify failed|ssl:",
        "{host} could not prove who it is.",
        "Check the address and the computer's clock and try again.",
        EnvironmentLacks,
    ),
    _Known(r"\bdrm\b", "This video is protected against copying (DRM).", _OTHER),
    _Known(
        r"not a bot|captcha|cloudflare|verify you are human",
        "{host} wants to see a person before it shows this video.",
        "Try again later, or download it in the browser and open the file.",
        ours=True,
    ),
    _Known(
        r"rate.?limit|http error 429|too many requests|try again later",
        "{host} wants fewer requests.",
        "Try again in an hour; the download goes on where it stopped.",
        EnvironmentLacks,
    ),
    _Known(
        r"private video|(video|post|content|account|playlist) is (set to )?private|is private\b",
        "This video is private.",
        _ASK,
    ),
    _Known(
        r"confirm your age|age.?(restrict|gate|verif|limit)|inappropriate for some users|mature content",
        "{host} shows this video only to viewers whose age it knows.",
        _OPEN_FILE,
    ),
    _Known(
        r"georestricted|geo.?(restrict|block)|(in|from|to) your (country|location|region)"
        r"|outside (of )?(the )?uk|available only in|this country",
        "This video is not shown in your country.",
        _OTHER,
    ),
    _Known(
        r"live event will begin|premieres? (in|will)|not (yet )?(started|begun)|not currently live|is offline"
        r"|will begin (in|shortly)|upcoming",
        "This video has not begun yet.",
        "Try again when it is over.",
    ),
    _Known(
        r"members?.only|join this channel|premium|subscri(be|ption)|requires payment|rental|purchase"
        r"|paid video",
        "This video is for members or subscribers of {host}.",
        _OPEN_FILE,
    ),
    _Known(r"password", "This video is protected by a password.", _ASK),
    _Known(
        r"sign in|log ?in\b|logged.?in|registered users|account credentials|cookies|authentication"
        r"|http error 401",
        "{host} shows this video only to those who are signed in.",
        _OPEN_FILE,
        ours=True,
    ),
    _Known(
        r"has been removed|no longer (available|exists?)|been deleted|was deleted|been terminated|taken down"
        r"|http error 4(04|10)|does ?n.t exist|not exist|video unavailable|is unavailable|isn.t available"
        r"|video is not available|not found|has expired",
        "There is no video at this address any more.",
        "Check the address in the browser.",
    ),
    _Known(
        r"http error 403",
        "{host} does not give this video out.",
        "Try again later, or download it in the browser and open the file.",
        ours=True,
    ),
    _Known(
        r"unsupported url|no (video|media|formats?)\b.*found|is not a valid url|requested format is not"
        r"|no suitable extractor|there.?s no video|no video could be found",
        "There is no video that can be fetched at this address.",
        "Paste the address of the page that plays one video.",
        ours=True,
    ),
    _Known(
        r"postprocessing|ffmpeg|conversion failed|stream #",
        "Picture and sound of this video could not be joined.",
        "Try again, or choose another quality.",
        EnvironmentLacks,
    ),
)
_ADVICE = re.compile(r"\buse --.*|; please report this issue.*", re.DOTALL)
"""What yt-dlp advises those who call it, which holds words of other failures."""
_UNKNOWN = _Known("", "{host} could not be read.", "Try again later, or open a file of the video.", ours=True)


def site_fault(text: str, host: str, kind: str = "", advice: Advice | None = None) -> Fault:
    """The fault that a failure of yt-dlp is. ``text``: what it says; ``kind``: the name of its exception;
    ``host``: as people write it. The text itself becomes the details."""
    lower = _ADVICE.sub("", f"{kind} {text}".lower())
    known = next((one for one in _KNOWN if re.search(one.pattern, lower)), _UNKNOWN)
    own = advice.hint if advice is not None and known.ours else ""
    message = say(known.message, host=host) if "{host}" in known.message else known.message
    return known.kind(message, own or known.hint, text.strip())


def live_fault() -> Fault:
    """For a broadcast that is still going on."""
    return BadInput("This video is still being broadcast.", "Try again when it is over.")


def upcoming_fault() -> Fault:
    """For a broadcast that has been announced."""
    return BadInput("This video has not begun yet.", "Try again when it is over.")


def playlist_fault() -> Fault:
    """For the address of several videos."""
    return BadInput(
        "This is the address of several videos.",
        "Open the one you want in the browser and paste its address.",
    )


def too_large_fault() -> Fault:
    """For a video that does not fit on the disk."""
    return EnvironmentLacks(
        "The disk has no room for this video.",
        "Free some space or choose a lower quality, and try again; the download goes on.",
    )


def missing_fault() -> Fault:
    """For a program without yt-dlp."""
    return EnvironmentLacks(
        "Fetching videos from sites needs yt-dlp, and it is not installed.",
        "Install it beside ViralClip (pip install yt-dlp), or download the video and open the file.",
    )
