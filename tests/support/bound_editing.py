"""The verbs of editing on one store, so that tests read as sentences."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from viralclip_desktop.features import editing
from viralclip_desktop.features.common import kits
from viralclip_desktop.store.store import Store


class Editing:
    """The verbs of :mod:`features.editing` with their store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name == "find":
            name = "find_words"
        verb = getattr(editing if hasattr(editing, name) else kits, name)
        places = [
            one
            for one in inspect.signature(verb).parameters.values()
            if one.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        ]

        @wraps(verb)
        def bound(*args: Any, **named: Any) -> Any:
            if len(args) == len(places):  # the merge key, once positional
                return verb(self._store, *args[:-1], merge_key=args[-1], **named)
            return verb(self._store, *args, **named)

        return bound
