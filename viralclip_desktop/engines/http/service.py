"""A service on the network, as the HTTP room sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from viralclip_desktop.engines.http.limiter import Rate
from viralclip_desktop.engines.http.policy import Policy


@dataclass(frozen=True, slots=True)
class Service:
    """Where a service is, how it knows us, and how it is to be treated."""

    name: str
    """Its name in sentences ("OpenAI")."""
    base_url: str = ""
    """What paths are added to; a whole address works without."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Sent with each request to the service itself, never to another host (the key goes here)."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What must not appear in any message or log."""
    policy: Policy = field(default_factory=Policy)
    rate: Rate | None = None
    purpose: str = ""
    """Begins the sentence told when the offline switch is on ("OpenAI transcription"); empty: the name."""
