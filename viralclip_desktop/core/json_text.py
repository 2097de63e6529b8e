"""JSON that comes from outside the program: answers of services, files, lines of other processes."""

from __future__ import annotations

import json
from typing import Any

JSON_FAULTS = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What making values of odd JSON raises."""


def read_json(text: str | bytes, **hooks: Any) -> Any:
    """The value in ``text``; ``hooks`` as of :func:`json.loads`.

    Raises ValueError for all that is no JSON, also for lists and objects nested too deeply to be read.
    """
    try:
        return json.loads(text, **hooks)
    except RecursionError as error:
        raise ValueError("the JSON is nested too deeply") from error
