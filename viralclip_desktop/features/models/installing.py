"""Models on this machine, and installing one as a job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.engines.downloads.models import ModelShop
    from viralclip_desktop.engines.gate import NetworkGate


@dataclass(frozen=True)
class InstallModel:
    """Which model, by its name in the list of models."""

    model: str


@dataclass(frozen=True)
class ModelInstalled:
    """Where it lies now."""

    path: str


def model_shop(paths: DataPaths, gate: NetworkGate) -> ModelShop:
    """Speech models: list, install, remove, verify."""
    from viralclip_desktop.engines.downloads.models import ModelShop

    return ModelShop(paths.models, gate)


def start_install(services: Services, model: str) -> Job:
    """Queue the installation of a model."""
    return services.jobs.submit(INSTALL_MODEL, InstallModel(model), once=True)


def _install(services: Services, request: InstallModel, context: JobContext) -> ModelInstalled:
    shop = model_shop(services.paths, services.gate)
    return ModelInstalled(str(shop.install(request.model, context.progress, context.cancel)))


INSTALL_MODEL = JobKind("install_model", "download", InstallModel, ModelInstalled, _install)
