"""What goes wrong with a service, told in one sentence, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.engines.http.scrub import scrubbed

_MOST_LETTERS = 300  # of what a service says; more is a page, not a sentence


class Trouble(StrEnum):
    """Kinds of trouble with a service."""

    KEY = "key"
    FORBIDDEN = "forbidden"
    MISSING = "missing"
    QUOTA = "quota"
    RATE = "rate"
    REFUSED = "refused"
    SERVER = "server"
    UNREACHABLE = "unreachable"
    CUT = "cut"
    SLOW = "slow"
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"


_TOLD: Mapping[Trouble, tuple[str, str]] = {
    Trouble.KEY: ("{service} did not accept the key.", "Check the key in the settings."),
    Trouble.FORBIDDEN: (
        "{service} does not allow this with the key given.",
        "Check the key in the settings.",
    ),
    Trouble.MISSING: (
        "{service} does not know what was asked for.",
        "Check the names and the address in the settings.",
    ),
    Trouble.QUOTA: (
        "The {service} account has no credit left.",
        "Add credit on the account's billing page, or use a local engine.",
    ),
    Trouble.RATE: (
        "{service} has too many requests from this account at the moment.",
        "Try again in a few minutes; what is done so far is kept.",
    ),
    Trouble.REFUSED: ("{service} did not take the request.", "Check the settings of this service."),
    Trouble.SERVER: ("{service} has trouble at the moment.", "Try again later; what is done so far is kept."),
    Trouble.UNREACHABLE: (
        "The connection to {service} could not be made.",
        "Check the network and try again; what is done so far is kept.",
    ),
    Trouble.CUT: (
        "The connection to {service} broke off.",
        "Check the network and try again; what is done so far is kept.",
    ),
    Trouble.SLOW: ("{service} did not answer in time.", "Try again; what is done so far is kept."),
    Trouble.TOO_LARGE: ("{service} sent far more than was asked for.", "Check the address in the settings."),
    Trouble.UNREADABLE: (
        "{service} gave an answer that makes no sense.",
        "Check the address in the settings, or try again later.",
    ),
}


class ServiceLacks(EnvironmentLacks):
    """A service cannot do it: the key, the credit, the network or the service itself is in the way."""

    trouble = Trouble.SERVER
    status = 0
    """The HTTP status, 0 where there was none."""
    code = ""
    """The service's own name for the trouble."""


class ServiceRefused(BadInput):
    """A service does not take what it was given."""

    trouble = Trouble.REFUSED
    status = 0
    code = ""


ServiceFault = ServiceLacks | ServiceRefused


@dataclass(frozen=True, slots=True)
class Said:
    """What a service says of an error: its name for it and its sentence, either may be empty."""

    code: str = ""
    message: str = ""


def service_fault(
    service: str,
    trouble: Trouble,
    *,
    status: int = 0,
    said: Said = Said(),
    details: str = "",
    secrets: Iterable[str] = (),
) -> ServiceFault:
    """The fault for a trouble with a service (by its shown name), without any secret."""
    message, hint = _TOLD[trouble]
    refused = trouble in (Trouble.REFUSED, Trouble.MISSING)
    if refused and said.message:
        hint = scrubbed(said.message, secrets)
    kind = ServiceRefused if refused else ServiceLacks
    lines = "\n".join(line for line in (said.message, details) if line)
    fault = kind(say(message, service=service), hint, scrubbed(lines, secrets))
    fault.trouble, fault.status, fault.code = trouble, status, said.code
    return fault


def status_fault(service: str, status: int, body: bytes, secrets: Iterable[str] = ()) -> ServiceFault:
    """The fault for an answer with an error status. Services disagree about statuses (a used-up quota comes
    as 401, 402, 403 or 429), so the service's own name for the error goes before the number."""
    said = what_is_said(body)
    return service_fault(
        service,
        _trouble(status, said),
        status=status,
        said=said,
        details=f"HTTP {status} {said.code}".strip(),
        secrets=secrets,
    )


_QUOTA_WORDS = (
    *("insufficient_quota", "quota_exceeded", "quotaexceeded", "dailylimitexceeded", "uploadlimitexceeded"),
    *("billing", "insufficient_credits", "insufficient_funds", "character_limit", "payment_required"),
)
_RATE_WORDS = ("rate_limit", "ratelimit", "too_many_", "concurren", "system_busy")
_BY_STATUS = {
    401: Trouble.KEY,
    402: Trouble.QUOTA,
    403: Trouble.FORBIDDEN,
    404: Trouble.MISSING,
    408: Trouble.SLOW,
    429: Trouble.RATE,
}


def _trouble(status: int, said: Said) -> Trouble:
    code = said.code.lower()
    if status in (401, 402, 403, 429):
        if any(word in code for word in _QUOTA_WORDS):
            return Trouble.QUOTA
        if status != 401 and any(word in code for word in _RATE_WORDS):
            return Trouble.RATE
    if status >= 500:
        return Trouble.SERVER
    return _BY_STATUS.get(status, Trouble.REFUSED)


def what_is_said(body: bytes) -> Said:
    """A service's error, in whichever of the common shapes it comes: ``{"error": {"code", "message"}}``,
    ``{"error": "...", "error_description": "..."}``, ``{"detail": {"status", "message"}}``,
    ``{"detail": [..]}``, ``{"err_code", "err_msg"}``, ``{"category", "message"}``, ``{"errors": [..]}``, or a
    plain sentence."""
    try:
        return _read(read_json(body))
    except (ValueError, RecursionError):  # also for errors within errors without end
        return Said("", _sentence(body.decode("utf-8", "replace")))


def _read(data: Any) -> Said:
    if isinstance(data, str):
        return Said("", _sentence(data))
    if isinstance(data, list):
        parts = [_read(item) for item in data]
        return Said(
            next((part.code for part in parts if part.code), ""),
            _sentence("; ".join(part.message for part in parts if part.message)),
        )
    if not isinstance(data, dict):
        return Said()
    for inner in ("error", "detail", "errors"):
        if isinstance(data.get(inner), dict | list):
            return _read(data[inner])
    return Said(_code(data), _message(data))


def _code(data: dict[str, Any]) -> str:
    for name in ("code", "status", "err_code", "category", "reason", "type", "error"):
        if isinstance(value := data.get(name), str) and value:
            return value
    return ""


def _message(data: dict[str, Any]) -> str:
    for name in ("message", "msg", "err_msg", "error_description", "detail", "details", "error"):
        if isinstance(value := data.get(name), str) and value:
            return _sentence(value)
    return ""


def _sentence(text: str) -> str:
    """What may be shown of it: a page of HTML is not a sentence."""
    line = " ".join(text.split())
    return "" if line.startswith("<") else line[:_MOST_LETTERS]
