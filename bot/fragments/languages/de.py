"""German."""

# ruff: noqa: RUF001 - dashes and accents as people write them

from __future__ import annotations

from bot.fragments.languages.base import Language, endings, greetings, phrase, words
from bot.fragments.languages.stopwords import STOP_WORDS

_WH = (
    r"(?:was|wer|wen|wem|wessen|wo|woher|wohin|womit|wofür|wodurch|worauf|woran|worum|wozu|wovon|wann|warum|wieso|"
    r"weshalb|wie|wieviele?|welche[rsnm]?)\b"
)
_AUX = (
    r"(?:ist|sind|war|waren|hat|haben|habe|habt|kann|können|könnt|kannst|könnte|könntest|könnten|könntet|muss|"
    r"müssen|musst|müsst|darf|dürfen|soll|sollen|sollte|sollten|will|wollen|wird|werden|würde|würden|würdest|gibt|"
    r"gilt|gelten|geht|gehört|braucht|brauche|brauchen|weiß|wisst|lohnt|zählt|dauert|kostet|funktioniert|reicht|"
    r"stimmt|deckt|hilft|passt)"
)
_SUBJECT = (
    r"(?:ich|wir|du|ihr|sie|er|es|man|der|die|das|ein|eine|mein|meine|unser|unsere|euer|eure|jemand|das|dies|"
    r"\ue000\d+\ue001)"
)
_VERBS = (
    r"(?:schreibe?|erkläre?|erläutere?|fasse?|übersetze?|nenne?|gib|zeige?|liste|vergleiche?|berechne|rechne|"
    r"erstelle?|mache?|finde|suche?|empfiehl|empfehle|schlage?|entwirf|formuliere?|verfasse|beschreibe?|prüfe?|"
    r"überprüfe?|korrigiere?|verbessere?|kürze?|ordne|sortiere?|wähle?|plane?|sage?|hilf|bereite|antworte|"
    r"beantworte|ergänze?|ändere?|wandle|extrahiere?|markiere?|definiere|bewerte|schätze?|analysiere?|skizziere?|"
    r"füge|setze|lösche?|schicke?|sende|rechne|begründe|zähle|refaktoriere)"
)
_ASIDE = r"[,.]? (?:und auch|ach und|ach so|übrigens|btw|und übrigens|und noch(?: was| eine frage)?|außerdem)[,:]? "

LANGUAGE = Language(
    code="de",
    stop=STOP_WORDS["de"],
    light=words(
        "machen mache macht tun geben gehen wissen sagen sagt brauchen brauche braucht nehmen nutzen verwenden "
        "möchte wollen zeigen erklären helfen hilfe schauen passieren passiert bedeutet heißt sache sachen weg "
        "wege gut gute guter gutes besser beste besten nächste nächsten letzte erste ersten beispiel beispiele "
        "alternative alternativen risiko risiken schritt schritte vorteil vorteile nachteil nachteile grund gründe "
        "kosten kostet preis preise frist unterschied grenze option optionen frage fragen antwort antworten "
        "problem probleme lösen ändern lange lang oft groß möglich erlaubt legal normal sinnvoll genau wirklich "
        "neu neue neuen folgende folgenden tipp tipps ideen idee gelten dauert dauern muss setze kommt"
    ),
    thing=words("es sie er ihm ihn"),
    plural=words("ihnen ihre ihrer ihres ihrem ihren sein seine seiner seines seinem seinen beide beiden"),
    definite=words(
        "im am beim zum zur vom der die das des dem den dieser diese dieses diesem diesen ihre ihrer ihren sein "
        "seine seinen"
    ),
    pointing=words("dieser diese dieses diesem diesen ihre ihrer ihren sein seine seinen"),
    determiners=words(
        "der die das des dem den ein eine einer eines einem einen mein meine meinen meiner meinem unser unsere "
        "unseren unserer unserem dieser diese dieses diesem diesen im am beim zum zur vom"
    ),
    oblique=words(
        "in im ins an am auf von vom zu zum zur mit nach bei beim aus für seit bis ab über unter vor hinter während"
    ),
    mine=words("ich mir mich mein meine meinen meiner meinem wir uns unser unsere unseren unserer unserem"),
    suffixes=endings("ungen ung ern en er es em e n s"),
    question=phrase(
        rf"(?:{_WH}|{_AUX} \S|(?:in|an|auf|für|von|mit|bei|aus|zu|bis|seit|ab|um|nach|unter) (?:welche[rsnm]?|wem|"
        rf"wen|"
        rf"wann|wo)\b|"
        r"(?:hat|weiß|kennt) (?:jemand|wer|einer)|jemand (?:eine )?(?:idee|ahnung|tipp)|(?:irgend)?welche (?:ideen|"
        r"tipps))"
    ),
    clause=phrase(rf"(?:{_WH} \S|{_AUX} {_SUBJECT}\b)"),
    inverted=phrase(
        rf"(?:(?:was|wo|wann|warum|wie|wer|wen|wem|welche[rsn]?)(?: \w+){{0,2}}? (?:kann|können|muss|müssen|darf|"
        rf"dürfen|soll|sollen|ist|sind|hat|habe|haben|mache|macht|bekomme|kriege|gibt|kommt|wird|finde|beantrage|"
        rf"melde|rufe) {_SUBJECT}\b|(?:kann|können|muss|darf|soll) (?:ich|wir|man)\b)"
    ),
    run_on=phrase(
        r"(?:was|wo|wann|warum|wie|wer|welche[rs]?)(?: \w+){0,2}? (?:kann|muss|darf|soll|ist|bekomme|finde) (?:ich|"
        r"man|wir|der|die|das)\b"
    ),
    relational=phrase(
        r"\b(?:ein |die |welche )?(?:beispiele?|alternativen?|vor- und nachteile|vorteile|nachteile|nebenwirkungen|"
        r"folgen|ausnahmen)\b(?! (?:von|für|zu|zum|zur|der|des|einer|eines|zwischen|wenn|bei|im|in))"
    ),
    instruction=phrase(
        rf"(?:(?:bitte|dann|danach|nun|jetzt|auch|zuerst|zunächst|außerdem|und|anschließend|"
        rf"zum schluss)[,:]? ){{0,3}}{_VERBS}\b(?!,)"
    ),
    strong=phrase(
        r"(?:bitte )?(?:schreibe?|fasse?|übersetze?|nenne?|liste|vergleiche?|berechne|erstelle?|schlage?|entwirf|"
        r"verfasse|gib (?:mir|uns)|zeige? (?:mir|uns)|sage? (?:mir|uns))\b"
    ),
    request=phrase(
        r"(?:ich (?:möchte|würde|will|wüsste)(?: auch)?(?: gerne?)?(?: auch)? (?:wissen|fragen|verstehen|erfahren)|"
        r"(?:müsste|möchte|würde|will|wüsste) (?:ich|wir) (?:auch |noch |gerne? )*(?:wissen|verstehen|erfahren|,)|"
        r"(?:außerdem|zusätzlich|daneben|ferner|zudem|auch noch|ebenso|weiterhin)[,:]? (?:brauchen?|bräuchten?|"
        r"suchen?|benötigen?|hätten?|möchten?) (?:ich|wir)\b|(?:ich|wir) (?:brauchen?|bräuchten?|suchen?) (?:auch|"
        r"noch|außerdem|zusätzlich)\b|(?:mein|meine|unser|unsere|der|die) \w+ (?:fragt|möchte|will)(?: sich| "
        r"außerdem| auch| noch| wissen)*, (?:ob|wie|was|wann|wo|warum|wer|welche[rsnm]?)\b|ich wüsste gerne?|ich "
        r"frage mich|ich weiß nicht,? (?:wie|was|wo|wann|ob|wer|welche)|wir wissen nicht,? (?:wie|was|wo|wann|ob|"
        r"wer|welche)|(?:ich )?(?:brauche|suche|benötige) (?:hilfe|rat|einen tipp|tipps)|keine ahnung,? (?:wie|was|"
        r"wo|wann|wer)|(?:brauche|suche) )"
    ),
    head=phrase(
        r"(?:(?:und |außerdem )*(?:(?:kannst|könntest|könnt|könntet|können|könnten|kann|könnte) (?:du|ihr|sie|mir|"
        r"uns|jemand|wer)(?: mir| uns| bitte| vielleicht| außerdem| auch| mal)* (?:sagen|erklären|zeigen|verraten|"
        r"helfen|beschreiben|erläutern|mitteilen)|(?:weißt du|wisst ihr|wissen sie|weiß jemand|weiß wer)|(?:sage?|"
        r"erkläre?|zeige?|beschreibe?|erläutere?|verrate?)"
        rf"(?: mir| uns)?(?: bitte| mal)?|ich (?:möchte|würde gerne?|will|wüsste gerne?)(?: wissen)?|"
        rf"ich frage mich),? (?={_WH}|ob ))"
    ),
    opening=phrase(
        r"(?:wenn|falls|sofern|sobald|solange|nachdem|bevor|während|da|weil|als|für|in|im|am|an|bei|beim|mit|ohne|"
        r"nach|vor|seit|zu|zum|zur|von|vom|zwischen|wegen|bezüglich|laut)\b[^,;:?!]{0,120}[,;:] ?(?:dann |bitte |"
        r"und |auch )*"
    ),
    condition=phrase(r"(?:wenn|falls|sofern|vorausgesetzt)\b"),
    marker=phrase(
        r"(?:(?:und außerdem|und auch|und|auch|außerdem|zudem|ferner|weiterhin|übrigens|ach und|ach|so|also|ok|okay|"
        r"na|hallo(?: zusammen| team| alle| ihr lieben)?|hi(?: zusammen| team| alle)?|hey(?: zusammen| leute)?|"
        r"moin(?: zusammen)?|guten (?:tag|morgen|abend)|servus|btw|erstens|zweitens|drittens|schließlich|zuletzt|"
        r"kurze frage|mal ne frage)\b[,:;!]*(?: |$))+"
    ),
    breaks=phrase(
        rf"{_ASIDE}|(?:[,;] ?| ?[-–—] ?| )(?:und|sowie|aber|plus)(?: auch| außerdem| dann| übrigens| noch|,)? |"
        rf"; ?|, |"
        rf" "
    ),
    aside=phrase(_ASIDE),
    holding=phrase(
        r"\b(?:unterschied(?:e)? zwischen|vergleich|vergleichen|unterscheide(?:t|n)|entweder|im vergleich|fragt,? "
        r"(?:wer|was|wie|warum|wann|wo|ob))\b"
    ),
    follow=phrase(
        r"(?:(?:und|aber|oder|also) )?(?:falls (?:ja|nein|nicht|doch|so|dem so)|wenn (?:ja|nein|nicht|doch|das|dem "
        r"so|es|sie|er)\b|sonst|andernfalls|ansonsten|in (?:dem|diesem) fall|und warum[?!.]*$|warum(?: nicht| das| "
        r"ist das so)?[?!.]*$|wieso(?: nicht)?[?!.]*$|dann (?!sag|erklär|nenn)|und (?:in|für|bei|am|an|mit|nach|von|"
        r"im|aus|ohne) (?!welche|wem|wen|was|wie|wann|wo)[^?]*\?|gilt das auch|das gleiche|dasselbe)"
    ),
    result=phrase(
        r"^(?:(?:und|also|aber) )?welche[rs] (?:ist|hat|wäre|passt|eignet|würde|soll|sollte|kann|kostet|braucht|"
        r"bietet|hält|dauert|davon)\b(?!.*\boder\b)|(?<!ist )(?<!sind )(?<!war )\b(?:den|die|das|der) (?:beste|"
        r"erste|zweite|dritte|letzte|\w{3,}ste)n?(?=[?.!,]| und\b|$)|\b(?:davon|darauf (?:basierend|aufbauend)|"
        r"basierend (?:auf|darauf)|auf (?:dieser )?basis|demnach|demzufolge|aufgrund dessen|unter diesen|von "
        r"(?:diesen|denen|ihnen|beiden)|(?:das|dein|dieses) ergebnis|(?:die|deine|diese[rn]?) (?:antwort|ergebnisse|"
        r"vorschläge|auswahl)|(?:den|dem|diesem) ergebnis|(?:du|sie) (?:genannt|vorgeschlagen|empfohlen|gewählt) "
        r"ha(?:st|ben)|(?:letztere|erstere)[rs]?)\b"
    ),
    versus=phrase(
        r"(?:^|\b(?:und|also) )(?:was|welche[rsn]?|wer)(?: davon| von beiden)? (?:ist|wäre|sind)(?: dann)? (?:\w+er|"
        r"besser|am \w+sten|sinnvoller)[?!. ]*$"
    ),
    about=phrase(r"(?:und )?(?:was ist mit|wie (?:ist|sieht) es (?:mit|bei|in)|wie steht es)\b"),
    seeking=phrase(
        r"^(?:\W*(?:und|auch|bitte|dann|nun|jetzt|außerdem)[, ]+)*(?:wer\b|(?:welche[rsnm]?|was für (?:ein|eine|"
        r"einen)|wie viele?) (?!(?:ist|sind|hat|kann|muss|davon)\b)\w+|(?:was|wie) (?:ist|wäre|lautet) (?:der|die|"
        r"das) (?:beste|günstigste|größte|kleinste|nächste|schnellste)|(?:schreibe?|entwirf|verfasse|erstelle?|"
        r"formuliere?|berechne|liste|nenne?|schlage?|empfiehl|finde|wähle?|plane?|fasse?|übersetze?|skizziere?|"
        r"suche?|gib (?:mir|uns)|mache?)\b)"
    ),
    made=phrase(
        r"\b(?:welche[rsnm]?(?: \w+)?|eine?[nmrs]?|zwei|drei|vier|fünf|sechs|zehn|\d+|den besten|die beste|das "
        r"beste) (\w{4,}(?: [A-ZÄÖÜ]\w{3,})?)"
    ),
    defining=phrase(
        r"(?:(?:und|auch|btw|erkläre?|bitte|übrigens)[, ]+)*(?:(?:was|wer|wann|wo) (?:ist|sind|war|waren|beginnt|"
        r"findet) (?!es\b|sie\b|er\b|das\b|die\b|der\b)\S|was (?:bedeutet|heißt|macht) (?!das\b)\S|wie (?:heißt|"
        r"lautet|hoch|alt|groß|weit) |definiere )"
    ),
    expletive=phrase(
        r"\b(?:gibt es|gibts|es gibt|ist es (?:ok|okay|möglich|erlaubt|besser|legal|sinnvoll|normal|nötig|günstiger|"
        r"billiger|schlimm|egal)|wie spät ist es|wie \w+ ist es (?:von|nach|bis|zu|zum|zur)|es ist (?:\w+ "
        r")?(?:möglich|wichtig|besser)|geht es (?:um|dir|euch)|es (?:regnet|schneit)|lohnt es sich|handelt es sich|"
        r"(?:können|könnten|wissen|würden|haben|sollten|müssen) sie (?:mir|uns|bitte)|(?<=, )(?:die|der|das) )\b"
    ),
    anaphor=phrase(
        r"(?:\beine (?:antwort|rückmeldung)\b(?! (?:auf|an)\b)|\bdas(?=[?.!,;:]|$)|^das (?:ist|war|geht|macht|"
        r"heißt)\b|\b(?:ist|geht|darf|kann|wird|gilt|soll|muss|wie) das(?= (?:legal|erlaubt|normal|auch|ok|okay|"
        r"möglich|noch|zu|bei|in|für|passieren|sein|steuerlich)\b)|\b(?:kostet|bedeutet|funktioniert|dauert|"
        r"passiert|macht) das\b|\b(?:ich|wir|man|du|ihr) das (?=dem|der|den|einem|einer|mit|bei|in|im|am|an|auf|für|"
        r"über|von|nicht|auch|richtig|selbst|online|schnell|wieder|melden|machen|lösen|beheben|ändern)|\b(?:darin|"
        r"daran|darauf|darüber|dafür|dagegen|dadurch|damit|daraus|dahinter|dabei)\b(?!,? dass)|\b(?:dieses|diese|"
        r"dieser|diesem|diesen)\b(?! (?:jahr|woche|monat|morgen|tage|sommer|winter|wochenende|fragen))|\bdort\b|"
        r"\bden(?:en|selben)\b|\bdasselbe\b|\bdie(?:selbe|selben)\b|\bein(?:e|en)? (?:neue[rsn]?|"
        r"andere[rsn]?)(?=[?.!,]|$)|\b(?:die|den) beiden\b)"
    ),
    whole_list=phrase(
        r"\b(?:welche[rsn]?|vergleich\w*|unterschied\w*|beste[rsn]?|sortiere?|ordne|reihenfolge|wähle|entscheide|"
        r"kombiniere|zwischen|versus|gemeinsam|plane|günstigste|schnellste|zusammen|durchschnitt|summe|aus "
        r"(?:diesen|folgenden)|mit (?:diesen|folgenden))\b"
    ),
    style=phrase(
        r"(?:(?:bitte|und|aber|auch)[, ]+)*(?:halte? (?:es|dich|sie|die antworten?)(?: bitte)? (?:kurz|knapp|"
        r"einfach)|antworte(?: bitte)? (?:auf|in|kurz|knapp|mit)|fasse? dich kurz|kurze antworten?|in stichpunkten|"
        r"stichpunkte|ohne fachbegriffe|(?:auf|in) (?:deutsch|englisch|einfacher sprache) bitte|bitte (?:kurz|knapp|"
        r"auf deutsch|auf englisch))"
    ),
    greeting=greetings(
        r"(?:hallo|hi|hey|moin|servus|grüezi|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?)(?:[ "
        r",]+(?:zusammen|team|alle|leute|ihr|lieben|kolleginnen|kollegen|und|damen|herren|nochmal|an|in|die|runde|"
        r"\ue000\d+\ue001))*|(?:vielen |herzlichen |besten |lieben )?dank(?: (?:im voraus|schon mal|vorab|euch|dir|"
        r"für (?:die|eure|deine|ihre) (?:hilfe|mühe|antwort|unterstützung)))*|danke(?: (?:schön|sehr|im voraus|"
        r"vorab|schon mal|euch|dir|für (?:die|eure|deine|ihre) (?:hilfe|mühe|antwort)))*|(?:viele|liebe|beste|"
        r"schöne|freundliche) grüße|mit freundlichen grüßen|(?:danke|dank) und (?:viele |liebe )?(?:gruß|grüße)|lg|"
        r"vg|mfg|gruß|schönes wochenende|einen schönen tag(?: noch)?|ich hoffe,? (?:es geht|ihr|dir|alles)[^?]*|wie "
        r"geht(?:'s| es)(?: \w+)?|(?:lg|vg|mfg|gruß|grüße|(?:viele|liebe|beste) grüße|danke),+ (?!w)\w+(?: \w+)?|ok|"
        r"okay|entschuldigung|sorry|bis (?:bald|dann|später)"
    ),
    idle=phrase(
        r"[\W_]*(?:(?:ich|wir|habe|haben|hätte|hätten|bitte|beantworte|beantwortet|beantworten|antworte|antworten|"
        r"auf|diese|die|den|folgende|folgenden|ein|eine|zwei|drei|vier|fünf|paar|einige|mehrere|noch|kurze|fragen|"
        r"frage|dinge|punkte|themen|sie|mir|uns|hier|sind|meine|unsere|und|hallo|hi|zusammen|kurz|folgendes|wissen|"
        r"möchte|gern|gerne|\d+)\b[\W_]*)+"
    ),
    dealing=phrase(
        r"(?:fasse?\b.*\bzusammen|zusammenfass\w*|übersetze?n?|übersetzung|korrigiere?n?|korrektur\w*|"
        r"rechtschreib\w*|tippfehler|fehler|schief|extrahiere?|finde|nenne|liste|erkläre?|analysiere?|prüfe?|"
        r"überarbeite|umformulier\w*|formuliere|kürze|vereinfache|kernpunkte|auffällig\w*|falsch)"
    ),
    not_dealing=phrase(
        r"\b(?:antworte auf|antwort(?:e|en)?(?: bitte)? auf|beantworte|schreibe? (?:eine|einen|ein|mir)|entwirf|"
        r"titel|überschrift|betreff|was will|in einem satz|wie viele|insgesamt)\b"
    ),
    deictic=phrase(
        r"\b(?:diese[rsnm]?|folgende[rsnm]?|hier|oben|unten|obige[rsn]?|(?:der|die|das|den|dem|des|im|mein|unser|"
        r"meinem|unserem) (?:\w+ )?(?:log|protokoll|ausgabe|fehlermeldung|text|e-mail|mail|nachricht|brief|dokument|"
        r"artikel|bericht|code|funktion|skript|abfrage|konfiguration|datei|tabelle|liste|zitat|klasse|methode|"
        r"vertrag))\b"
    ),
    shift=phrase(
        r"(?:(?:und|ach) )?(?:außerdem|übrigens|unabhängig|andere frage|noch (?:eine|was|etwas)|ach und|auch|"
        r"zudem)\b"
    ),
    turn=phrase(
        r"(?:(?:und|ach|aber|dann|jetzt|nun|noch|mal|so|außerdem|auch)[,:]? )*(?:(?:ganz |was |etwas |mal )*(?:was|"
        r"etwas) (?:ganz |völlig |komplett )?anderes|andere[rs]? (?:thema|frage|punkt|sache)|unabhängig davon|"
        r"abgesehen davon|davon abgesehen|nebenbei(?: bemerkt| gefragt)?|themenwechsel|anderes thema|(?:noch )?eine "
        r"(?:(?:andere|weitere|letzte|zweite) )?(?:frage|sache)|(?:zweite|nächste|letzte|weitere) frage|zweites "
        r"thema|ps|p\.s\.|etwas (?:völlig|ganz) anderes|noch (?:etwas|was)|außerhalb davon|"
        r"privat(?=[:,]))[,:;.!]*(?: [-\u2013\u2014])? "
    ),
)
