"""Looks at everything the main job leans on. Each check runs the real thing, small."""

from __future__ import annotations

import platform
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from viralclip_desktop import __version__
from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.engines.sites.faults import OLD_DAYS
from viralclip_desktop.engines.stt.base import SttSetup

_LEAST_BYTES = 50_000_000  # less than one export
_ROOMY_BYTES = 2_000_000_000  # a ten-hour recording's cache and some exports fit into 2 GB


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``missing`` = the main job cannot run without it."""

    what: str
    state: Literal["good", "optional", "missing"]
    detail: str
    hint: str = ""


def check_all(paths: DataPaths, setup: SttSetup) -> list[Finding]:
    """All checks, in the order in which a newcomer would need them. Takes some seconds."""
    return [
        Finding("ViralClip Desktop", "good", f"{__version__}, Python {platform.python_version()}"),
        _data_folder(paths.home),
        _log(paths.logs),
        *_ffmpeg(),
        *_speech(setup),
        _voice(),
        _system_voices(paths),
        _faces(paths),
        _speakers(paths),
        _voices(paths),
        _background(paths),
        _noise(paths),
        _meaning(paths),
        _links(paths),
        _secrets(),
    ]


def _data_folder(home: Path) -> Finding:
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            free = shutil.disk_usage(home).free
    except OSError as error:
        hint = "Choose another folder with VIRALCLIP_HOME."
        return Finding("Data folder", "missing", f"{home} cannot be written ({error.strerror})", hint)
    if free < _LEAST_BYTES:
        return Finding("Data folder", "missing", f"{home}, the disk is full", "Free some space.")
    detail = f"{home}, {free / 1e9:.1f} GB free"
    hint = "" if free > _ROOMY_BYTES else "Free some space: exports need a few gigabytes."
    return Finding("Data folder", "good", detail, hint)


def _log(logs: Path) -> Finding:
    return Finding("Log file", "good", str(logs / "viralclip.log"))


def _ffmpeg() -> list[Finding]:
    from viralclip_desktop.media.encoders import choose
    from viralclip_desktop.media.locate import ffmpeg_path

    try:
        path = ffmpeg_path()
        command = [str(path), "-hide_banner", "-version"]
        banner = subprocess.run(command, capture_output=True, text=True, check=True)
        encoder = choose(None)
    except Fault as fault:
        return [Finding("ffmpeg", "missing", fault.message, fault.hint)]
    except (OSError, subprocess.CalledProcessError) as error:
        hint = "Unset FFMPEG_BIN to use the one that ships with ViralClip."
        return [Finding("ffmpeg", "missing", str(error), hint)]
    version = banner.stdout.split("\n", 1)[0].removeprefix("ffmpeg version ").split(" ")[0]
    findings = [Finding("ffmpeg", "good", f"{version} ({path})")]
    if "--enable-libass" not in banner.stdout:
        hint = "Use an ffmpeg built with libass, or unset FFMPEG_BIN."
        findings.append(Finding("Captions", "missing", "this ffmpeg cannot draw captions", hint))
    return [*findings, Finding("Video encoder", "good", encoder.name, encoder.note)]


def _speech(setup: SttSetup) -> list[Finding]:
    from viralclip_desktop.engines.registry import STT
    from viralclip_desktop.engines.stt.whisper_models import refused_models

    findings = []
    for standing in STT.standings(setup):
        name = f"Speech: {standing.info.name}"
        if standing.problem is None:
            findings.append(Finding(name, "good", "ready"))
        else:
            findings.append(Finding(name, "optional", standing.problem))
    if not any(finding.state == "good" for finding in findings):
        findings.append(Finding("Speech", "missing", "no speech engine works here"))
    hint = "Put the missing files there, or fetch it again with: viralclip models install"
    refused = refused_models(setup.models).items()
    return findings + [Finding(f"Model: {name}", "optional", why, hint) for name, (_, why) in refused]


def _voice() -> Finding:
    from viralclip_desktop.engines.tts.espeak import speak

    try:
        with tempfile.TemporaryDirectory() as folder:
            speak("Hello.", Path(folder) / "hello.wav")
    except Fault as fault:
        return Finding("Built-in voice", "optional", fault.message, fault.hint)
    return Finding("Built-in voice", "good", "espeak-ng")


def _system_voices(paths: DataPaths) -> Finding:
    from viralclip_desktop.engines.registry import TTS
    from viralclip_desktop.engines.tts.base import TtsSetup

    problem = TTS.make("system", TtsSetup(paths.models)).ready()
    if problem is None:
        return Finding("System voices", "good", "ready")
    return Finding("System voices", "optional", problem)


def _faces(paths: DataPaths) -> Finding:
    from viralclip_desktop.engines.registry import VISION
    from viralclip_desktop.engines.vision.base import VisionSetup

    try:
        finder = VISION.best(VisionSetup(paths.models))
    except Fault as fault:
        return Finding("Face finder", "optional", fault.message, fault.hint)
    return Finding("Face finder", "good", finder.name)


def _speakers(paths: DataPaths) -> Finding:
    from viralclip_desktop.engines.vision.lr_asd import BACK_FILE, FRONT_FILE, LrAsd

    if LrAsd(paths.models).ready() is None:
        return Finding("Who speaks", "good", "LR-ASD, and lips against sound")
    folder = paths.models / "lr-asd"
    better = f"Put {FRONT_FILE} and {BACK_FILE} into {folder} where listeners move their lips much."
    return Finding("Who speaks", "good", "lips against sound", better)


def _voices(paths: DataPaths) -> Finding:
    from viralclip_desktop.engines.voices.embedder import FOLDER, MODEL_FILE, VoiceEmbedder

    if VoiceEmbedder(paths.models).ready() is None:
        return Finding("Speakers", "good", "told apart by their voices")
    better = f"Put {MODEL_FILE} into {paths.models / FOLDER} to tell any number of speakers apart."
    return Finding("Speakers", "good", "two voices at most, guessed by pitch", better)


def _background(paths: DataPaths) -> Finding:
    from viralclip_desktop.engines.registry import SEPARATION
    from viralclip_desktop.engines.separation.base import SeparationSetup
    from viralclip_desktop.engines.separation.spleeter import BACKGROUND_FILE, FOLDER, VOICE_FILE

    best = SEPARATION.best(SeparationSetup(paths.models))
    if best.id == "spleeter":
        return Finding("Background of a dub", "good", best.name)
    better = f"Put {VOICE_FILE} and {BACKGROUND_FILE} into {paths.models / FOLDER} to keep music whole."
    return Finding("Background of a dub", "good", f"{best.name}; music suffers", better)


def _noise(paths: DataPaths) -> Finding:
    from viralclip_desktop.engines.denoising.base import DenoisingSetup
    from viralclip_desktop.engines.denoising.deepfilter import ARCHIVE, FOLDER
    from viralclip_desktop.engines.registry import DENOISING

    best = DENOISING.best(DenoisingSetup(paths.models))
    if best.id == "deepfilter":
        return Finding("Noise reduction", "good", best.name)
    better = f"Put {ARCHIVE} into {paths.models / FOLDER} for noise that comes and goes."
    return Finding("Noise reduction", "good", f"{best.name}; steady noise only", better)


def _links(paths: DataPaths) -> Finding:
    from viralclip_desktop.engines.sites.renewal import javascript_runtime, standing, wheel_folder

    found = standing(wheel_folder(paths.home), date.today())
    if not found.version:
        return Finding("Links", "optional", "yt-dlp is not installed", "Install it: pip install yt-dlp")
    detail = f"yt-dlp {found.version}, {found.age_days} days old"
    runtime = javascript_runtime(shutil.which)
    if not runtime:
        return Finding("Links", "good", detail, "Some sites need Deno, Node.js or QuickJS on the PATH.")
    old = "Sites change: viralclip links renew" if found.age_days >= OLD_DAYS else ""
    return Finding("Links", "good", f"{detail}, {runtime}", old)


def _meaning(paths: DataPaths) -> Finding:
    from viralclip_desktop.engines.meaning.minilm import MiniLm

    if MiniLm(paths.models).ready() is None:
        return Finding("Meaning", "good", "MiniLM (English), words for other languages")
    return Finding("Meaning", "good", "by words", "For English run: viralclip models install minilm")


def _secrets() -> Finding:
    from viralclip_desktop.settings.secrets import Secrets

    problem = Secrets().problem()
    if problem:
        return Finding("System keyring", "optional", problem, "Keys can be given as environment variables.")
    return Finding("System keyring", "good", "ready for keys of cloud services")
