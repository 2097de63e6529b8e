"""Services of voices on loopback: the published requests and answers, and a voice that really speaks."""

from __future__ import annotations

import base64
import io
import json
import wave
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from support.loopback_http import Handler, Respond, answer

from viralclip_desktop.engines.tts import espeak

KEY = "sk-voices-0123456789abcdef"
RATE_HZ = 24_000


def spoken(text: str) -> tuple[np.ndarray, list[tuple[int, float]]]:
    """Mono samples with silence around them, as services send it, and of each word the character it begins at
    and the second."""
    data, rate, begins = espeak.spoken(text, "en-us", 175)
    samples = np.frombuffer(data, "<i2").astype(np.float64)
    at = np.arange(round(len(samples) * RATE_HZ / rate)) * (rate / RATE_HZ)
    silence = np.zeros(round(0.3 * RATE_HZ))
    sound = np.concatenate([silence, np.interp(at, np.arange(len(samples)), samples), silence])
    return sound.astype("<i2"), [(character, 0.3 + ms / 1000) for character, ms in begins]


def wav_of(samples: np.ndarray) -> bytes:
    """A mono WAV file."""
    with io.BytesIO() as file:
        with wave.open(file, "wb") as wav:
            wav.setnchannels(1)
            wav.setsampwidth(2)
            wav.setframerate(RATE_HZ)
            wav.writeframes(samples.tobytes())
        return file.getvalue()


def openai(handler: Handler) -> None:
    """OpenAI: ``audio/speech``."""
    asked = _asked(handler)
    if handler.headers["Authorization"] != f"Bearer {KEY}":
        told = {"message": "Incorrect API key provided.", "code": "invalid_api_key"}
        answer({"error": told}, 401)(handler)
    elif not urlsplit(handler.path).path.endswith("/audio/speech") or asked["response_format"] != "pcm":
        answer({"error": {"message": "Unknown request URL"}}, 404)(handler)
    elif len(asked["input"]) > 4096:
        answer({"error": {"message": "string too long", "code": "string_above_max_length"}}, 400)(handler)
    else:
        answer(spoken(asked["input"])[0].tobytes(), kind="audio/pcm")(handler)


def elevenlabs(handler: Handler) -> None:
    """ElevenLabs: models, voices in two pages, speech with the times of its letters."""
    path, query = urlsplit(handler.path).path, parse_qs(urlsplit(handler.path).query)
    if handler.headers["xi-api-key"] != KEY:
        answer({"detail": {"status": "invalid_api_key", "message": "Invalid API key"}}, 401)(handler)
    elif path == "/v1/models":
        languages = [{"language_id": code, "name": code} for code in ("en", "es", "pt-br", "fil")]
        answer([{"model_id": "eleven_multilingual_v2", "languages": languages}])(handler)
    elif path == "/v2/voices":
        answer(_page(query.get("next_page_token", [""])[0]))(handler)
    elif path.endswith("/with-timestamps") and query["output_format"] == ["pcm_24000"]:
        answer(_with_times(_asked(handler)["text"]))(handler)
    else:
        answer({"detail": "Not Found"}, 404)(handler)


def _page(token: str) -> dict[str, Any]:
    labels = {"accent": "american", "gender": "female", "age": "young", "language": "en"}
    first = {"voice_id": "21m00Tcm4TlvDq8ikWAM", "name": "Rachel", "labels": labels}
    second = {"voice_id": "XrExE9yKIg1WjnnlVkGX", "name": "Mía", "labels": {"language": "es"}}
    if not token:
        return {"voices": [first], "has_more": True, "next_page_token": "two", "total_count": 2}
    return {"voices": [second, {"voice_id": None}], "has_more": False, "next_page_token": None}


def _with_times(text: str) -> dict[str, Any]:
    samples, begins = spoken(text)
    end = len(samples) / RATE_HZ
    known = [(0, 0.3), *begins, (len(text), end - 0.3)]
    at = np.interp(np.arange(len(text) + 1), [one for one, _ in known], [second for _, second in known])
    alignment = {
        "characters": list(text),
        "character_start_times_seconds": [round(float(one), 3) for one in at[:-1]],
        "character_end_times_seconds": [round(float(one), 3) for one in at[1:]],
    }
    sound = base64.b64encode(samples.tobytes()).decode()
    return {"audio_base64": sound, "alignment": alignment, "normalized_alignment": None}


def deepgram(handler: Handler) -> None:
    """Deepgram: models, and speech as bare samples."""
    path, query = urlsplit(handler.path).path, parse_qs(urlsplit(handler.path).query)
    if handler.headers["Authorization"] != f"Token {KEY}":
        told = {"err_code": "INVALID_AUTH", "err_msg": "Invalid credentials.", "request_id": "r"}
        answer(told, 401)(handler)
    elif path == "/v1/models":
        about = {"accent": "American", "tags": ["feminine", "clear"]}
        thalia = {"name": "thalia", "canonical_name": "aura-2-thalia-en", "languages": ["en", "en-US"]}
        celeste = {"name": "celeste", "canonical_name": "aura-2-celeste-es", "languages": ["es"]}
        answer({"stt": [], "tts": [thalia | {"metadata": about}, celeste]})(handler)
    elif path == "/v1/speak" and query["encoding"] == ["linear16"] and query["container"] == ["none"]:
        answer(spoken(_asked(handler)["text"])[0].tobytes(), kind="audio/l16;rate=24000")(handler)
    else:
        answer(
            {"category": "INVALID_REQUEST", "message": "no such path", "details": "", "request_id": "r"}, 400
        )(handler)


def xtts(handler: Handler) -> None:
    """xtts-api-server."""
    path = urlsplit(handler.path).path
    if path == "/languages":
        answer({"languages": {"English": "en", "Spanish": "es", "Chinese": "zh-cn"}})(handler)
    elif path == "/speakers_list":
        answer(["calm_female", "male"])(handler)
    elif path == "/tts_to_audio/":
        asked = _asked(handler)
        if asked["language"] not in ("en", "es", "zh-cn"):
            answer({"detail": "Error: Language code sent is not supported"}, 500)(handler)
        else:
            answer(wav_of(spoken(asked["text"])[0]), kind="audio/wav")(handler)
    else:
        answer({"detail": "Not Found"}, 404)(handler)


SERVICES: dict[str, Respond] = {
    "openai": openai,
    "elevenlabs": elevenlabs,
    "deepgram": deepgram,
    "xtts": xtts,
}


def options_of(provider: str, url: str) -> dict[str, Any]:
    """The settings that lead a provider to the service on loopback."""
    return (
        {"openai_base_url": f"{url}/v1"} if provider == "openai" else {f"providers.{provider}.address": url}
    )


def secrets_of(provider: str) -> dict[str, str]:
    """The key that the service takes."""
    names: dict[str, str] = {"openai": "OPENAI_API_KEY", "xtts": ""}
    name = names.get(provider, f"{provider.upper()}_API_KEY")
    return {name: KEY} if name else {}


def _asked(handler: Handler) -> Any:
    return json.loads(handler.request_heard.body)


Serve = Callable[[Handler], None]
