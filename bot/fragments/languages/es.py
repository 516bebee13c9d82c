"""Spanish."""

# ruff: noqa: RUF001 - dashes and accents as people write them

from __future__ import annotations

from bot.fragments.languages.base import Language, endings, greetings, phrase, words
from bot.fragments.languages.stopwords import STOP_WORDS

_WH = r"¿?(?:qué|quién|quiénes|cuál|cuáles|dónde|adónde|cuándo|cómo|por qué|cuánto|cuánta|cuántos|cuántas)\b"
_BARE = r"¿?(?:quien|cual|cuales|donde|cuando|como|por que|cuanto|cuanta|cuantos|cuantas|que) (?!si\b|no\b)"
_AUX = (
    r"¿?(?:es|son|está|están|hay|puedo|puede|pueden|podemos|puedes|podría|podrías|podemos|debo|debe|deben|debemos|"
    r"tengo que|tenemos que|se puede|se pueden|hace falta|vale|conviene|sabes|sabe|tiene|tienen|tenemos|cubre|"
    r"funciona|existe|me|nos)"
)
_VERBS = (
    r"(?:escribe|escriba|explica|explícame|explique|resume|resuma|resúmeme|traduce|traduzca|tradúcelo|tradúcela|"
    r"tradúceme|dime|díganos|dinos|da|dame|danos|muestra|muéstrame|lista|enumera|compara|calcula|crea|haz|hazme|"
    r"propón|proponme|redacta|sugiere|recomienda|recomiéndame|busca|encuentra|elige|escoge|planifica|nombra|corrige|"
    r"revisa|comprueba|ordena|clasifica|prepara|describe|responde|contesta|reformula|simplifica|mejora|analiza|añade|"
    r"agrega|estima|convierte|acorta|reescribe|define|indica|ayúdame|imagina|cita|genera|pon|extrae)"
)
_ASIDE = r"[,.]? (?:y también|ah y|por cierto|y por cierto|oye y|y además|btw)[,:]? "

LANGUAGE = Language(
    code="es",
    stop=STOP_WORDS["es"],
    light=words(
        "hacer decir saber ver ir tomar usar utilizar necesito necesitamos necesita querer quiero queremos "
        "encontrar ayudar ayuda explicar cosa cosas forma manera bueno buena buen mejor mejores próximo próxima "
        "primero primera último ejemplo ejemplos alternativa alternativas riesgo riesgos paso pasos ventaja "
        "ventajas desventaja desventajas razón razones costo coste costes cuesta precio plazo diferencia "
        "diferencias límite opción opciones pregunta preguntas respuesta respuestas problema problemas cambiar "
        "largo tiempo posible permitido legal normal realmente exactamente nuevo nueva siguiente siguientes idea "
        "ideas consejo consejos tarda"
    ),
    person=words("él ella"),
    thing=words("ello"),
    plural=words("ellos ellas"),
    definite=words("del al el la los las este esta estos estas ese esa esos esas su sus"),
    pointing=words("este esta estos estas ese esa esos esas su sus"),
    determiners=words(
        "el la los las un una unos unas mi mis nuestro nuestra nuestros nuestras su sus este esta estos estas ese "
        "esa esos esas del al"
    ),
    oblique=words("en a al de del con por para desde hasta sobre según durante hacia bajo entre sin tras"),
    mine=words(
        "yo me mi mis mí nosotros nos nuestro nuestra nuestros nuestras puedo podemos debo debemos tengo tenemos "
        "necesito quiero soy somos estoy vendemos"
    ),
    suffixes=endings(
        "aciones ación amientos amiento ciones ción mente adores ador ados adas ado ada ar er ir es os as o a e s"
    ),
    question=phrase(
        rf"(?:{_WH}|¿?(?:puedo|podemos|se puede|sabes?) \S|{_AUX} \S(?=[^.]*\?)|{_BARE}(?=[^.]*\?)|(?:a|de|en|"
        rf"para|con|por|desde|hasta) (?:qué|quién|cuál|cuáles|dónde|"
        rf"cuándo|cuántos|cuántas)\b|¿|alguien (?:sabe|conoce|tiene)|alguna (?:idea|sugerencia))"
    ),
    clause=phrase(
        rf"(?:{_WH} \S|¿|se puede|hay (?:que|algún|alguna)|puedo \S|(?:a|de|en|para|con|por) (?:qué|quién|cuál|dónde|"
        rf"cuándo)\b|(?:quien|cual|donde|cuanto) (?:es|son|está|hay|puedo|cuesta|se|puede)\b)"
    ),
    inverted=phrase(
        r"(?:¿|(?:cómo|dónde|cuándo|por qué|quién|cuál|cuánto|qué) (?:\w+ ){0,1}?(?:puedo|puede|podemos|debo|es|son|"
        r"está|hay|se|tengo|cuesta)\b|(?:puedo|podemos|se puede) )"
    ),
    run_on=phrase(r"(?:¿|(?:cómo|dónde|cuándo|cuál|quién) (?:puedo|es|está|hay)\b)"),
    relational=phrase(
        r"\b(?:un |unos |los |las |qué )?(?:ejemplos?|alternativas?|ventajas|desventajas|efectos secundarios|"
        r"consecuencias|excepci(?:ón|ones))\b(?! (?:de|del|para|a|entre|si|en|que))"
    ),
    instruction=phrase(
        rf"(?:(?:por favor|luego|después|además|ahora|primero|también|y|finalmente|por último|"
        rf"a continuación)[,:]? ){{0,3}}{_VERBS}\b"
    ),
    strong=phrase(
        r"(?:escribe|resume|traduce|lista|enumera|compara|calcula|crea|propón|redacta|sugiere|nombra|dime|dame|haz|"
        r"tradúcelo)\b"
    ),
    request=phrase(
        r"(?:(?:me |nos )?(?:gustaría|quisiera|quiero|queremos|necesito|necesitamos)(?: también)? (?:saber|entender|"
        r"conocer|preguntar)|(?:también|además|aparte)[, ]+(?:necesito|necesitamos|quiero|busco|quisiera|"
        r"me gustaría)|(?:quiero|quisiera|necesito)"
        r" también saber|me pregunto|no sé (?:cómo|qué|dónde|cuándo|quién|si|cuál)|no sabemos (?:cómo|qué|dónde|"
        r"cuándo|quién|si|cuál)|necesito (?:ayuda|consejo)|busco|ni idea de (?:cómo|qué|dónde))"
    ),
    head=phrase(
        r"(?:(?:y |también )*¿?(?:(?:puedes|puede|pueden|podrías|podría|podríais|alguien (?:puede|podría)|me puedes|"
        r"me podrías)(?: por favor| también)* (?:decir|decirme|decirnos|explicar|explicarme|mostrar|mostrarme|"
        r"indicar|"
        r"indicarme|ayudar|ayudarme)|(?:sabes|sabe alguien|alguien sabe)|(?:dime|dinos|explícame|explica|muéstrame)|"
        rf"(?:quiero|quisiera|necesito|me gustaría) saber|me pregunto),? (?={_WH}|si ))"
    ),
    opening=phrase(
        r"(?:si|cuando|mientras|después|antes|tras|para|en|sobre|con|sin|a|al|desde|entre|como|dado|según|"
        r"respecto)\b[^,;:?!]{0,120}[,;:] ?(?:entonces |por favor |y |también )*¿?"
    ),
    condition=phrase(r"¿?si\b"),
    marker=phrase(
        r"(?:(?:y también|y además|y|también|además|por cierto|ah y|oye|bueno|pues|ok|vale|hola(?: a todos| a todas|"
        r" equipo| buenas)?|buenos días|buenas(?: tardes| noches)?|una pregunta(?: rápida)?|"
        r"(?:primero|segundo|tercero)(?=[,:]| ¿)|por último|finalmente)\b[,:;!]*(?: |$|(?=¿)))+"
    ),
    breaks=phrase(
        rf"{_ASIDE}|(?:[,;] ?| ?[-–—] ?| )(?:y|e|así como|pero|más)(?: también| además| luego| después|,)? |; ?|, | "
    ),
    aside=phrase(_ASIDE),
    holding=phrase(
        r"\b(?:diferencias? entre|compar(?:a|ar|ación)|o bien|pregunta (?:por qué|cómo|quién|cuándo|dónde|si))\b"
    ),
    follow=phrase(
        r"(?:(?:y|pero|o) )?¿?(?:(?:y )?si (?:es así|no es así|no|sí|fuera|lo es|no lo es)(?=[, ?])|en (?:ese|tal|"
        r"este) caso|de lo contrario|si no\b|(?:y )?(?:por qué)(?: no)?[ ?!.]*$|entonces (?:qué|cuál|cómo)|"
        r"luego (?!dime|explica)|y (?:en|para|con|de|a) (?!qué|quién|cuál|cuánt|dónde)[^?]*\?|lo mismo (?:para|con)|"
        r"igual para)"
    ),
    result=phrase(
        r"^(?:(?:y|además) )?¿?cuál (?!es\b|son\b|fue\b|era\b|será\b|sería\b)\w+(?!.*\bo\b)|"
        r"(?<!es )(?<!son )\b(?:el|la|los|las) (?:mejor|peor|primer[oa]|segund[oa]|tercer[oa]|"
        r"últim[oa])s?(?=[?.!,]| y\b|$)|"
        r"\b(?:(?:de|entre) (?:ellos|ellas|estos|estas|esos|esas|los dos|las dos)|basándote en (?:eso|esto)|"
        r"en base a (?:eso|esto)|según (?:eso|esto)|con (?:eso|ese resultado)|a partir de (?:eso|ahí)|(?:el|ese|este|"
        r"tu) resultado|(?:la|tu|esa) respuesta|(?:los|esos) resultados|(?:has|hayas|ha) (?:propuesto|sugerido|"
        r"elegido|nombrado|dado)|cuál de (?:los|las|estos|estas|ellos|ellas)|este último|esta última)\b"
    ),
    versus=phrase(
        r"(?:^|\b(?:y|entonces) )¿?(?:cuál|qué|quién)(?: de los dos)? (?:es|sería|son|sale|"
        r"resulta)(?: entonces)? (?:el |la )?(?:más|menos|mejor|peor)[^?]*[?!. ]*$"
    ),
    about=phrase(r"¿?(?:y )?(?:qué (?:hay|pasa) (?:de|con)|¿y (?:el|la|los|las|en) [^?]{1,25}\?)"),
    seeking=phrase(
        r"^¿?(?:\W*(?:y|también|por favor|luego|ahora|además|primero)[, ]+)*¿?(?:quién(?:es)?\b|(?:qué|cuántos|"
        r"cuántas) (?!(?:es|son|hay|hago|pasa|significa|debe|puedo|puede)\b)\w+|(?:cuál|cuáles) (?:es|son) (?:el|la|"
        r"los|las) (?:mejor|más|próxim)|(?:escribe|redacta|crea|calcula|lista|enumera|propón|sugiere|recomienda|"
        r"recomiéndame|busca|encuentra|elige|escoge|nombra|planifica|prepara|resume|traduce|haz|dame|genera|"
        r"estima)\b)"
    ),
    made=phrase(r"\b(?:qué|una?|dos|tres|cuatro|cinco|seis|diez|\d+) (\w{4,})"),
    defining=phrase(
        r"(?:(?:y|también|además|explica|dime|por cierto)[, ]+)*¿?(?:qué (?:es|son|significa) (?!eso\b|esto\b)\S|"
        r"quién (?:es|fue|era|pintó|escribió) \S|cuándo (?:es|empieza) \S|cuál es (?:el|la) \w+ (?:de|del|en)|"
        r"cuántos? \S|traduce )"
    ),
    expletive=phrase(
        r"\b(?:(?:el|la|los|las) (?:que|de)\b|es (?:posible|legal que|mejor|necesario|importante)|qué hora es)"
    ),
    anaphor=phrase(
        r"(?:^¿?(?:y |ah )*(?:(?:a|con|de|en|para|por|desde|hasta) )?(?:qué(?: \w+)?|cuánt[oa]|cuándo|dónde|cómo|"
        r"por qué) "
        r"(?:se )?(?!gente)\w+(?:a|e|an|en|ó|aron|ieron)[?.! ]*$|\b(?:eso|esto|ello|aquello)\b|\buna (?:respuesta|"
        r"contraoferta)\b(?! (?:a|al)\b)|\b(?:ese|esa|esos|"
        r"esas|este|esta|estos|estas) (?!(?:semana|mes|año|mañana|"
        r"tarde|noche|verano|invierno|fin|preguntas|lunes|martes|miércoles|jueves|viernes)\b)\w+|\b(?:ambos|ambas|"
        r"los dos|las dos)\b|^¿?(?:y )?(?:tiene|tienen|es|son|está|están|cuesta|cuestan|funciona|funcionan|incluye|"
        r"incluyen|sirve|sirven|permite|necesita|dura|viene|puede|pueden|admite|soporta|cubre|vale)\b(?!.*(?:\b(?:el|"
        r"la|los|las|un|una|mi|mis|nuestro|nuestra|esta|este|que|posible|mejor)\b|\ue000))|\ballí\b|"
        r"\bcuánto (?:tarda|"
        r"cuesta|dura|vale)[?.! ]*$|\b(?:uno|una) (?:nuevo|nueva)\b)"
    ),
    clitic=phrase(
        r"(?:\b(?:cómo|dónde|cuándo|quién|por qué|puedo|podemos|debo|qué|se|y|¿) ?(?:lo|la|los|las|le|"
        r"les) (?=\w+(?:o|"
        r"a|e|amos|emos|an|en|ar|er|ir|ó)\b)(?!\w+ (?:de|del|que|en)\b)|\w{2,}(?:ar|er|ir|ír)(?:lo|la|los|las|le|les|"
        r"selo|sela)\b|\b\w+(?:celo|cela|melo|mela|alo|ala|elo|"
        r"ela)\b(?<!escuela)(?<!sala)(?<!mala)(?<!abuela)(?<!abuelo)(?<!tela)(?<!escala)(?<!vela)(?<!modelo)(?<!suelo)(?<!pelo)(?<!cielo)(?<!vuelo)(?<!novela)(?<!regalo)(?<!malo))"
    ),
    whole_list=phrase(
        r"\b(?:cuál|cuáles|qué|compara\w*|diferencias?|mejor|ordena\w*|clasifica\w*|elige|escoge|combina\w*|entre|"
        r"juntos|promedio|suma|planifica\w*|más barat\w+|más rápid\w+|con estos|a partir de)\b"
    ),
    style=phrase(
        r"(?:(?:por favor|y|pero|también)[, ]+)*(?:responde(?: por favor)? (?:en|de|con|brevemente)|sé (?:breve|"
        r"conciso|concisa)|(?:que sea|sea|hazlo) (?:breve|corto|sencillo)|respuestas? cortas?|en (?:español|inglés|"
        r"pocas palabras|una frase)[ ,.!]*(?:por favor)?[.! ]*$|sin tecnicismos)"
    ),
    greeting=greetings(
        r"(?:hola|buenos días|buenas(?: tardes| noches)?|buen día|estimad[oa]s?|querid[oa]s?)(?:[ ,]+(?:a|todos|"
        r"todas|"
        r"equipo|señores|señor|señora|buenas|compañeros|\ue000\d+\ue001))*|(?:muchas |"
        r"mil )?gracias(?: (?:de antemano|"
        r"por (?:tu|su|la|vuestra) \w+|a todos|por todo))*|saludos(?: cordiales)?|un (?:saludo|abrazo)|"
        r"espero que[^?]*|(?:qué tal|cómo (?:estás|están|va))(?: \w+)?|perdón(?: por[^?]*)?|disculpa(?:d)?|"
        r"(?:saludos|"
        r"gracias|un saludo),+ (?!qu|c|d)\w+(?: \w+)?|ok|vale|hasta (?:luego|pronto)|buen (?:día|fin de semana)"
    ),
    idle=phrase(
        r"[\W_]*(?:(?:tengo|tenemos|responde|responda|responder|contesta|contestar|a|estas|las|mis|nuestras|los|unas|"
        r"algunas|dos|tres|cuatro|cinco|varias|preguntas|pregunta|siguientes|siguiente|puntos|punto|cosas|temas|por|"
        r"favor|gracias|de|hola|y|también|para|ayuda|necesito|con|saber|quiero|\d+)\b[\W_]*)+"
    ),
    dealing=phrase(
        r"(?:resum\w*|traduc\w*|corrig\w*|corrección|ortografía|errores|error|salió mal|fall\w+|extra\w*|encuentra|"
        r"lista\w*|explica\w*|analiza\w*|revisa\w*|reescrib\w*|reformula\w*|simplifica\w*|acorta\w*|puntos clave|"
        r"anómal\w*|problemas?)"
    ),
    not_dealing=phrase(
        r"\b(?:responde a|responder a|contesta a|una respuesta|redacta (?:una|un)|escribe (?:una|un)|título|asunto|"
        r"en una frase|cuántos|cuántas|en total)\b"
    ),
    deictic=phrase(
        r"\b(?:este|esta|estos|estas|esto|siguiente|siguientes|abajo|arriba|aquí|(?:el|la|los|las|mi|nuestro|nuestra|"
        r"del|al) (?:\w+ )?(?:registro|log|logs|salida|error|texto|correo|mensaje|carta|documento|artículo|informe|"
        r"código|función|script|consulta|configuración|archivo|fichero|tabla|lista|cita|clase|contrato))\b"
    ),
    shift=phrase(r"(?:(?:y|ah) )?(?:también|además|por cierto|otra (?:pregunta|cosa)|aparte|por otro lado)\b"),
    turn=phrase(
        r"(?:(?:y|ah|pero|bueno|ya|además|también)[,:]? )*(?:(?:una )?otra (?:pregunta|cosa|cuestión|duda)|"
        r"otro (?:tema|asunto)|aparte(?: de (?:eso|esto|ello))?|"
        r"(?:además|fuera|independientemente) de (?:eso|esto|ello)|cambiando de (?:tema|asunto)|sin relación|"
        r"por otro lado|"
        r"por otra parte|"
        r"nada que ver|(?:una )?última (?:pregunta|cosa)|una (?:pregunta|cosa) más|segund[oa] (?:pregunta|tema)|"
        r"ps|p\.d\.|pd|"
        r"(?:algo|tema) (?:totalmente |completamente )?(?:distinto|diferente)|"
        r"para el trabajo(?=[:,]))[,:;.!]*(?: [-\u2013\u2014])? ?(?=[ ¿\w])"
    ),
)
