"""``viralclip links``: what fetches videos from sites, and its renewal."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.progress import CancelToken

if TYPE_CHECKING:
    from viralclip_desktop.engines.sites.renewal import Standing
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("links", help="the yt-dlp that fetches videos from sites, and a newer one")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    shown = actions.add_parser("status", help="which yt-dlp is used, and what it would need")
    shown.set_defaults(run=run_status)
    renewed = actions.add_parser("renew", help="fetch a newer yt-dlp into the data folder")
    renewed.add_argument(
        "--address",
        metavar="URL",
        default="",
        help="a wheel of yt-dlp, ending in #sha256= and its checksum (default: the setting "
        "links.renewal_address)",
    )
    renewed.set_defaults(run=run_renew)
    for action in (shown, renewed):
        options.add_json(action)


def run_status(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print it."""
    from viralclip_desktop.features.links.renewing import runtime_here, yt_dlp_standing

    services = build_services()
    found, runtime = yt_dlp_standing(services), runtime_here()
    address = services.settings.value("links.renewal_address")
    document = asdict(found) | {"javascript_runtime": runtime, "renewal_address": address}
    lines = [
        _yt_dlp_line(found),
        f"JavaScript runtime: {runtime or 'none; some sites need one (Deno, Node.js or QuickJS)'}",
        f"Renewed from: {address or 'no address is set (links.renewal_address)'}",
    ]
    output.result(document, lines)
    return 0


def run_renew(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Fetch it and print where it is."""
    from viralclip_desktop.features.links.renewing import renew_yt_dlp, yt_dlp_standing

    services = build_services()
    path = renew_yt_dlp(services, output.progress, CancelToken(), args.address)
    found = yt_dlp_standing(services)
    used = (
        "It is used from now on." if found.renewed else "The installed one is as new, and goes on being used."
    )
    output.result({"path": str(path), "renewed": found.renewed}, [f"Fetched {path.name}.", used])
    return 0


def _yt_dlp_line(found: Standing) -> str:
    if not found.version:
        return "yt-dlp: not installed (pip install yt-dlp)"
    where = "renewed, in the data folder" if found.renewed else "as installed"
    return f"yt-dlp: {found.version}, {found.age_days} days old, {where}"
