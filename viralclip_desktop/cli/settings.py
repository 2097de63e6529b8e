"""``viralclip settings``: list, read, change and reset settings."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.files import from_home

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.settings.declaration import Setting
    from viralclip_desktop.settings.file import SettingsStore


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("settings", help="list, read, change or reset settings")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all settings with their values")
    listing.set_defaults(run=run_list)
    get = actions.add_parser("get", help="the value of one setting")
    get.set_defaults(run=run_get)
    change = actions.add_parser("set", help="change one setting")
    change.set_defaults(run=run_set)
    reset = actions.add_parser("reset", help="go back to the default of one setting")
    reset.set_defaults(run=run_reset)
    for action in (get, change, reset):
        action.add_argument(
            "key", metavar="KEY", help="such as clip_count; “viralclip settings list” has all"
        )
    change.add_argument("value", metavar="VALUE")
    for action in (listing, get, change, reset):
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print all settings by section."""
    settings = build_services().settings
    declared = settings.declared()
    lines: list[str] = []
    section = ""
    for setting in declared.values():
        if setting.section != section:
            section = setting.section
            lines += ["", section] if lines else [section]
        lines += [f"  {setting.key} = {_text(setting, settings)}", f"      {setting.help}{_choices(setting)}"]
    output.result([_shape(setting, settings) for setting in declared.values()], lines)
    return 0


def run_get(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print one value."""
    return _print(args.key, build_services().settings, output)


def run_set(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Change one setting; raises UsageError with what is allowed."""
    from viralclip_desktop.features.common.styles import known_style

    services = build_services()
    setting, value = services.settings.find(args.key), args.value
    key = setting.key
    if key == "caption_style":
        known_style(services.store, value)
    if setting.is_folder and value.strip():
        value = str(from_home(value).absolute())  # it has to mean the same from any folder
    services.settings.set(**{key: value})
    return _print(key, services.settings, output)


def run_reset(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Go back to one default."""
    settings = build_services().settings
    settings.reset(args.key)
    return _print(args.key, settings, output)


def _print(key: str, settings: SettingsStore, output: Output) -> int:
    setting = settings.find(key)
    if override := settings.override(setting.key):
        output.report(f"The environment variable {override} decides this setting at present.")
    output.result(_shape(setting, settings), [_text(setting, settings)])
    return 0


def _shape(setting: Setting, settings: SettingsStore) -> dict[str, Any]:
    """A setting as declared, with its value; ``override`` names the environment variable that decides it."""
    return {
        "key": setting.key,
        "value": setting.plain(settings.value(setting.key)),
        "default": setting.plain(setting.default),
        "section": setting.section,
        "label": setting.label,
        "help": setting.help,
        "choices": [choice.value for choice in setting.choices] or None,
        "low": setting.low,
        "high": setting.high,
        "override": settings.override(setting.key),
    }


def _text(setting: Setting, settings: SettingsStore) -> str:
    return setting.text(settings.value(setting.key))


def _choices(setting: Setting) -> str:
    named = ", ".join(choice.value for choice in setting.choices)
    return f" One of: {named}." if named else ""
