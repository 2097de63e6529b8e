"""The style sheet: the template in ``resources/themes`` with the tokens filled in."""

from __future__ import annotations

from string import Template

from viralclip_desktop.core.resources import resource
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.tokens import Colours, mixed


def style_sheet(colours: Colours) -> str:
    """The window's style sheet in one theme's colours.

    Raises :class:`KeyError` when the template names a token that does not exist.
    """
    template = Template(resource("themes", "window.qss").read_text(encoding="utf-8"))
    return template.substitute(_values(colours))


def _values(colours: Colours) -> dict[str, str | int]:
    return {
        **colours.as_dict(),
        "accent_hover": mixed(colours.accent_fill, colours.text, 0.10),
        "accent_soft": mixed(colours.surface, colours.accent, 0.18),
        "hover": mixed(colours.raised, colours.text, 0.06),
        "pressed": mixed(colours.raised, colours.text, 0.12),
        "caution_soft": mixed(colours.surface, colours.caution, 0.12),
        "bad_soft": mixed(colours.surface, colours.bad, 0.14),
        "radius_control": tokens.RADIUS_CONTROL,
        "radius_card": tokens.RADIUS_CARD,
        "note": tokens.TYPE_NOTE,
        "body": tokens.TYPE_BODY,
        "section": tokens.TYPE_SECTION,
        "page": tokens.TYPE_PAGE,
        "control_inner": tokens.CONTROL_HEIGHT - 2 * tokens.FOCUS_WIDTH,
        "focus": tokens.FOCUS_WIDTH,
    }
