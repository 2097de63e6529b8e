"""What every provider says about itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProviderInfo:
    """A provider, as shown to the user and asked by the program."""

    id: str
    """Short, lower case, stable: it is stored with results and typed on the command line."""
    name: str
    kind: str
    """``stt``, ``tts``, ``llm``..."""
    offline: bool
    """Whether it works without the network."""
    needs: tuple[str, ...] = ()
    """What must be there, in the user's words ("a Whisper model", "an OpenAI key")."""
    capabilities: tuple[str, ...] = ()
    """What it can do: ``word_times``, ``punctuation``, ``detect_language``, ``draft``, ``any_language``."""
    cost: str = "free"
    """What it costs, in the user's words."""
