"""Speech models: what there is, getting one, removing it."""

from viralclip_desktop.features.models.installing import (
    INSTALL_MODEL,
    InstallModel,
    ModelInstalled,
    model_shop,
    start_install,
)

__all__ = ["INSTALL_MODEL", "InstallModel", "ModelInstalled", "model_shop", "start_install"]
