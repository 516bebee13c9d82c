"""The words by which a question goes on from an earlier one's answer, in every language at once.

They name no topic, so that they can be read before the language of a short part is certain. LATER, CHOICE, GIVES
and EARLIER_IF are searched, the others matched at the beginning; LATER and CHOICE only where one of TRIGGERS stands.
"""

from __future__ import annotations

import re

from bot.fragments.languages.base import phrase, words
from bot.fragments.phrases import START as _START

_END = r"(?=\W*$)"

_IF = (
    r"(?:if|in case|assuming|provided|supposing|suppose|unless|should|as long as|given|falls|wenn|sofern|sollte|"
    r"angenommen|vorausgesetzt|als|indien|zo)"
)
_ANSWERED = (
    r"(?:so|not|yes|no|yeah|ja|nein|nicht|doch|nee|niet|that|this|those|these|they|he|she|neither|both|none|"
    r"possible|necessary|needed|required|allowed|the answer|dem so|dem nicht so|das|dies|sie|er|es|it|dat|het|ze|"
    r"hij|möglich|nötig|erlaubt|erforderlich|nodig|verplicht|mogelijk|keine[rs]?|beides)"
)
_DO = r"(?:do|does|don'?t|can|can'?t|cannot|may|must|have to|need to|should|are|aren'?t|is|isn'?t|would|did|didn'?t)"

CONDITION = phrase(
    rf"{_START}(?:{_IF},? (?!(?:it|es|het)(?:'?s| is)? (?:rain|snow|regne|schnei|regent|sneeuw)){_ANSWERED}\b(?! "
    rf"\w+ of\b)|{_IF} (?:we|i|you|u|one) {_DO}(?: it| that| this| so)?,|"
    r"(?:if|wenn|si|se) (?:one|eine[rs]|uno|un|una) (?:of (?:them|these|those)|davon|de (?:ellos|ellas)|di (?:loro|"
    r"questi))|si (?:oui|non\b|c'(?:est|était)|ce n'est|ça|cela|elles?\b|ils?\b(?! (?:y a|pleut|neige|faut|est "
    r"(?:possible de|interdit de)))|possible|nécessaire|tel est|jamais (?:oui|c'est)|l'un)|si (?:sí|no(?=[,?]| "
    r"(?:lo|es|hay|fuera|se puede)\b)|es\b|son\b|fuera|fuese|lo\b|así|eso|esto|ellos|ellas|resulta|sale\b|gana\b|"
    r"procede|la respuesta|hay que|hace falta|se puede)|se (?:sì|si|no|è|sono|fosse|così|lo|non (?:lo|è)|ciò|sim|"
    r"não(?=[, ])|for\b|é\b|assim|isso|forem|necessário|possibile|possível)\b|caso (?:sim|contrário|seja|não|"
    r"afirmativo|negativo)|(?:in|for|dans|en|im|in|nel|no|de) (?:that|this|such a|which|which|ce|ese|tal|este|caso|"
    r"dem|diesem|jenem|quel|questo|esse|dat|le) (?:case|cas|caso|fall|geval|contraire|contrario|afirmativo|negativo|"
    r"affermativo)\b|(?:in|en|em) (?:caso|cas) (?:contraire|contrario|contrário|afirmativo|affermativo|negativo|"
    r"positif|négatif|de que (?:sí|no))|im (?:positiven|negativen|anderen) fall|en cas de (?:refus|besoin|réponse)|"
    r"nesse caso|auquel cas|le cas échéant|à défaut|de (?:no )?(?:ser así|serlo|ser posible|haberlo|tenerlo)|de lo "
    r"contrario|do contrário|otherwise|or else|alternatively|failing that|andernfalls|altrimenti|senão|if "
    r"(?:nothing|neither|none)\b|either way|in (?:either|any|both) cases?|regardless|so oder so|in beiden fällen|"
    r"dans (?:les deux|tous les) cas|en (?:cualquier|ambos|cualquiera de los) casos?|in ogni caso|em (?:qualquer|"
    r"ambos) casos?|hoe dan ook)"
)

ALTERNATIVE = phrase(
    r"\W*(?:(?:or|oder|ofwel|oppure|of(?! (?:which|what|whom))|ou(?! (?:se|sont|puis|peut|peux|trouver|faut|dois|"
    r"acheter|on|je|est (?:le|la|l'|mon|ma|notre))\b))\b(?!,? (?:else|actually|anyway|autre|otra|andere?))|¿o\b|o "
    r"(?:el|la|los|las|il|lo|è|es|se|solo|sólo|mejor|bien|forse|un|una|al|del|por|en|con|hay)\b|(?:and |und |et |y "
    r")?(?:maybe|perhaps|possibly|vielleicht|etwa|evtl\.?|peut-être|quizás?|tal vez|a lo mejor|forse|talvez|"
    r"misschien)\b(?! (?:you can|can|could|you|kannst|könn|du|ihr|vous|tu|puedes|alguien|someone|anyone|jemand|"
    r"quelqu)))"
)

GUESS = phrase(
    rf"{_START}(?:(?:is|was|would) (?:that|this) (?:(?:even|at all|still|really) )?(?:possible|normal|allowed|"
    r"legal|ok|okay|true|enough|realistic|safe)\b|(?:what|which|how) [^?]{1,60} (?:does|would|will) (?:that|this) "
    r"(?:give|leave|make|"
    r"come|add|work out|mean)\b|can you explain (?:it|that|this) (?:like|as if|to me)\b|[^?]{1,40} i mean\W*$|"
    r"(?:is|was) th(?:at|is) (?:an?|the|just|only|even|really|supposed)\b|(?:an?|the) \w+ ?\?\W*$|"
    r"c'est [^?]*\bou\b|ist das (?:eine?|nur|etwa|jetzt)\b|será que\b|(?:eso )?es (?:un|una|solo) \w+\W*$)"
)

GIVES = phrase(
    r"\b(?:(?:does|would|will) (?:that|this) (?:give|leave|make|mean|come|add|work|put|take)\b|(?:is|are) (?:that|"
    r"those)(?= "
    r"(?:at|in|per|altogether|roughly|then)\b|\W*$)|(?:that|this) same \w+|(?:the|that|those|each) \w+(?: \w+)? "
    r"(?:that "
    r"|which )?you(?:'ve|'d| would| have)? (?:pick|picked|chose|choose|suggest|suggested|recommend|recommended|propose|"
    r"proposed|listed)\b|(?:cómo|cuánto) (?:quedaría|sería|costaría|saldría)\b)"
)

RESTATED = phrase(
    rf"{_START}(?:i mean|in other words|that is\b(?=,)|meaning|more (?:precisely|specifically|exactly)|specifically|"
    r"to be (?:precise|clear|exact|more precise)|in particular|put differently|rather\b(?=,)|das heißt|d\. ?h\.|"
    r"sprich|genauer(?: gesagt)?|konkret(?:er)?|anders (?:gesagt|gefragt)|beziehungsweise|bzw\.?|ich meine|"
    r"c'est-à-dire|autrement dit|en d'autres termes|je veux dire|plus (?:précisément|exactement|concrètement)|"
    r"concrètement|o sea|es decir|en otras palabras|mejor dicho|dicho de otro modo|más (?:concretamente|"
    r"exactamente)|en concreto|quiero decir|cioè|ovvero|in altre parole|più precisamente|ou seja|quer dizer|por "
    r"outras palavras|mais (?:precisamente|concretamente)|oftewel|met andere woorden|dat wil zeggen|ik bedoel)\b"
)

_PREPOSITION = (
    r"(?:by|for|since|until|till|from|in|at|on|to|with|about|up to|within|during|um|bis|seit|ab|für|in|mit|von|auf|"
    r"zu|bei|de|d'|à|en|par|pour|depuis|jusqu'à|dès|avec|por|para|desde|hasta|con|a|di|da|per|fino a|até|desde|com|"
    r"sur|auf|on|su|em|op|voor|vanaf|tot|sinds|met|van|door|tegen|zonder|via|through|against|without|under|gegen|"
    r"ohne|unter|über|durch|sans|contre|sous|sin|contra|bajo|senza|sotto|sem|pelo|pela|à partir de|a partir de|a "
    r"partire da)"
)
_WH = (
    r"(?:what|which|who|whom|when|where|why|how|was|wer|wen|wem|wann|wo|wohin|woher|warum|wieso|weshalb|wie|wozu|"
    r"qui|quoi|quand|où|pourquoi|comment|combien|qu[eé]|qui[eé]n(?:es)?|cu[aá]ndo|d[oó]nde|por qu[eé]|porqu[eéê]|"
    r"c[oó]mo|cu[aá]nt[oa]s?|chi|cosa|che|quando|dove|perché|come|quanto|quanta|quem|onde|por quê|wat|wie|wanneer|"
    r"waar|waarom|hoe|hoeveel)"
)
_DEGREE = (
    r"(?:much|many|long|far|often|soon|late|early|old|big|large|high|fast|exactly|so|come|else|not|then|though|"
    r"exactly|roughly|about|approx|approximately|precisely|genau|etwa|ungefähr|circa|ca|denn|eigentlich|nicht|"
    r"lange?|oft|viele?|weit|hoch|groß|noch|bald|spät|sonst|dann|pas|exactement|environ|temps|de temps|donc|ça|"
    r"alors|exactamente|más o menos|aproximadamente|tiempo|no|entonces|así|esattamente|circa|tempo|allora|"
    r"exatamente|não|então|precies|lang|vaak|ver|niet|dan|eigenlijk|more|mehr|plus|más|less|weniger|moins|menos|"
    r"that|gerade|is that|das|nur|ist das so|so|is this|do you think|year|years|months?|weeks?|days?|hours?|"
    r"minutes?|euros?|percent|jahre|monate|wochen|tage|stunden|d[ií]as|meses|años|horas|jours|mois|années|heures|"
    r"ans|giorni|mesi|anni|ore|anos|dagen|weken|jaar|uur)"
)
_ONLY = rf"(?:{_PREPOSITION} ?)?{_WH}(?:[ ,]+{_DEGREE}\b){{0,4}}"

ELLIPTIC = phrase(
    rf"{_START}(?:"
    r"(?:even|also|only|auch|selbst|sogar|nur|même|aussi|seulement|incluso|también|aun|sólo|solo|anche|persino|"
    r"também|mesmo|ook|zelfs|alleen) (?:if|when|wenn|falls|bei|mit|ohne|im|am|avec|sans|si|quand|pour|dans|con|sin|"
    r"cuando|para|en|se|senza|com|sem|als|met|bij|for|in|on|at|with|without|after|during)\b[^,]*$|what(?:'s| is| "
    r"would be) the (?:savings?|extra cost|surcharge|upside|downside|catch|benefit)(?: per \w+| a \w+)?\W*$|so,? "
    r"(?:what|when|how|which|who|where|why|should|can|do|does) |(?:how|wie|hoe|qué tan|how much|how many|wie viel|"
    r"wieviel|combien|en combien de temps|cu[aá]nt[oa]|quant[oa]|hoeveel) \w+\W*$|(?:how much|how many|wie ?viele?|"
    r"combien|cu[aá]nt[oa]s?|quant[oaie]|hoeveel) (?:of (?:it|that|them) )?(?:do|does|would|will|should|must) (?:i|"
    r"we|you|one|it|u) (?:need|take|use|pay|get|buy|want|require|cost)(?: for (?:it|that)| then| exactly)?\W*$|wie "
    r"?viele? (?:davon )?(?:brauche?n?|bräuchten?|nehmen?|nimmt|benötigen?) (?:ich|wir|man)(?: davon| da)?\W*$|"
    r"combien (?:en |m'en |nous en )?(?:faut-il|il en faut|en faut-il|on en met|il faut)(?: en mettre)?\W*$|"
    r"cu[aá]nt[oa]s? (?:hace falta|hacen falta|se necesita|necesito|necesitamos|se pone|uso|usamos)\W*$|"
    rf"{_ONLY}(?:[ ,]+(?:and|or|und|oder|et|ou|y|o|e|en|of) {_ONLY})?\??{_END}|(?:by|um|de|por|di|met) (?:how|wie|"
    rf"combien|cu[aá]nt[oa]s?|quant[oaie]|hoe)\b|{_PREPOSITION} (?:what|which|welche[rmn]?|quel(?:le)?s?|qu[eé]|"
    rf"quali?|quais|que|welke?) \w+(?: on| onwards?| an)?{_END}|"
    r"(?:what if|was (?:ist|wäre|passiert),? wenn|wat als)\b|(?:if (?:you|u|it) (?:had to|were|was (?:you|your|up "
    r"to)|could only)|wenn (?:du|ihr|sie) (?:wählen|entscheiden|dich|euch|an unserer)|si (?:tu devais|vous deviez|"
    r"tu étais|vous étiez)|si (?:tuvieras|tuvierais|tuviera|fueras|fuerais) |se (?:dovessi|doveste|fossi|tivesses|"
    r"tivesse)|als (?:je|jullie) moest)|which (?:is it|one is it|is (?:right|true|correct)|applies)\W*$|was "
    r"(?:stimmt|gilt)(?: denn)?(?: jetzt| nun)?\W*$|qu'en est-il\W*$|cuál es\W*$|(?:\S+ ){1,5}(?:too|as well|auch|"
    r"aussi|también|anche|também|ook) ?\?\W*$|(?:how much|wie ?viel|combien|ça fait combien|cu[aá]nto|quanto|"
    r"hoeveel) (?:is|are|would|es|son|ser[ií]an?|wären?|ist|sind|macht|è|sarebbe|fait|font)(?: (?:it|that|this|es|"
    r"das|be|dat|het))* (?:be )?(?:en|in|em) \w+\W*$|ça fait combien\b|(?:and|but|und|aber|et|mais|¿?y|e|"
    r"en)\W+(?:what |qu[eé] (?:pasa |se passe-t-il )?|was )?(?:happens |passiert,? |pasa )?(?:if|wenn|falls|si|se|"
    r"als) [^,]*$|how (?:much|many|long|far|often) (?:more|less|longer|cheaper|better|faster|of (?:it|that|them))\b|"
    r"(?:how much|how many|wie ?viel|combien|cu[aá]nto|quanto|hoeveel) (?:\w+ ){0,3}?(?:save|saving|lose|differ|"
    r"spar\w*|économis\w*|gagn\w*|perd\w*|ahorr\w*|gan\w*|risparmi\w*|poup\w*|bespa\w*|scheelt(?: het| dat)?|"
    r"differ\w*)(?: (?:us|more|less|más|menos|o|plus|environ|dabei|damit|daarmee|then|dann|that way|roughly|like "
    r"that|by that|so|per (?:year|month)|pro (?:jahr|monat)|al (?:año|mes)|par (?:an|mois)))*\W*$|(?:what (?:are|"
    r"would be) the savings|was (?:passiert|ist|wäre|machen wir|mache ich),? (?:wenn|falls) (?:nicht|doch|ja)|what "
    r"(?:happens|if|do (?:i|we) do|should (?:i|we) do),? (?:if )?(?:not|so|we don't|i don't|it doesn't|it isn't)\b|"
    r"qu[eé] pasa si (?:no|sí)\W*$|que se passe-t-il sinon))"
)

SHORT_AND = re.compile(
    rf"\W*(?:and|but|und|aber|et|mais|y|e|pero|en|maar|n)\b,? (?!{_WH}\b|wieviel|welche|which|quel|cu[aá]l|qual|"
    r"welk|is |are |do |does |can |could |will |was |were |has |have |should |would |shall |may |must |est-|y a|hay "
    r"|puedo |kann |darf |muss |ist |sind |gibt |\w+-(?:je|tu|il|on|vous|nous|elle|t-)|any |also |btw)"
    r"[^\s?]+(?: [^\s?]+){0,3} ?\?\W*$",
    re.IGNORECASE,
)

_DONE = (
    r"(?:number|result|figure|answer|value|info|information|amount|list|total|sum|estimate|data|outcome|numbers|"
    r"results|figures|answers|price|choice|size|wert|ergebnis|zahl|betrag|info|auswahl|summe|menge|liste|résultat|"
    r"chiffre|nombre|valeur|total|montant|liste|resultado|número|valor|cifra|cantidad|dato|lista|risultato|numero|"
    r"valore|cifra|número|resultaat|getal|bedrag|waarde|uitkomst|lijst)s?"
)
RESULT = phrase(
    rf"{_START}(?:(?:then|now|dann|jetzt|luego|ensuite|bitte|please) )?(?:(?:based|building|depending|going|"
    r"judging) (?:on|by|from) (?:that|this|it|those|these|your|the (?:answer|result|outcome))|(?:with|given|using|"
    r"use|take|from|knowing|considering|in view of|in light of|on the basis of|according to|multiply|divide|double|"
    r"convert) (?:(?:that|this|your|the|these|those|all (?:that|this)) "
    rf"{_DONE}\b|"
    r"(?:that|this|it|those|these)(?= in mind|,| to\b))|having (?:done|said) that|once (?:you|u|i|we)(?:'ve|'re| "
    r"have| know| are| got)? ?(?:that|this|it|done|got|the|installed|chosen|decided)?\b|accordingly|consequently|"
    r"hence|therefore|thus\b|damit|daraus|daran gemessen|demnach|demzufolge|folglich|somit|dementsprechend|"
    r"entsprechend\b|anhand (?:dessen|davon)|"
    rf"mit (?:diese[mnr]|dem|der|den|deine[mnr]) {_DONE}|ausgehend (?:davon|von)|auf (?:dieser|der) (?:grundlage|"
    r"basis)|aufgrund (?:dessen|davon)|davon ausgehend|ausgehend davon|nimm (?:das|dieses|diesen|diese)|wenn du "
    r"(?:das|es|die) (?:hast|weißt)|avec (?:ça|cela|ce|cette|ces)\b|du coup|par conséquent|partant de|sur (?:cette|"
    r"la) base|à partir de (?:ça|cela|là|ce)|(?:compte tenu|en fonction|au vu) de (?:ça|cela|ce|ta|votre|la "
    r"réponse)|vu (?:ça|cela)|sachant (?:ça|cela)|d'après (?:ça|cela|ce)|con (?:eso|esto|ese|esa|este|dicho|el "
    r"resultado|ello|questo|quest[oae]|quel|quello|ciò)\b|(?:a partir|partiendo|en función|en base|basándote|"
    r"basándonos|teniendo en cuenta|sobre la base) (?:de |a |en )?(?:eso|esto|ese|esa|este|esta|ello|ahí|el "
    r"resultado|la respuesta|tu)\b|según (?:eso|el resultado|ese|esa|tu|lo que)|sabiendo (?:eso|esto)|por (?:lo "
    r")?tanto|en consecuencia|in base a (?:questo|ciò|quest|quel)|partendo da|di conseguenza|com (?:isso|isto|esse|"
    r"essa|este|base nisso|o resultado)\b|(?:a partir|partindo) (?:disso|daí)|portanto|assim sendo|sendo assim|"
    r"daarmee|op basis (?:daarvan|van (?:dat|dit|die))|met (?:dat|dit|die) |uitgaande van|daaruit|bijgevolg)"
)

SEQUENCE = phrase(
    rf"{_START}(?:then|after that|afterwards|after this|subsequently|thereafter|when (?:you're )?done|danach|dann|"
    r"anschließend|hinterher|daraufhin|im anschluss|ensuite|puis|après (?:ça|cela)|par la suite|luego|después(?! "
    r"de)|a continuación|posteriormente|tras (?:eso|ello)|acto seguido|poi|dopo(?: di)? (?:che|questo|ciò)|"
    r"dopo(?=,)|successivamente|depois(?! d)|em seguida|a seguir|daarna|vervolgens|nadien)\b"
)

TRIGGERS = words(
    "then otherwise case cases one ones option options other difference cheaper dann sonst fall unterschied "
    "günstigere günstigeren billigere billigeren bessere besseren größere größeren kleinere kleineren schnellere "
    "schnelleren teurere teureren andere anderen ersteren letzteren ensuite alors cas différence autre luego después "
    "entonces caso diferencia otro otra poi allora quindi differenza dopo altro depois então diferença outro dan "
    "daarna verschil geval goedkopere beste welches welcher welche welchen davon two two three ur your plus moins "
    "más menos deux dos due dois twee winner favourite favorite fave fav pick picks gap coup both either each "
    "so eux elles questi queste quelli loro deles delas daarvan ervan hiervan instead "
    "stattdessen place lugar invece vez"
)
LATER = phrase(
    r"(?:\b(?:instead|stattdessen|à la place|en su lugar|invece|em vez disso|in plaats daarvan)(?=\W*$)|\b(?:says?|"
    r"said|thinks?|means?|claims?) so(?=\W*$)|(?<!back )(?<!by )(?<!since )(?<!until )(?<!till )(?<!from )(?<!and "
    r")(?<!but )(?<!just )(?<!even )(?<!was )\bthen\b(?! and\b)|\botherwise(?=\W*$)|\b(?:in|for) (?:that|this|such "
    r"a|which|either) case\b|(?<!bis )(?<!und )(?<!erst )(?<!, )\bdann\b|\bsonst(?=\W*$)|\bin (?:dem|diesem|so "
    r"einem|solch einem) fall\b|(?<!et )\bensuite\b|(?<=\w )\balors(?=\W*$)|\bdans ce cas\b|\bdu coup(?=\W*$)|(?<!y "
    r")(?<!hasta )(?<!desde )\b(?:luego|entonces)\b(?! de\b)|(?<!y )\bdespués\b(?! del?\b| que\b)|\ben (?:ese|tal|"
    r"este) caso\b|(?<!e )\bpoi\b|\b(?:allora|quindi)(?=\W*$)|\bin (?:quel|tal|questo) caso\b|(?<!e )\bdepois\b(?! "
    r"d)|(?<!até )(?<!desde )\bentão\b|\bnesse caso\b|\b(?:ik|je|we|wij|u|het|hij|ze|doet|die) dan\b|\bdan(?=\W*$)|"
    r"\bin dat geval\b)"
)
EARLIER_IF = phrase(
    r"\b(?:if|when|once|after|whenever|first|wenn|falls|sobald|nachdem|zuerst|erst|si|quand|après|d'abord|cuando|"
    r"primero|tras|se|quando|prima|als|wanneer|eerst)\b[^?]*$"
)

CHOICE = re.compile(
    r"(?i:\b(?:d'entre|di|de) (?:eux|elles|quest[ie]|quell[ie]|loro)\b|\b(?:deles|delas|daarvan|ervan|hiervan)\b|"
    r"\b(?:the (?:(?!other\b)\w{2,}er|better|worse|more \w+|less \w+|\w{3,}est|other|first|second|third|last|former|"
    r"latter|winning|chosen|right) (?:one|ones|option|of (?:the )?(?:two|three|four|them|these|those))\b|(?:which|"
    r"what)(?: one)? of (?:the )?(?:two|three|four|five|them|these|those|your)|the (?:price |cost )?(?:difference|"
    r"gap)(?! (?:between|in|of|to|from)\b)|(?:your|ur) (?:pick|choice|favou?rite|fave?|winner|top pick|suggestions?|"
    r"recommendations?|answers?|preferred)|the winner\b|welche[rsnm]? (?:davon|von (?:den |diesen )?(?:beiden|"
    r"zweien|dreien|denen|diesen)|der (?:beiden|zwei|drei)|würdest|würdet|würden|nimmst|nähmst|soll|sollen|sollten|"
    r"sollte|empfiehlst|bevorzugst|findest|wäre|ist|hat|passt|kostet|hält)\b(?!.*\boder\b)|der unterschied(?! "
    r"(?:zwischen|von|zu|zum|zur)\b)|(?:der|die|das|den|dem) (?:andere[nrs]?|erstere[nrs]?|letztere[nrs]?)(?=\W*$| "
    r"und\b)|laquelle|lequel|(?:le|la|les) (?:premi[eè]re?|seconde?|deuxième|moins ch[eè]re?|plus \w+) (?:des "
    r"(?:deux|trois)|option)|la différence(?! (?:entre|de|d')\b)|l'autre(?= ?\?)|(?:cuál|cual|cuáles|quale|qual|"
    r"quais) (?:de|di|dei|delle|dos|das|deles|delas)\b(?: (?:los|las|dos|tres|ellos|ellas|estos|estas|due|loro|"
    r"duas))*|(?:el|la|los|las) (?:más|menos) \w+ de (?:los|las) (?:dos|tres)|la diferencia(?! (?:entre|de|"
    r"horaria)\b)|(?:el|la) otr[oa](?=\?)|la differenza(?! (?:tra|fra|di)\b)|a diferença(?! (?:entre|de)\b)|het "
    r"verschil(?! (?:tussen|van|in)\b)|welke van (?:de|die)|(?:each|any|one|both|either|neither|all) of (?:the "
    r"(?:two|three|four)|them|these|those))\b)|\b(?i:der|die|das|den|dem) (?:günstig|billig|besser|größ|klein|"
    r"schnell|teu|stärk|leicht|neu|ält|leis)\w*?e?re[nr]?(?= (?![A-ZÄÖÜ])|[?.,!])"
)

PICK = phrase(
    rf"{_START}(?:please |pls |bitte |then |dann |now )*(?:(?:pick|choose|select|take) (?:just |only )?(?:(?:1|one|"
    r"two|any|your|ur|the|a) ?(?:favou?rite|fave?|winner|best|top|\w{3,}est)?(?: one| two)?)(?=\W*$|[,;.]| (?:and|"
    r"of (?:them|these|those)|from (?:them|these|those|the list)|n|&|that|for)\b)|(?:justify|explain|defend|"
    r"motivate) (?:it|that|this|your|ur|the choice|why\W*$)|(?:say|tell (?:me|us)|explain|and) why\W*$|give (?:me |"
    r"us )?(?:your |a |the )?reasons?\b(?! (?:for|to|why) \w+ \w)|(?:remove|drop|delete|keep|strike|skip|ignore|"
    r"cross out|leave out|streiche?|entferne?|behalte|lass|quita|elimina|deja|descarta|enlève[zr]?|retire[zr]?|"
    r"garde[zr]?|togli|tieni|schrap|houd) (?:the ones?|those|die(?=,| für| mit| ohne| d)|den(?=,)|(?:los|las|el|la) "
    r"(?:que|de)|ceux|celles|quell[ie]|os que|as que)\b|(?:rank|sort|order|rate|compare) (?:them|these|those|the "
    r"(?:two|three|four|results|options))|(?:such|suche|wähle?|nimm|nehmt)(?:t|en sie)? (?:dir |euch |sich "
    r")?(?:davon )?(?:eine[nrs]?|den|die|das) (?:davon )?(?:beste[ns]? |schönste[ns]? |deine[rn]? favoriten "
    r")?(?:davon |aus\b|raus\b|heraus\b|und begründe)|entscheide? dich|begründe? (?:es|das|deine|die|kurz|bitte|"
    r"warum)|(?:ordne|sortiere?|vergleiche?) (?:sie|diese|die (?:beiden|drei))\b|choisis(?:sez)?(?:-en|-les| (?:un|"
    r"une|le|la|celui|celle|ton|ta|votre|lequel|laquelle)(?=\W*$| (?:et|des|de ces|que|qui|meilleure?|préférée?|"
    r"plus)\b))|justifie[rz]?\b|explique[rz]? pourquoi\W*$|(?:dis|dites)(?:-moi)? pourquoi\W*$|classe[rz]?-les|"
    r"compare[rz]?-les|(?:elige|escoge|selecciona|quédate con) (?:uno|una|el|la|tu|dos|cuál)(?=\W*$| (?:y|de "
    r"(?:ellos|ellas|los|las|esos|estos)|mejor|favorit[oa]|preferid[oa]|que|más)\b)|justif[ií]ca(?:lo|la)?\b|"
    r"explica (?:por qué|tu)\W*$|di(?:me)? por qué\W*$|(?:orden|compár|clasifíc)(?:a|e)?(?:los|las)|scegli(?:ne|"
    r"li)? (?:uno|una|il|la)\b|scegline|giustifica|motiva (?:la|il|perch)|escolhe? (?:um|uma|o|a)(?=\W*$| (?:e|"
    r"d[eo]les|delas|melhor)\b)|justifique|kies (?:er )?(?:eentje|een|één|de|die)(?=\W*$| (?:en|van (?:deze|die)|"
    r"uit|beste)\b)|motiveer|leg uit waarom)"
)

COMPARED = phrase(
    rf"{_START}(?:which|what(?! (?:makes|can|should|could))|who|was|welche[rsn]?|wer|qu'est-ce qui|quel(?:le)?|"
    r"cu[aá]l|qu[eé]|quale|qual|wat|welke)\b(?!.* (?:than|or|als|oder|que|ou|o|di|do|dan|of) )[^:?]*\b(?:cheaper|"
    r"better|worse|faster|slower|bigger|larger|smaller|safer|longer|shorter|quieter|louder|stronger|heavier|lighter|"
    r"easier|simpler|greener|healthier|higher|lower|older|newer|warmer|cleaner|sturdier|(?:more|less) \w+|billiger|"
    r"günstiger|teurer|besser|schlechter|schneller|langsamer|größer|kleiner|sicherer|länger|kürzer|leiser|lauter|"
    r"stärker|schwerer|leichter|einfacher|sinnvoller|\w+freundlicher|nachhaltiger|rentabler|wirtschaftlicher|"
    r"haltbarer|höher|niedriger|älter|neuer|ruhiger|praktischer|gesünder|(?:plus|moins) \w+|mieux|(?:más|menos) \w+|"
    r"mejor|peor|(?:più|meno) \w+|meglio|(?:mais|menos) \w+|melhor|goedkoper|beter|sneller|groter|kleiner|veiliger|"
    r"zuiniger)(?: (?:overall|then|in total|for us|insgesamt|dann|für uns|pour nous|para nosotros|in the long run|"
    r"long term|auf dauer))?\W*$"
)
