"""The graph on ffmpeg's command line."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

from viralclip_desktop.compose.graph import Graph
from viralclip_desktop.media.locate import ffmpeg_path

_LONG_GRAPH = 8000  # characters; Windows takes command lines of up to 32,767


def graph_args(graph: Graph, folder: Path, script: str | None = None) -> list[str]:
    """Inputs and filters as arguments; a long graph goes through a file in ``folder``."""
    text = script or graph.script
    if len(text) < _LONG_GRAPH:
        return [*graph.inputs, "-filter_complex", text]
    path = folder / f"graph_{blake2b(text.encode(), digest_size=8).hexdigest()}.txt"
    path.write_text(text, encoding="utf-8", newline="\n")
    option = "-/filter_complex" if _reads_options_from_files(str(ffmpeg_path())) else "-filter_complex_script"
    return [*graph.inputs, option, path.name]


@cache
def _reads_options_from_files(binary: str) -> bool:
    """ffmpeg 7 brought ``-/option file``, and later versions dropped ``-filter_complex_script``."""
    import subprocess

    answer = subprocess.run([binary, "-hide_banner", "-h", "long"], capture_output=True, check=False)
    return b"filter_complex_script" not in answer.stdout
