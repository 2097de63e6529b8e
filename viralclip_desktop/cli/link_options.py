"""What commands that take a recording say of one that lies on a site."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import UsageError

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.links.fetching import Link

VIDEO_HELP = "a video or sound file, or the address of a video on a site (https://...)"


def add_link_options(parser: Any) -> None:
    """Declare them."""
    parser.add_argument(
        "--site-quality",
        metavar="LINES",
        help="for an address: the most lines of the picture, such as 720, or best (default: the setting)",
    )
    parser.add_argument(
        "--site-subtitles",
        metavar="CODE",
        help="for an address: the site's subtitles in this language (en, id...) become the transcript",
    )


def link_in(args: argparse.Namespace, services: Services) -> Link | None:
    """The video on a site that is asked for; None for a file. Raises UsageError for options that only an
    address has, BadInput for a broken address."""
    from viralclip_desktop.engines.sites.address import is_address
    from viralclip_desktop.features.links.fetching import link_of

    if is_address(args.video):
        return link_of(services.settings, args.video, args.site_quality, args.site_subtitles)
    if args.site_quality is not None or args.site_subtitles is not None:
        raise UsageError(
            "--site-quality and --site-subtitles are for videos on sites.",
            "Give an address, or leave them out.",
        )
    return None
