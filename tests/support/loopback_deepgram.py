"""Deepgram's transcription on loopback: the published request and answer."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from support.loopback_http import Handler, Respond, answer

KEY = "dg-test-0123456789abcdef"


def listened(
    words: Sequence[tuple[str, float, float]], language: str = "", speakers: Sequence[int] = ()
) -> dict[str, Any]:
    """An answer with these words; ``speakers``: who says each."""
    told: list[dict[str, Any]] = [
        {
            "word": word.lower().strip(".,?!"),
            "punctuated_word": word,
            "start": start,
            "end": end,
            "confidence": 0.97,
        }
        for word, start, end in words
    ]
    for one, speaker in zip(told, speakers, strict=False):
        one |= {"speaker": speaker, "speaker_confidence": 0.8}
    text = " ".join(word for word, _, _ in words)
    best = {"transcript": text, "confidence": 0.97, "words": told}
    channel = {"alternatives": [best]} | ({"detected_language": language} if language else {})
    metadata = {"request_id": "r", "duration": words[-1][2] if words else 0.0, "channels": 1}
    return {"metadata": metadata, "results": {"channels": [channel]}}


def listening(told: dict[str, Any]) -> Respond:
    """Checks a request as the service does, then answers ``told``."""

    def respond(handler: Handler) -> None:
        url = urlsplit(handler.path)
        query = parse_qs(url.query)
        if handler.headers["Authorization"] != f"Token {KEY}":
            refusal = {"err_code": "INVALID_AUTH", "err_msg": "Invalid credentials.", "request_id": "r"}
            answer(refusal, 401)(handler)
            return
        with wave.open(io.BytesIO(handler.service.heard[-1].body), "rb") as wav:
            assert (wav.getnchannels(), wav.getframerate()) == (1, 16_000)
        assert url.path == "/v1/listen"
        assert query["punctuate"] == ["true"]
        assert ("language" in query) != ("detect_language" in query)
        answer(told)(handler)

    return respond
