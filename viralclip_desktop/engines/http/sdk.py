"""What the openai package's troubles are told as."""

from __future__ import annotations

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.engines.http.faults import Trouble, service_fault, status_fault
from viralclip_desktop.engines.http.service import Service


def openai_fault(service: Service, error: Exception) -> Fault:
    """The fault for an error of the openai package, without the key."""
    import openai

    if isinstance(error.__cause__, Fault):
        return error.__cause__
    if isinstance(error, openai.APIStatusError):
        return status_fault(service.name, error.status_code, error.response.content, service.secrets)
    return service_fault(service.name, Trouble.UNREADABLE, details=str(error), secrets=service.secrets)
