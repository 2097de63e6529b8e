"""Signing in through the browser, against an authorization server on loopback."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from support.loopback_http import FakeTime
from support.loopback_oauth import Browser, LoopbackOAuth, loopback_oauth

from viralclip_desktop.core.errors import Cancelled, EnvironmentLacks
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.http.client import Http
from viralclip_desktop.engines.http.loopback import ClosingPage
from viralclip_desktop.engines.http.oauth import Account, OAuthApp, s256, sign_in
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.http.tokens import Tokens, TokenStore

TIME = FakeTime()


class Kept:
    """Stands for the keyring."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def set(self, name: str, value: str) -> None:
        self.values[name] = value

    def remove(self, name: str) -> None:
        self.values.pop(name, None)


@pytest.fixture
def server() -> Iterator[LoopbackOAuth]:
    with loopback_oauth() as running:
        yield running


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    yield made
    made.close()


def app(server: LoopbackOAuth) -> OAuthApp:
    return OAuthApp(f"{server.url}/authorize?prompt=consent", f"{server.url}/token", "app", scopes=("a", "b"))


def run(server: LoopbackOAuth, browser: Browser, **how: Any) -> Tokens:
    async def whole() -> Tokens:
        gate = how.pop("gate", NetworkGate())
        async with Http(Service("Example"), gate, clock=TIME.clock) as http:
            return await sign_in(http, app(server), browser.open, clock=TIME.clock, **how)

    return asyncio.run(whole())


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert s256(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_signing_in_gives_tokens_and_a_page_that_can_be_closed(
    server: LoopbackOAuth, browser: Browser
) -> None:
    tokens = run(server, browser, page=ClosingPage("Fertig & gut.", "Nein."))
    browser.close()
    assert (tokens.access, tokens.refresh) == ("access-token-1", "refresh-token")
    assert tokens.expires_at == TIME.now + 3600
    assert server.asked["scope"] == "a b"
    assert server.asked["prompt"] == "consent"
    ((status, page),) = browser.shown
    assert status == 200
    assert "Fertig &amp; gut." in page
    assert "access-token" not in repr(tokens)


def test_icons_do_not_count_and_a_second_redirect_is_turned_away(server: LoopbackOAuth) -> None:
    browser = Browser(before=("/favicon.ico", "/"), twice=True)
    assert run(server, browser).access == "access-token-1"
    browser.close()
    assert [status for status, _page in browser.shown][:3] == [404, 404, 200]
    assert browser.shown[3][0] in (404, 0)
    assert len(server.exchanges) == 1


@pytest.mark.parametrize(
    ("back", "sentence"),
    [
        ({"code": "code-1", "state": "another"}, "does not belong to this sign-in"),
        ({"code": "code-1"}, "does not belong to this sign-in"),
        ({"error": "access_denied", "state": "ours"}, "was not allowed to sign you in"),
        ({"error": "server_error", "state": "ours"}, "did not work"),
        ({"state": "ours"}, "did not work"),
        ({"code": "stolen", "state": "ours"}, "did not take the request"),
    ],
)
def test_what_goes_wrong_is_told_and_gives_no_tokens(
    server: LoopbackOAuth, browser: Browser, back: dict[str, str], sentence: str
) -> None:
    server.consent = lambda asked: back | ({"state": asked["state"]} if back.get("state") == "ours" else {})
    with pytest.raises(Exception, match=sentence):
        run(server, browser)
    assert server.given == 0
    browser.close()
    assert browser.shown[0][0] == (200 if back.get("code") == "stolen" else 400)


def test_nobody_signs_in(server: LoopbackOAuth) -> None:
    opened: list[str] = []

    class Closed(Browser):
        def open(self, url: str) -> None:
            opened.append(url)

    with pytest.raises(EnvironmentLacks, match="Nobody signed in"):
        run(server, Closed(), patience_s=0.02)
    cancel = CancelToken()

    class Cancels(Browser):
        def open(self, url: str) -> None:
            threading.Timer(0, cancel.cancel).start()

    with pytest.raises(Cancelled):
        run(server, Cancels(), cancel=cancel)
    with pytest.raises(EnvironmentLacks, match="offline switch"):
        run(server, Closed(), gate=NetworkGate(offline=True))
    assert len(opened) == 1


def test_a_browser_that_connects_and_says_nothing_holds_nothing_up(server: LoopbackOAuth) -> None:
    class Preconnects(Browser):
        def open(self, url: str) -> None:
            port = int(url.split("127.0.0.1%3A")[1].split("%2F", maxsplit=1)[0])
            self.silent = socket.create_connection(("127.0.0.1", port))
            super().open(url)

    browser = Preconnects()
    assert run(server, browser).access == "access-token-1"
    browser.silent.close()
    browser.close()


def account(server: LoopbackOAuth, kept: Kept, work: Any) -> Any:
    async def whole() -> Any:
        async with Http(Service("Example"), NetworkGate(), clock=TIME.clock) as http:
            store = TokenStore(kept, "example:1")
            return await work(Account(http, app(server), store, TIME.clock), store)

    return asyncio.run(whole())


def test_a_token_is_renewed_once_for_all_who_wait(server: LoopbackOAuth) -> None:
    kept = Kept()
    server.given = 1

    async def work(one: Account, store: TokenStore) -> list[str]:
        store.save(Tokens("old", "refresh-token", TIME.now + 59))
        return [*await asyncio.gather(*(one.token() for _ in range(5))), await one.token()]

    assert account(server, kept, work) == ["access-token-2"] * 6
    assert len(server.exchanges) == 1
    stored = TokenStore(kept, "example:1").load()
    assert stored is not None
    assert (stored.access, stored.refresh) == ("access-token-2", "refresh-token")
    assert list(kept.values) == ["oauth:example:1"]


def test_a_refused_token_is_renewed_although_it_looks_fresh(server: LoopbackOAuth) -> None:
    server.given = 1

    async def work(one: Account, store: TokenStore) -> tuple[str, str]:
        store.save(Tokens("good", "refresh-token", TIME.now + 3600))
        return await one.token(), await one.token(refused="good")

    assert account(server, Kept(), work) == ("good", "access-token-2")


@pytest.mark.parametrize("tokens", [None, Tokens("old", "", 0.0), Tokens("old", "taken back", 0.0)])
def test_who_is_signed_out_is_told(server: LoopbackOAuth, tokens: Tokens | None) -> None:
    kept = Kept()

    async def work(one: Account, store: TokenStore) -> str:
        if tokens:
            store.save(tokens)
        return await one.token()

    with pytest.raises(EnvironmentLacks, match="You are not signed in to Example"):
        account(server, kept, work)
    assert tokens is None or not tokens.refresh or kept.values == {}
