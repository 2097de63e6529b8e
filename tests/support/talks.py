"""Hand-written talks of several kinds, each with something a finder should find or leave alone.

Our own texts. One sentence a line, an empty line for a long pause (see ``spoken``).
"""

INTERVIEW = """
A: Hello everyone and welcome to the show.
A: Before we start, let me just check the microphone.
A: Can you hear me in the back of the room?
A: The coffee break is at eleven and the parking tickets are at the front services.
A: Please turn off your phones and keep the fire exit clear.

A: What would you do if your bakery burned down on the day before Christmas?
B: I can tell you exactly what I did, because it happened to me nine years ago.
B: One morning the phone rang at four and my neighbor was crying.
B: The oven, the flour, the two hundred cakes for Christmas, everything was gone.
B: I had eleven dollars in the bank and forty families waiting for bread.
B: Then an old woman knocked on my door with a bag of flour and the key to her kitchen.
B: By noon nineteen neighbors were baking in nineteen kitchens.
B: In the end we delivered every single cake, and that is how I learned that a shop is not a building.

A: Good, good.
A: Um, so, what else, let me see.
A: I had another question on the form here but I lost my place.
A: Sorry, one second, it is on the next page, you know, or something.
A: Okay, um, I guess we can, uh, come back to that later or whatever.

A: How do you set the price of a loaf?
B: Most people add up the flour and the rent and then they guess.
B: I take the price of the flour, I multiply it by four, and I never go below six dollars.
B: If you want to survive the first winter, write down every hour that you work.
B: The lesson is simple: a price that does not pay your hours is a gift, not a price.

A: Thank you for coming and thanks for listening.
A: The recording will be on the website and the link is in the description.
"""

INTERVIEW_STORY = (
    "What would you do if your bakery burned down on the day before Christmas?",
    "In the end we delivered every single cake, and that is how I learned that a shop is not a building.",
)

LECTURE = """
Good morning everyone, please take your seats, the doors will close in a minute.
The slides are on the website and the password is on the board.
Some notes about the schedule: lunch is at twelve and the lab is on the second floor.
Last week we talked about rivers, and we will come back to rivers on Friday.

Today I want to talk about sleep.
Why do we sleep for a third of our lives when nothing is more dangerous than lying still in the dark?
For a hundred years nobody knew the answer.
Then in 2013 a team in Rochester looked into the brains of sleeping mice and found something strange.
The gaps between the cells had grown by sixty percent.
Water was washing through the brain and carrying the waste of the day away.
Sleep is not rest, it is the night shift of the cleaners.
So the next time you give up two hours of sleep, remember that you are sending the cleaners home.

The second thing on the list is the method they used, which was a dye and a microscope.
The dye is injected and then it spreads and then it is measured.
It was measured several times and in several places.
They did this again and again over a number of months.
There are some tables about this in the appendix of the paper.
The tables are in the usual format with the usual columns.

Let me tell you about the worst experiment I ever ran.
When I was twenty four I kept myself awake for three nights to prove that sleep is only a habit.
On the second night I forgot my own phone number.
On the third night I saw my dead grandfather sitting in the laboratory, and I said good evening to him.
I was so afraid that I ran out into the snow without my shoes.
I never tested my own brain again, and that is why I read about mice.

Alright, the form for the lab goes around now, please sign your name and pass it on.
The front services has more forms if we run out of forms.
See you next week, and please take your cups with you.
"""

VLOG = """
So, um, hey, okay, is this on, I think it is on.
Yeah so, um, I am just, you know, walking around here, sort of, and the light is kind of weird.
Let me just, uh, move the camera a bit, sorry, one second, okay.
Um, anyway, so that's, you know, that's the street and that's the other street and stuff.
I guess it's going to rain or something, uh, I don't know, whatever.
So, yeah, um, subscribe I guess, and, uh, what else, you know, the usual.

Nobody tells you what happens in the first week after you quit your job.
On the first day I slept until noon and I felt like a king.
On day three I opened my laptop eleven times to check an inbox that did not exist any more.
On day five I cried in a supermarket because a stranger asked me what I do.
That week I understood that I had never been tired of work, I had been tired of hiding.
If you are about to quit, write down who you are without your job, before somebody asks you.

Um, so, anyway, that's a dog, hello dog, okay, and, uh, there's another one.
I forgot what I was going to say, um, it was something about, you know, the thing.
Yeah, no, it's gone, sorry, let me see, um, okay, whatever.
"""

VLOG_STORY = (
    "Nobody tells you what happens in the first week after you quit your job.",
    "If you are about to quit, write down who you are without your job, before somebody asks you.",
)

SPANISH = """
Hola, buenos días a todos.
Vamos a esperar un poco más porque faltan algunas personas.
La puerta de atrás está abierta y hay café en la mesa.
Hay café en la mesa y hay también un poco de pan en la mesa.

¿Qué harías si mañana perdieras todo lo que tienes?
En 2009 mi padre cerró su taller con 40 empleados y una deuda de 300000 euros.
Durante seis meses no quiso salir de su habitación.
Un domingo mi hermana pequeña le pidió que arreglara su bicicleta roja.
Aquella tarde bajó al sótano, encontró sus herramientas y volvió a sonreír.
Hoy repara 1500 bicicletas al año y dice que la ruina le devolvió sus manos.

Bueno, vamos a seguir un poco más.
Hay café en la mesa para todas las personas.
Vamos a esperar un poco y después vamos a seguir.
La puerta de atrás está abierta para las personas que quieren salir un poco.
"""

SPANISH_STORY = (
    "¿Qué harías si mañana perdieras todo lo que tienes?",
    "Hoy repara 1500 bicicletas al año y dice que la ruina le devolvió sus manos.",
)

CHINESE = """
大家好，我们再等一下，还有人没有到。
后面的门开着，桌子上有水，大家可以喝水。
桌子上有水，也有一些纸，大家可以用。

你有没有想过，为什么飞机的窗户是圆的？
1954年，三架喷气客机在空中解体，99个人失去了生命。
工程师把整架飞机放进水池，反复加压3000次。
裂缝总是从方形窗户的角上开始。
一个小小的直角，毁掉了整架飞机。
从那以后，世界上每一扇飞机窗户都是圆的。

好，我们再等一下，桌子上有水。
大家可以喝水，也可以休息一下，后面的门开着。
我们等一下再继续，大家可以用桌子上的纸。
"""

CHINESE_STORY = ("你有没有想过，为什么飞机的窗户是圆的？", "从那以后，世界上每一扇飞机窗户都是圆的。")

DRAFT = """
okay good morning everyone can everybody hear me in the back
we have coffee and the form is on the table
please sign the form and pass it on to the next person
um so yeah we will start in a minute i guess

what would you do if you lost your job on a monday
i lost mine when i was thirty and i had two hundred dollars in the bank
one morning i walked to the market and i asked ten people what they wanted to buy
nine of them said good bread
so i baked ten loaves that night and i sold them all before eight in the morning
in the end i learned that you ask before you make

um and then and then what else
the schedule is on the wall and the lunch is at one
so um the lights are over there and the doors are over there
the next slide is um sorry i lost my place
"""

DRAFT_STORY = (
    "what would you do if you lost your job on a monday",
    "in the end i learned that you ask before you make",
)
