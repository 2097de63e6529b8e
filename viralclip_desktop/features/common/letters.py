"""Letters of captions that no font of this computer has: told before they are drawn as empty boxes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from viralclip_desktop.core.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.core.notices import NoticeBoard

_BEFORE = re.compile(
    r" (?:CAPITAL |SMALL |SUBJOINED |INDEPENDENT |DEPENDENT )?(?:LETTER|VOWEL|SIGN|CONSONANT|SYLLABLE|MARK)\b"
)


def tell_if_letters_are_missing(plan: RenderPlan, title: str, work: Path, notices: NoticeBoard) -> None:
    """Say once for each script in the captions of the clip ``title`` that no font here has it, and what to
    install. ``work`` is the root of the work folders."""
    if plan.style is None:
        return
    from viralclip_desktop.compose.captions.shaping import unknown_letters
    from viralclip_desktop.media.letters import undrawn

    texts = [word.text for word in plan.words] + [line.text for line in plan.second_lines]
    letters = unknown_letters(texts, plan.fonts)
    for script in scripts_of(undrawn(letters, work)) if letters else ():
        notices.once(
            f"letters {script}",
            say(
                "No font on this computer has the {script} letters in “{title}”: they show as empty boxes.",
                script=script,
                title=title,
            ),
            say(
                "Install the font Noto Sans {script}, in Debian and Ubuntu with: apt install fonts-noto-core",
                script=script,
            ),
        )


def scripts_of(letters: Iterable[str]) -> list[str]:
    """The scripts of some letters by their English names (Unicode's: what stands before LETTER and the
    like)."""
    names = (unicodedata.name(letter, "") for letter in letters)
    found = {_BEFORE.split(name)[0].title() for name in names if name}
    return sorted(found)
