"""Projects for tests of the store: a whole one with everything in it, and transcripts of any length."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.clip import Clip, ClipBatch, Framing, Part, Reason, parts_of
from viralclip_desktop.domain.exports import Export, ExportSettings, WorkState
from viralclip_desktop.domain.media import AudioStream, MediaInfo, Project, Source, VideoStream
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.store import Store, sqlite_url


class Clock:
    """A clock that moves when told."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def new_store(folder: Path, clock: Clock | None = None, *, empty_folder: bool = False) -> Store:
    """A store in a folder, with a backups folder beside it.

    A new database is a copy of one made earlier, unless the folder is to be left empty.
    """
    if not empty_folder:
        lay_database(folder)
    return Store(sqlite_url(folder / "app.db"), folder / "backups", clock=clock or Clock())


def lay_database(home: Path) -> None:
    """Put an empty database into a data folder that has none; to migrate one costs more than most tests."""
    if not (home / "app.db").exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / "app.db").write_bytes(_empty_database())


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        Store(sqlite_url(Path(folder) / "app.db")).__enter__().close()
        return (Path(folder) / "app.db").read_bytes()


def media_info() -> MediaInfo:
    """A minute of 1080p at 30000/1001 with sound."""
    size = Size(1920, 1080)
    rate = Fraction(30000, 1001)
    video = VideoStream(0, "h264", size, size, 0, Fraction(1), rate, False, "yuv420p", 8, False)
    audio = AudioStream(1, "aac", 2, "stereo", 48000, "eng")
    return MediaInfo("mov,mp4", Time.from_seconds(60), Time(0), video, (audio,), 12345)


def project(project_id: str = "proj_1", name: str = "Talk") -> Project:
    """A project."""
    return Project(project_id, name, 1.0, 2.0)


def asset(asset_id: str = "asset_1", **values: object) -> Asset:
    """A recording's file."""
    defaults: dict[str, object] = {
        "kind": AssetKind.RECORDING, "path": "/films/talk é.mp4", "title": "Talk", "fingerprint": "f" * 32,
        "info": media_info(), "created_at": 3.0,
    }  # fmt: skip
    return Asset(id=asset_id, **(defaults | values))  # type: ignore[arg-type]


def source(
    source_id: str = "src_1", project_id: str = "proj_1", title: str = "Talk", **values: object
) -> Source:
    """A recording with a file of its own; ``values`` are the file's."""
    own = asset(source_id.replace("src", "asset"), **({"title": title} | values))
    return Source(source_id, project_id, own, title, 0, 3.0)


def taken_in(store: Store, path: Path | str, kind: AssetKind = AssetKind.OTHER) -> str:
    """A file in the library, never read; its asset's id."""
    name = f"asset_{Path(path).name}"
    with store.transaction("Add file", undoable=False) as tx:
        tx.put(Asset(name, kind, str(path)))
    return name


def with_file(source: Source, **values: object) -> Source:
    """A recording whose file has other values."""
    return replace(source, asset=replace(source.asset, **values))  # type: ignore[arg-type]


def ranges(*bounds: tuple[float, float], asset_id: str = "asset_1") -> tuple[Part, ...]:
    """Parts of a recording, from and to in seconds."""
    return parts_of(asset_id, *(TimeRange.from_seconds(*pair) for pair in bounds))


def batch(batch_id: str = "batch_1", source_id: str = "src_1", created_at: float = 4.0) -> ClipBatch:
    """A run of the finder."""
    return ClipBatch(batch_id, source_id, {"count": 10, "min_length_s": 15.0}, created_at)


def clip(clip_id: str = "clip_1", source_id: str = "src_1", rank: int = 1, batch_id: str = "batch_1") -> Clip:
    """A clip."""
    return Clip(
        id=clip_id,
        project_id="proj_1",
        source_id=source_id,
        batch_id=batch_id,
        rank=rank,
        parts=ranges((5.25, 31.5), asset_id=source_id.replace("src", "asset")),
        title="Why “nobody” told me {this}",
        score=87,
        reasons=(Reason("hook", 0.9, "Opens with a question."), Reason("energy", 0.4, "Louder than usual.")),
        quote_first="Why did nobody tell me?",
        quote_last="ตอนนี้ฉันรู้แล้ว",
        framing=Framing.CROP,
        created_at=5.0,
        asset_id=source_id.replace("src", "asset"),
    )


def export(export_id: str = "exp_1", clip_id: str = "clip_1", **values: object) -> Export:
    """An export that waits."""
    defaults: dict[str, object] = {"status": WorkState.QUEUED, "settings": ExportSettings(fps=Fraction(25))}
    return Export(
        id=export_id, clip_id=clip_id, output_path="", created_at=6.0, updated_at=6.0, **(defaults | values)
    )  # type: ignore[arg-type]


def transcript(*sentences: str, engine: str = "whisper", language: str = "en") -> Transcript:
    """A transcript of some sentences, half a second a word."""
    words: list[Word] = []
    spans: list[Sentence] = []
    for text in sentences:
        first = len(words)
        for piece in text.split():
            at = Time.from_seconds(len(words) * 0.5)
            words.append(Word(piece, at, at + Time.from_seconds(0.4), 0.75))
        spans.append(Sentence(first, len(words)))
    return Transcript(engine, language, tuple(words), tuple(spans))


def long_transcript(words: int) -> Transcript:
    """A transcript of many words, ten to a sentence."""
    vocabulary = ["so", "this", "is", "what", "nobody", "told", "me", "about", "making", "short", "clips"]
    texts = [vocabulary[place * 7 % len(vocabulary)] for place in range(words)]
    return transcript(*(" ".join(texts[place : place + 10]) for place in range(0, words, 10)))


def fill(store: Store) -> None:
    """One project with everything in it, made in one transaction."""
    with store.transaction("Make project", "proj_1") as tx:
        tx.put(project())
        tx.put(source())
        tx.put_transcript("src_1", transcript("Why did nobody tell me?", "Now I know."))
        tx.put(batch())
        tx.put(clip())
        tx.put(export())
