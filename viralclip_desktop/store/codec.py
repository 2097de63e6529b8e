"""Domain values to rows and JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final, TypeVar

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from viralclip_desktop.core import messages
from viralclip_desktop.core.rates import fraction_of
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.audio_config import AudioConfig
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip, ClipBatch, Reason
from viralclip_desktop.domain.exports import Export, ExportResult, ExportSettings, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.layers import LAYER_TYPES, Layer, LayerKind
from viralclip_desktop.domain.media import Project, Source
from viralclip_desktop.domain.translation import TranslatedLine, Translation

T = TypeVar("T")
Row = Any
"""A SQLAlchemy row, read by attribute."""


def _converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(Time, lambda time: time.ticks)
    converter.register_structure_hook(Time, lambda ticks, _: Time(int(ticks)))
    converter.register_unstructure_hook(Fraction, str)
    converter.register_structure_hook(Fraction, lambda text, _: fraction_of(str(text)))
    converter.register_structure_hook_func(lambda kind: kind is object, lambda value, _: value)
    text = override(unstruct_hook=messages.dumps, struct_hook=lambda text, _: messages.loads(text))
    converter.register_unstructure_hook(Reason, make_dict_unstructure_fn(Reason, converter, text=text))
    converter.register_structure_hook(Reason, make_dict_structure_fn(Reason, converter, text=text))
    remarks = override(
        unstruct_hook=lambda told: [messages.dumps(one) for one in told],
        struct_hook=lambda told, _: tuple(messages.loads(one) for one in told),
    )
    converter.register_unstructure_hook(
        ExportResult, make_dict_unstructure_fn(ExportResult, converter, remarks=remarks)
    )
    converter.register_structure_hook(
        ExportResult, make_dict_structure_fn(ExportResult, converter, remarks=remarks)
    )
    converter.register_structure_hook(
        Layer, lambda plain, _: converter.structure(plain, LAYER_TYPES[LayerKind(plain["kind"])])
    )
    return converter


_CONVERTER = _converter()


def to_plain(value: Any) -> Any:
    """A domain value as JSON values (times as ticks, fractions as text)."""
    return _CONVERTER.unstructure(value)


def from_plain(kind: type[T], plain: Any) -> T:
    """The domain value of ``to_plain``; keys of a newer version are ignored."""
    return _CONVERTER.structure(plain, kind)


def dumps(value: Any) -> str:
    """Compact JSON that SQLite takes: readable, or escaped where a file name is no valid Unicode."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text


def project_row(project: Project) -> dict[str, Any]:
    """Columns of ``projects``."""
    return {
        "id": project.id,
        "name": project.name,
        "created_at": project.created_at,
        "updated_at": project.updated_at,
    }


def project_from(row: Row) -> Project:
    """A row of ``projects``."""
    return Project(row.id, row.name, row.created_at, row.updated_at)


def asset_row(asset: Asset) -> dict[str, Any]:
    """Columns of ``assets``."""
    row: dict[str, Any] = to_plain(asset)
    return row | {"duration_ticks": asset.duration.ticks}


def asset_from(row: Row) -> Asset:
    """A row of ``assets``."""
    plain = dict(row._mapping)
    del plain["duration_ticks"]
    return from_plain(Asset, plain)


def plain_row_as(cls: type[T]) -> Callable[[Row], T]:
    """Reads rows whose columns are the fields of a class."""
    return lambda row: from_plain(cls, dict(row._mapping))


def source_row(source: Source) -> dict[str, Any]:
    """Columns of ``video_sources`` without the transcript's; also how the journal and portable projects keep
    a recording, whose file is kept as its asset."""
    return {
        "id": source.id,
        "project_id": source.project_id,
        "asset_id": source.asset_id,
        "title": source.title,
        "audio_index": source.audio_index,
        "created_at": source.created_at,
    }


def source_of(plain: dict[str, Any], asset: Asset) -> Source:
    """The recording of ``source_row``."""
    return Source(
        id=str(plain["id"]),
        project_id=str(plain["project_id"]),
        asset=asset,
        title=str(plain["title"]),
        audio_index=None if plain["audio_index"] is None else int(plain["audio_index"]),
        created_at=float(plain["created_at"]),
    )


def source_from(row: Row) -> Source:
    """A row of ``video_sources`` with its asset's columns, those labelled ``asset_...``."""
    plain = dict(row._mapping)
    own = {name[len(_OF_ASSET) :]: plain.pop(name) for name in list(plain) if name.startswith(_OF_ASSET)}
    own.pop("duration_ticks")
    return source_of(plain, from_plain(Asset, own))


_OF_ASSET = "asset__"


def of_asset(name: str) -> str:
    """What a column of ``assets`` is called beside those of ``video_sources``."""
    return f"{_OF_ASSET}{name}"


def translation_row(translation: Translation) -> dict[str, Any]:
    """Columns of ``translations``."""
    flat: list[int | str] = []
    for line in translation.lines:
        flat += (line.range.start.ticks, line.range.end.ticks, line.text)
    row = {"id": translation.id, "source_id": translation.source_id, "language": translation.language}
    return row | {"lines": dumps(flat)}


def translation_from(row: Row) -> Translation:
    """A row of ``translations``."""
    flat = json.loads(row.lines)
    lines = (
        TranslatedLine(TimeRange(Time(start), Time(end)), text)
        for start, end, text in zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    )
    return Translation(row.id, row.source_id, row.language, tuple(lines))


def batch_row(batch: ClipBatch) -> dict[str, Any]:
    """Columns of ``clip_batches``."""
    return {
        "id": batch.id,
        "source_id": batch.source_id,
        "settings": to_plain(batch.settings),
        "created_at": batch.created_at,
    }


def batch_from(row: Row) -> ClipBatch:
    """A row of ``clip_batches``."""
    return ClipBatch(row.id, row.source_id, row.settings, row.created_at)


def clip_row(clip: Clip) -> dict[str, Any]:
    """Columns of ``clips``."""
    row: dict[str, Any] = to_plain(clip)
    return row | {"batch_id": clip.batch_id or None, "source_id": clip.source_id or None}


def clip_from(row: Row) -> Clip:
    """A row of ``clips``."""
    plain = dict(row._mapping)
    plain |= {"batch_id": plain["batch_id"] or "", "source_id": plain["source_id"] or ""}
    return from_plain(Clip, plain)


_DUB_LEVELS: Final = "dub_levels"


def audio_config_row(config: AudioConfig) -> dict[str, Any]:
    """Columns of ``audio_configs``; the levels of a dub lie with the mix they are of."""
    row: dict[str, Any] = to_plain(config)
    levels = row.pop("levels")
    return row | {"mix": row["mix"] | {_DUB_LEVELS: levels}}


def audio_config_from(row: Row) -> AudioConfig:
    """A row of ``audio_configs``."""
    plain = dict(row._mapping)
    mix = dict(plain["mix"])
    levels = mix.pop(_DUB_LEVELS, {})
    return from_plain(AudioConfig, plain | {"mix": mix, "levels": levels})


def export_row(export: Export) -> dict[str, Any]:
    """Columns of ``exports``."""
    settings = export.settings
    return {
        "id": export.id,
        "clip_id": export.clip_id,
        "resolution": settings.resolution.value,
        "fps": None if settings.fps is None else str(settings.fps),
        "aspect_ratio": None if settings.aspect is None else settings.aspect.value,
        "status": export.status.value,
        "output_path": export.output_path,
        "settings": to_plain(settings),
        "result": to_plain(export.result),
        "job_id": export.job_id,
        "error": export.error,
        "hint": export.hint,
        "created_at": export.created_at,
        "updated_at": export.updated_at,
    }


def export_from(row: Row) -> Export:
    """A row of ``exports``."""
    return Export(
        id=row.id,
        clip_id=row.clip_id,
        settings=from_plain(ExportSettings, row.settings),
        status=WorkState(row.status),
        output_path=row.output_path,
        created_at=row.created_at,
        updated_at=row.updated_at,
        job_id=row.job_id,
        error=row.error,
        hint=row.hint,
        result=None if row.result is None else from_plain(ExportResult, row.result),
    )


def style_row(style: CaptionStyle) -> dict[str, Any]:
    """Columns of ``subtitle_styles``."""
    return {"id": style.id, "label": style.label, "style": to_plain(style)}


def style_from(row: Row) -> CaptionStyle:
    """A row of ``subtitle_styles``."""
    style = from_plain(CaptionStyle, row.style)
    return replace(style, label=messages.say("{name}", name=style.label))  # a name of the user's


def brand_kit_row(kit: BrandKit) -> dict[str, Any]:
    """Columns of ``brand_kits``."""
    return {"id": kit.id, "name": kit.name, "kit": to_plain(kit)}


def brand_kit_from(row: Row) -> BrandKit:
    """A row of ``brand_kits``."""
    return from_plain(BrandKit, row.kit)


def job_row(job: Job) -> dict[str, Any]:
    """Columns of ``processing_jobs`` without the owner's."""
    row: dict[str, Any] = to_plain(job)
    return {name: row[name] for name in _JOB_COLUMNS}


def job_from(row: Row) -> Job:
    """A row of ``processing_jobs``."""
    plain = dict(row._mapping)
    values = {name: plain[name] for name in _JOB_COLUMNS}
    return Job(**values | {"state": WorkState(plain["state"]), "depends_on": tuple(plain["depends_on"])})


_JOB_COLUMNS = tuple(name for name in Job.__dataclass_fields__ if name != "heard")
