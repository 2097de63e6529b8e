"""Networks in ONNX files, run on the processor."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say

_ERRORS_ONLY = 3


def onnx_problem(model: Path) -> str | None:
    """None if a model can be run here, else why not, in one sentence. Loads nothing."""
    if find_spec("onnxruntime") is None:
        return "The package onnxruntime is missing. Install the program again."
    if not model.is_file():
        return say(
            "Its model is not installed. Put {name} into the folder {parent}.",
            name=model.name,
            parent=model.parent,
        )
    return None


def onnx_session(model: Path, *, threads: int = 1) -> Any:
    """A model ready to run on so many threads. Raises EnvironmentLacks for one that is missing or damaged."""
    problem = onnx_problem(model)
    if problem:
        raise EnvironmentLacks(say("{name} cannot be used.", name=model.name), problem)
    return session_of(str(model), model, threads=threads)


def session_of(network: str | bytes, model: Path, *, threads: int = 1) -> Any:
    """A network ready to run: a file, or what it holds; ``model`` is the file it is from. Raises
    EnvironmentLacks for one that is damaged."""
    # From 1.29 on it reports its use to its maker unless this is set before it is loaded.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Networks this small lose more in handing work to threads than they gain; who has two looks at two at
    # once.
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = _ERRORS_ONLY  # old model files bring hundreds of warnings about themselves
    try:
        return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # what onnxruntime raises has no class of its own to catch
        hint = say(
            "Put a whole {name} into the folder {parent}, or remove the file.",
            name=model.name,
            parent=model.parent,
        )
        raise EnvironmentLacks(say("{name} cannot be read.", name=model.name), hint, str(error)) from error
