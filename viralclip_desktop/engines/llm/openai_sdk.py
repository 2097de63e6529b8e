"""The OpenAI protocol: whole answers through the openai package, streams as server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.http.faults import Trouble, service_fault
from viralclip_desktop.engines.http.policy import Clock
from viralclip_desktop.engines.http.sdk import openai_fault
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.llm.remote import as_dict, as_list, from_json

if TYPE_CHECKING:
    import openai

Ask = Callable[["openai.AsyncOpenAI"], Awaitable[Any]]
_NO_KEY = "none"  # servers of one's own ask for none, and the package wants one


async def whole_answer(
    service: Service, gate: NetworkGate, clock: Clock, ask: Ask, *, key: str = "", repeatable: bool = False
) -> dict[str, Any]:
    """What ``ask`` of the package (a raw response) gives, as JSON. Raises a Fault."""
    import openai

    from viralclip_desktop.engines.http.client import async_sdk_client

    http: Any = async_sdk_client(service, gate, clock=clock, repeatable=repeatable)
    client = openai.AsyncOpenAI(
        api_key=key or _NO_KEY,
        base_url=service.base_url or None,
        max_retries=0,  # the policy of our own client does that
        http_client=http,
    )
    try:
        async with client:
            data = from_json((await ask(client)).http_response.text)
    except (openai.OpenAIError, ValueError) as error:
        raise openai_fault(service, error) from error
    if not isinstance(data, dict):
        raise service_fault(service.name, Trouble.UNREADABLE, details="no JSON object")
    return data


async def streamed(
    service: Service, gate: NetworkGate, clock: Clock, path: str, body: dict[str, Any]
) -> AsyncIterator[dict[str, Any]]:
    """The objects of a stream. Raises a Fault, also in the middle. To be read to its end: what httpx leaves
    half read is not closed in time on the window's event loop."""
    from viralclip_desktop.engines.http.client import Http

    async with Http(service, gate, clock=clock) as http:
        async for event in http.events("POST", path, json={**body, "stream": True}):
            yield as_dict(from_json(event.data))  # "[DONE]" is an empty one


async def listed(service: Service, gate: NetworkGate, clock: Clock) -> list[str]:
    """The models that the service offers. Raises a Fault."""
    from viralclip_desktop.engines.http.client import Http

    async with Http(service, gate, clock=clock) as http:
        answer = await http.request("GET", "models")
    found = as_list(as_dict(answer.json()).get("data"))
    return sorted(str(one["id"]) for one in found if isinstance(one, dict) and one.get("id"))
