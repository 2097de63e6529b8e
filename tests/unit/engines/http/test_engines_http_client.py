"""The HTTP room against a service on loopback: every trouble a service can make, told in one sentence."""

from __future__ import annotations

import asyncio
import gzip
import logging
import threading
from collections.abc import Iterator
from email.utils import formatdate

import pytest
from support.loopback_http import (
    FakeTime,
    LoopbackService,
    answer,
    cut,
    loopback_service,
    silent,
    streaming,
)

from viralclip_desktop.core.errors import BadInput, Cancelled, EnvironmentLacks, Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.http.answer import Answer
from viralclip_desktop.engines.http.client import Http, HttpSync, sdk_client
from viralclip_desktop.engines.http.faults import Trouble
from viralclip_desktop.engines.http.limiter import Rate, RateLimiter
from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.engines.http.service import Service

SECRET = "very-secret-token-0123456789"


@pytest.fixture
def loopback() -> Iterator[LoopbackService]:
    with loopback_service() as running:
        yield running


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


def service(loopback: LoopbackService, rate: Rate | None = None, **policy: float) -> Service:
    return Service(
        "Example",
        f"{loopback.url}/v1",
        {"Authorization": f"Bearer {SECRET}"},
        (SECRET,),
        Policy(**policy),  # type: ignore[arg-type]
        rate,
    )


def ask(
    loopback: LoopbackService,
    time: FakeTime,
    method: str = "GET",
    path: str = "/things",
    *,
    gate: NetworkGate | None = None,
    policy: dict[str, float] | None = None,
    **content: object,
) -> Answer:
    made = service(loopback, **(policy or {}))
    with HttpSync(made, gate or NetworkGate(), clock=time.clock) as http:
        return http.request(method, path, **content)


def trouble(loopback: LoopbackService, time: FakeTime, *args: str, **content: object) -> Fault:
    with pytest.raises(Fault) as caught:
        ask(loopback, time, *args, **content)  # type: ignore[arg-type]
    assert SECRET not in str(caught.value) + caught.value.details
    return caught.value


def test_an_answer_comes_with_its_values(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = answer({"name": "Ann", "lengths": [1, 2.5], "open": True})
    given = ask(loopback, time, "POST", "things", json={"q": 1}, params={"page": 2})
    assert given.value("name", kind=str) == "Ann"
    assert given.value("lengths", 0, kind=float) == 1.0
    (heard,) = loopback.heard
    assert (heard.method, heard.path, heard.body) == ("POST", "/v1/things?page=2", b'{"q":1}')
    assert heard.headers["Authorization"] == f"Bearer {SECRET}"


def test_the_key_goes_to_the_service_alone(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = answer({})
    other = loopback.url.replace("127.0.0.1", "localhost")
    ask(loopback, time, "GET", f"{other}/file")
    assert "Authorization" not in loopback.heard[0].headers


def test_a_redirect_is_followed_where_it_may_be_and_without_the_key(
    loopback: LoopbackService, time: FakeTime
) -> None:
    other = loopback.url.replace("127.0.0.1", "localhost")
    moved = answer(b"", 302, Location=f"{other}/file")
    loopback.script = [moved, answer({"n": 1}), moved]
    assert ask(loopback, time, follow=True).value("n", kind=int) == 1
    assert "Authorization" not in loopback.heard[1].headers
    assert "did not take" in str(trouble(loopback, time))
    loopback.usual = answer(b"", 302, Location=f"{loopback.url}/again")
    assert "did not take" in str(trouble(loopback, time, follow=True))
    assert len(loopback.heard) == 3 + 6


@pytest.mark.parametrize("body", [{}, [], "text", 5, None, {"name": None}, {"name": {"first": "Ann"}}])
def test_an_answer_without_what_was_asked_for_is_told(
    loopback: LoopbackService, time: FakeTime, body: object
) -> None:
    loopback.usual = answer(body)
    given = ask(loopback, time)
    with pytest.raises(EnvironmentLacks, match="Example gave an answer that makes no sense"):
        given.value("name", kind=str)


@pytest.mark.parametrize(
    "body", [b"<html><body>Welcome</body></html>", b"", b"\xff\xfe\x00", b'{"name": "An']
)
def test_garbage_and_pages_are_told(loopback: LoopbackService, time: FakeTime, body: bytes) -> None:
    loopback.usual = answer(body, kind="text/html")
    given = ask(loopback, time)
    with pytest.raises(EnvironmentLacks, match="makes no sense") as caught:
        given.json()
    assert "<html>" not in str(caught.value)


def test_a_file_has_to_be_one(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.script = [
        answer(b"RIFF", kind="audio/wav"),
        answer({"error": "no"}),
        answer(b"", kind="audio/wav"),
    ]
    assert ask(loopback, time).binary("audio/") == b"RIFF"
    for _ in range(2):
        given = ask(loopback, time)
        with pytest.raises(EnvironmentLacks, match="makes no sense"):
            given.binary("audio/")


def test_more_than_allowed_is_refused_before_it_fills_the_memory(
    loopback: LoopbackService, time: FakeTime
) -> None:
    packed = gzip.compress(bytes(3_000_000))
    assert len(packed) < 10_000
    for flood in (
        answer(bytes(3_000_000)),
        streaming(*[bytes(100_000)] * 30, kind="application/json"),
        answer(packed, Content_Encoding="gzip"),
    ):
        loopback.script = [flood]
        fault = trouble(loopback, time, policy={"most_bytes": 1_000_000})
        assert fault.message == "Example sent far more than was asked for."
    assert len(loopback.heard) == 3


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (
            401,
            {"error": {"message": "Wrong key", "code": "invalid_api_key"}},
            ("did not accept the key", EnvironmentLacks),
        ),
        (
            401,
            {"detail": {"status": "quota_exceeded", "message": "x"}},
            ("no credit left", EnvironmentLacks),
        ),
        (
            402,
            "pay",
            ("no credit left", EnvironmentLacks),
        ),
        (
            403,
            {"error": "forbidden"},
            ("does not allow this", EnvironmentLacks),
        ),
        (
            403,
            {"error": {"errors": [{"reason": "quotaExceeded", "message": "used up"}]}},
            ("no credit left", EnvironmentLacks),
        ),
        (
            404,
            {"message": "No such voice"},
            ("does not know what was asked for. No such voice", BadInput),
        ),
        (
            422,
            {"detail": [{"loc": ["text"], "msg": "field required"}]},
            ("take the request. field required", BadInput),
        ),
        (
            400,
            {"err_code": "BAD", "err_msg": "Bad model"},
            ("did not take the request. Bad model", BadInput),
        ),
        (
            400,
            "<html>nginx</html>",
            ("did not take the request. Check", BadInput),
        ),
        (
            429,
            {"error": {"code": "insufficient_quota"}},
            ("no credit left", EnvironmentLacks),
        ),
        (
            500,
            {"detail": "Error: boom"},
            ("has trouble at the moment", EnvironmentLacks),
        ),
        (
            302,
            "moved",
            ("did not take the request", BadInput),
        ),
    ],
)
def test_refusals_are_told_in_a_sentence(
    loopback: LoopbackService, time: FakeTime, status: int, body: object, told: tuple[str, type[Fault]]
) -> None:
    loopback.usual = answer(body, status)
    fault = trouble(loopback, time, "POST")
    assert told[0] in str(fault)
    assert isinstance(fault, told[1])
    assert "<" not in str(fault)
    assert len(loopback.heard) == 1, "a POST that may have been carried out is not sent twice"


def test_a_quoted_key_is_not_shown(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = answer({"error": {"message": f"Bad key {SECRET} or sk-abcdef"}}, 400)
    fault = trouble(loopback, time)
    assert "(key)" in str(fault)
    assert "sk-abc" not in str(fault) + fault.details


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Retry_After": "7"}, 7.0),
        ({"Retry_After": formatdate(1_000_011, usegmt=True)}, 11.0),
        ({"Retry_After": "3", "Retry_After_Ms": "250"}, 0.25),
        ({"Retry_After": formatdate(5, usegmt=True)}, 0.0),
        ({"Retry_After": "nan"}, 0.5),
        ({"Retry_After": "soon"}, 0.5),
        ({}, 0.5),
    ],
)
def test_a_rate_limit_is_waited_for_as_long_as_it_says(
    loopback: LoopbackService, time: FakeTime, headers: dict[str, str], waited: float
) -> None:
    loopback.script = [answer({"error": {"code": "rate_limit"}}, 429, **headers), answer({"ok": True})]
    assert ask(loopback, time, "POST").value("ok", kind=bool)
    assert sum(time.slept) == pytest.approx(waited)


def test_a_wait_beyond_patience_is_told_at_once(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = answer({}, 429, Retry_After="3600")
    assert "too many requests" in str(trouble(loopback, time))
    assert (len(loopback.heard), time.slept) == (1, [])


def test_waits_double_with_jitter_and_end(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = answer({}, 503)
    assert "trouble at the moment" in str(trouble(loopback, time, policy={"attempts": 4}))
    assert time.slept == [0.5, 1.0, 2.0]
    time.chance, time.slept = 1.0, []
    trouble(loopback, time, policy={"attempts": 4})
    assert time.slept == [0.25, 0.5, 1.0]


def test_the_whole_request_has_an_end(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = answer({}, 503, Retry_After="40")
    trouble(loopback, time, policy={"total_s": 100, "attempts": 50})
    assert time.slept == [40.0, 40.0]


def test_a_cut_connection_is_tried_again_where_that_does_no_harm(
    loopback: LoopbackService, time: FakeTime
) -> None:
    loopback.script = [cut(), cut(b'{"ok": '), answer({"ok": True})]
    assert ask(loopback, time).value("ok", kind=bool)
    loopback.script = [cut(b'{"ok": ')]
    assert "broke off" in str(trouble(loopback, time, "POST"))
    assert len(loopback.heard) == 4
    loopback.script = [cut(), answer({"ok": True})]
    assert ask(loopback, time, "POST", repeatable=True).value("ok", kind=bool)


def test_a_silent_service_is_told(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = silent()
    for limit in ({"read_s": 0.05}, {"total_s": 0.05}):
        assert "did not answer in time" in str(trouble(loopback, time, policy={"attempts": 1, **limit}))


def test_nobody_there_is_told(time: FakeTime) -> None:
    with loopback_service() as gone:
        pass
    fault = trouble(gone, time, policy={"attempts": 3})
    assert fault.message == "The connection to Example could not be made."
    assert len(time.slept) == 2


def test_offline_nothing_is_asked_and_the_switch_is_seen_between_attempts(
    loopback: LoopbackService, time: FakeTime
) -> None:
    assert "offline switch" in str(trouble(loopback, time, gate=NetworkGate(offline=True)))
    assert loopback.heard == []
    gate = NetworkGate()

    def switch_off(handler: object) -> None:
        gate.offline = True
        answer({}, 503)(handler)  # type: ignore[arg-type]

    loopback.script = [switch_off]
    assert "offline switch" in str(trouble(loopback, time, gate=gate))
    assert len(loopback.heard) == 1


def test_a_cancel_ends_a_wait_for_an_answer(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = silent()
    cancel = CancelToken()
    watcher = threading.Thread(target=lambda: (loopback.asked.wait(), cancel.cancel()))
    watcher.start()
    with pytest.raises(Cancelled):
        ask(loopback, time, cancel=cancel)
    watcher.join()
    with pytest.raises(Cancelled):
        ask(loopback, time, cancel=cancel)
    assert len(loopback.heard) == 1


def test_no_more_requests_than_allowed(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = answer({})
    made, limiter = service(loopback, Rate(2, 10.0)), RateLimiter()
    for _ in range(2):  # one limit, however many clients
        with HttpSync(made, NetworkGate(), clock=time.clock, limiter=limiter) as http:
            for _ in range(2):
                http.request("GET", "/things")
    assert time.slept == [10.0]


def test_a_pause_that_was_asked_for_holds_for_others_too() -> None:
    limiter = RateLimiter()
    limiter.hold("host", 105.0)
    assert limiter.reserve("host", 100.0) == 5.0
    assert limiter.reserve("other", 100.0) == 0.0
    assert limiter.reserve("host", 106.0) == 0.0


def test_many_at_once_on_one_loop(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = answer({"n": 1})

    async def all_of_them() -> list[Answer]:
        async with Http(service(loopback), NetworkGate(), clock=time.clock) as http:
            return await asyncio.gather(*(http.request("GET", f"/{n}") for n in range(20)))

    assert [one.value("n", kind=int) for one in asyncio.run(all_of_them())] == [1] * 20


EVENTS = 'data: {"a": 1}\n\nevent: done\r\nid: 7\r\ndata: é\r\ndata: two\r\n\r\n: ping\n\ndata: lost'.encode()


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_events_are_read_however_they_arrive(loopback: LoopbackService, time: FakeTime, size: int) -> None:
    parts = [EVENTS[at : at + size] for at in range(0, len(EVENTS), size)]
    loopback.usual = streaming(*parts)
    with HttpSync(service(loopback), NetworkGate(), clock=time.clock) as http:
        events = list(http.events("POST", "/stream", json={}))
    assert [(one.event, one.data, one.id) for one in events] == [
        ("message", '{"a": 1}', ""),
        ("done", "é\ntwo", "7"),
    ]


def test_a_stream_that_breaks_off_is_told_after_what_came(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = cut(b"data: one\n\ndata: tw", kind="text/event-stream")
    with HttpSync(service(loopback), NetworkGate(), clock=time.clock) as http:
        events = http.events("POST", "/stream")
        assert next(events).data == "one"
        with pytest.raises(EnvironmentLacks, match="broke off"):
            next(events)


def test_a_stream_that_falls_silent_is_told_and_can_be_cancelled(
    loopback: LoopbackService, time: FakeTime
) -> None:
    loopback.usual = streaming(b"data: one\n\n", then_wait=True)
    with HttpSync(service(loopback, read_s=0.05), NetworkGate(), clock=time.clock) as http:
        events = http.events("GET", "/stream")
        assert next(events).data == "one"
        with pytest.raises(EnvironmentLacks, match="did not answer in time"):
            next(events)
    cancel = CancelToken()
    with HttpSync(service(loopback), NetworkGate(), clock=time.clock) as http:
        events = http.events("GET", "/stream", cancel=cancel)
        next(events)
        threading.Timer(0, cancel.cancel).start()
        with pytest.raises(Cancelled):
            next(events)


def test_a_stream_has_to_be_one(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.script = [answer({"text": "all at once"}), answer({"error": {"message": "no"}}, 401)]
    with HttpSync(service(loopback), NetworkGate(), clock=time.clock) as http:
        with pytest.raises(EnvironmentLacks, match="makes no sense"):
            next(http.events("POST", "/stream"))
        with pytest.raises(EnvironmentLacks, match="did not accept the key"):
            next(http.events("POST", "/stream"))


def test_an_sdk_gets_the_same_policy(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.script = [answer({}, 429, Retry_After="2"), cut(), answer({"ok": True})]
    with sdk_client(service(loopback), NetworkGate(), clock=time.clock, repeatable=True) as client:
        assert client.post(f"{loopback.url}/v1/x", json={}).json() == {"ok": True}
    assert time.slept == [2.0, 1.0]
    shut = NetworkGate(offline=True)
    with sdk_client(service(loopback), shut) as client, pytest.raises(EnvironmentLacks, match="offline"):
        client.get(loopback.url)
    assert len(loopback.heard) == 3


def test_logs_hold_no_secret(
    loopback: LoopbackService, time: FakeTime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    loopback.usual = cut()
    trouble(loopback, time, "GET", f"/x?access_token={SECRET}&code=abcdefghij")
    assert caplog.records
    assert SECRET not in caplog.text
    assert "abcdefghij" not in caplog.text


def test_trouble_is_data_for_callers(loopback: LoopbackService, time: FakeTime) -> None:
    loopback.usual = answer({"error": {"code": "model_not_found", "message": "x"}}, 404)
    fault = trouble(loopback, time)
    assert (fault.trouble, fault.status, fault.code) == (Trouble.MISSING, 404, "model_not_found")  # type: ignore[attr-defined]
