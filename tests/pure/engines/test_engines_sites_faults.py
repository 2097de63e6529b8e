"""What yt-dlp says, and the sentence it becomes. The texts are its own and those of sites."""

from __future__ import annotations

import pytest

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.engines.sites.faults import Advice, site_fault

YOUTUBE_HINT = (
    "Use --cookies-from-browser or --cookies for the authentication. See  "
    "https://github.com/yt-dlp/yt-dlp/wiki/FAQ#how-do-i-pass-cookies-to-yt-dlp  for how to pass cookies"
)
PRIVATE = "This video is private."
GONE = "There is no video at this address any more."
AGE = "site.example shows this video only to viewers whose age it knows."
COUNTRY = "This video is not shown in your country."
LATER = "This video has not begun yet."
MEMBERS = "This video is for members or subscribers of site.example."
SIGNED_IN = "site.example shows this video only to those who are signed in."
NO_NETWORK = "site.example cannot be reached."
BROKEN_OFF = "The download broke off."
NONE_HERE = "There is no video that can be fetched at this address."
PERSON = "site.example wants to see a person before it shows this video."


@pytest.mark.parametrize(
    ("text", "sentence", "kind"),
    [
        (
            f"[youtube] abc: Private video. Sign in if you've been granted access to this video. "
            f"{YOUTUBE_HINT}",
            PRIVATE,
            BadInput,
        ),
        ("[youtube] abc: Private video", PRIVATE, BadInput),
        (
            "[youtube] abc: Video unavailable. This video is no longer available because the YouTube account "
            "associated with this video has been terminated.",
            GONE,
            BadInput,
        ),
        ("[youtube] abc: Video unavailable. This video has been removed by the uploader", GONE, BadInput),
        ("[youtube] abc: Video unavailable. This video is not available", GONE, BadInput),
        ("[vk] 1_2: Video 1_2 is no longer available", GONE, BadInput),
        (
            "[generic] no: Unable to download webpage: HTTP Error 404: Not Found (caused "
            "by <HTTPError 404: Not "
            "Found>)",
            GONE,
            BadInput,
        ),
        (
            "[youtube] abc: Sign in to confirm your age. This video may be inappropriate for some users. "
            f"{YOUTUBE_HINT}",
            AGE,
            BadInput,
        ),
        ("[bilibili] abc: Age-restricted; requires authentication", AGE, BadInput),
        (
            "[youtube] abc: Video unavailable. The uploader has not made this video "
            "available in your country",
            COUNTRY,
            BadInput,
        ),
        (
            "[svt] abc: This video is not available from your location due to geo restriction",
            COUNTRY,
            BadInput,
        ),
        ("[youtube] abc: This live event will begin in 3 hours.", LATER, BadInput),
        ("[youtube] abc: Premieres in 20 hours", LATER, BadInput),
        ("[facebook] abc: Live event has not yet started", LATER, BadInput),
        ("[twitch:stream] abc: The channel is not currently live", LATER, BadInput),
        (
            "[youtube] abc: Join this channel to get access to members-only content like "
            "this video, and other "
            "exclusive perks.",
            MEMBERS,
            BadInput,
        ),
        ("[vlive] abc: This video is for premium members only", MEMBERS, BadInput),
        (f"[youtube] abc: Sign in to confirm you’re not a bot. {YOUTUBE_HINT}", PERSON, BadInput),
        (
            "[site] abc: This video is only available for registered users. Use "
            "--cookies, --cookies-from-browser, "
            "--username and --password, --netrc-cmd, or --netrc (site) to provide account credentials",
            SIGNED_IN,
            BadInput,
        ),
        (
            "[vimeo] 1: This video is protected by a password, use the --video-password option",
            "This video is protected by a password.",
            BadInput,
        ),
        (
            "[site] abc: This video is DRM protected",
            "This video is protected against copying (DRM).",
            BadInput,
        ),
        (
            "[generic] x: Unable to download webpage: [Errno -2] Name or service not known (caused by "
            "TransportError('[Errno -2] Name or service not known'))",
            NO_NETWORK,
            EnvironmentLacks,
        ),
        (
            "[youtube:tab] x: Unable to download API page: "
            "<urllib3.connection.HTTPSConnection object at 0x7f>: "
            "Failed to resolve 'www.youtube.com' ([Errno -3] Temporary failure in name "
            "resolution) (caused by "
            "TransportError(...))",
            NO_NETWORK,
            EnvironmentLacks,
        ),
        (
            "[generic] x: Unable to download webpage: [Errno 111] Connection refused (caused by "
            "TransportError('[Errno 111] Connection refused'))",
            NO_NETWORK,
            EnvironmentLacks,
        ),
        ("unable to download video data: The read operation timed out", BROKEN_OFF, EnvironmentLacks),
        ("content too short (expected 100000 bytes and served 700)", BROKEN_OFF, EnvironmentLacks),
        (
            "[download] Got error: 300 bytes read, 700 more expected. Giving up after 3 retries",
            BROKEN_OFF,
            EnvironmentLacks,
        ),
        (
            "unable to download video data: HTTP Error 403: Forbidden",
            "site.example does not give this video out.",
            BadInput,
        ),
        ("Unsupported URL: https://site.example/page", NONE_HERE, BadInput),
        ("[generic] 'foo' is not a valid URL", NONE_HERE, BadInput),
        ("[site] abc: No video formats found!", NONE_HERE, BadInput),
        ("[twitter] 1: No video could be found in this tweet", NONE_HERE, BadInput),
        ("unable to write data: [Errno 28] No space left on device", "The disk is full.", EnvironmentLacks),
        (
            "[instagram] abc: Unable to download JSON metadata: HTTP Error 429: Too Many Requests",
            "site.example wants fewer requests.",
            EnvironmentLacks,
        ),
        (
            "Postprocessing: Conversion failed!",
            "Picture and sound of this video could not be joined.",
            EnvironmentLacks,
        ),
        (
            "[site] abc: Unable to extract player data; please report this issue on  "
            "https://github.com/yt-dlp/yt-dlp/issues?q= , filling out the appropriate issue template.",
            "site.example could not be read.",
            BadInput,
        ),
    ],
)
def test_each_failure_is_one_sentence_with_what_to_do(text, sentence, kind) -> None:
    fault = site_fault(text, "site.example")
    assert fault.message == sentence
    assert type(fault) is kind
    assert fault.hint.endswith(".")
    assert fault.details == text


def test_the_kind_of_an_exception_counts_as_well() -> None:
    assert site_fault("The video is not for you", "site.example", "GeoRestrictedError").message == COUNTRY


def test_where_the_site_may_have_changed_an_old_yt_dlp_is_named() -> None:
    refused = "unable to download video data: HTTP Error 403: Forbidden"
    old, fresh = Advice(age_days=150), Advice(age_days=20)
    assert site_fault(refused, "site.example", advice=old).hint == (
        "yt-dlp is 150 days old, and sites change: run “viralclip links renew” and try again."
    )
    assert "old" not in site_fault(refused, "site.example", advice=fresh).hint
    assert "old" not in site_fault("[youtube] abc: Private video", "site.example", advice=old).hint


def test_a_missing_javascript_runtime_is_named_first() -> None:
    advice = Advice(needs_runtime=True, age_days=150)
    assert site_fault("[youtube] abc: No video formats found!", "youtube.com", advice=advice).hint == (
        "This site needs a JavaScript runtime: install Deno, Node.js or QuickJS and try again."
    )
