"""Patterns in every language at once: courtesy and chat, asking for a thing, and what points at words said before."""

from __future__ import annotations

from bot.fragments.languages.base import phrase, words

START = (
    r"\W*(?:(?:and|but|or|so|also|ok|well|und|aber|oder|also|et|mais|ou|alors|y|e|pero|o|ma|mas|en|maar|of|n)\b[ "
    r",]*[¿\"]*)*"
)

FILLER = phrase(
    r"(?:achja|ach ja|naja|na ja|tja|h+m+|ähm|äh|uhm?|um|erm|aha|sagt? mal|actually|honestly|anyways?|alright|nd|n|"
    r"&|por curiosidad|a ver|tiens|eh bien|scusate?|senti|dunque|trouwens|quick one|just wondering|just curious|aus "
    r"neugier|nur so aus neugier|par curiosité|petite question|simple curiosité)\b[,:;.…-]* (?:(?:und|and|et|y)\b )?"
)
"""What may be cut off the beginning of a sentence, besides what its language says."""

CHAT = phrase(
    r"(?:(?:vous (?:connaissez|savez|sauriez|auriez)|tu (?:connais|sais|saurais|aurais)|(?:wisst|kennt|habt|könnt|"
    r"wüsstet) ihr|(?:weißt|kennst|wüsstest) du|sabéis|conocéis|sapete|conoscete|weten jullie|kennen jullie)\b|"
    r"(?:wd|wud|shd|cud|shud|do|does|can|r|are) (?:u|ya|i|we|it|they|the|this|that|there|ppl|any\w*)\b|(?:what|"
    r"where|who|how|when)s\b)"
)
"""The first words of a question that people write without its mark."""

MATTERS = phrase(
    r"\b(?:things|stuff|questions|points|to-?dos|favou?rs|bits|requests|tasks|sachen|dinge|fragen|punkte|aufgaben|"
    r"choses|"
    r"trucs|demandes|tâches|cosas|preguntas|dudas|tareas|cose|domande|coisas|perguntas|dingen|vragen)\b[^.?!]*:?\W*$"
)
"""An intro that says that a list of different matters follows ("some things for today:")."""

ANNOUNCES = phrase(
    r"\b(?:questions?|qs|things i(?:'d like)? (?:to know|wonder)|fragen|questions|dudas|preguntas|domande|dubbi|"
    r"perguntas|dúvidas|vragen|(?:like|want|need) to know)\b"
)
"""An intro whose list is one of questions, however they are written."""

CALLS = phrase(
    r"\W*(?:so |and |please |bitte |also |por favor |s'il vous plaît |hence )*(?:(?:can|could|would|will) (?:you|u|"
    r"someone|anyone)|please|(?:kannst|könntest) du|(?:könnt|könntet) ihr|können sie|bitte|(?:peux|pourrais)-tu|"
    r"(?:pouvez|pourriez)-vous|vous pouvez|tu peux|¿?(?:puedes|podéis|podrías|podríais|puede|podría)|(?:puoi|potete|"
    r"potresti|potreste)|(?:podes|podem|pode|poderias)|(?:kun|kunnen) (?:je|jullie)|i need you to|i'd like you to)\b"
)
"""An intro that has no sense without the statement before it ("Could you:")."""

IDIOM = phrase(
    r"\b(?:th[eo]se days|that said|that being said|for that matter|at this point|in this day and age|this very|"
    r"dieser tage|in diesen tagen|zu dieser zeit|in diesem (?:jahr|monat)|ces (?:jours-ci|derniers temps|temps-ci)|"
    r"en ce moment|à ce stade|(?:en )?estos (?:días|momentos)|en este momento|a estas alturas|in questi giorni|in "
    r"questo momento|nestes dias|neste momento|dezer dagen)\b"
)
"""Demonstratives that point at nothing that was said."""

OBJECT = phrase(
    r"\b(?:combien de temps (?:le|la|les) (?=\w+(?:er|ir|re)\b)|pour (?:le|la|les|l'|lui|leur|y|en) ?(?!loyer|dîner|"
    r"papier|courrier|métier|quartier|clavier|dossier|escalier|premier|dernier|hiver|plaisir|soir|couloir|tiroir|"
    r"désir|chantier|atelier|calendrier|cahier|panier|fichier|foyer|goûter|souper|avenir|pouvoir|devoir|trottoir|"
    r"mobilier|policier|infirmier|ouvrier|livre|titre|cadre|centre|chambre|lettre|fenêtre|mètre|litre|ministre|"
    r"maire|affaire|notaire|salaire|formulaire|fer|mer|hôtelier)\w+(?:er|ir|oir|dre|ttre|ire)\b|les? (?:va|van|iría|"
    r"irían|viene|conviene|falta|hace|hacen|queda|sienta|pasa|ponemos|pongo|podemos|puedo)\b(?!.* a (?:mi|un|una|el|"
    r"la|los|las|nuestr)\b)|los? (?:\w+[aei]mos)\b|(?:ich|wir|man) (?:eins|keins|welche[ns]?)\b|n?e?in? "
    r"neues\b(?=\W*$)|(?:gli|ci) (?:va|serve|vuole)\b|(?:come|dove|quando|perché) (?:lo|la|li|le) (?=\w)|é que (?:o|"
    r"a|os|as) (?=\w))"
)
"""Pronouns that only their place tells from articles, besides what the language says."""

ITSELF = phrase(
    r"\b(?:without|so(?: that)?|before|until|while|because|if|when|once|after|in case|ohne dass|bevor|bis|damit|"
    r"weil|wenn|sans qu'|pour qu'|avant qu'|parce qu')[ ]?$"
)
"""What a clause begins with whose pronoun stands for a thing of the clause before it ("cook rice without it ...")."""

APPEAL = phrase(
    rf"{START}(?:please |pls |bitte |thanks,? )?(?:(?:any(?:one|body)?|some(?:one|body)) (?:(?:have|has|got)(?: an?|"
    r" any)? )?(?:know|knows|idea|ideas|clue|clues|thoughts?|tips?|advice|suggestions?|hints?|pointers?|help|"
    r"experience|guess(?:es)?)(?: (?:on|about|with) (?:that|this|it)| here| maybe| how| why| what to do)?|"
    r"(?:thoughts|ideas|tips|suggestions|hints|opinions)|(?:do|does|can|could|has|have) (?:you|u|any(?:one|body)|"
    r"some(?:one|body)) (?:know|happen to know|have|got|help|explain|think of)(?: (?:an?|any|some))?(?: (?:of "
    r"you))?(?: (?:idea|ideas|clue|advice|tips?|thoughts?|suggestions?|anything|experience|opinion|that|this|it|me|"
    r"us))*(?: (?:with|on|about) (?:that|this|it))?|what do you (?:all |guys )?(?:think|reckon|say)(?: (?:of|about) "
    r"(?:it|that|this))?|is (?:that|it|this) (?:even |really |at all )?(?:possible|doable|true|right|correct|normal|"
    r"ok|okay|feasible|realistic)(?: at all)?|(?:am i|are we) (?:right|wrong|missing something)|right|correct|no|"
    r"yes|really|seriously|is that so|make sense|does that make sense|know what i mean|(?:hat|weiß|kennt|kann)(?: "
    r"das| da| sich| hier| mir)* (?:jemand|wer|einer|irgendwer)(?: (?:das|da|hier|mir|uns|eine|ein|einen|ne|ahnung|"
    r"idee|rat|tipp|tipps|plan|helfen|sagen|aus|erfahrung|weiterhelfen|dazu|was))*|(?:irgend(?:eine|welche) |jemand "
    r"(?:eine )?)?(?:ideen?|ahnung|tipps?|vorschläge|rat|meinungen?)|(?:habt ihr|hast du|haben sie|hättet ihr|"
    r"avez-vous|vous avez|vous auriez|as-tu|tu as|avete|hebben jullie|heb je)(?: (?:da|vielleicht|eine?n?|ne|"
    r"irgendwelche|une?|des|een|qualche|dazu))* (?:ideen?|tipps?|vorschläge|vorschlag|ahnung|rat|idées?|pistes?|"
    r"conseils?|suggestions?|idee(?:ën)?|suggerimenti)|was (?:meint|denkt|sagt) (?:ihr|du)(?: dazu)?|(?:ist|geht) "
    r"das (?:überhaupt |so )?(?:möglich|richtig|erlaubt|normal|überhaupt)?|oder(?: nicht)?|stimmt(?:'s| das)?|"
    r"richtig|(?:quelqu'un|qqn) (?:sait|saurait|a|aurait|peut m'aider|connaît|pourrait m'aider)(?: (?:une|des|un|"
    r"idée|idées|avis|ça|cela|la réponse|comment))*|(?:une|des|vos|avez-vous une|vous avez une|tu as une)? "
    r"?(?:idées?|avis|conseils?|suggestions?|pistes?)|(?:qu'en|t'en|vous en) (?:pensez|penses|dites)-?(?:vous|"
    r"tu)?(?: quoi)?|(?:c'est|est-ce) (?:même |vraiment )?(?:possible|normal|grave|vrai)|n'est-ce pas|non|alguien "
    r"(?:sabe|lo sabe|tiene|conoce|puede ayudar(?:me)?)(?: (?:algo|alguna|una|idea|lo|consejo|sugerencia))*|"
    r"(?:alguna|tenéis|tienes|tienen)? ?(?:alguna )?(?:ideas?|sugerencias?|consejos?|opini(?:ón|ones))|(?:qué|que) "
    r"(?:opináis|opinas|pensáis|piensas|os parece|te parece|decís|opinan)|es (?:eso |esto )?(?:posible|normal|"
    r"verdad|cierto)|verdad|no\b|qualcuno (?:sa|lo sa|ha)(?: (?:un'?|idea|idee))*|(?:qualche |avete )?(?:idee|idea|"
    r"suggerimenti|consigli)|che ne (?:pensate|pensi|dite|dici)|algu[eé]m (?:sabe|tem|me ajuda)(?: (?:uma|alguma|"
    r"ideia))*|(?:alguma )?(?:ideias?|sugest(?:ão|ões))|o que (?:achas|acham)|(?:weet|heeft|kan|kent) (?:iemand|er "
    r"iemand)(?: (?:dat|dit|een|idee|tip|het|me|helpen|raad))*|(?:een |enig )?(?:idee(?:ën)?|tips?|suggesties|"
    r"ideeën)|wat (?:vinden|denken) jullie)\W*$"
)

KNOWLEDGE = phrase(
    r"\W*(?:(?:so|hi|hey|dis|sag mal|oye)\b[ ,]*)*(?:you know (?:about |your way around )?[^?.,]{1,40},? "
    r"(?:right|yes|no)|do (?:you|any of you) know (?:much |anything )?(?:about|your way around) [^?.,]{1,40}|(?:have "
    r"you|has anyone)(?: "
    r"ever)? (?:used|heard of|tried|worked with|dealt with) [^?.,]{1,40}|is it just me or [^?]{1,60}|(?:can|could) "
    r"(?:you|some(?:one|body)|any(?:one|body)) help me with (?:an?|my|the) "
    r"[^?.,]{1,30}|(?:kennst du dich|kennt ihr euch|kennt sich (?:jemand|wer|einer)) (?:mit|in|bei) [^?.,]{1,40} aus|"
    r"(?:tu t'y connais|vous vous y connaissez|t'y connais) (?:en|un peu en) "
    r"[^?.,]{1,40}|¿?(?:sabes|sabéis|entiendes|entendéis) (?:algo |mucho )?de [^?.,]{1,40})\W*$"
)
"""Whether the other one knows about something: asked before the question itself."""

OPENER = phrase(
    r"\W*(?:(?:hi|hey|hello|hallo|hola|salut|bonjour|ciao|olá|hoi|moin|yo|ok|so|please|sorry|sry|guys|all|team|"
    r"leute|zusammen)\b[ ,!.]*)*+(?:(?:can|could|would|will|may|might) (?:you|u|ya|any(?:one|body)|some(?:one|body)|"
    r"i|we)(?: guys| all| please| pls| maybe| possibly| quickly| kindly)* (?:help|assist|give (?:me|us) a hand|ask|"
    r"lend (?:me|us) a hand|bother you|pick your brain|advise|spare a minute)(?: (?:me|us|out|you|please|pls|here|a|"
    r"an|one|quick|with|this|that|something|question|questions|sth|stupid|dumb|for|moment|sec|second|again|once "
    r"more))*|(?:got|have|do you have|u got|you got|anyone got) (?:a |an? ?|some )?(?:sec|second|minute|moment|min|"
    r"time)(?: for (?:me|us|a question))?|(?:a |one |just a |just one |another )?(?:quick|stupid|silly|dumb|short|"
    r"small|noob|random|weird|simple|probably (?:a )?(?:stupid|dumb|silly)) (?:one|question|q|thing)(?: (?:maybe|"
    r"perhaps|for you|here|i know|probably))*|help|mind if i ask(?: something| you)?|(?:kann|kannst|könnt|könnte|"
    r"könntest|könntet|können|dürfte|darf)(?: (?:mir|uns|du|ihr|sie|jemand|wer|einer|bitte|mal|kurz|vielleicht|ich|"
    r"euch|dich|hier|da|dabei|eine|ne|was|schnell|frage|bei|etwas))+ (?:helfen|fragen|weiterhelfen|unterstützen|"
    r"stellen)|(?:habt ihr|hast du|hat jemand|haben sie)(?: mal| kurz| eine?| einen)* (?:zeit|minute|moment|"
    r"sekunde)|(?:blöde|dumme|kurze|schnelle|doofe|kleine|mal (?:ne|eine)|nur (?:ne|eine)|vielleicht (?:ne|eine)) "
    r"(?:blöde |dumme |kurze )?frage(?: vielleicht)?|(?:vous pouvez|vous pourriez|pouvez-vous|pourriez-vous|tu peux|"
    r"peux-tu|tu pourrais|pourrais-tu|quelqu'un (?:peut|pourrait)|est-ce que (?:vous pouvez|tu peux|quelqu'un "
    r"(?:peut|pourrait)))(?: (?:me|nous|m'))? ?(?:m'|nous |me )?(?:aider|donner un coup de main|dépanner|renseigner|"
    r"éclairer)(?: s'il (?:vous|te) plaît| svp| stp)?|(?:je peux|puis-je) (?:vous |te )?poser une question|"
    r"(?:petite|une|question) (?:question|bête|rapide)(?: bête| peut-être| rapide)?|¿?(?:(?:me|nos|alguien) "
    r")*(?:puedes|podéis|pueden|puede|podrías|podríais|podría|podrían)(?: (?:alguien|por favor|me|nos|usted|"
    r"ustedes))* (?:ayudar(?:me|nos)?|echar(?:me|nos)? una mano|orientar(?:me)?)(?: (?:alguien|por favor|con "
    r"(?:esto|algo|una duda)))*|(?:puedo|os puedo|te puedo) (?:hacer(?:os|te)? una pregunta|preguntar(?:os|te)? "
    r"(?:algo|una cosa))|tenéis un (?:momento|minuto)|tienes un (?:momento|minuto)|(?:pregunta|duda) (?:tonta|"
    r"rápida)(?: quizás?)?|(?:mi|ci) (?:potete|puoi|può|potreste|potresti) (?:aiutare|dare una mano)|(?:puoi|potete|"
    r"potresti|qualcuno può|qualcuno mi può) (?:aiutar(?:mi|ci)|aiutare|dar(?:mi|ci) una mano)|(?:podes|pode|podem|"
    r"alguém (?:pode|me pode)|podias)(?: me)? (?:ajudar(?:-me|-nos)?|dar uma ajuda)|(?:kun|kunt|kan|kunnen|zou)(?: "
    r"(?:je|jij|u|jullie|iemand|me|mij|ons|even|misschien|kunnen))+ helpen|(?:korte|domme|stomme|snelle) "
    r"vraag(?:je)?)\W*$"
)

WHY = phrase(
    r"\W*(?:(?:and|so|but|hey|und|et|y|aber|mais|pero|¿)[, ]*)*(?:why\b|how come|what(?:'s| is| could be)? (?:the "
    r"(?:\w+ ){0,2}(?:reason|cause|matter)|caus|wrong|going on)|what (?:could|can|might) (?:be|cause)|"
    r"(?:[\w']+[ ,]+){1,4}?(?:why|warum|wieso|weshalb|pourquoi|por qué|perché|waarom)\b|warum|wieso|weshalb|woran|"
    r"woher kommt|pourquoi|d'où vient|à quoi "
    r"(?:est|c'est) dû|por qué|a qué se debe|perché|come mai|por que|porque|porquê|waarom|hoe komt)"
)
HYPOTHESIS = phrase(
    rf"{START}(?:(?:am|did|have) (?:i|we)\b|(?:is|could|might|can|would|was|does|do|did|has|may) "
    r"(?:it|that|this|they|these|those)\b|"
    r"(?:liegt|hängt|kommt|kann|könnte) (?:das|es|dies)\b(?!(?-i: [A-ZÄÖÜ]))|c'est|ça (?:vient|peut|serait)|est-ce "
    r"(?:que c'est|dû|à cause|lié|que ça|la|le|un|une)|cela vient|serait-ce|¿?(?:será|serán|sería|puede ser|podría "
    r"ser|es (?:por|el|la|un|una|culpa|que)|tiene que ver|influye)\b|(?:è|sarà|può essere|potrebbe|dipende)\b|(?:é|"
    r"será|pode ser)\b|(?:ligt|komt|is|kan|zou) (?:het|dat|dit)\b)"
)

SOUGHT = phrase(
    rf"{START}(?:(?:please|bitte|can you|could you|kannst du|könnt ihr|peux-tu|pouvez-vous) )?(?:(?:do|does|can|"
    r"could|would) (?:you|u|any(?:one|body)|some(?:one|body)) (?:happen to )?(?:know|have|recommend|suggest|think) "
    r"(?:of )?(?:an?|any|some|one|two|three)\b|(?:is|are) there (?:an?|any|some)\b|anyone (?:know|got) (?:an?|any)|"
    r"(?:tell|give|show|send)(?: me| us)? (?:an?|one|some|two|three|four|five|the (?:best|name|cheapest))\b|(?:i|"
    r"we)(?:'m|'re| am| are)? (?:need|want|looking for|searching for) (?:an?|some)\b|what(?:'s| is| would be) the "
    r"best\b|(?:what|who|where|which)(?:'s| is| are| was| were) the (?:\w{3,}est|most|best|worst|first|last|next|"
    r"only)\b|(?:was|wer|wo|welche\w*) (?:\w+ ){0,3}?(?:ist|sind|war|waren) (?:der|die|das) (?:\w+ )?\w+ste[nrs]?\b|"
    r"quel(?:le)?s? (?:\w+ )?(?:est|sont|était|a été) (?:le|la|les) (?:plus|moins|meilleure?s?|premi\w+|derni\w+)\b|"
    r"¿?(?:cuál|quién|qué \w+) (?:es|fue|son|era|tiene) (?:el|la|los|las) (?:\w+ )?(?:más|menos|mejor|peor|"
    r"primer\w*|últim\w+)\b|(?:qual|chi|quem|wat|wie) (?:è|é|is|foi|fu|was) (?:il|la|lo|o|a|de|het) (?:\w+ )?(?:più|"
    r"meno|miglior\w*|mais|menos|melhor|maior|menor|prim\w+|eerste|\w+ste)\b|(?:kennst du|kennt ihr|kennt jemand|"
    r"kennt wer|gibt es|gibt's|gibts|weißt du|hast du|habt ihr|hättet ihr|(?:ich|wir) (?:suche|suchen|brauche|"
    r"brauchen)|sag mir|sagt mir|nenn mir|zeig mir)(?: (?:da|hier|vielleicht|bitte|noch))? (?:eine?n?|irgendeine?n?|"
    r"zwei|drei|gute)\b|(?:tu connais|connais-tu|vous connaissez|connaissez-vous|quelqu'un connaît|y a-t-il|"
    r"existe-t-il|il y a|est-ce qu'il (?:y a|existe)|je cherche|on cherche|il (?:me|nous) faut|dis-moi|dites-moi|"
    r"indique-moi|auriez-vous|as-tu|avez-vous|conseille[sz]?(?:-moi|-nous)?|recommande[sz]?(?:-moi|-nous)?) (?:un|"
    r"une|des|deux|trois)\b|¿?(?:(?:me|nos) )?(?:conoces|conocéis|conoce alguien|conocen|sabes de|sabéis de|hay|"
    r"existe|existen|busco|buscamos|necesito|necesitamos|dime|dinos|indícame|recomiéndame|recomiéndanos|recomiendas|"
    r"recomendáis|aconseja|aconséjame) (?:un|una|algún|alguna|unos|unas|dos|tres|algo)\b|¿?qué (?:\w+ ){1,4}?(?:me |"
    r"nos )?(?:recomiendas|recomendáis|recomendarías|recomiendan|aconsejas|sugieres)|(?:conosci|conoscete|c'è|"
    r"esiste|dimmi|cerco|suggerisci|consiglia\w*|raccomanda|ci sono) (?:un|una|uno|qualche|dei|delle|due|tre)\b|"
    r"(?:conheces|conhecem|conhece|há|existe|diz-me|procuro|recomenda\w*|sugere|sugira|preciso de) (?:um|uma|algum|"
    r"alguma|dois|três)\b|(?:ken je|kent iemand|kennen jullie|is er|zijn er|noem|ik zoek|wij zoeken|raad)(?: me| "
    r"mij)? (?:een|twee|drie)\b)"
)


POINTERS = words(
    "ich man wir du ihr sie ist wird steht war wurde gehört wo dazu dorthin dahin hierfür hierzu hiervon davor "
    "daneben daran dele dela deles delas nele nela disso nisso daarbij daarvoor daarvan daarop daarin daaraan "
    "erbij ervoor eraan erin ervan erop qui que ones one va vont boire servir marche goes go fit fits pairs works "
    "qué quién cuál cuánto cómo dónde cuándo ci ganze elijas elijáis escojas escojáis recomiendes prefieras salga "
    "digas propongas gane les la le there puedo podemos thing esa ese eso esos esas celle celui"
)
"""Words of which one is in every POINTER."""

POINTER = phrase(
    r"\b(?:das ganze\b|there(?=\W*$)|(?!is\b|are\b|was\b|if\b|and\b|that\b)\w+ there (?=has\b|have\b|can\b|does\b|"
    r"do\b|in\b)|(?:lo|la|los|las) (?:puedo|podemos) |(?:does|do|did|will|would|should|is) the (?:whole )?thing\b|"
    r"(?:con|para|de|por) "
    r"es[aeo]s?(?=\W*$)|(?:avec|pour|de|à) (?:celle|celui)-(?:là|ci)(?=\W*$)|(?:ich|wir|man|du|ihr) (?:die|den|das) "
    r"(?=(?:am|nicht|jetzt|dann|noch|richtig|wieder|selbst|"
    r"sonst|eigentlich|denn|überhaupt|bis|sofort|gleich) )|(?:el|la|los|las) que (?:elij\w+|escoj\w+|recomiend\w+|"
    r"prefier\w+|salga|digas|propongas|gane)|quel(?:le)?s? \w+ (?:le|la|les) (?=\w+(?:er|ir|oir|dre|ttre)\b)|"
    r"(?:ich|man|wir|du|ihr) (?:die|den|das|dem|der)(?=\W*$)|(?:ich|man|wir|du|ihr) (?:die|den|das|dem|der) "
    r"(?!(?-i:[A-ZÄÖÜ]))(?:\w+ )?(?!(?-i:[A-ZÄÖÜ]))\w+en(?=\W*$)|(?:ich|man|wir|du|ihr) da\b(?! (?:ist|sind))|"
    r"(?:ist|wird|steht|war|wurde|gehört) das (?:\w+ )?(?!(?-i:[A-ZÄÖÜ]))\w+t(?=\W*$)|wo steht das\b|(?:dazu(?!,? "
    r"(?:dass|kommen|führ))|dorthin|dahin|hierfür|hierzu|hiervon|davor|daneben|daran|dele|dela|deles|delas|nele|"
    r"nela|disso|nisso|daarbij|daarvoor|daarvan|daarop|daarin|daaraan|erbij|ervoor|eraan|erin|ervan|erop|(?:celui|"
    r"celle|ceux|celles) (?:qui|que)|the ones?(?= (?:that|which|who|i|we|you)\b)|(?:va|vont|boire|servir|marche) "
    r"avec(?=\W*$)|(?:goes|go|fits?|pairs|works) with(?=\W*$))\b|(?:qué|quién|cuál|cuánto|cómo|dónde|"
    r"cuándo)\b[^?]{0,80} le (?=\w+[?. ]*$)|(?:ich|wir|man|du|ihr|sie) (?:das|die|den|es) (?!(?-i:[A-ZÄÖÜ]))(?:\w+ "
    r")?(?:ein|aus|an|ab|auf|zu|um|her|hin|mit|vor|los|weg|zurück|an-|durch)(?=\W*$)|ci (?:sta|va|vuole|arriv))"
)
"""Words that point at what was said, besides what the language says."""

QUESTION_WORD = phrase(
    r"\W*(?:(?:et|und|and|y) )?(?:qu[ei]\w*|combien|comment|où|quand|pourquoi|w(?:as|er|en|em|ann|o|ie|elche\w*|"
    r"ohin)\b|wie |what|which|who|when|where|how)"
)
ELSE = phrase(
    r"\W*(?:et |und )?(?:sinon|ansonsten|sonst(?: noch)?)\b[ ,:]*(?:qu[ei]\w*|combien|comment|où|quand|pourquoi|"
    r"est-ce|vous|tu|w(?:as|er|en|em|ann|o|ie|elche\w*)\b)"
)
"""A word for "otherwise" that only turns to another topic where nothing was asked that may be denied."""

MATERIAL = phrase(
    r"\W*(?:(?:hi|hey|please|pls|can you|could you|bitte|kannst du|peux-tu|puedes|merci de)\b[ ,]*)*(?:translate|"
    r"proofread|rephrase|reword|rewrite|paraphrase|polish|shorten|correct|summari[sz]e|transcribe|übersetze?|"
    r"korrigiere?|formuliere?|kürze?|fasse?|tradui[st]\w*|corrige[zr]?|reformule[zr]?|résume[zr]?|traduce|traducir|"
    r"corrige|reescribe|resume|traduci|correggi|traduz|vertaal)\b[^:?!]{0,80}: ?[\"“„«]?\w"
)
"""A task whose material follows a colon on the same line: what comes after it in the paragraph is not asked of us."""

TASK = phrase(
    r"(?:convertis(?:sez)?|vérifie[zr]?|enlève[zr]?|retire[zr]?|ajoute[zr]?|conseille[zr]?|indique[zr]?|"
    r"précise[zr]?|estime[zr]?|détermine[zr]?|remplace[zr]?|convierte|quita|verifica|comprueba|estima|aconseja|"
    r"determina|añade|elimina|rechne|streiche?|ermittle|schätze?|ergänze?|entferne?|wandle|elenca|dammi|dimmi|"
    r"calcola|scrivi|traduci|suggerisci|spiega|proponi|diz-me|dá-me|escreve|traduz|propõe|noem|geef|bereken|schrijf|"
    r"vertaal)\b"
)
"""The first words of tasks, besides those that a language lists."""

WISH = phrase(
    r"\W*(?:ideally|preferably|best if|bonus (?:points )?(?:if|for)|at best|if possible|not too|nothing too|(?:but "
    r")?(?:no more|not more|less) than|am (?:liebsten|besten)|idealerweise|möglichst|bevorzugt|gerne?(?: auch)?|"
    r"wenn möglich|idéalement|de préférence|si possible|pas trop|idealmente|preferiblemente|a ser posible|si es "
    r"posible|no muy|preferibilmente|possibilmente|se possibile|de preferência|se possível|bij voorkeur|liefst|het "
    r"liefst|indien mogelijk)\b"
)
"""The first words of a statement that says what the thing asked for should be like."""

BOUNDARY = phrase(
    r"(?:[,;:(]|\b(?:and|or|but|so|if|when|whenever|while|because|since|as|than|before|after|until|once|unless|though|"
    r"although|whether|that|which|who|where|how|why|what|in order|without \w+ing|by \w+ing)\b)"
)
"""What parts two clauses, so that a pronoun after it may mean a phrase before it."""

DESCRIBING = phrase(r"(?:(?:that|which|who) (?!(?:i|we|you|they|he|she)\b)|to (?=\w+$)|\w+ing\b(?! and))")
"""The first words of a clause that describes the phrase before it."""

DEMONSTRATIVE = phrase(
    r"(?:\b(?:at|for|with|to|in|on|of|by|from|about|under|given|after|before|into) (?:that|this|those|these) |\b(?:bei|"
    r"für|mit|zu|von|nach|in|auf|unter) (?:diese[mnrs]?|jene[mnrs]?) |\b(?:à|avec|pour|de|dans|sur|par|après) "
    r"(?:ce|cet|cette|ces) |\b(?:con|para|de|en|por|a|tras|según) (?:ese|esa|esos|esas) |\b(?:per|con|a|di|da|in) "
    r"(?:quel|"
    r"quello|quella|questo|questa) |\b(?:com|para|por|a|em) (?:esse|essa) |\b(?:met|voor|van|bij) "
    r"(?:die|dat|deze|dit) )"
    r"(?!(?:week|weekend|month|year|quarter|morning|afternoon|evening|night|time|moment|day|summer|winter|spring|"
    r"autumn|"
    r"fall|season|monday|tuesday|wednesday|thursday|friday|saturday|sunday|topic|matter|subject|case|note|file|text|"
    r"message|mail|email|e-mail|image|picture|screenshot|channel|thread|code|log|logs|list|table|sentence|paragraph|"
    r"article|document|letter|way|reason|point|woche|monat|jahr|morgen|abend|tag|zeit|sommer|winter|text|mail|datei|"
    r"liste|tabelle|satz|brief|fall|grund|thema|semaine|mois|année|matin|soir|jour|été|hiver|texte|message|mail|"
    r"fichier|"
    r"liste|cas|sujet|phrase|lettre|semana|mes|año|mañana|tarde|noche|día|verano|invierno|texto|mensaje|correo|archivo|"
    r"lista|caso|tema|frase|carta|\ue000)\w{0,2}\b)(?P<noun>\w{3,})"
)
"""A preposition, a demonstrative and a noun that is neither a time nor a text ("at that price")."""
