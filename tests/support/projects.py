"""Services on a fresh data folder, with a recording and some clips."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from support import stored

from viralclip_desktop.app import build_services
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, ClipBatch, Framing, Reason, parts_of
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.main_job import import_recording
from viralclip_desktop.media.locate import ffmpeg_path

SPOKEN = (
    "So here is the thing nobody tells you about the first year. You will be wrong about almost "
    "everything and that is fine. I lost three thousand dollars in one weekend because I trusted a "
    "spreadsheet. Why does that keep happening to smart people? Because a number on a screen feels "
    "like a fact. And then my neighbour said something I still think about every day. Ask who made "
    "the number before you ask what it says."
)

TITLES = (
    "The $3,000 weekend: what a spreadsheet taught me about trusting numbers that nobody has checked",
    "Ask who made the number",
    "Why smart people keep falling for it",
    "You will be wrong about almost everything",
    "ทำไมตัวเลขบนหน้าจอจึงดูเหมือนความจริง",
    "Nobody tells you this about the first year",
)

_QUESTION = "Why does that keep happening to smart people?"
_REASONS = (
    Reason("hook", 0.9, say("Opens with a question: “{quote}”", quote=_QUESTION)),
    Reason("value", 0.7, say("Says something the rest doesn’t: {listed}", listed="“spreadsheet”, “weekend”")),
    Reason("structure", 0.6, say("Ends on a lesson: “{quote}”", quote="Ask who made the number")),
    Reason(
        "energy",
        0.5,
        say("Louder and livelier than the rest of the talk by {louder} dB", louder=Number(3, 0)),
    ),
)


def make_services(folder: Path) -> Services:
    """Services with nothing in their store, of a user who decides."""
    stored.lay_database(folder / "home")
    services = build_services(DataPaths(folder / "home", folder / "models"))
    services.settings.set(hands_off=False)  # at a very first start it is on
    return services


def make_recording(path: Path, seconds: int = 24, picture: str = "testsrc2") -> Path:
    """A small 16:9 recording with a moving picture and a wavering tone."""
    tone = f"aevalsrc='0.4*sin(2*PI*220*t)*(0.4+0.6*abs(sin(2*PI*t/1.7)))':s=48000:d={seconds}"
    command = [
        str(ffmpeg_path()), "-v", "error", "-y",
        "-f", "lavfi", "-i", f"{picture}=s=640x360:r=30:d={seconds}", "-f", "lavfi", "-i", tone,
        "-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-pix_fmt", "yuv420p", "-c:a", "aac",
        "-shortest", str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def make_transcript(seconds: float, engine: str = "whisper", text: str = SPOKEN) -> Transcript:
    """The spoken text, spread evenly over a recording with a breath after each sentence."""
    texts, words, sentences, first = text.split(), [], [], 0
    step = seconds / (len(texts) + 1)
    for index, word in enumerate(texts):
        start = step * index
        closes = word[-1] in ".?"
        end = start + step * (0.6 if closes else 0.9)
        words.append(Word(word, Time.from_seconds(start), Time.from_seconds(end), 0.9))
        if closes:
            sentences.append(Sentence(first, index + 1))
            first = index + 1
    return Transcript(engine, "en", tuple(words), tuple(sentences))


def add_project(
    services: Services, recording: Path, clips: int = 4, engine: str = "whisper", text: str = SPOKEN
) -> Source:
    """Import a recording and give it words and clips, as the main job would."""
    source = import_recording(services, recording, ignore_progress, CancelToken())
    length = source.info.duration.seconds
    transcript = make_transcript(length, engine, text)
    batch = ClipBatch(new_id("batch"), source.id, {}, time.time())
    with services.store.transaction("Find clips", source.project_id, undoable=False) as tx:
        tx.put_transcript(source.id, transcript)
        tx.put(batch)
        for number in range(clips):
            tx.put(_clip(source, batch, transcript, number))
    return source


def _clip(source: Source, batch: ClipBatch, transcript: Transcript, number: int) -> Clip:
    length = source.info.duration.seconds
    start = (number * 3.1) % max(1.0, length - 9)
    within = TimeRange.from_seconds(start, min(length, start + 6 + number % 4))
    words = [word.text for word in transcript.words_between(within)]
    return Clip(
        id=new_id("clip"),
        project_id=source.project_id,
        source_id=source.id,
        batch_id=batch.id,
        rank=number + 1,
        parts=parts_of(source.asset_id, within),
        title=TITLES[number % len(TITLES)],
        score=max(12, 96 - 7 * number),
        reasons=_REASONS[: 4 - number % 3],
        quote_first=" ".join(words[:8]),
        quote_last=" ".join(words[-6:]),
        framing=Framing.CROP,
        created_at=time.time(),
        asset_id=source.asset_id,
    )
