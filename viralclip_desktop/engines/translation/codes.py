"""Languages as translation models name them: ISO 639-3 codes, and those of FLORES-200 with their script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_TABLE: Final = """
af afr_Latn, am amh_Ethi, ar arb_Arab, as asm_Beng, az azj_Latn, ba bak_Cyrl, be bel_Cyrl, bg bul_Cyrl, bn
ben_Beng, bo bod_Tibt, bs bos_Latn, ca cat_Latn, cs ces_Latn, cy cym_Latn, da dan_Latn, de deu_Latn, el
ell_Grek, en eng_Latn, es spa_Latn, et est_Latn, eu eus_Latn, fa pes_Arab, fi fin_Latn, fo fao_Latn, fr
fra_Latn, gl glg_Latn, gu guj_Gujr, ha hau_Latn, he heb_Hebr, hi hin_Deva, hr hrv_Latn, ht hat_Latn, hu
hun_Latn, hy hye_Armn, id ind_Latn, is isl_Latn, it ita_Latn, ja jpn_Jpan, jw jav_Latn, ka kat_Geor, kk
kaz_Cyrl, km khm_Khmr, kn kan_Knda, ko kor_Hang, lb ltz_Latn, ln lin_Latn, lo lao_Laoo, lt lit_Latn, lv
lvs_Latn, mg plt_Latn, mi mri_Latn, mk mkd_Cyrl, ml mal_Mlym, mn khk_Cyrl, mr mar_Deva, ms zsm_Latn, mt
mlt_Latn, my mya_Mymr, ne npi_Deva, nl nld_Latn, nn nno_Latn, no nob_Latn, oc oci_Latn, pa pan_Guru, pl
pol_Latn, ps pbt_Arab, pt por_Latn, ro ron_Latn, ru rus_Cyrl, sa san_Deva, sd snd_Arab, si sin_Sinh, sk
slk_Latn, sl slv_Latn, sn sna_Latn, so som_Latn, sq als_Latn, sr srp_Cyrl, su sun_Latn, sv swe_Latn, sw
swh_Latn, ta tam_Taml, te tel_Telu, tg tgk_Cyrl, th tha_Thai, tk tuk_Latn, tl tgl_Latn, tr tur_Latn, tt
tat_Cyrl, uk ukr_Cyrl, ur urd_Arab, uz uzn_Latn, vi vie_Latn, yi ydd_Hebr, yo yor_Latn, yue yue_Hant, zh
zho_Hans
"""
FLORES: Final[Mapping[str, str]] = {
    entry.split()[0]: entry.split()[1] for entry in _TABLE.replace("\n", " ").split(",")
}
"""Our code -> its FLORES-200 code, as NLLB has it."""
_ALSO: Final[Mapping[str, str]] = {
    # what OPUS-MT calls them otherwise: macro languages, single ones among them, older codes
    "ara": "ar", "aze": "az", "fas": "fa", "lav": "lv", "mlg": "mg", "mon": "mn", "msa": "ms", "nep":
    "ne", "nor": "no", "pus": "ps", "sqi": "sq", "swa": "sw", "uzb": "uz", "yid": "yi", "cmn": "zh",
    "jv": "jw", "iw": "he", "nb": "no", "jav": "jw", "fil": "tl",
}  # fmt: skip
_ISO_639_2: Final[Mapping[str, str]] = {
    # where that has no single language, or another one than the first letters above
    "ar": "ara", "az": "aze", "br": "bre", "fa": "fas", "haw": "haw", "jw": "jav", "la": "lat", "lv": "lav",
    "mg": "mlg", "mn": "mon", "ms": "msa", "ne": "nep", "no": "nor", "ps": "pus", "sq": "sqi", "sw": "swa",
    "uz": "uzb", "yi": "yid", "yue": "zho",
}  # fmt: skip
UNDETERMINED: Final = "und"
"""What ISO 639-2 calls a language that nobody has named."""
_CODES: Final[Mapping[str, str]] = (
    {code: code for code in FLORES} | {name[:3]: code for code, name in FLORES.items()} | dict(_ALSO)
)


def iso_639_2(code: str) -> str:
    """One of our codes in three letters, as files name the languages of their tracks (ISO 639-2/T)."""
    return _ISO_639_2.get(code) or FLORES.get(code, UNDETERMINED)[:3]


def our_code(name: str) -> str:
    """Our code of a language as a model names it (``spa``, ``spa_Latn``, ``es``, ``pt_BR``); empty where it
    is none."""
    return _CODES.get(name.replace("-", "_").split("_")[0].casefold(), "")


def same_language(name: str, code: str) -> bool:
    """Whether a model's name of a language is that of our code."""
    return bool(code) and our_code(name) == our_code(code)
