"""What this feature declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.settings.declaration import feature_setting

FEATURE = Feature(
    "exporting",
    settings=(
        feature_setting(
            "exporting",
            "kept_gb",
            2.0,
            section="Export",
            label="Kept for the next export",
            about="Room for finished pictures: of a changed clip only the change is encoded. 0 keeps none.",
            low=0,
            high=1000,
            unit="GB",
        ),
    ),
)
