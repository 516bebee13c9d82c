"""Fragments: what goes on from an earlier part's answer stays with it, and what does not is split from it."""

import pytest

from bot.fragments import split
from bot.fragments.phrases import APPEAL, FILLER, OPENER
from bot.model import Entity, atom


def texts(message: str, **options: object) -> list[str]:
    return [fragment.text for fragment in split(message, **options).fragments]


@pytest.mark.parametrize(
    "message",
    [
        "Is a tram or a bus better for 40 people in Graz? Which of the two is greener, and by how much?",
        "Name four lakes near Munich for a team trip. Pick one and justify it.",
        "Suggest two laptops for video editing. What's the price gap between them?",
        "Does the rental van need winter tyres in Austria? Why?",
        "Does the rental van need winter tyres in Austria? since when?",
        "Does the rental van need winter tyres in Austria? If that's the case, what should I tell the drivers?",
        "Does the rental van need winter tyres in Austria? And if they're mandatory, from which month?",
        "Does the rental van need winter tyres in Austria? Either way, what would you do?",
        "Estimate how many chairs fit in a hall of 200 m2. Use this figure to compute the rent at 3 euros each.",
        "recommend a free tool to edit pdfs and tell me how to install it",
        "Is there a free tool to edit PDFs? How do I install it on a Mac?",
        "I need a name for a blue cocktail. What would go into it?",
        "Our server keeps rebooting at night. Is it the power supply? Or the RAM?",
        "Why does our server reboot every night? Could it be the power supply?",
        "Got a minute? How do I reset a FritzBox?",
        "How do I reset a FritzBox? Is that even possible?",
        "How many bikes fit on a trailer of 4 m? And how many would that be for three trailers?",
        "Ist eine Bahncard oder ein Auto günstiger bei 9000 km im Jahr? Und um wie viel?",
        "Ist eine Bahncard oder ein Auto günstiger bei 9000 km im Jahr? Wie groß ist der Unterschied?",
        "Empfiehl mir ein Programm zum Zeichnen. Wie installiere ich es?",
        "Müssen wir im Winter streuen? Falls nein, wer dann?",
        "Müssen wir im Winter streuen? Seit wann?",
        "Müssen wir im Winter streuen? Und was passiert, wenn nicht?",
        "Berechne die Fläche eines Kreises mit Radius 3. Mit diesem Wert: wie viele Dosen sind das?",
        "Könnt ihr mir helfen? Wie setzt man eine FritzBox zurück?",
        "Warum geht der Beamer immer aus? Liegt es am Kabel? Oder an der Lampe?",
        "Propose trois lacs près de Lyon. Choisis-en un et justifie.",
        "Tu connais un bon logiciel de dessin ? Comment je l'installe ensuite ?",
        "Faut-il saler le trottoir en hiver ? Pourquoi ?",
        "Faut-il saler le trottoir en hiver ? Sinon, qui le fait ?",
        "Calcule l'aire d'un cercle de rayon 3. Avec ça, combien de pots de peinture faut-il ?",
        "Vous pouvez m'aider ? Comment réinitialiser une FritzBox ?",
        "¿Es más barato el tren o el coche para 9000 km? ¿Cuál de los dos contamina menos?",
        "Nombra tres lagos cerca de Madrid. Elige uno y justifícalo.",
        "¿Conoces un buen programa para dibujar? ¿Cómo lo instalo después?",
        "¿Hay que echar sal en la acera en invierno? ¿Y en verano?",
        "¿Hay que echar sal en la acera en invierno? Si es obligatorio, ¿desde cuándo?",
        "Calcula el área de un círculo de radio 3. Luego dime el número de botes.",
        "Conviene il treno o l'auto per 9000 km? E di quanto?",
        "Bisogna spargere il sale in inverno? Altrimenti chi lo fa?",
        "É preciso pôr sal no passeio no inverno? Se sim, desde quando?",
        "Moeten wij in de winter strooien? Zo niet, wie doet het dan?",
        "Which month is cheapest for flights to Oslo? Is that also the quietest one?",
        "What is the biggest lake in Sweden? How deep is it?",
        "Find me a two-letter abbreviation for our project Heron. Does it clash with anything known?",
        "Could a drone film our roof without a permit? Under which conditions?",
        "Could a drone film our roof without a permit? Please explain your reasoning.",
        "Could a drone film our roof without a permit? or do we need one for every flight?",
        "what's 15% of 2400? Round it to the nearest ten.",
        'Translate "good luck" into Finnish. How is it pronounced?',
        "Give me a recipe with chickpeas. What wine goes with it?",
        "When should we plant tulips? How deep? How far apart?",
        "My laptop is slow. Should I add RAM? Or is it rather the disk? What do you think?",
        "Sollten wir einen Beamer kaufen? Und wenn ja, welchen?",
        "Wer hat die Hymne von Chile geschrieben? Und was hat er sonst noch geschrieben?",
        "Such mir ein ruhiges Café in Graz raus. Wie komme ich dorthin?",
        "Darf man im Hof grillen? Wo steht das?",
        "Peut-on faire un barbecue dans la cour ? À quelles conditions ?",
        "Donne une recette de pois chiches. Quel vin va avec ?",
        "Vaut-il mieux acheter ou louer un projecteur ? Lequel est le plus rentable sur trois ans ?",
        "Trouve un café calme à Nantes. Comment y aller depuis la gare ?",
        "¿Se puede hacer una barbacoa en el patio? ¿En qué condiciones?",
        "Búscame un café tranquilo en Sevilla. ¿Cómo llego desde la estación?",
        "¿Cuánto es el 15% de 2400? Réstale 50.",
        "Si può grigliare in cortile? In caso contrario, dove?",
        "Qual é o maior lago da Suécia? Qual é a profundidade dele?",
        "Mag je barbecueën op de binnenplaats? Waarom niet?",
        "Roughly how many litres does a 3 by 2 m pond of 60 cm hold? Assuming that volume, which pump is enough?",
        "Look up the tallest building in Turin and tell me who designed it",
        "need a gift for a retiring beekeeper. any ideas? maybe something with honey?",
        "Who invented the zipper? What year was that?",
        "Explain what a covenant is. Use simple words and end with an example.",
        "List five team games. Remove the ones that need a ball.",
        "Which plugin shows word counts in Obsidian? Where do I turn it on?",
        "Such zwei Lokale in Porto für 60 Gäste. Welches hat die schönere Aussicht?",
        "Zählen Praktikanten zur Belegschaft? Und Werkstudenten?",
        "Zählen Praktikanten zur Belegschaft? Ab welchem Alter?",
        "Nenne fünf Teamspiele. Streiche die, für die man einen Ball braucht.",
        "Rechne 300 NOK in Euro um. Wie viel ist das in Pfund?",
        "Quand le pont du Rialto a-t-il été construit ? Par qui ?",
        "Trouve deux salles à Porto pour 60 personnes. Laquelle a la plus belle vue ?",
        "Convertis 300 NOK en euros. Ça fait combien en livres ?",
        "¿Los becarios cuentan como plantilla? ¿Y los autónomos?",
        "Nombra cinco juegos de equipo. Para cada uno, di cuánto dura.",
        "¿Es mejor un tipo fijo que uno variable? Si tuvieras que elegir, ¿cuál?",
        "Quando fu costruito il ponte di Rialto? Da chi?",
        "Tellen stagiairs mee als personeel? En freelancers?",
        "Does a probation period of seven months hold up in court? Which paragraph says so?",
        "Which ferry to Gotland leaves latest on Sundays? Please check whether I need to book that one.",
        "How much does a 2 m granite slab weigh? Can two people carry it? If not, how many?",
        "Should the alarm code be changed after someone leaves? How soon? By whom?",
        "Why does my sourdough smell of acetone? Did I overfeed it? Underfeed it?",
        "Name a painter from Bruges. When did he live?",
        "Hält eine Probezeit von sieben Monaten vor Gericht? Wo ist das geregelt?",
        "Nenn mir einen Maler aus Brügge. Wann lebte er?",
        "Schlag einen Titel für meinen Vortrag über Moos vor. Kürze ihn danach auf drei Wörter.",
        "Une période d'essai de sept mois est-elle valable ? Sur quelle base ?",
        "Quels pays touchent le Laos ? Combien d'entre eux ont une côte ?",
        "Propose un titre pour mon exposé sur la mousse. Raccourcis-le ensuite à trois mots.",
        "Nombra un pintor de Brujas. ¿Cuándo vivió?",
        "¿Es válido un periodo de prueba de siete meses? ¿En qué ley sale?",
        "Que países fazem fronteira com o Laos? Quantos deles têm costa?",
        "Is a wooden or a steel shed cheaper to insure? What's the saving per year?",
        "Are we liable if a visitor slips on our stairs? Even if there's a sign?",
        "whats the half life of caffeine? so when shd i have my last coffee if i sleep at 11",
        "Can a GmbH own a horse? If yes, who'd be the keeper? If no, is there a workaround?",
        "Wie dick muss Eis sein, um es zu betreten? Und um darauf Auto zu fahren?",
        "was kostet ein imkerkurs? kann man den absetzen?",
        "Kann eine GmbH ein Pferd besitzen? Wer wäre dann der Halter?",
        "Trouve trois espaces de coworking à Lyon. Trie-les par prix.",
        "Busca tres coworkings en Lyon. Ordénalos por precio.",
        "Kies een land in Afrika. Wat is de hoofdstad ervan?",
    ],
)
def test_what_goes_on_from_an_answer_stays_with_its_question(message):
    assert len(texts(message)) == 1


@pytest.mark.parametrize(
    "message",
    [
        "Are we liable if a visitor slips on our stairs? What's the half life of caffeine?",
        "Can a GmbH own a horse? When is the next blood donation in Kassel?",
        "Can you help me with two things? How do I export my calendar? What is the speed limit in Norway?",
        "Combien coûte un cours d'apiculture ? Où est la clé des archives ?",
        "Come si resetta una FritzBox? Quanto durano le uova in frigo?",
        "Comment réinitialiser une FritzBox ? Et combien de temps se gardent les œufs ?",
        "Comment résilier une licence Zoom ? Comment résilier un abonnement de sport ?",
        "Convert 300 NOK to euros. List five team games.",
        "Convertis 300 NOK en euros. Cite cinq jeux d'équipe.",
        "Convierte 300 NOK a euros. Nombra cinco juegos de equipo.",
        "Could a drone film our roof without a permit? How do I unmute a Zoom participant?",
        "Dame una receta con garbanzos. Recomiéndame un libro sobre Venecia.",
        "Do contractors count towards the threshold? Should we paint the hall white?",
        "Do you know a good vet in Linz? Does anyone know when the shuttle leaves?",
        'Draft three slogans for the bike week. Translate "good luck" into Finnish.',
        "Erkläre, was eine Bürgschaft ist. Finde eine Bäckerei in Leeds.",
        "Find three co-working places in Lyon. What's the plural of octopus?",
        "Gibt es eine Apotheke in der Nähe? Gibt es Rabatt im Fitnessstudio?",
        "Give me a recipe with chickpeas. Recommend a book about Venice.",
        "How do I boil eggs without them cracking? Which bus goes to the airport?",
        "How do I reset a FritzBox? And how do I roast almonds?",
        "How do I reset a FritzBox? How long do eggs keep in the fridge?",
        "How long is a marathon? And how long do crowns last?",
        "How much does a granite slab weigh? How many seats does the Linz arena have?",
        "How thick must ice be to walk on it? How do I pin a message in Slack?",
        "If a parcel is lost, who pays? How tall is Mont Blanc?",
        "If it rains on Friday, where do we eat? Who has the key to the bike cellar?",
        "Is a tram cheaper than a bus in Graz? And what is the capital of Peru?",
        "Könnt ihr mir helfen? Wie exportiere ich meinen Kalender? Was ist das Tempolimit in Norwegen?",
        "Le vinaigre enlève-t-il le calcaire ? Quelle est la longueur du Rhin ?",
        "Name a painter from Bruges. What does HTTP 429 mean?",
        "Nenn mir einen Maler aus Brügge. Was bedeutet HTTP 429?",
        "Our van is in the garage. When is it ready? We also have a guest from Peru. Which dish would suit him?",
        "Pourquoi le ciel est-il bleu ? La cantine est-elle ouverte le vendredi ?",
        "Pourquoi les chats ronronnent-ils ? Le bureau de Linz a-t-il une douche ?",
        "Quand le mur est-il tombé ? Et où est la trousse de secours ?",
        "Quel est le plus grand lac de Suède ? Et comment exporter un tableau Trello ?",
        "Rechne 300 NOK in Euro um. Nenne fünf Teamspiele.",
        "Recommend a good stapler. Where do I hand in the badge of a leaver?",
        "Schlag ein Rezept mit Kichererbsen vor. Empfiehl mir ein Buch über Venedig.",
        "Si llueve el viernes, ¿dónde comemos? ¿Quién tiene la llave del garaje?",
        "Sollte man den Alarmcode ändern? Und was kostet die Tram zum Flughafen?",
        "Then there's the pond. How deep should it be? Who signs holiday requests?",
        "Unser Kunde zahlt nicht. Was tun? Der Aufzug steckt fest. Wen rufe ich an?",
        "Unser Plotter druckt Streifen. Was hilft? Und wann ist der nächste Blutspendetermin?",
        "Warum ist der Himmel blau? Ist die Kantine am Freitag offen?",
        "Was kostet ein Tagesticket in Linz? Wie melde ich mein Fahrrad an?",
        "Welche Länder grenzen an Laos? Wie fasse ich zwei PDFs zusammen?",
        "Welcher Baum wächst am schnellsten? Welches Plugin zeigt in Obsidian die Wortzahl?",
        "Welcher Fluss ist länger, Nil oder Amazonas? Welcher Drucker im 2. Stock druckt A3?",
        "What is TLS? Why do cats purr?",
        "What is the biggest lake in Sweden? What is the deadline for the Q3 report?",
        "What's a good gift for a beekeeper? What's a good name for a boat?",
        "When did the Berlin wall fall? And where do we keep the first aid kit?",
        "Which countries border Laos? Which ferry to Gotland leaves latest on Sundays?",
        "Which month is cheapest for flights to Oslo? And which battery fits a Casio F91?",
        "Who invented the zipper? Which plugin shows word counts in Obsidian?",
        "Who wrote the anthem of Chile? When does the post office close on Saturdays?",
        "Why do cats purr? Does the Linz office have a shower?",
        "Wie tief ist der Vänern? Und wie beantrage ich einen Jobrad-Leasingvertrag?",
        "Y a-t-il une pharmacie près du bureau ? Y a-t-il une remise à la salle de sport ?",
        "any idea how to fix a leaking tap? also does anyone know a good dentist in graz",
        "can u tell me how to mute a thread? and what does a day pass cost in linz",
        "our plotter prints stripes. what helps? and if a parcel gets lost, who pays for it?",
        "should we change the alarm code? and how much is the tram to the airport",
        "what's the best way to descale a kettle? what's the average rainfall in bergen",
        "when was the rialto bridge built? and whats the wifi password for guests",
        "¿Cuándo cayó el muro? ¿Y dónde está el botiquín?",
        "¿Cómo cancelo una licencia de Zoom? ¿Cómo cancelo un contrato de gimnasio?",
        "¿Cómo se reinicia un FritzBox? ¿Y cuánto duran los huevos en la nevera?",
        "¿El vinagre quita la cal? ¿Cuánto mide el Rin?",
        "¿Hay una farmacia cerca de la oficina? ¿Hay descuento en el gimnasio?",
        "¿Me podéis ayudar? ¿Cómo exporto mi calendario? ¿Cuál es el límite de velocidad en Noruega?",
        "¿Por qué el cielo es azul? ¿Está abierta la cantina el viernes?",
    ],
)
def test_questions_of_their_own_are_split(message):
    assert len(texts(message)) > 1


def test_what_only_asks_for_an_answer_belongs_to_the_question_before_it_or_else_to_the_next():
    assert texts("What is TLS? Who won in 1998? Does anyone know?")[1] == "Who won in 1998? Does anyone know?"
    assert texts("Can somebody help me? What is TLS? Who won in 1998?")[0] == "Can somebody help me? What is TLS?"
    assert texts("What is TLS? Can anybody help?") == ["What is TLS? Can anybody help?"]
    assert texts("Any ideas?") == ["Any ideas?"]


def test_a_statement_in_between_goes_along():
    parts = texts("Should we rent a crane? We have 900 euros. If so, which one? Who won in 1998?")
    assert parts == ["We have 900 euros.\nShould we rent a crane?\nIf so, which one?", "Who won in 1998?"]


def test_a_wish_belongs_to_what_is_asked_for():
    parts = texts("Suggest a podcast on bees. Ideally one under 30 minutes. Where can I find it? Who won in 1998?")
    assert len(parts) == 2
    assert parts[1] == "Who won in 1998?"


def test_otherwise_turns_to_another_topic_where_nothing_can_be_denied():
    assert len(texts("Quand part le bus pour Nantes ? Sinon, comment dit-on « devis » en anglais ?")) == 2
    assert len(texts("Le bus va-t-il à Nantes ? Sinon, comment y aller ?")) == 1


def test_an_intro_that_calls_takes_the_statement_before_it_along():
    parts = texts("I'm writing a talk on newts. Could you:\n- suggest a title\n- name a film")
    assert len(parts) == 2
    assert all("newts" in part for part in parts)
    assert texts("I like newts. Two questions:\n- what is TLS\n- who won in 1998")[1] == "who won in 1998"


def test_a_list_of_questions_is_one_however_they_are_written():
    parts = texts("tengo dos dudas sobre el viaje a Lima:\n- hace falta visado\n- qué enchufes usan")
    assert len(parts) == 2
    assert all("Lima" in part for part in parts)


def test_a_plural_pronoun_does_not_mean_the_subject_of_its_verb():
    message = f"{atom(0)} and {atom(1)} marry in May. What could a team of nine give them? Who won in 1998?"
    people = (Entity("PERSON", "Bo"), Entity("PERSON", "Mia"))
    assert texts(message, entities=people)[0].startswith(atom(0))


def test_a_singular_pronoun_does_not_mean_a_plural():
    parts = texts("Our price list is on a forum. What should the sales reps say about it? Who won in 1998?")
    assert parts[0] == "Our price list is on a forum. What should the sales reps say about it?"


def test_a_pronoun_in_a_clause_may_mean_a_thing_of_the_clause_before_it():
    parts = texts("the mailbox is full. can i archive old stuff? how do i cook rice without it sticking")
    assert parts[-1] == "how do i cook rice without it sticking"


@pytest.mark.parametrize("idiom", ["these days", "at this point"])
def test_an_idiom_points_at_nothing(idiom):
    assert len(texts(f"How soon must we answer a complaint? What do people wear to the opera {idiom}?")) == 2


def test_chat_without_a_mark_is_a_question_and_its_fillers_are_cut_off():
    assert texts("lohnt sich eine reparatur? achja und wie heißt das tool für gifs")[1] == "wie heißt das tool für gifs"
    assert len(texts("le chauffage est en panne. que faire ? vous connaissez un bon resto à nantes")) == 2


def test_no_at_the_end_of_a_sentence_is_no_abbreviation():
    assert texts("The answer is no. What is TLS? Who lives at no. 5?")[-1] == "Who lives at no. 5?"


@pytest.mark.parametrize("pattern", [APPEAL, OPENER, FILLER])
@pytest.mark.parametrize("message", ["Does anyone know a good vet in Graz?", "Can you help me move a piano?", "What?"])
def test_a_question_with_a_topic_is_no_mere_appeal(pattern, message):
    assert pattern.match(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "What's the best month to open a bar? Make a plan counting back from it.",
        "Our build fails on ARM. What is the likely cause? Give me the change that fixes it.",
        "What should I charge per head for a workshop? I pay 280 for the room. At that price, how many must come?",
        "Heat pump or gas boiler, what would you put in? Which grants could we get for that choice?",
        "¿Con cuál te quedarías? ¿Y cuánto pagaríamos en total con esa?",
        "Our heating is out again. Is the boiler dead? Is that even possible after a year?",
        "You know Excel, right? How do I turn text into dates?",
        "Please translate into Danish: Where is my room? Is breakfast included?",
        "Rinse before the dishwasher or not, who is right? Rinse or not?",
        "Why does my bread collapse? I proof it for two hours. Am I over-proofing?",
    ],
)
def test_what_refers_to_an_answer_is_not_cut_off_from_it(message):
    assert len(texts(message)) == 1


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("How do I season a skillet? In that week, who is on call for billing?", 2),
        ("I bought a skillet. How do I season it? Can it go on an induction hob?", 2),
        (
            "Some things for today:\n- other words for big\n- how do I freeze a row in Excel\n- a podcast name",
            3,
        ),
        ("Translate 'hello' into Danish. When was Copenhagen founded?", 2),
    ],
)
def test_what_only_looks_as_if_it_referred_to_an_answer_is_cut(message, parts):
    assert len(texts(message)) == parts
