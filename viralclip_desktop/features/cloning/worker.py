"""What a worker process runs to measure samples: each is told as soon as it is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from viralclip_desktop.core import messages
from viralclip_desktop.core.errors import Fault
from viralclip_desktop.features.cloning.quality import check_sample
from viralclip_desktop.features.common.outline import outline

TARGET: Final = "viralclip_desktop.features.cloning.worker:run"


def run(data: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Measure the files in ``paths``. Of each a message is sent: what was measured and the outline of its
    ``wave``, or the ``fault`` and its ``hint`` where it has no sound. A cancel is the end of the process."""
    for path in data["paths"]:
        emit({"path": path} | _measured(Path(path)))
    return {}


def _measured(path: Path) -> dict[str, Any]:
    try:
        quality, samples = check_sample(path)
    except Fault as fault:
        return {"fault": messages.dumps(fault.message), "hint": messages.dumps(fault.hint)}
    plain = asdict(quality) | {
        "path": str(path),
        "verdict": str(quality.verdict),
        "reasons": [messages.dumps(reason) for reason in quality.reasons],
    }
    return {"quality": plain, "wave": list(outline(samples))}
