"""What this feature declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.links.incoming import sweep_abandoned
from viralclip_desktop.settings.declaration import feature_setting

_SECTION = "Videos from sites"


FEATURE = Feature(
    "links",
    start=sweep_abandoned,
    settings=(
        feature_setting(
            "links",
            "quality",
            "1080",
            section=_SECTION,
            label="Largest picture",
            about="The most lines a fetched picture has where a site offers a choice.",
            choices=(
                ("480", "480p"),
                ("720", "720p"),
                ("1080", "1080p"),
                ("1440", "1440p"),
                ("2160", "2160p"),
                ("best", "The best there is"),
            ),
        ),
        feature_setting(
            "links",
            "subtitles",
            "",
            section=_SECTION,
            label="Subtitles of the site",
            about="A language such as en, whose subtitles become the transcript. Empty transcribes.",
        ),
        feature_setting(
            "links",
            "folder",
            "",
            section=_SECTION,
            label="Folder for fetched videos",
            about="Where videos from sites go. Empty keeps them in the data folder.",
            is_folder=True,
        ),
        feature_setting(
            "links",
            "renewal_address",
            "",
            section=_SECTION,
            label="Address of a newer yt-dlp",
            about="For “viralclip links renew”: a wheel of yt-dlp, ending in #sha256= and its checksum.",
        ),
    ),
)
