"""What translation declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.settings.declaration import feature_setting

FEATURE = Feature(
    "translation",
    settings=(
        feature_setting(
            "translation",
            "engine",
            "auto",
            section="Translation engines",
            label="Translation engine",
            about="Translates captions and dubs. “auto” takes one that costs nothing: a model on this "
            "computer, or a server of your own.",
        ),
    ),
)
