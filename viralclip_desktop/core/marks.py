"""Characters that steer instead of being seen: commands to a terminal, and marks that turn the order of what
is read round."""

from __future__ import annotations

import re

_TURNS = "\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_COMMANDS, _BARE = re.compile(f"[{_CONTROLS}{_TURNS}]"), re.compile(f"[{_CONTROLS}]")
_TURN = re.compile(f"[{_TURNS}]")
_BREAKS = re.compile(f"[{_CONTROLS}\t\n\u2028\u2029]+")


def without_commands(text: str, *, turns: bool = True) -> str:
    """A text as a terminal may be given it: what would steer it is a replacement mark (with ``turns``, also
    what turns the order round); tabs and line breaks stay."""
    return (_COMMANDS if turns else _BARE).sub("\ufffd", text)


def as_codes(document: str) -> str:
    """JSON whose texts hold no such character itself, only its code."""
    return _COMMANDS.sub(lambda mark: f"\\u{ord(mark[0]):04x}", document)


def without_turns(text: str) -> str:
    """A text that is read in the order of its characters: ``exe.4pm`` stays that."""
    return _TURN.sub("", text)


def in_line(text: str) -> str:
    """A name or a quote as it may stand in a sentence: on one line, read in the order of its characters, with
    a space for what is no text."""
    return _BREAKS.sub(" ", without_turns(text))
