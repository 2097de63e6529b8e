"""Languages by their codes and English names, as Whisper's tokenizer and OpenAI's answers have them."""

from __future__ import annotations

_NAMES = """
en english, zh chinese, de german, es spanish, ru russian, ko korean, fr french, ja japanese, pt portuguese,
tr turkish, pl polish, ca catalan, nl dutch, ar arabic, sv swedish, it italian, id indonesian, hi hindi,
fi finnish, vi vietnamese, he hebrew, uk ukrainian, el greek, ms malay, cs czech, ro romanian, da danish,
hu hungarian, ta tamil, no norwegian, th thai, ur urdu, hr croatian, bg bulgarian, lt lithuanian, la latin,
mi maori, ml malayalam, cy welsh, sk slovak, te telugu, fa persian, lv latvian, bn bengali, sr serbian,
az azerbaijani, sl slovenian, kn kannada, et estonian, mk macedonian, br breton, eu basque, is icelandic,
hy armenian, ne nepali, mn mongolian, bs bosnian, kk kazakh, sq albanian, sw swahili, gl galician, mr marathi,
pa punjabi, si sinhala, km khmer, sn shona, yo yoruba, so somali, af afrikaans, oc occitan, ka georgian,
be belarusian, tg tajik, sd sindhi, gu gujarati, am amharic, yi yiddish, lo lao, uz uzbek, fo faroese,
ht haitian creole, ps pashto, tk turkmen, nn nynorsk, mt maltese, sa sanskrit, lb luxembourgish, my myanmar,
bo tibetan, tl tagalog, mg malagasy, as assamese, tt tatar, haw hawaiian, ln lingala, ha hausa, ba bashkir,
jw javanese, su sundanese, yue cantonese
"""

LANGUAGE_NAMES: dict[str, str] = {
    entry.split()[0]: " ".join(entry.split()[1:]) for entry in _NAMES.split(",")
}
"""English name, in lower case, by code."""

_CODES = {name: code for code, name in LANGUAGE_NAMES.items()}


def language_code(text: str) -> str:
    """The code of a language given by code, by code with a region (``en-US``) or by English name.

    What is not known comes back in lower case.
    """
    plain = text.strip().lower().replace("_", "-")
    if plain in _CODES:
        return _CODES[plain]
    short = plain.split("-")[0]
    return short if short in LANGUAGE_NAMES else plain


def language_name(code: str) -> str:
    """The English name of a language as it is shown: ``Thai``; the code itself where it is not known."""
    return LANGUAGE_NAMES.get(code, code).title()


# Scripts that one language is written in, as far as subtitles go: code, first and last letter. Kana comes
# before Han, which it stands with.
_SCRIPTS = (
    ("th", "\u0e01", "\u0e5b"), ("lo", "\u0e81", "\u0edf"), ("km", "\u1780", "\u17f9"),
    ("my", "\u1000", "\u109f"), ("ja", "\u3041", "\u30ff"), ("ko", "\uac00", "\ud7a3"),
    ("zh", "\u4e00", "\u9fff"), ("he", "\u05d0", "\u05ea"), ("el", "\u0391", "\u03c9"),
    ("ka", "\u10d0", "\u10ff"), ("hy", "\u0531", "\u0586"), ("am", "\u1200", "\u137f"),
    ("ta", "\u0b82", "\u0bfa"), ("te", "\u0c00", "\u0c7f"), ("kn", "\u0c80", "\u0cff"),
    ("ml", "\u0d00", "\u0d7f"), ("si", "\u0d80", "\u0dff"), ("gu", "\u0a80", "\u0aff"),
)  # fmt: skip
_SHARE = 0.2  # of the letters: a foreign name in a text does not make it another language


def script_language(text: str) -> str:
    """The language that a text's script gives away; empty for scripts that many are written in."""
    letters = [character for character in text if character.isalpha()]
    for code, first, last in _SCRIPTS:
        if sum(first <= character <= last for character in letters) > _SHARE * max(1, len(letters)):
            return code
    return ""
