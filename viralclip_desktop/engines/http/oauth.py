"""Signing in to a service in the user's browser: OAuth 2 for native apps (RFC 8252) with PKCE (RFC 7636).

The browser comes back to a listener on 127.0.0.1; the tokens go into the system keyring.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.http.client import Http, stops_with
from viralclip_desktop.engines.http.faults import ServiceLacks, ServiceRefused
from viralclip_desktop.engines.http.loopback import ClosingPage, LoopbackListener
from viralclip_desktop.engines.http.policy import SYSTEM_CLOCK, Clock
from viralclip_desktop.engines.http.tokens import Tokens, TokenStore, tokens_of

_PATIENCE_S = 300.0  # to find a password and a second factor


@dataclass(frozen=True, slots=True)
class OAuthApp:
    """How a service lets people sign in, and as which app we ask."""

    authorise_url: str
    token_url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    """Some services give one to desktop apps too (it is then no secret, but wanted)."""
    scopes: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    """Further parameters of the page (``access_type=offline``)."""


async def sign_in(
    http: Http,
    app: OAuthApp,
    open_browser: Callable[[str], object],
    *,
    cancel: CancelToken | None = None,
    patience_s: float = _PATIENCE_S,
    page: ClosingPage = ClosingPage(),  # noqa: B008 - frozen
    clock: Clock = SYSTEM_CLOCK,
) -> Tokens:
    """Send the user to the service's page and wait until the browser comes back with a code for tokens.

    ``http``: the service, with its gate and policy; ``open_browser`` gets the address of the page. Raises
    EnvironmentLacks when the user says no or takes longer than ``patience_s`` seconds, or the answer is not
    to our question; Cancelled; and what a request raises.
    """
    http.check_gate()
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    async with LoopbackListener(state, page) as listener:
        open_browser(_page_url(app, listener.redirect_uri, state, verifier))
        try:
            async with stops_with(cancel), asyncio.timeout(patience_s):
                given = await listener.redirect()
        except TimeoutError:
            raise EnvironmentLacks(
                "Nobody signed in.", "Try again, and sign in on the page that opens."
            ) from None
        code = _code(http.service.name, given, state)
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": listener.redirect_uri,
            "code_verifier": verifier,
        }
    return await _exchange(http, app, asked, clock, cancel=cancel)


class Account:
    """A signed-in account: gives a token that works, renewed where needed. For one event loop."""

    def __init__(self, http: Http, app: OAuthApp, store: TokenStore, clock: Clock = SYSTEM_CLOCK) -> None:
        self._http, self._app, self._store, self._clock = http, app, store, clock
        self._renewing = asyncio.Lock()

    async def token(self, *, refused: str = "") -> str:
        """An access token. ``refused``: one that the service has just not accepted.

        Raises EnvironmentLacks when nobody is signed in any more, and what a request raises.
        """
        async with self._renewing:  # those who wait take what the first one got
            tokens = self._store.load()
            if tokens is None:
                raise self._signed_out()
            if tokens.is_fresh(self._clock.wall()) and tokens.access != refused:
                return tokens.access
            renewed = await self._renew(tokens)
            self._store.save(renewed)
            return renewed.access

    async def _renew(self, tokens: Tokens) -> Tokens:
        if not tokens.refresh:
            raise self._signed_out()
        asked = {"grant_type": "refresh_token", "refresh_token": tokens.refresh}
        try:
            return await _exchange(self._http, self._app, asked, self._clock, before=tokens)
        except (ServiceLacks, ServiceRefused) as error:
            if error.code != "invalid_grant":  # RFC 6749, 5.2: taken back, or too old
                raise
            self._store.forget()
            raise self._signed_out() from error

    def _signed_out(self) -> EnvironmentLacks:
        service = self._http.service.name
        return EnvironmentLacks(
            say("You are not signed in to {service}.", service=service), "Sign in again in the accounts."
        )


def s256(verifier: str) -> str:
    """The challenge of a verifier (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def _page_url(app: OAuthApp, redirect_uri: str, state: str, verifier: str) -> str:
    asked = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(app.scopes),
        "state": state,
        "code_challenge": s256(verifier),
        "code_challenge_method": "S256",
        **app.extra,
    }
    return f"{app.authorise_url}{'&' if '?' in app.authorise_url else '?'}{urlencode(asked)}"


def _code(service: str, given: dict[str, str], state: str) -> str:
    if not hmac.compare_digest(given.get("state", "").encode(), state.encode()):
        raise EnvironmentLacks(
            say("The answer from {service} does not belong to this sign-in.", service=service),
            "Try again, and close other sign-in pages first.",
        )
    if given.get("error") == "access_denied":
        raise EnvironmentLacks(
            say("{service} was not allowed to sign you in.", service=service), "Sign in again and allow it."
        )
    if not given.get("code"):
        said = given.get("error_description") or given.get("error", "")
        raise EnvironmentLacks(
            say("Signing in to {service} did not work.", service=service), "Try again.", said
        )
    return given["code"]


async def _exchange(
    http: Http,
    app: OAuthApp,
    asked: dict[str, str],
    clock: Clock,
    *,
    before: Tokens | None = None,
    cancel: CancelToken | None = None,
) -> Tokens:
    ours = {"client_id": app.client_id} | ({"client_secret": app.client_secret} if app.client_secret else {})
    answer = await http.request(
        "POST", app.token_url, data=asked | ours, headers={"accept": "application/json"}, cancel=cancel
    )
    return tokens_of(answer, clock.wall(), before)
