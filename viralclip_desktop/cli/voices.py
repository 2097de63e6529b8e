"""``viralclip voices``: the voices that can speak here."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output

if TYPE_CHECKING:
    from viralclip_desktop.engines.tts.base import Quota, Voice
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("voices", help="list the voices that can speak a text")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser(
        "list",
        help="those that can speak here, the best ones first",
        description="Lists the voices that can speak here, the best ones first. Kokoro's voices of one "
        "language can be mixed as well, each with its weight: kokoro:af_heart*0.6+af_bella*0.4. Your own "
        "voices (see “viralclip clone”) also go by the names you gave them: custom:NAME.",
    )
    listing.add_argument("--provider", metavar="ID", help="of one provider, such as kokoro or espeak")
    listing.add_argument("--language", metavar="CODE", help="of one language, such as en")
    listing.set_defaults(run=run_list)
    quota = actions.add_parser("quota", help="how many characters the accounts of services have used")
    quota.set_defaults(run=run_quota)
    for action in actions.choices.values():
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print them."""
    from viralclip_desktop.features.voices import ready_voices

    voices = ready_voices(build_services(), args.provider, args.language)
    output.result(
        {"voices": [_shape(voice) for voice in voices]}, list(map(_line, voices)) or ["There are none."]
    )
    return 0


def run_quota(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print what was used of each account's characters."""
    from viralclip_desktop.features.voices import quotas

    del args
    found = quotas(build_services())
    output.result(
        {
            "quotas": [
                {"provider": name, "used": one.used, "limit": one.limit, "resets_at": one.resets_at}
                for name, one in found.items()
            ]
        },
        [_quota_line(name, one) for name, one in found.items()] or ["No account here tells it."],
    )
    return 0


def _quota_line(provider: str, quota: Quota) -> str:
    when = datetime.fromtimestamp(quota.resets_at, UTC) if quota.resets_at else None
    anew = f", anew on {when:%Y-%m-%d}" if when else ""
    return f"{provider}: {quota.used:,} of {quota.limit:,} characters{anew}"


def _shape(voice: Voice) -> dict[str, Any]:
    from viralclip_desktop.features.voices import category_of

    return {
        "id": voice.id,
        "provider": voice.provider,
        "name": voice.label or voice.name,
        "language": voice.language,
        "gender": voice.gender or None,
        "accent": voice.accent or None,
        "category": category_of(voice),
    }


def _line(voice: Voice) -> str:
    own = "your own" if voice.custom else ""
    what = ", ".join(part for part in (voice.label, voice.gender, voice.accent, own) if part)
    return f"{voice.id:<28} {voice.language:<4} {what}"
