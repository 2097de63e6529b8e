"""The ledger of paid calls and the budgets that stop them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.domain.usage import Budgets, OverBudget, day_and_month
from viralclip_desktop.engines.ledger import Ledger
from viralclip_desktop.engines.provider import Cost, ProviderInfo
from viralclip_desktop.store.store import Store

NOW = datetime(2026, 11, 27, 12, 0).astimezone().timestamp()
DAY_S = 24 * 3600.0
INFO = ProviderInfo("example", "Example", "stt", costs=(Cost("minute", 0.01),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path / 'app.db'}") as opened:
        yield opened


def ledger(store: Store, day: float = 1.0, month: float = 5.0, at: float = NOW) -> Ledger:
    return Ledger(store.usage, lambda: Budgets(day, month), lambda: at)


def test_what_was_really_used_is_written_down(store: Store) -> None:
    with ledger(store).paying(INFO, {"minute": 50}, model="m", project_id="p", note="Talk") as payment:
        assert store.usage.spent(NOW).day_usd == pytest.approx(0.5), "others have to see what is under way"
        assert "estimate" in store.usage.list()[0].note
        payment.add({"minute": 10})
        payment.add({"minute": 2.5})
    (call,) = store.usage.list()
    assert (call.provider, call.kind, call.model, call.project_id) == ("example", "stt", "m", "p")
    assert (call.units, call.note, call.at) == ({"minute": 12.5}, "Talk", NOW)
    assert call.cost_usd == pytest.approx(0.125)


def test_over_the_budget_nothing_is_begun(store: Store) -> None:
    with ledger(store).paying(INFO, {"minute": 90}) as payment:
        payment.add({"minute": 90})
    with pytest.raises(OverBudget, match=r"about \$0.11, and \$0.10 of today's budget is left") as caught:
        ledger(store).paying(INFO, {"minute": 11}).__enter__()
    assert isinstance(caught.value, EnvironmentLacks)
    assert "budget in the settings" in caught.value.hint
    assert len(store.usage.list()) == 1
    with ledger(store).paying(INFO, {"minute": 10}) as payment:
        payment.add({"minute": 10})


def test_a_new_day_has_its_own_budget_and_the_month_goes_on(store: Store) -> None:
    for day in range(3):
        with ledger(store, at=NOW + day * DAY_S, month=2.5).paying(INFO, {"minute": 80}) as payment:
            payment.add({"minute": 80})
    with pytest.raises(OverBudget, match=r"\$0.10 of this month's budget is left"):
        ledger(store, at=NOW + 3 * DAY_S, month=2.5).paying(INFO, {"minute": 11}).__enter__()
    with ledger(store, at=NOW + 10 * DAY_S, month=2.5).paying(INFO, {"minute": 11}):
        pass  # December


def test_a_call_that_fails_costs_what_it_used(store: Store) -> None:
    for used in (0, 4):
        with suppress(ValueError), ledger(store).paying(INFO, {"minute": 9}) as payment:
            if used:
                payment.add({"minute": used})
            raise ValueError("broken")
    (call,) = store.usage.list()
    assert call.units == {"minute": 4}


def test_what_is_free_is_not_written_down(store: Store) -> None:
    free = ProviderInfo("free", "Free", "stt")
    with ledger(store, day=0).paying(free, {"minute": 1000}) as payment:
        payment.add({"minute": 1000})
    assert store.usage.list() == []


def test_two_who_ask_at_once_do_not_spend_the_same_money(store: Store) -> None:
    barrier, begun = threading.Barrier(8), []

    def spend() -> None:
        barrier.wait()
        try:
            with ledger(store).paying(INFO, {"minute": 30}) as payment:
                payment.add({"minute": 30})
                begun.append(1)
        except OverBudget:
            pass

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(begun) == 3
    assert store.usage.spent(NOW).day_usd == pytest.approx(0.9)


def test_days_and_months_are_those_of_the_calendar_here() -> None:
    day, month = day_and_month(NOW)
    assert datetime.fromtimestamp(day).astimezone().isoformat()[:19] == "2026-11-27T00:00:00"
    assert datetime.fromtimestamp(month).astimezone().isoformat()[:19] == "2026-11-01T00:00:00"


def test_it_is_no_part_of_undo_and_outlives_the_project(store: Store) -> None:
    with ledger(store).paying(INFO, {"minute": 1}, project_id="gone") as payment:
        payment.add({"minute": 1})
    assert store.undo("gone") is None
    assert len(store.usage.list(NOW - 1, NOW + 1)) == 1
    assert store.usage.list(NOW + 1) == []
