"""A small talk: real speech of the built-in voice over a moving picture, made once per test run."""

from __future__ import annotations

import wave
from pathlib import Path

from viralclip_desktop.engines.tts.espeak import speak
from viralclip_desktop.media.run import run_ffmpeg

# Only words that the small test model knows; no sentence has a word twice in a row.
SENTENCES = (
    "Hello people, welcome to my world.",
    "Today we play a new video clip.",
    "What is your secret?",
    "My secret is good music in the morning.",
    "Never stop the music.",
    "You start with one small picture.",
    "Now open the big red window.",
    "The river is always blue at night.",
    "Where is the yellow dog?",
    "The happy dog is in the garden with a cat.",
    "Nine people play in the green mountain water.",
    "Please close the computer and start the day.",
    "Money is time and time is money.",
)


def small_talk(path: Path, sentences: tuple[str, ...] = SENTENCES) -> Path:
    """Speak ``sentences`` with pauses of 0.7 s over a test picture (1280x720, 30 fps)."""
    sound = path.with_suffix(".wav")
    join_speech(sound, sentences)
    picture = "testsrc2=size=1280x720:rate=30"
    run_ffmpeg(
        [
            *("-f", "lavfi", "-i", picture, "-i", str(sound), "-shortest"),
            *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "60"),
            *("-c:a", "aac", "-b:a", "128k", "-y", f"file:{path}"),
        ]
    )
    sound.unlink()
    return path


def join_speech(out: Path, sentences: tuple[str, ...], pause_s: float = 0.7) -> Path:
    """One mono wav of all sentences, each followed by silence."""
    frames, rate = b"", 0
    for number, sentence in enumerate(sentences):
        part = out.with_name(f"{out.stem}-{number}.wav")
        speak(sentence, part, voice="en-us", rate_wpm=160)
        with wave.open(str(part), "rb") as spoken:
            rate = spoken.getframerate()
            frames += spoken.readframes(spoken.getnframes()) + bytes(2 * int(rate * pause_s))
        part.unlink()
    with wave.open(str(out), "wb") as joined:
        joined.setnchannels(1)
        joined.setsampwidth(2)
        joined.setframerate(rate)
        joined.writeframes(frames)
    return out
