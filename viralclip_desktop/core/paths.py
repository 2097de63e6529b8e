"""The data folder and what lies where in it. Nothing is created until somebody writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.core.files import from_home


@dataclass(frozen=True, slots=True)
class DataPaths:
    """Every place under the data folder (``VIRALCLIP_HOME``)."""

    home: Path
    models: Path
    videos: Path | None = None
    """The user's folder for finished clips, with readable names; None keeps them in the data folder."""

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str], default_home: Path, videos: Path | None = None
    ) -> DataPaths:
        """Read ``VIRALCLIP_HOME`` and ``VIRALCLIP_MODELS_DIR``; fall back to ``default_home``. With a data
        folder of one's own nothing is written outside it: ``videos`` counts only without one."""
        own = environ.get("VIRALCLIP_HOME")
        home = from_home(own or default_home).absolute()
        models = environ.get("VIRALCLIP_MODELS_DIR")
        models_folder = from_home(models).absolute() if models else home / "models"
        return cls(home, models_folder, None if own else videos)

    @property
    def database(self) -> Path:
        """The SQLite file with all projects."""
        return self.home / "app.db"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.home / "settings.json"

    @property
    def logs(self) -> Path:
        """Log files."""
        return self.home / "logs"

    @property
    def backups(self) -> Path:
        """Automatic copies of the database."""
        return self.home / "backups"

    @property
    def cache(self) -> Path:
        """Everything that can be made again: peaks, thumbnails, partial transcripts, render work."""
        return self.home / "cache"

    def source_cache(self, source_id: str) -> Path:
        """What was derived from one source (thumbnail, waveform peaks, partial transcript)."""
        return self.cache / "sources" / source_id

    def clip_exports(self, clip_id: str) -> Path:
        """Where the exports of one clip go without a folder for them: ``media/clips/{clip_id}``."""
        return self.home / "media" / "clips" / clip_id

    @property
    def audio_library(self) -> Path:
        """Sounds that the program made for the library."""
        return self.home / "media" / "audio" / "library"

    @property
    def segments(self) -> Path:
        """Segments of exported pictures, for the next export of what did not change."""
        return self.cache / "segments"

    @property
    def render_work(self) -> Path:
        """Scratch folders of running renders, one each, removed at their end."""
        return self.cache / "render"
