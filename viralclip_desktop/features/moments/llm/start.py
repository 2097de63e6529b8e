"""The language model that is set up or was asked for, ready to be asked."""

from __future__ import annotations

import os

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.llm.base import LlmSetup
from viralclip_desktop.engines.registry import LLM, options_for
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.moments.llm.asking import Editor, chosen_model, llm_setup
from viralclip_desktop.settings.secrets import Secrets

SETTING = "moments.language_model"


def services_setup(services: Services) -> LlmSetup:
    """What language models are built from here: keys, addresses, the offline switch."""
    settings = services.settings
    return llm_setup(
        services.paths.models,
        offline=services.gate.offline,
        options={"openai_base_url": settings.values.openai_base_url} | options_for(LLM, settings.of_provider),
        secret=Secrets().get,
        environ=os.environ,
    )


def editor_for(services: Services, wanted: str | None, project_id: str, cancel: CancelToken) -> Editor | None:
    """The model that is ``wanted`` (None: as in the settings), or None for none.

    One that cannot be asked here is told and does without: the local finder needs none. Raises UsageError for
    an id that does not exist.
    """
    setup = services_setup(services)
    try:
        model = chosen_model(wanted or str(services.settings.value(SETTING)), setup)
    except EnvironmentLacks as lacking:
        told = say("{problem} The moments were chosen on this computer alone.", problem=say(lacking.message))
        services.notices.caution(told, lacking.hint)
        return None
    if model is None:
        return None
    return Editor(model, setup, services.ledger, services.notices, project_id, cancel)
