"""The Whisper models that can be installed, in the form faster-whisper reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CatalogueModel:
    """One model. ``size_bytes`` is about what is downloaded; the exact sizes and checksums come from the
    server at the time of installing."""

    id: str
    repo: str
    size_bytes: int
    note: str
    """Speed and quality, in words."""


# The repositories faster-whisper itself names for these models (its ``utils._MODELS``).
CATALOGUE: tuple[CatalogueModel, ...] = (
    CatalogueModel("tiny", "Systran/faster-whisper-tiny", 78_000_000, "fastest, rough; for a first look"),
    CatalogueModel("base", "Systran/faster-whisper-base", 148_000_000, "very fast, fair"),
    CatalogueModel("small", "Systran/faster-whisper-small", 486_000_000, "fast, good; the one to start with"),
    CatalogueModel("medium", "Systran/faster-whisper-medium", 1_530_000_000, "slow, very good"),
    CatalogueModel(
        "large-v3-turbo",
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        1_620_000_000,
        "as slow as small to medium, excellent; needs 4 GB of memory",
    ),
    CatalogueModel(
        "large-v3",
        "Systran/faster-whisper-large-v3",
        3_090_000_000,
        "slowest, the best; wants a graphics card",
    ),
)


def catalogue_model(model_id: str) -> CatalogueModel | None:
    """A model of the catalogue by its id."""
    return next((model for model in CATALOGUE if model.id == model_id), None)
