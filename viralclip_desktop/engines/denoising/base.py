"""The protocol of noise reduction is that of separators: the ``voice`` of a block is what was said without
the noise, its ``background`` the noise alone."""

from __future__ import annotations

from viralclip_desktop.engines.provider import ProviderSetup


class DenoisingSetup(ProviderSetup):
    """What noise reducers are built from."""
