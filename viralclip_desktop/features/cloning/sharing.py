"""A voice in a file of its own: what is known of it, and its samples."""

from __future__ import annotations

import base64
import json
import shutil
import time
from math import isfinite
from pathlib import Path
from typing import Any, Final

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import check_is_file, make_folder, write_whole
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.marks import in_line
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.cloned_voice import ClonedVoice
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.features.cloning.voices import keep_voice, own_voice, samples_folder
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.voice_sample import UPLOAD_SUFFIXES

SUFFIX: Final = ".viralvoice"
_FORMAT, _VERSION = "viralclip-voice", 1
_MOST: Final = 1e11  # a moment in a thousand years, in seconds
_MOST_BYTES, _MOST_SAMPLES = 200_000_000, 25
_LONGEST: Final = {"name": 80, "provider": 60, "provider_voice": 500, "language": 20, "consent": 2000}


def export_voice(services: Services, name: str, out: Path) -> ClonedVoice:
    """Write a voice into one file. Whoever has it can speak with the voice where its provider lets them.
    Raises NotFound, and Faults of the disk."""
    voice = own_voice(services.store, name)
    try:
        samples = [
            {"suffix": path.suffix, "data": base64.b64encode(path.read_bytes()).decode()}
            for path in sorted(samples_folder(services, voice.id).glob("*.*"))
            if path.suffix in UPLOAD_SUFFIXES
        ]
        told = {key: getattr(voice, key) for key in (*_LONGEST, "consented_at")}
        document = {
            "format": _FORMAT,
            "version": _VERSION,
            "voice": told | {"samples": [dict(one) for one in voice.samples]},
            "samples": samples,
        }
        write_whole(out, json.dumps(document, ensure_ascii=False, indent=1).encode())
    except OSError as error:
        raise disk_fault(error, out) from error
    return voice


def import_voice(services: Services, path: Path) -> ClonedVoice:
    """Take a voice out of such a file, under a free name. Raises BadInput for a file that is none."""
    voice, samples = read_voice(path)
    TTS.info(voice.provider)  # that there is such a provider
    folder = samples_folder(services, voice.id)
    try:
        if samples:
            make_folder(folder)
        for number, (suffix, data) in enumerate(samples, 1):
            write_whole(folder / f"{number}{suffix}", data)
        return keep_voice(services.store, voice)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise disk_fault(error, folder) from error


def read_voice(path: Path) -> tuple[ClonedVoice, list[tuple[str, bytes]]]:
    """What is in a voice's file: the voice, with an id of its own, and its samples. Raises BadInput."""
    check_is_file(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _no_voice(path, "too large")
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            say("{name} cannot be read.", name=path.name), "Check that it is there.", str(error)
        ) from error
    try:
        document = read_json(data)
        if document["format"] != _FORMAT:
            raise ValueError("another format")
        newer = int(document["version"]) > _VERSION
        voice = _voice(document["voice"])
        coded = list(document["samples"])[:_MOST_SAMPLES]
        samples = [(_suffix(one["suffix"]), base64.b64decode(one["data"], validate=True)) for one in coded]
    except JSON_FAULTS as error:
        raise _no_voice(path, str(error)) from error
    if newer:
        raise BadInput(
            say("{name} was written by a newer version of the program.", name=path.name),
            "Update the program.",
        )
    return voice, samples


def _voice(told: dict[str, Any]) -> ClonedVoice:
    """Raises ValueError and its kin for what is none."""
    texts = {key: " ".join(in_line(str(told[key])).split())[:most] for key, most in _LONGEST.items()}
    if not all(texts[key] for key in ("name", "provider", "provider_voice")):
        raise ValueError("a voice without a name")
    for text in texts.values():
        text.encode()  # a lone surrogate is no text
    measured = tuple(_sample(one) for one in list(told.get("samples") or [])[:_MOST_SAMPLES])
    return ClonedVoice(
        new_id("voice"),
        texts["name"],
        texts["provider"],
        texts["provider_voice"],
        texts["language"],
        texts["consent"],
        max(0.0, _number(told["consented_at"])),
        measured,
        created_at=time.time(),
    )


def _number(value: float) -> float:
    if not isfinite(value) or abs(value) > _MOST:
        raise ValueError(f"{value} is no usable number")
    return float(value)


def _suffix(told: object) -> str:
    if told not in UPLOAD_SUFFIXES:
        raise ValueError(f"no sample is kept as {told!r}")
    return str(told)


def _sample(told: dict[str, Any]) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, value in list(told.items())[:20]:
        if isinstance(value, int | float) and not isinstance(value, bool):
            plain[str(key)[:40]] = _number(value)
        elif isinstance(value, str):
            f"{key}{value}".encode()
            plain[str(key)[:40]] = in_line(value)[:200]
    return plain


def _no_voice(path: Path, details: str) -> BadInput:
    return BadInput(
        say("{name} is no voice's file, or damaged.", name=path.name),
        say("Choose a file that ends in {suffix}.", suffix=SUFFIX),
        details,
    )
