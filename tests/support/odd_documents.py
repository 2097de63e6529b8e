"""JSON as nobody should write it: good documents with a few places changed, and texts in disorder."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from viralclip_desktop.core.errors import Fault

QUICK = settings(
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""The same few dozen examples each time."""

_GONE = object()
_numbers = st.sampled_from([0, -1, 1, 10**400, 1e308, -1e308, 0.5, float("nan"), float("inf"), float("-inf")])
_plain = st.one_of(st.none(), st.booleans(), _numbers, st.integers(), st.text(max_size=8))
values = st.recursive(
    _plain,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=6), inside, max_size=3),
    max_leaves=6,
)
"""Any small JSON value, also numbers that no file should hold."""


@st.composite
def altered(draw: Callable[[Any], Any], good: Any) -> Any:
    """A document with up to three of its values put in the place of, or taken away; shallow ones as often as
    deep ones."""
    document = copy.deepcopy(good)
    for _ in range(draw(st.integers(1, 3))):
        holder, key = None, None
        inside = document
        while (places := _places(inside)) and (holder is None or draw(st.booleans())):
            holder, key = inside, draw(st.sampled_from(places))
            inside = holder[key]
        value = draw(values | st.just(_GONE))
        if holder is not None and value is _GONE:
            del holder[key]
        elif holder is not None:
            holder[key] = value
    return document


def _places(value: Any) -> list[Any]:
    return (
        list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    )


def texts(*pieces: str) -> st.SearchStrategy[str]:
    """Texts made of the pieces a format is made of, and of others, in any order."""
    return st.lists(st.sampled_from(pieces) | st.text(max_size=6), max_size=30).map("".join)


def taken(read: Callable[[], Any]) -> Any:
    """What is read; None where it is refused, with words for the user."""
    try:
        return read()
    except Fault as fault:
        told = fault
    assert told.message
    assert told.hint
    return None
