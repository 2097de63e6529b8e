"""A recording as a project refers to it."""

from __future__ import annotations

from dataclasses import dataclass

from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.streams import AudioStream, ChannelUse, MediaInfo, VideoStream

__all__ = ["AudioStream", "ChannelUse", "MediaInfo", "Project", "Source", "VideoStream"]


@dataclass(frozen=True, slots=True)
class Source:
    """A project's reference to a recording. The file itself is never changed."""

    id: str
    project_id: str
    asset: Asset
    """The file; a recording's asset was always probed."""
    title: str
    audio_index: int | None
    """Index in ``info.audio`` of the track that is used; None when there is no sound."""
    created_at: float
    """Unix time, seconds."""

    @property
    def asset_id(self) -> str:
        """The asset's id, which parts of clips name."""
        return self.asset.id

    @property
    def path(self) -> str:
        """Where the file lies."""
        return self.asset.path

    @property
    def fingerprint(self) -> str:
        """By which the file is known again."""
        return self.asset.fingerprint

    @property
    def info(self) -> MediaInfo:
        """What is in the file. Raises ValueError for an asset that was never probed."""
        if self.asset.info is None:
            raise ValueError(f"asset {self.asset.id} was never probed")
        return self.asset.info

    @property
    def audio(self) -> AudioStream | None:
        """The sound track in use."""
        return None if self.audio_index is None else self.info.audio[self.audio_index]


@dataclass(frozen=True, slots=True)
class Project:
    """A piece of work: one or more sources and everything made from them."""

    id: str
    name: str
    created_at: float
    updated_at: float
