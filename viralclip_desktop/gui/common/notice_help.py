"""What the window offers where a notice names an action that helps, in place of the command to type."""

from __future__ import annotations

from viralclip_desktop.core.notices import Notice
from viralclip_desktop.gui.text import tr, tr_message

MODELS = "models"


def notice_hint(notice: Notice) -> str:
    """What to do about a notice."""
    return better_words() if notice.leads_to == MODELS else tr_message(notice.hint)


def help_words(action_id: str) -> str:
    """What the button to an action that helps is called; empty for none."""
    return tr("Get a speech model") if action_id == MODELS else ""


def better_words() -> str:
    """Why a speech model is worth having."""
    return tr("A speech model makes accurate captions in any language.")
