"""What dubbing declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.settings.declaration import feature_setting

FEATURE = Feature(
    "dubbing",
    settings=(
        feature_setting(
            "dubbing",
            "keep_days",
            0,
            section="Files of dubs",
            label="Days to keep them",
            about="Older ones in the data folder are deleted when the next dub begins, or by “viralclip dub "
            "purge”. 0 keeps them for good.",
            low=0,
            high=36_500,
        ),
    ),
)
