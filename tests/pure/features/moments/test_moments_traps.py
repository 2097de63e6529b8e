"""What may never be in a clip: planted adverts, housekeeping, dates, openings in half an hour of stories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from support.planted import STORIES
from support.spoken import end_s, spoken

from viralclip_desktop.features.moments.lexicon import load_lexicon
from viralclip_desktop.features.moments.model import load_model
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.ranker import rank
from viralclip_desktop.features.moments.talk import read_talk
from viralclip_desktop.features.moments.units import text_of, units_of

LENGTH_S = 1600.0

TRAPS = {
    "en": {
        "advert that names its sponsor": """
This episode is brought to you by our sponsor, Lumenbox.
Lumenbox is the lamp that wakes you, and right now you get twenty percent off your first Lumenbox.
Go to lumenbox.com and enter the code DAWN at checkout.
That's lumenbox.com, plans start at $9 a month with free shipping.
Thanks to Lumenbox for their support of the show.
""",
        "advert that names none": """
Brindle makes a mattress for people who sleep hot.
Brindle ships it to your door in a box, for $499, and a Brindle pillow is $40.
You can try a Brindle mattress for a hundred nights, and returns are free.
See every Brindle mattress at brindle.com slash sleep, that is brindle.com slash sleep.
Brindle, $50 off your first order.
""",
        "housekeeping": """
Before we start, the schedule is on the website and the slides are on the website too.
Lunch is at 12, the second session starts at 1 in Room 4.
Please turn off your phones, and sign in at the registration desk by 3.
If you have any questions, type them in the chat, and vote in the poll.
The quiz is at 4, and the answers are on the website.
""",
        "list of dates": """
Born in 1931 in Leeds, moved to York in 1938, to Hull in 1940.
School in 1936, grammar school in 1942, college in 1949, Army in 1951.
Married Ellen in 1954, then Peter in 1955, Susan in 1957, Mark in 1960.
Hull again in 1962, Leeds in 1966, Bradford in 1971.
Retired in 1996, Ellen in 1998, York again in 2001.
""",
        "opening": """
Hello and welcome to the Harbour Hour, episode 214, I'm your host, Dana Whitfield.
Today on the show we have Ruth Okafor, Ben Lindqvist and Marta Silva.
Ruth is the author of Tides, Ben runs North Pier Radio, Marta is at the University of Porto.
Follow us on Instagram at @harbourhour and find us at harbourhour.com.
My guest today is joined by the Harbour Hour team, welcome to the show, everyone.
""",
    },
    "es": {
        "advert that names its sponsor": """
Este episodio está patrocinado por Lumenbox, nuestra tienda de lámparas.
En Lumenbox tienes un descuento, con el código ALBA, del 20 % en tu primera compra.
Visita nuestra página web, lumenbox.com, o descarga la aplicación de Lumenbox.
El precio es de 9 € al mes, con envío gratis y garantía.
Gracias a Lumenbox por su patrocinio.
""",
        "advert that names none": """
Brindel hace un colchón para la gente que duerme con calor.
Brindel te lo lleva a casa, por 499 €, y la almohada de Brindel vale 40 €.
Prueba gratis el colchón de Brindel durante cien noches en tu casa.
Todos los colchones de Brindel están en la tienda, en brindel.com, brindel.com.
Brindel, 50 € de descuento en la primera compra.
""",
        "housekeeping": """
Antes de empezar, el horario está en la página web y las diapositivas también.
La comida es a las 12 y la clase sigue a la 1 en la Sala 4.
Apaguen el teléfono, por favor, y dejen su correo en la entrada.
Las preguntas, en el chat, y pueden votar en la encuesta.
El cuestionario es a las 4, y las respuestas están en la página web.
""",
    },
}
TALES = (
    """
My grandfather bought this watch for $20 in 1952, the week before he went to sea.
He wore it for forty years and never told anyone why he would not sell it.
When he died I opened the back, and there was a photograph of a woman none of us had ever seen.
I spent a year looking for her, and when I found her she was wearing the same watch.
She said, he promised he would come back for me, and I never stopped winding it.
""",
    """
In 2009 I lost everything I had, and I was too ashamed to tell my wife.
Every morning I put on a suit and sat in the park until it got dark.
One day she came and sat down next to me with two cups of coffee, $3 each, and said nothing.
She had known for months, and she had been waiting for me to trust her.
That is when I understood that being ashamed alone is the only real poverty.
""",
)


@dataclass(frozen=True)
class Planted:
    """Half an hour of stories with one part in the middle, and what of that part is left out."""

    sentences: list[str]
    clips: list[str]
    barred: float


def planted(part: str, language: str) -> Planted:
    """Plant a part and look for clips."""
    stories = STORIES[language].strip()
    rounds = int(LENGTH_S / end_s(spoken(stories, language)) / 2) + 1
    text = "\n\n".join([*[stories] * rounds, part.strip(), *[stories] * rounds])
    transcript = spoken(text, language)
    lexicon, length_s = load_lexicon(language), end_s(transcript)
    units = units_of(transcript, 57.0, lexicon)
    talk = read_talk(transcript, units, lexicon, None, length_s, load_model())
    sentences = part.strip().splitlines()
    own = np.array([text_of(transcript, unit) in sentences for unit in units])
    assert own.sum() == len(sentences)
    found = rank(transcript, length_s, FindOptions(count=8, min_length_s=20.0, max_length_s=60.0))
    quotes = [quote for moment in found for quote in (moment.quote_first, moment.quote_last)]
    return Planted(sentences, quotes, float(talk.traps.barred[own].mean()))


@pytest.mark.parametrize(
    ("language", "kind"), [(language, kind) for language, kinds in TRAPS.items() for kind in kinds]
)
def test_what_may_never_be_in_a_clip_is_barred(language: str, kind: str) -> None:
    found = planted(TRAPS[language][kind], language)
    assert found.barred >= 0.6
    assert not set(found.clips) & set(found.sentences)


@pytest.mark.parametrize("tale", TALES)
def test_a_story_that_names_a_price_and_a_date_may_be_a_clip(tale: str) -> None:
    assert planted(tale, "en").barred == 0.0
