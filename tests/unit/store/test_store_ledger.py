"""What was paid is written down as it is, and added up by day and month."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from support import stored

from viralclip_desktop.domain.usage import Usage

NOON = datetime(2026, 11, 27, 12).astimezone().timestamp()
DAY_S = 86_400.0


def test_calls_are_kept_and_added_up(tmp_path: Path) -> None:
    calls = [
        Usage("use_1", NOON - 2 * DAY_S, "openai", "stt", "whisper-1", {"minute": 1.0}, 0.006),
        Usage("use_2", NOON, "openai", "llm", "gpt", {"token": 9.0}, 0.5, "job_1", "proj_1", "titles"),
    ]
    with stored.new_store(tmp_path) as store:
        for call in calls:
            store.usage.add(call)
        assert store.usage.list() == calls
        assert store.usage.list(since=NOON) == calls[1:]
        assert store.usage.spent(NOON).day_usd == pytest.approx(0.5)
        assert store.usage.spent(NOON).month_usd == pytest.approx(0.506)
