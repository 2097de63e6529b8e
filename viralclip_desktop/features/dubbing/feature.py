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
            section="Export",
            label="Days to keep dubs",
            about="Older files of dubs in the data folder go when the next dub begins, or with “viralclip "
            "dub purge”. 0 keeps them for good.",
            low=0,
            high=36_500,
        ),
    ),
)
