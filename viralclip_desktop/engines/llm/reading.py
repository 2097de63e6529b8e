"""Reading a model's text as the JSON that was asked for, mending what models usually get wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}


def read_object(text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The object in a model's text. Raises ValueError saying what is wrong, for the model to mend.

    Thoughts, code fences and talk around the object are left out, trailing commas are taken away, and a bare
    list becomes the object's only list. Strings from which JSON cannot be made otherwise are not guessed at.
    """
    problem = "there is no JSON object in it"
    for data in _documents(_THOUGHTS.sub("", text)):
        found = _wrapped(data, schema)
        trouble = problem_of(found, schema)
        if trouble is None and isinstance(found, dict):
            return found
        problem = trouble or problem
    raise ValueError(problem)


def problem_of(data: Any, schema: Mapping[str, Any], path: str = "the answer") -> str | None:
    """What does not fit the schema (types, required properties, enumerations), or None."""
    wanted = str(schema.get("type"))
    if wanted in _TYPES and (
        not isinstance(data, _TYPES[wanted]) or (isinstance(data, bool) and wanted != "boolean")
    ):
        return f"{path} is no {wanted}"
    if "enum" in schema and data not in schema["enum"]:
        return f"no value that is allowed at {path}"
    parts: list[tuple[Any, Mapping[str, Any], str]] = []
    if isinstance(data, dict):
        properties = schema.get("properties", {})
        missing = [name for name in schema.get("required", ()) if name not in data]
        if missing:
            return f"{path} has no {', '.join(missing)}"
        parts = [(data[name], properties[name], f"{path}.{name}") for name in properties if name in data]
    if isinstance(data, list):
        parts = [(item, schema.get("items", {}), f"{path}[{at}]") for at, item in enumerate(data)]
    return next((trouble for part in parts if (trouble := problem_of(*part))), None)


def _documents(text: str) -> Iterator[Any]:
    """What may be meant: the whole text first, then whatever begins with a bracket."""
    for source in (text, _TRAILING_COMMA.sub(r"\1", text)):
        decoder, at = json.JSONDecoder(strict=False), 0
        while (start := _next_bracket(source, at)) >= 0:
            try:
                data, at = decoder.raw_decode(source, start)
                yield data
            except ValueError:
                at = start + 1
            except RecursionError:
                break  # nested too deeply: each bracket in it would be too


def _next_bracket(text: str, at: int) -> int:
    found = [place for mark in "{[" if (place := text.find(mark, at)) >= 0]
    return min(found, default=-1)


def _wrapped(data: Any, schema: Mapping[str, Any]) -> Any:
    lists = [name for name, part in schema.get("properties", {}).items() if part.get("type") == "array"]
    return {lists[0]: data} if isinstance(data, list) and len(lists) == 1 else data
