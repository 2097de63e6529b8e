"""Which yt-dlp is used, and a newer one."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.engines.sites.renewal import (
    Standing,
    javascript_runtime,
    renew,
    standing,
    wheel_folder,
)
from viralclip_desktop.features.common.services import Services


def yt_dlp_standing(services: Services) -> Standing:
    """The yt-dlp that is used, and how old it is."""
    return standing(wheel_folder(services.paths.home), date.today())


def runtime_here() -> str:
    """The JavaScript runtime on this machine; empty for none."""
    return javascript_runtime(shutil.which)


def renew_yt_dlp(services: Services, progress: Progress, cancel: CancelToken, address: str = "") -> Path:
    """Bring a newer yt-dlp from ``address``, or from that of the settings. Raises as
    ``engines.sites.renewal.renew`` says."""
    address = address or services.settings.value("links.renewal_address")
    return renew(wheel_folder(services.paths.home), address, services.gate, progress, cancel)
