"""What the finder of moments declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.settings.declaration import feature_setting

FEATURE = Feature(
    "moments",
    settings=(
        feature_setting(
            "moments",
            "language_model",
            "none",
            section="Language models",
            label="Language model",
            about="Chooses and titles moments. “auto” takes one that has a key or an address, “none” none.",
        ),
    ),
)
