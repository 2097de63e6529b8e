"""What providers are built from here: the models, keys, addresses, the offline switch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from viralclip_desktop.engines.provider import ProviderKind, ProviderSetup
from viralclip_desktop.engines.registry import options_for, secrets_for
from viralclip_desktop.settings.secrets import Secrets

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

Setup = TypeVar("Setup", bound=ProviderSetup)


def setup_for(services: Services, kind: ProviderKind[Setup, Any], *others: ProviderKind[Any, Any]) -> Setup:
    """The setup of a kind; ``others``: kinds whose own settings its providers read as well."""
    settings = services.settings
    options: dict[str, Any] = {"openai_base_url": settings.values.openai_base_url}
    for one in (kind, *others):
        options |= options_for(one, settings.of_provider)
    return kind.setup(
        services.paths.models,
        offline=services.gate.offline,
        options=options,
        secrets=secrets_for(kind, Secrets().get),
    )
