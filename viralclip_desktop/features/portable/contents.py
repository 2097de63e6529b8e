"""What a portable project holds, taken out of the store and put into JSON and back.

Works by the store's own table of kinds: whatever belongs to a project there travels without a word here,
save for what is no edit but a fact about this machine (exports). A user's own styles travel when used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from math import isfinite
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, TypeVar

from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.parts import FASTEST, SLOWEST
from viralclip_desktop.domain.media import Project, Source
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.domain.translation import Translation
from viralclip_desktop.store import Store, asset_use
from viralclip_desktop.store.codec import dumps, from_plain, source_of, to_plain
from viralclip_desktop.store.kinds import KINDS, ORDER, TRANSCRIPT, Key
from viralclip_desktop.store.upgrades import SCHEMA

T = TypeVar("T")

SHARED = ("caption_style", "brand_kit")
"""Kinds that belong to no project; those a project uses travel with it. Used ones before their users."""
USES = {
    "clip": {"caption_style": "caption_style", "brand_kit": "brand_kit"},
    "brand_kit": {"caption_style": "caption_style"},
}
"""Kind -> its field -> the shared kind whose id it names (a preset's where the store has none)."""


@dataclass(frozen=True)
class Contents:
    """A project with everything in it. ``entities`` has owners before what they own."""

    project: Project
    entities: dict[Key, Any]
    transcripts: dict[str, Transcript]

    @property
    def sources(self) -> list[Source]:
        """The recordings."""
        return [entity for entity in self.entities.values() if isinstance(entity, Source)]

    @property
    def assets(self) -> list[Asset]:
        """The files that any of it names."""
        return [entity for entity in self.entities.values() if isinstance(entity, Asset)]


def gather(store: Store, project_id: str) -> Contents:
    """All of one project as it stands at this moment. Raises :class:`NotFound`."""
    store.project(project_id)
    with store.transaction("Export project", project_id, undoable=False) as tx:  # one state for all reads
        found = tx.subtree("project", project_id)
        project = found.pop(("project", project_id))
        texts = {key[1]: tx.transcript(key[1]) for key in found if key[0] == TRANSCRIPT}
        entities = {key: value for key, value in found.items() if key[0] in KINDS and KINDS[key[0]].journaled}
        shared: dict[Key, Any] = {}
        for _ in SHARED:  # what is used may use another shared kind
            keys = used(entities | shared)
            shared |= {key: value for key in keys if (value := tx.current(key)) is not None}
        entities = shared | entities
        named = [("asset", asset_id) for asset_id in sorted(asset_use.named_by_all(entities.values()))]
        files = {key: asset for key in named if (asset := tx.current(key)) is not None}
    kept = {source_id: text for source_id, text in texts.items() if text is not None}
    return Contents(project, files | entities, kept)


def used(entities: dict[Key, Any]) -> set[Key]:
    """The shared things that these name."""
    return {
        (shared, getattr(entity, field))
        for (kind, _), entity in entities.items()
        for field, shared in USES.get(kind, {}).items()
    }


def to_json(contents: Contents, places: dict[str, Any]) -> bytes:
    """The member ``project.json``; ``places`` says in which members the transcripts and files are."""
    entities: dict[str, list[Any]] = {}
    for (kind, _), entity in contents.entities.items():
        entities.setdefault(kind, []).append(KINDS[kind].plain(entity))
    document = {"schema": SCHEMA, "project": to_plain(contents.project), "entities": entities}
    return encoded(document | places)


def encoded(document: Any) -> bytes:
    """JSON as a member's bytes."""
    return dumps(document).encode()


def decoded(data: bytes) -> Any:
    """The inverse; raises ValueError also for numbers no database or clock takes."""
    return read_json(data, parse_int=_whole_number, parse_float=_finite_number, parse_constant=_finite_number)


def entities_from(document: dict[str, Any]) -> dict[Key, Any]:
    """The entities of ``project.json``, owners first. Raises ValueError and its kin for anything odd, and
    :class:`UnknownKind`."""
    known = {name for name, kind in KINDS.items() if kind.journaled and name != "project"}
    if unknown := sorted(set(document["entities"]) - known):
        raise UnknownKind(", ".join(unknown))
    found: dict[Key, Any] = {}
    for kind in sorted(document["entities"], key=lambda name: ORDER[name]):
        for plain in document["entities"][kind]:
            entity = _entity(kind, plain, found)
            if not entity.id or (kind, entity.id) in found:
                raise ValueError(f"two of {kind} {entity.id!r}")
            found[kind, entity.id] = entity
    for entity in found.values():
        _check_values(entity)
        if isinstance(entity, Source):
            _check_source(entity)
        elif isinstance(entity, Clip):
            _check_parts(entity)
        elif isinstance(entity, Translation):
            _check_lines(entity)
    return found


def _entity(kind: str, plain: dict[str, Any], found: dict[Key, Any]) -> Any:
    if KINDS[kind].cls is Source:
        return source_of(plain, found["asset", plain["asset_id"]])
    return from_plain(KINDS[kind].cls, plain)


class UnknownKind(Exception):
    """Something in the file that this version of the program does not know."""


def project_from(document: dict[str, Any]) -> Project:
    """The project itself; its name as one printable line."""
    project = from_plain(Project, document["project"])
    name = "".join(mark if mark.isprintable() else " " for mark in project.name)
    project = replace(project, name=" ".join(name.split())[:200] or "Project")
    _check_values(project)
    return project


def transcript_from(data: bytes) -> Transcript:
    """A transcript; raises ValueError and its kin when words or sentences are out of order."""
    transcript = from_plain(Transcript, decoded(data))
    _check_values(transcript)
    covered = 0
    for sentence in transcript.sentences:
        if sentence.first != covered or sentence.last <= sentence.first:
            raise ValueError(f"sentences must cover all words in order: {sentence}")
        covered = sentence.last
    if covered != len(transcript.words):
        raise ValueError(f"sentences cover {covered} of {len(transcript.words)} words")
    if any(word.end < word.start for word in transcript.words):
        raise ValueError("a word ends before it starts")
    return transcript


def file_name(path_hint: str) -> str:
    """The last part of a path that may come from another system."""
    return (PureWindowsPath(path_hint) if "\\" in path_hint else PurePosixPath(path_hint)).name


def _check_source(source: Source) -> None:
    if source.audio_index is not None and not 0 <= source.audio_index < len(source.info.audio):
        raise ValueError(f"no sound track {source.audio_index}")
    if source.info.duration.ticks < 0:
        raise ValueError("a recording of less than no length")
    if source.info.video is not None and source.info.video.fps <= 0:
        raise ValueError(f"{source.info.video.fps} frames a second")


def _check_parts(clip: Clip) -> None:
    for part in clip.parts:
        if not SLOWEST <= part.speed <= FASTEST:
            raise ValueError(f"a part plays {part.speed} times as fast")


def _check_values(value: object) -> None:
    """Raise ValueError when anything inside a value is a number that no database or clock takes, or text that
    is no valid Unicode. Only the path of a file may be that."""
    if isinstance(value, str):
        value.encode()  # a lone surrogate is no text
    elif isinstance(value, int):
        _whole_number(f"{value:d}")
    elif isinstance(value, float):
        _finite_number(str(value))
    else:
        for inner in _inside(value):
            _check_values(inner)


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from (*value.keys(), *value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif is_dataclass(value):
        is_file = isinstance(value, Asset)
        yield from (getattr(value, one.name) for one in fields(value) if not (is_file and one.name == "path"))


def _check_lines(translation: Translation) -> None:
    edges = [edge for line in translation.lines for edge in (line.range.start, line.range.end)]
    if edges != sorted(edges) or (edges and edges[0] < ZERO):
        raise ValueError("lines of a translation are out of order")


def _whole_number(text: str) -> int:
    value = int(text)
    if not -(2**63) <= value < 2**63:
        raise ValueError(f"{text[:40]} is beyond what can be stored")
    return value


def _finite_number(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"{text[:40]} is no usable number")
    return value
