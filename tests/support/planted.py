"""Written talks with stories an editor would cut, and with parts that may never be in a clip.

Our own texts. A talk is made of blocks with pauses between them; ``talks()`` mixes them in twenty ways, the
same
on every run. Half of the talks are for tuning by hand, the other half only for the bars.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from support.spoken import spoken

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word

STORIES = {
    "en": """
When I was nineteen I sold my car to buy a piano that I could not play.
My father laughed for a whole evening and then he stopped talking to me.
I practised every night in the garage with a coat on, because there was no heating.
Two years later a woman heard me through the wall and asked me to play at her wedding.
She paid me more than the car had ever been worth.
Nobody believes in a thing until a stranger pays for it.

The worst day of my life was the day I got everything I had asked for.
I had begged for that promotion for six years, and on a Monday they gave it to me.
On Tuesday I sat in a glass office and had nobody left to eat lunch with.
My friends were polite, and polite is what people are when they are afraid of you.
I gave the job back after eleven weeks and slept through the night for the first time in years.
Be careful what you climb, because you will have to live up there.

Why do most people give up on a language in the third month?
In the first month everything you learn is new, so you feel like a genius.
In the third month you know four hundred words, and you finally notice the other fifty thousand.
That is the moment when everyone thinks they have become stupid, and it is exactly the opposite.
You can only see the mountain once you have left the valley.
So if you feel hopeless in March, stay, because that feeling means you have started.

My grandmother ran a shop for fifty years and she never wrote down a single debt.
One winter a man stole a ham, and she saw him do it, and she said nothing.
The next morning she put a second ham into his bag and told him it was for his children.
He came back every week for thirty years and paid for everything in cash.
When she died he was the one who carried the coffin.
Trust is the cheapest lock there is, and it is the only one that nobody breaks.

Everybody told us that the bridge was impossible, and everybody was an engineer.
We had no money, so we asked the children of the village to draw the river for us.
A girl of seven drew an island that no map had ever shown.
We went there in a boat, and under forty centimetres of water there was solid rock.
The bridge stands on that rock today, and it cost a third of what they had said.
Never ask an expert a question that a child has not failed to answer first.

I cooked for a president once and I burned the soup.
There was no time to make another, so I served it and told him the truth.
He looked at me for a very long time, and then he asked for a second plate.
He said that in eleven years nobody had ever admitted a mistake to him.
I still have the spoon at home, and I still burn soup sometimes.
People forgive almost anything that you tell them before they find out.

You don't have a time problem, you have a fear problem.
I know because I kept a diary of every hour for a whole year.
I had three hours every single day, and I spent them looking at my phone so that I did not have to begin.
The day I wrote the first bad page, the phone stopped being interesting.
A bad page can be made better, but an empty one will always be perfect and useless.
Do the thing badly for ten minutes and the fear will be gone.

There is a village in the north where nobody locks a door and everybody knows why.
A hundred years ago a stranger froze to death on the steps of a house that was locked.
The owner was away at a wedding, and the key was in his pocket.
Since that night every child is told his name before they are told their own.
I have slept in that house, and nothing in the world feels safer than an open door.
What protects us is not the lock, it is the story we tell about it.
""",
    "es": """
Cuando tenía veinte años vendí mi bicicleta para comprar un billete a una ciudad que no conocía.
Mi madre lloró toda la noche y mi padre no dijo nada.
Llegué con cuarenta euros y dormí tres noches en una estación.
La cuarta noche un cocinero me preguntó si sabía pelar patatas, y le mentí.
Hoy ese restaurante es mío y todavía pelo mal las patatas.
Nadie te da una oportunidad cuando estás listo, te la dan cuando estás cerca.

La gente cree que el miedo desaparece con los años, y es mentira.
Yo he subido a un escenario dos mil veces y he vomitado antes de cada una.
Lo único que cambia es que ahora sé que el miedo dura tres minutos.
Durante tres minutos todo el mundo es un cobarde, también los que aplauden.
El valor no es no tener miedo, el valor es saber cuánto dura.

¿Por qué nadie recuerda el nombre del segundo hombre que llegó a la cima?
Mi abuelo fue el segundo en todo, en la escuela, en la guerra y en el amor.
Se casó con mi abuela porque el primero no se presentó a la boda.
Vivieron juntos sesenta y dos años y nunca discutieron por dinero.
Al final el primero gana una medalla y el segundo gana una vida.

Una vez perdí todo mi dinero en una tarde, y fue lo mejor que me ha pasado.
Tenía una empresa con treinta empleados y no conocía el nombre de ninguno.
Cuando cerramos, uno de ellos me invitó a comer a su casa.
Su hija me preguntó por qué yo nunca había sonreído en las fotos.
Aquella noche entendí que había sido pobre durante diez años.
""",
    "fr": """
Quand j'avais dix-huit ans, j'ai volé un livre et ce livre a changé ma vie.
Le libraire m'a vu et il n'a rien dit pendant trois semaines.
Puis il m'a demandé ce que je pensais de la fin.
Je n'avais jamais parlé d'un livre avec personne, et nous avons parlé jusqu'à minuit.
Aujourd'hui je tiens cette librairie, et je laisse toujours la porte ouverte.
On ne vole jamais ce que quelqu'un nous a déjà donné.

Tout le monde pense que le talent est un don, et c'est le mensonge le plus confortable du monde.
J'ai entraîné huit cents enfants, et les meilleurs n'étaient jamais les plus doués.
Les meilleurs étaient ceux qui revenaient le lendemain d'une défaite.
Un garçon a perdu quarante matchs de suite avant d'en gagner un seul.
Il est champion aujourd'hui, et il ne se souvient que des quarante autres.
Le talent, c'est simplement de ne pas partir.

Pourquoi avons-nous honte de demander de l'aide ?
Mon frère est tombé dans une crevasse et il a attendu six heures avant de crier.
Il avait peur de déranger les gens qui déjeunaient au refuge.
Quand ils l'ont sorti, le guide lui a dit qu'il aurait été mort dix minutes plus tard.
Depuis ce jour il demande son chemin même quand il le connaît.
Personne n'est jamais mort d'avoir dérangé quelqu'un.
""",
    "de": """
Als ich zwölf war, habe ich das Radio meines Vaters zerlegt und nie wieder zusammengebaut.
Er kam nach Hause, sah die Teile auf dem Tisch und setzte sich schweigend daneben.
Dann sagte er, dass er das als Kind auch getan hat und dass ihn sein Vater dafür geschlagen hat.
Wir haben drei Wochen lang jeden Abend daran gesessen, und am Ende spielte es lauter als vorher.
Ich habe in meinem ganzen Leben nichts Wichtigeres gelernt als in diesen drei Wochen.
Kinder brauchen keine Lehrer, sie brauchen jemanden, der sich daneben setzt.

Die meisten Menschen glauben, dass sie zu wenig Zeit haben, und das ist falsch.
Ich habe als Pfleger tausend Menschen sterben sehen, und keiner hat sich mehr Stunden gewünscht.
Alle haben sich andere Stunden gewünscht.
Eine alte Frau sagte zu mir, sie habe vierzig Jahre lang auf das Wochenende gewartet.
Seitdem warte ich auf nichts mehr und fange einfach an.

Warum haben wir eigentlich solche Angst vor Fehlern?
In meiner ersten Woche als Bäcker habe ich dreihundert Brote verbrannt.
Der Meister hat alle dreihundert ins Schaufenster gelegt, mit einem Schild und meinem Namen.
Ich wollte im Boden versinken, aber bis zum Abend waren alle verkauft.
Die Leute haben gesagt, endlich einmal ein Brot mit einer Geschichte.
Ein Fehler, den man zeigt, ist keiner mehr.
""",
    "id": """
Waktu saya berumur lima belas tahun, saya menjual sepatu saya untuk membeli satu buku.
Ibu saya marah dan tidak berbicara dengan saya selama seminggu.
Saya berjalan tanpa sepatu ke sekolah selama tiga bulan dan semua orang tertawa.
Suatu hari guru saya bertanya, dan saya menunjukkan buku itu kepadanya.
Dia memberi saya sepatunya sendiri dan pulang tanpa alas kaki.
Sejak hari itu saya tahu bahwa tidak ada orang yang belajar sendirian.

Semua orang bilang kegagalan adalah guru terbaik, padahal itu bohong.
Saya gagal tujuh kali dengan cara yang sama dan tidak belajar apa-apa.
Yang mengajari saya adalah seorang tukang parkir yang melihat saya menangis.
Dia bertanya kenapa saya selalu membuka toko di jalan yang sepi.
Kegagalan tidak mengajari siapa pun, yang mengajari adalah orang yang berani bertanya.

Kenapa kita lebih takut pada tetangga daripada pada kematian?
Kakek saya membangun rumah besar supaya tetangga tidak meremehkan dia.
Dia bekerja dua puluh tahun dan tidak pernah tidur di rumah itu.
Pada malam pertama setelah rumah itu selesai, dia meninggal di kursi ruang tamu.
Tetangga datang, dan mereka hanya bertanya berapa harga lantainya.
Jangan pernah membangun hidupmu untuk orang yang hanya melihat lantainya.
""",
}

TRAPS = {
    "en": """
Hello and welcome to the show, my name is Dana and I am your host.
Today on the podcast we have a great guest, and we will get to all of it in a minute.
Please subscribe to the channel and leave a review wherever you get your podcasts.
You can find us on Instagram and on our website.

This episode is brought to you by Cleanbox, the box that cleans itself.
Go to cleanbox dot com and use the promo code SHOW at checkout for twenty percent off your first order.
Plans start at nine dollars a month, with free shipping and a money back guarantee.
Sign up today, the link is in the description.

Okay, can everybody hear me in the back, is the microphone on?
The slides are on the website and the schedule is on the board.
Lunch is at twelve, and please turn off your phones before we start.
If you have questions, the registration desk is open until four.

As you can see on this slide, the red line goes up here and the blue line goes down there.
If you look at the chart on the left, the axis is the year.
And over here on the right you can see the same graph again, zoomed in.
Let me click on this one, and now you see the diagram.

Thank you so much for listening, that is all we have time for today.
Next week on the show we talk to another guest about the same thing.
Follow us, rate and review us, and see you next time.
The show is produced by Dana and edited by Lee, with music by Kim.
""",
    "es": """
Hola a todos y bienvenidos al programa, mi nombre es Ana.
Hoy tenemos un invitado y vamos a hablar de muchas cosas.
Suscríbete al canal y síguenos en redes sociales.
Este episodio está patrocinado por una tienda, con un código de descuento en la descripción.

Muchas gracias por escucharnos, se nos acaba el tiempo.
La próxima semana volvemos con otro episodio del programa.
Puedes dejar tus comentarios en la página web y en Instagram.
Hasta la próxima, nos vemos.
""",
    "fr": """
Bonjour à tous et bienvenue dans l'émission, je m'appelle Julie.
Aujourd'hui nous avons un invité, et on va parler de beaucoup de choses.
Abonnez-vous à la chaîne et suivez-nous sur les réseaux sociaux.
Cet épisode est sponsorisé par une boutique, avec un code promo dans la description.

Merci à tous d'avoir écouté, on n'a plus de temps.
La semaine prochaine on se retrouve pour un nouvel épisode du podcast.
Laissez vos commentaires sur le site et sur Instagram.
À bientôt, à la prochaine.
""",
    "de": """
Hallo zusammen und willkommen zur Sendung, mein Name ist Jana.
Heute sprechen wir mit einem Gast, und bei mir ist wie immer Tom.
Abonniert den Podcast und folgt uns auf Instagram.
Diese Folge wird unterstützt von einem Shop, der Gutscheincode steht in der Beschreibung.

Vielen Dank fürs Zuhören, die Zeit ist um.
Nächste Woche gibt es eine neue Folge von diesem Podcast.
Schreibt uns eure Kommentare auf der Webseite oder per Mail.
Bis bald und tschüss.
""",
    "id": """
Halo semuanya dan selamat datang di acara ini, nama saya Rina.
Hari ini kita punya tamu dan kita akan berbicara tentang banyak hal.
Jangan lupa berlangganan dan ikuti kami di media sosial.
Episode ini disponsori oleh sebuah toko, kode diskon ada di deskripsi.

Terima kasih sudah mendengarkan, waktunya habis.
Minggu depan kita kembali dengan episode baru di podcast ini.
Tulis komentar kalian di website dan di Instagram.
Sampai jumpa lagi.
""",
}

CHATTER = {
    "en": """
Yeah, so, that was that, I suppose.
It was on the second floor, or maybe on the third, I don't know.
And then there was the other one, you know, and so on.
They had it for a while and then they didn't, or something like that.

Mm-hmm, right, okay.
Um, so, where were we, let me see.
I guess it was around that, kind of, more or less.
And they did it again and then it was done, whatever.

And it was in the usual place with the usual people and the usual things.
There were some of them there and some of them were not.
It went on like that for some time, I think, maybe a bit longer.
So yeah, that was kind of it.
""",
    "es": """
Sí, bueno, pues eso, más o menos.
Estaba en el segundo piso, o quizá en el tercero, no sé.
Y luego estaba lo otro, y así, y tal.

Bueno, a ver, dónde estábamos, no me acuerdo.
Era más o menos así, una especie de eso, o algo así.
""",
    "fr": """
Oui, bon, voilà, c'était un peu ça, quoi.
C'était au deuxième étage, ou peut-être au troisième, je sais pas.
Et puis il y avait l'autre, et tout ça, etc.

Bon, alors, on en était où, je sais plus.
C'était plus ou moins ça, une sorte de truc, on va dire.
""",
    "de": """
Ja, also, das war es dann so, mehr oder weniger.
Das war im zweiten Stock oder vielleicht im dritten, weiß nicht.
Und dann war da noch das andere und so weiter.

Ja, na ja, wo waren wir, keine Ahnung.
Das war irgendwie so ungefähr, oder so.
""",
    "id": """
Ya, begitu, kurang lebih seperti itu.
Itu di lantai dua, atau mungkin di lantai tiga, tidak tahu.
Dan kemudian ada yang lain, dan sebagainya.

Eh, sampai mana tadi, lupa.
Itu kira-kira begitu, kayaknya, atau apa.
""",
}


@dataclass(frozen=True)
class Planted:
    """One talk: the first and last sentence of each story, and the sentences of its traps."""

    name: str
    transcript: Transcript
    stories: tuple[tuple[str, str], ...]
    traps: frozenset[str]

    @property
    def sentences(self) -> list[str]:
        """All sentences in order."""
        return [self.transcript.text_of(sentence) for sentence in self.transcript.sentences]


def talks(numbers: range) -> list[Planted]:
    """Talks by number: twelve English ones of six stories, then two of each other language."""
    return [_talk(number) for number in numbers]


def long_talk(count: int) -> Transcript:
    """Several talks one after the other, three minutes each."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    shift = Time.from_seconds(0.0)
    for planted in talks(range(count)):
        part, first = planted.transcript, len(words)
        words += [replace(word, start=word.start + shift, end=word.end + shift) for word in part.words]
        sentences += [Sentence(one.first + first, one.last + first) for one in part.sentences]
        shift = words[-1].end + Time.from_seconds(2.0)
    return Transcript("test", "en", tuple(words), tuple(sentences))


def _talk(number: int) -> Planted:
    language = "en" if number < 12 else ("es", "fr", "de", "id")[number % 4]
    chance = random.Random(number)
    stories = _blocks(STORIES[language])
    chance.shuffle(stories)
    stories = stories[:6]
    traps, chatter = _blocks(TRAPS[language]), _blocks(CHATTER[language])
    chance.shuffle(chatter)
    middle = traps[1:-1]
    chance.shuffle(middle)
    body = [*stories, *middle[:2], *chatter]
    chance.shuffle(body)
    text = "\n\n".join("\n".join(block) for block in [traps[0], *body, traps[-1]])
    return Planted(
        f"{language}-{number}",
        spoken(text, language),
        tuple((block[0], block[-1]) for block in stories),
        frozenset(line for block in traps for line in block),
    )


def _blocks(text: str) -> list[list[str]]:
    return [block.splitlines() for block in text.strip().split("\n\n")]
