# ruff: noqa: RUF009 - _setting() is dataclasses.field() with our metadata
"""Every setting, declared once: its type and default, and what the form and the command line say of it.

To add one of the program's own, add a field to :class:`Settings`; features and providers declare theirs in
their own folders (:func:`feature_setting`, :func:`provider_setting`). The file, the form and ``viralclip
settings`` follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, get_type_hints

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.rates import HIGHEST_RATE, LOWEST_RATE, exact_rate, fraction_of

_YES, _NO = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})
PROVIDERS = "providers."
"""How the keys of settings begin that providers declare."""
SAME_AS_SOURCE = "source"
"""How a frame rate of None is written."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values, with the words the form shows for it."""

    value: str
    label: str


def _setting(
    default: Any,
    section: str,
    label: str,
    about: str,
    *,
    choices: tuple[tuple[str, str], ...] = (),
    low: float | None = None,
    high: float | None = None,
    environment: str = "",
    unit: str = "",
    is_folder: bool = False,
) -> Any:
    told: dict[str, Any] = {"section": section, "label": label, "help": about, "environment": environment}
    told |= {"unit": unit, "is_folder": is_folder}
    shown = tuple(Choice(value, words) for value, words in choices)
    return field(default=default, metadata={**told, "choices": shown, "low": low, "high": high})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their present values."""

    language: str = _setting(
        "system",
        "General",
        "Language",
        "The language of the window.",
        choices=(
            ("system", "Same as the system"),
            ("en", "English"),
            ("id", "Bahasa Indonesia"),
            ("th", "ไทย"),
        ),
    )
    theme: str = _setting(
        "system",
        "General",
        "Theme",
        "Light or dark colours.",
        choices=(("system", "Same as the system"), ("dark", "Dark"), ("light", "Light")),
    )
    reduce_motion: bool = _setting(
        False, "General", "Reduce motion", "Leave out animations that only please the eye."
    )
    offline: bool = _setting(
        False,
        "Privacy",
        "Offline",
        "Open no network connection at all; cloud services and downloads are off.",
    )
    export_folder: str = _setting(
        "",
        "Export",
        "Export folder",
        "Where finished clips go. Empty for ViralClip in your videos folder.",
        is_folder=True,
    )
    name_template: str = _setting(
        "{rank} {title} ({aspect})",
        "Export",
        "File names",
        "May hold {rank}, {title}, {aspect}, {resolution} and {date}.",
    )
    resolution: Resolution = _setting(
        Resolution.P1080, "Export", "Resolution", "The shorter side of exported pictures."
    )
    fps: Fraction | None = _setting(
        None,
        "Export",
        "Frame rate",
        "Pictures a second: a number such as 30 or 30000/1001, or “source” to keep the recording's own.",
        low=LOWEST_RATE,
        high=HIGHEST_RATE,
    )
    encoder: str = _setting(
        "auto", "Export", "Encoder", "“auto” takes the fastest one that works here; libx264 works everywhere."
    )
    kept_export_gb: float = _setting(
        2.0,
        "Export",
        "Kept for the next export",
        "Room for finished pictures: of a changed clip only the change is encoded. 0 keeps none.",
        low=0,
        high=1000,
        unit="GB",
    )
    aspect: Aspect = _setting(Aspect.VERTICAL, "Clips", "Shape", "The picture shape of new clips.")
    caption_style: str = _setting("karaoke", "Clips", "Caption style", "The captions of new clips.")
    clip_count: int = _setting(10, "Clips", "Number of clips", "How many clips to look for.", low=1, high=100)
    min_length_s: float = _setting(
        15.0,
        "Clips",
        "Shortest clip",
        "In seconds. Found clips are at least this long.",
        low=1,
        high=600,
        unit="s",
    )
    max_length_s: float = _setting(
        60.0,
        "Clips",
        "Longest clip",
        "In seconds. Found clips are at most this long.",
        low=2,
        high=1800,
        unit="s",
    )
    hands_off: bool = _setting(
        False,
        "Clips",
        "Do it all",
        "The clips of a recording that comes in are tightened, finished and exported by themselves.",
    )
    watch_folder: str = _setting(
        "",
        "Watched folder",
        "Folder to watch",
        "New recordings in it become tightened, finished and exported clips while the window is open.",
        is_folder=True,
    )
    watch: bool = _setting(
        False,
        "Watched folder",
        "Watch the folder",
        "What is in the folder when the watch begins is left alone.",
    )
    speech_engine: str = _setting(
        "auto", "Speech", "Speech engine", "“auto” takes the best one that is ready on this computer."
    )
    whisper_model: str = _setting(
        "", "Speech", "Whisper model", "A model's name or folder. Empty takes the best installed one."
    )
    openai_base_url: str = _setting(
        "",
        "Speech",
        "OpenAI address",
        "Another server that speaks the OpenAI protocol. Empty for OpenAI itself.",
        environment="OPENAI_BASE_URL",
    )

    budget_day_usd: float = _setting(
        10.0,
        "Costs",
        "Budget for a day",
        "In US dollars. Paid services are not asked for more than this in a day; 0 asks for none.",
        low=0,
        high=100_000,
    )
    budget_month_usd: float = _setting(
        50.0,
        "Costs",
        "Budget for a month",
        "In US dollars. Paid services are not asked for more than this in a month; 0 asks for none.",
        low=0,
        high=100_000,
    )

    def checked(self) -> Settings:
        """These settings; raises :class:`UsageError` when two contradict each other."""
        if self.min_length_s > self.max_length_s:
            raise UsageError(
                "The shortest clip is longer than the longest.", "Change one of the two lengths."
            )
        return self


@dataclass(frozen=True, slots=True)
class Setting:
    """One declared setting."""

    key: str
    type: Any
    default: Any
    section: str
    label: str
    help: str
    choices: tuple[Choice, ...]
    low: float | None
    high: float | None
    environment: str
    """An environment variable that overrides it, or empty."""
    unit: str = ""
    """As it is shown behind a number."""
    is_folder: bool = False
    """Whether it is a folder's path, empty for the program's own."""

    def parse(self, text: str) -> Any:
        """The value of typed or stored text. Raises :class:`UsageError` with what is allowed."""
        text = text.strip()
        try:
            value = self._parse(text)
        except (ValueError, ZeroDivisionError) as error:
            raise self._refusal(text) from error
        if self.choices and text not in {choice.value for choice in self.choices}:
            raise self._refusal(text)
        bounded = value is not None and self.low is not None and self.high is not None
        if bounded and not self.low <= value <= self.high:
            raise self._refusal(text)
        return value

    def text(self, value: Any) -> str:
        """A value as text that ``parse`` reads."""
        if value is None:
            return SAME_AS_SOURCE
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value)

    def plain(self, value: Any) -> Any:
        """A value as JSON."""
        return value if type(value) in (bool, int, float) else self.text(value)

    def _parse(self, text: str) -> Any:
        if self.type is bool:
            if text.lower() not in _YES | _NO:
                raise ValueError(text)
            return text.lower() in _YES
        if self.type == Fraction | None:
            return None if text == SAME_AS_SOURCE else exact_rate(fraction_of(text))
        return self.type(text)

    def _refusal(self, text: str) -> UsageError:
        if self.choices:
            known = ", ".join(choice.value for choice in self.choices)
            hint = say("Choose one of: {known}.", known=known)
        elif self.type is bool:
            hint = "Say on or off."
        elif self.low is not None and self.high is not None:
            hint = say("Give a number from {low} to {high}.", low=Number(self.low), high=Number(self.high))
        else:
            hint = self.help
        return UsageError(
            say("“{text}” cannot be used for “{label}”.", text=text, label=say(self.label)), hint
        )


def provider_setting(
    key: str,
    default: Any,
    label: str,
    about: str,
    *,
    choices: tuple[tuple[str, str], ...] = (),
    low: float | None = None,
    high: float | None = None,
    environment: str = "",
    unit: str = "",
    is_folder: bool = False,
) -> Setting:
    """A setting that a provider declares for itself: ``key`` is its own, such as ``voice``; the type is
    that of ``default``. It is stored as ``providers.<id>.<key>`` and stands under the provider's name."""
    shown = tuple(Choice(value, words) for value, words in choices)
    more = (shown, low, high, environment, unit, is_folder)
    return Setting(key, type(default), default, "", label, about, *more)


def feature_setting(
    feature: str, key: str, default: Any, *, section: str, label: str, about: str, **more: Any
) -> Setting:
    """A setting that a feature declares for itself, stored as ``<feature>.<key>``; ``section`` is where it
    stands in the form. ``more``: as in :func:`provider_setting`."""
    own = provider_setting(key, default, label, about, **more)
    return replace(own, key=f"{feature}.{key}", section=section)


@cache
def declared() -> dict[str, Setting]:
    """Every setting by its key, in the order of the form."""
    types = get_type_hints(Settings)
    return {part.name: _declared(part, types[part.name]) for part in fields(Settings)}


def _declared(part: Any, kind: Any) -> Setting:
    assert part.default is not MISSING
    told = dict(part.metadata)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        told["choices"] = tuple(Choice(member.value, member.value) for member in kind)
    return Setting(part.name, kind, part.default, **told)


def find(key: str, among: Mapping[str, Setting] | None = None) -> Setting:
    """One setting (``among`` others than the program's own); ``-`` and ``_`` are the same in its key. Raises
    :class:`UsageError`."""
    known = declared() if among is None else among
    try:
        return known[key.replace("-", "_")]
    except KeyError:
        raise UsageError(
            say("There is no setting “{key}”.", key=key),
            say("Choose one of: {known}.", known=", ".join(known)),
        ) from None
