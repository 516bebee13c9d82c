"""French."""

# ruff: noqa: RUF001 - dashes and accents as people write them

from __future__ import annotations

from bot.fragments.languages.base import Language, endings, greetings, phrase, words
from bot.fragments.languages.stopwords import STOP_WORDS

_WH = (
    r"(?:qui|que|quoi|qu'est-ce|quel|quelle|quels|quelles|lequel|laquelle|lesquels|lesquelles|où|quand|comment|"
    r"pourquoi|combien|c'est quoi|c'est qui|c'est où|c'est quand|est-ce)\b"
)
_INVERTED = r"(?:\w+-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce))\b"
_VERBS = (
    r"(?:écris|écrivez|explique[sz]?|expliquez|résume[sz]?|résumez|traduis|traduisez|donne[sz]?|donnez|dis|dites|"
    r"montre[sz]?|liste[sz]?|listez|compare[sz]?|comparez|calcule[sz]?|calculez|crée[sz]?|créez|propose[sz]?|"
    r"proposez|rédige[sz]?|rédigez|suggère|suggérez|recommande[sz]?|trouve[sz]?|cite[sz]?|citez|nomme[sz]?|"
    r"corrige[sz]?|corrigez|vérifie[sz]?|vérifiez|classe[sz]?|classez|choisis|choisissez|planifie[sz]?|fais|faites|"
    r"aide[sz]?|prépare[sz]?|préparez|décris|décrivez|réponds|répondez|reformule[sz]?|simplifie[sz]?|améliore[sz]?|"
    r"analyse[sz]?|ajoute[sz]?|mets|mettez|estime[sz]?|transforme[sz]?|raccourcis|réécris|réécrivez|définis|"
    r"indique[sz]?|indiquez|relis|relisez|imagine[sz]?)"
)
_ASIDE = r"[,.]? (?:et aussi|et au fait|au fait|ah et|oh et|et sinon|et puis|btw|et en plus)[,:]? "

LANGUAGE = Language(
    code="fr",
    stop=STOP_WORDS["fr"],
    light=words(
        "faire dire savoir voir aller prendre utiliser besoin vouloir veux voudrais trouver aider aide expliquer "
        "chose choses façon manière bon bonne bons bonnes meilleur meilleure mieux prochain première premier "
        "dernier exemple exemples alternative alternatives risque risques étape étapes avantage avantages "
        "inconvénient inconvénients raison raisons coût coûts coûte prix délai différence différences limite "
        "option options question questions réponse réponses problème problèmes changer long longtemps souvent "
        "possible permis légal normal vraiment exactement nouveau nouvelle suivant suivante suivantes suivants "
        "idée idées conseil conseils maximale minimale maximum minimum durée autorisée autorisé"
    ),
    person=words("lui"),
    thing=words("il elle"),
    plural=words("leur leurs ils elles"),
    definite=words("du au aux le la les l ce cet cette ces son sa ses leur leurs"),
    pointing=words("ce cet cette ces son sa ses leur leurs"),
    determiners=words("le la les l un une des du au aux mon ma mes notre nos votre vos ce cet cette ces son sa ses"),
    oblique=words("à en dans sur de du d des au aux avec pour chez depuis pendant par vers sous avant après"),
    mine=words("je j me m moi mon ma mes nous notre nos"),
    suffixes=endings("ations ation ements ement tions tion euses eurs euse eur ées ée és er ez es e s x"),
    question=phrase(
        rf"(?:{_WH}|{_INVERTED}|(?:à|de|en|pour|dans|avec|chez|depuis|par|sur|d'|jusqu'à) ?(?:quel|quelle|quels|"
        rf"quelles|qui|quoi|quand|où|combien|laquelle|lequel)\b|"
        r"quelqu'un (?:sait|connaît|aurait|a)|une idée|des idées|le (?:\w+ ){1,4}(?:est|a)-t?-?(?:il|elle))"
    ),
    clause=phrase(rf"(?:{_WH} \S|{_INVERTED}|est-ce|(?:à|de|pour|avec) (?:quel|quelle|quels|quelles|qui|quoi)\b)"),
    inverted=phrase(
        rf"(?:(?:comment|où|quand|pourquoi|combien|quel|quelle|qui|que) (?:\w+ ){{0,2}}?(?:{_INVERTED}|est-ce|je|on|"
        rf"est|sont)|est-ce qu|c'est (?:quoi|où|quand|qui))"
    ),
    run_on=phrase(r"(?:où est-ce que|comment (?:on|je)|c'est quand|c'est où|c'est quoi|est-ce qu)"),
    relational=phrase(
        r"\b(?:un |des |les |quels? )?(?:exemples?|alternatives?|avantages|inconvénients|effets secondaires|"
        r"conséquences|exceptions?)\b(?! (?:de|d'|du|des|pour|à|entre|si|en|dans|qui))"
    ),
    instruction=phrase(
        rf"(?:(?:s'il (?:te|vous) plaît|svp|stp|puis|ensuite|aussi|maintenant|d'abord|enfin|et|ensuite|également|"
        rf"en outre)[,:]? ){{0,3}}{_VERBS}(?:\b|-)"
    ),
    strong=phrase(
        r"(?:écris|écrivez|résume[sz]?|traduis|traduisez|donne(?:-|z-)(?:moi|nous)|liste[sz]?|compare[sz]?|"
        r"calcule[sz]?|propose[sz]?|rédige[sz]?|suggère|cite[sz]?|dis-moi|dites-(?:moi|nous))\b"
    ),
    request=phrase(
        r"(?:(?:je|j'|nous) ?(?:voudrais|aimerais|voudrions|aimerions|veux|souhaite)(?: bien)?(?: aussi)? (?:savoir|"
        r"comprendre|connaître)|je me demande|je ne sais pas (?:comment|quoi|où|quand|qui|si|quel)|on ne sait pas "
        r"(?:comment|quoi|où|quand|qui|si|quel)|(?:j'ai )?besoin (?:d'aide|de conseils)|je cherche|(?:j'|je |nous "
        r")(?:aurais|ai|aurions|avons|voudrais|cherche) (?:aussi|également)(?: besoin)?|(?:aussi|également|en "
        r"plus)[, ]+(?:il me faut|il me faudrait|j'ai besoin|j'aurais besoin|je voudrais|je cherche)|aucune idée "
        r"(?:de )?(?:comment|où|quand|qui))"
    ),
    head=phrase(
        r"(?:(?:et |aussi )*(?:(?:peux-tu|pouvez-vous|pourriez-vous|pourrais-tu|tu peux|vous pouvez|quelqu'un "
        r"peut)(?: me| nous| m'| aussi)* ?(?:dire|expliquer|montrer|indiquer|aider|préciser)|(?:sais-tu|savez-vous|"
        r"quelqu'un sait)|(?:dis|dites|explique|expliquez|montre|montrez)(?:-moi|-nous)?|"
        rf"(?:je|j') ?(?:voudrais|aimerais|veux) savoir|je me demande),? (?={_WH}|si |ce qu))"
    ),
    opening=phrase(
        r"(?:si|quand|lorsque|dès|après|avant|pendant|pour|dans|en|sur|chez|avec|sans|à|au|aux|depuis|entre|comme|"
        r"puisque|concernant|selon)\b[^,;:?!]{0,120}[,;:] ?(?:alors (?!qu)|et |aussi )*"
    ),
    condition=phrase(r"(?:si|s\')\b"),
    marker=phrase(
        r"(?:(?:et aussi|et puis|et|aussi|de plus|en outre|au fait|d'ailleurs|sinon|ah et|alors|ok|bon|bonjour(?: à "
        r"tous| à toutes| tout le monde| l'équipe)?|salut(?: à tous| l'équipe)?|coucou|bonsoir|hello|d'abord|"
        r"premièrement|deuxièmement|troisièmement|enfin|également|petite question)\b[,:;!]*(?: [,:;!])?(?: |$))+"
    ),
    breaks=phrase(
        rf"{_ASIDE}|(?: ?[,;] ?| ?[-–—] ?| )(?:et|ainsi que|mais|plus)(?: aussi| puis| également| ensuite|,)? | ?; ?|"
        rf", | "
    ),
    aside=phrase(_ASIDE),
    holding=phrase(
        r"\b(?:différences? entre|compar(?:e|er|ez|aison)|soit|entre (?:le|la|les|un|une)|demande (?:pourquoi|"
        r"comment|qui|quand|où|si))\b"
    ),
    follow=phrase(
        r"(?:(?:et(?! sinon,)|mais|ou|alors) )?(?:si (?:oui|non|c'est (?:le cas|oui|non)|ce n'est pas)|sinon\b(?=,| "
        r"(?:que|quel|comment|est|on|je|peut))|dans ce cas|autrement|(?:et )?pourquoi(?: pas)?[ ?!.]*$|alors (?:que|"
        r"quel|quelle|comment|lequel)|puis (?!dis|explique|donne)|et (?:en|pour|dans|chez|avec|à|au|aux) (?!quel|"
        r"qui|quoi|combien)[^?]*\?|pareil pour|même question)"
    ),
    result=phrase(
        r"(?<!est )(?<!sont )\b(?:le|la|les) (?:meilleure?s?|premi(?:er|ère)s?|deuxième|second|seconde|derni(?:er|"
        r"ère)s?)(?=[?.!,]| et\b|$)|\b(?:(?:lequel|laquelle|lesquels|lesquelles)\b|à partir de (?:ça|cela)|sur "
        r"cette base|en fonction de (?:ça|cela)|d'après (?:ça|cela)|parmi (?:eux|elles|ceux-ci|celles-ci|ces)|l'un "
        r"d'eux|l'une d'elles|(?:le|ce|ton|votre) résultat|(?:la|ta|votre|cette) réponse|(?:les|ces|tes|vos) "
        r"(?:résultats|propositions|suggestions)|(?:tu as|vous avez|as-tu) (?:proposé|suggéré|choisi|cité|donné|"
        r"nommé)\w*|ce dernier|cette dernière)\b"
    ),
    versus=phrase(
        r"(?:^|\b(?:et|alors) )(?:lequel|laquelle|qu'est-ce qui|quel|quelle)(?: des deux)? (?:est|serait|sont)(?: "
        r"alors)? (?:le |la )?(?:plus|moins|meilleure?|mieux|moins cher)[^?]*[?!. ]*$"
    ),
    about=phrase(r"(?:et )?(?:qu'en est-il|et pour|et (?:le|la|les|mon|ma|en) [^?]{1,25}\?)"),
    seeking=phrase(
        r"^(?:\W*(?:et|aussi|puis|alors|maintenant|d'abord|s'il te plaît|s'il vous plaît)[, ]+)*(?:qui\b|(?:quel|"
        r"quelle|quels|quelles|combien de) (?!(?:est|sont|a|était)\b)\w+|quel(?:le)? est (?:le|la) (?:meilleure?|"
        r"plus|prochaine?) |(?:écris|écrivez|rédige[sz]?|crée[sz]?|calcule[sz]?|liste[sz]?|propose[sz]?|suggère|"
        r"suggérez|recommande[sz]?|trouve[sz]?|choisis|cite[sz]?|nomme[sz]?|planifie[sz]?|prépare[sz]?|résume[sz]?|"
        r"résumez|traduis|fais|imagine[sz]?|donne[sz]?)(?:\b|-))"
    ),
    made=phrase(r"\b(?:quel|quelle|quels|quelles|une?|des|deux|trois|quatre|cinq|six|dix|\d+) (?:\w+ )?(\w{4,})"),
    defining=phrase(
        r"(?:(?:et|aussi|explique|dis-moi|au fait)[, ]+)*(?:qu'est-ce qu(?:e|'un|'une)\b|c'est quoi \S|qui (?:est|"
        r"était|a) \S|que (?:signifie|veut dire) |quand (?:est|a lieu|commence) |quelle? est (?:le|la|l') ?\w+ "
        r"(?:de|du|d')|combien de \S|traduis )"
    ),
    expletive=phrase(
        r"\b(?:il y a|y a-t-il|il faut|faut-il|il est (?:possible|important|interdit|nécessaire)|est-il (?:possible|"
        r"permis|légal|nécessaire|préférable|normal|obligatoire|vrai)|vaut-il|il vaut|il pleut|quelle heure est-il|"
        r"s'agit-il|il s'agit|combien de temps faut-il|s'il (?:te|vous) plaît|est-ce|c'est-à-dire|qu'est-ce|"
        r"reste-t-il|(?<=\w )(?<!comment )(?<!où )(?<!quand )(?<!pourquoi )(?<!combien )(?<!et )(?<!mais "
        r")\w+-(?:t-)?(?:il|elle|ils|elles)\b)"
    ),
    anaphor=phrase(
        r"(?:\b(?:ça|cela|ceci)\b|\bune (?:réponse|contre-offre)\b(?! à)|\b(?:ce|cet|cette|ces) (?!qu'|(?:qui|que|"
        r"dont|soir|matin|midi|weekend|week-end|mois|semaine|année|été|hiver|après-midi|questions)\b)\w+|\bl'(?:un|"
        r"une) d'|\b(?:un|une) (?:autre|nouveau|nouvelle)(?=[ ?.!,]*$)|\bles deux\b|\blà-bas\b|\bdedans\b|"
        r"\b(?:celui|celle|ceux|celles)-(?:ci|là)\b|\b(?:son|sa|ses) (?=\w+))"
    ),
    clitic=phrase(
        r"(?:(?<!-)\b(?:comment|qui|où|quand|pourquoi|puis-je|peut-on|dois-je|doit-on|faut-il|faire|peux-tu|je|on|"
        r"nous) (?:le|la|les) (?=\w+(?:er|ir|re|oir|iser|lace|lacent|ise|ouve|ère)\b)|\bl'(?=\w+(?:er|ir|oir|dre|"
        r"ttre|uire)\b)|-(?:le|la|les|lui|leur|en|y)\b|\b(?:y|en) (?=\w+(?:er|ir|re|oir)\b))"
    ),
    whole_list=phrase(
        r"\b(?:lequel|laquelle|lesquels|quel|quelle|compare[rz]?|comparaison|différences?|meilleure?|classe[rz]?|"
        r"trie[rz]?|ordre|choisi\w*|combine[rz]?|entre|ensemble|moyenne|somme|planifie[rz]?|le moins cher|le plus|"
        r"avec ces|à partir de)\b"
    ),
    style=phrase(
        r"(?:(?:s'il (?:te|vous) plaît|et|mais|aussi)[, ]+)*(?:(?:réponds|répondez)(?: s'il (?:te|vous) plaît)? "
        r"(?:en|de|brièvement|avec|par)|sois (?:bref|brève|concis)|soyez (?:bref|brefs|concis)|reste[sz]? (?:bref|"
        r"simple|court)|réponses? courtes?|en (?:français|anglais|quelques mots|bref|une phrase)[ ,.!]*(?:s'il|svp|"
        r"stp)?|fais court|faites court|sans jargon)"
    ),
    greeting=greetings(
        r"(?:bonjour|salut|coucou|bonsoir|hello|cher|chère|chers)(?:[ ,]+(?:à|tous|toutes|et|tout|le|monde|l'équipe|"
        r"collègues|madame|monsieur|\ue000\d+\ue001))*|(?:un grand |mille )?merci(?: (?:beaucoup|bien|d'avance|à "
        r"(?:tous|toi|vous)|encore|infiniment|pour (?:votre|ton|l')[ ']?\w+))*|cordialement|bien à (?:vous|toi)|"
        r"bonne (?:journée|soirée)|à bientôt|bises|j'espère que[^?]*|(?:comment )?ça va|désolée?(?: pour[^?]*)?|"
        r"excusez-moi|(?:cordialement|merci|bises),+ (?!qu|o|c)\w+(?: \w+)?|ok|par avance"
    ),
    idle=phrase(
        r"[\W_]*(?:(?:j'ai|nous|avons|je|voici|réponds|répondez|répondre|à|aux|ces|les|mes|nos|des|quelques|deux|"
        r"trois|quatre|cinq|plusieurs|petites|petite|questions|question|suivantes|suivante|points|point|choses|s'il|"
        r"vous|te|plaît|svp|merci|de|bonjour|et|aussi|pour|moi|aide|besoin|avec|\d+)\b[\W_]*)+"
    ),
    dealing=phrase(
        r"(?:résume\w*|résumé|tradui\w*|traduction|corrige\w*|orthographe|fautes?|erreurs?|mal passé|pas marché|"
        r"échou\w*|extrai\w*|trouve\w*|liste\w*|explique\w*|analyse\w*|vérifie\w*|relis\w*|réécri\w*|reformule\w*|"
        r"simplifie\w*|raccourci\w*|points clés|anormal\w*|problèmes?)"
    ),
    not_dealing=phrase(
        r"\b(?:réponds à|répondre à|répondez à|une réponse|rédige[sz]? (?:une|un)|écri(?:s|vez) (?:une|un)|titre|"
        r"objet|en une phrase|combien|au total)\b"
    ),
    deictic=phrase(
        r"\b(?:ce|cet|cette|ces|ceci|ça|suivant|suivante|suivants|suivantes|ci-dessous|ci-dessus|voici|(?:le|la|les|"
        r"l'|mon|ma|notre|du|au) ?(?:\w+ )?(?:journal|log|logs|sortie|erreur|texte|e-mail|mail|courriel|message|"
        r"lettre|document|article|rapport|code|fonction|script|requête|configuration|fichier|tableau|liste|citation|"
        r"classe|contrat))\b"
    ),
    shift=phrase(
        r"(?:(?:et|ah) )?(?:aussi|au fait|par ailleurs|sinon|autre question|de plus|d'ailleurs|également|rien à "
        r"voir)\b"
    ),
    turn=phrase(
        r"(?:(?:et|ah|bon|puis|mais|aussi)[,:]? )*(?:autre (?:sujet|question|chose|point)|une (?:autre|dernière|"
        r"seconde|deuxième) (?:question|chose)|(?:rien à voir|sans rapport|sans lien)(?: (?:avec (?:ça|cela)))?|"
        r"(?<=et )sinon(?=,)|(?:à part|en dehors de|outre) (?:ça|cela)|dans un autre registre|changement de sujet|"
        r"pour changer de sujet|par ailleurs|indépendamment de (?:ça|cela)|cela dit|ps|p\.s\.|(?:deuxième|dernière|"
        r"seconde|prochaine) (?:question|chose|sujet)|dernier point|côté (?:privé|perso)) ?[,:;.!]*(?: "
        r"[-\u2013\u2014:])? "
    ),
)
