"""What a worker process runs to compose: a piece into a file, and what it looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from viralclip_desktop.core.progress import ProgressEvent
from viralclip_desktop.features.common.outline import outline_of_wav
from viralclip_desktop.features.music.composing import compose_music
from viralclip_desktop.features.music.wishes import wishes_from

TARGET: Final = "viralclip_desktop.features.music.worker:run"


def run(data: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Compose what the ``settings`` of a request say into the file ``out``, and the stems into the folder
    ``stems`` where that is not empty. Returns ``composed`` and ``wave``, the outline of the sound. A cancel
    is the end of the process. Raises as :func:`compose_music`, and BadInput for settings that are none."""

    def tell(event: ProgressEvent) -> None:
        emit({"type": "progress", "stage": event.stage, "fraction": event.fraction})

    out, stems = Path(data["out"]), data.get("stems")
    made = compose_music(
        wishes_from(data["settings"]), out, stems=Path(stems) if stems else None, progress=tell
    )
    return {"composed": asdict(made), "wave": list(outline_of_wav(out))}
