"""German."""

from __future__ import annotations

from bot.fragments.languages.base import Language, greetings, phrase, words

_WH = (
    r"(?:was|wer|wen|wem|wessen|wo|woher|wohin|womit|wofür|wodurch|worauf|woran|worum|wozu|wovon|wann|warum|wieso|weshalb|"
    r"wie|wieviele?|welche[rsnm]?)\b"
)
_AUX = (
    r"(?:ist|sind|war|waren|hat|haben|habe|habt|kann|können|könnt|kannst|könnte|könntest|könnten|könntet|muss|müssen|musst|"
    r"müsst|darf|dürfen|soll|sollen|sollte|sollten|will|wollen|wird|werden|würde|würden|würdest|gibt|gilt|gelten|geht|"
    r"gehört|braucht|brauche|brauchen|weiß|wisst|lohnt|zählt|dauert|kostet|funktioniert|reicht|stimmt|deckt|hilft|passt)"
)
_SUBJECT = r"(?:ich|wir|du|ihr|sie|er|es|man|der|die|das|ein|eine|mein|meine|unser|unsere|euer|eure|jemand|das|dies|\ue000\d+\ue001)"
_VERBS = (
    r"(?:schreibe?|erkläre?|erläutere?|fasse?|übersetze?|nenne?|gib|zeige?|liste|vergleiche?|berechne|rechne|erstelle?|mache?|"
    r"finde|suche?|empfiehl|empfehle|schlage?|entwirf|formuliere?|verfasse|beschreibe?|prüfe?|überprüfe?|korrigiere?|verbessere?|"
    r"kürze?|ordne|sortiere?|wähle?|plane?|sage?|hilf|bereite|antworte|beantworte|ergänze?|ändere?|wandle|extrahiere?|markiere?|"
    r"definiere|bewerte|schätze?|analysiere?|skizziere?|füge|setze|lösche?|schicke?|sende|rechne|begründe|zähle|refaktoriere)"
)
_ASIDE = r"[,.]? (?:und auch|ach und|ach so|übrigens|btw|und übrigens|und noch(?: was| eine frage)?|außerdem)[,:]? "

GERMAN = Language(
    code="de",
    stop=words(
        "der die das des dem den ein eine einer eines einem einen und oder aber doch denn wenn falls als ob dass weil da damit so sonst "
        "ich mir mich mein meine meiner meines meinem meinen wir uns unser unsere unserer unseres unserem unseren du dir dich dein deine "
        "ihr euch euer eure sie ihnen ihre ihrer ihres ihrem ihren er ihm ihn sein seine seiner seines seinem seinen es man sich",
        "ist sind war waren bin bist wäre wären hat haben habe hatte hatten habt kann können kannst könnt könnte könnten könntet muss müssen "
        "darf dürfen soll sollen sollte sollten will wollen wird werden würde würden wurde wurden worden dieser diese dieses diesem diesen "
        "jener jene jenes von vom zu zum zur mit nach bei beim aus auf an am in im ins um für gegen ohne über unter vor hinter zwischen "
        "durch während seit bis ab was wer wen wem wo woher wohin womit wann warum wieso weshalb wie welche welcher welches welchem welchen",
        "nicht kein keine keinen keiner keinem nur auch noch schon sehr mehr hier dort jetzt heute immer wieder bitte danke hallo außerdem "
        "dann daher also mal eben etwa alle alles jede jeder jedes jedem jeden etwas nichts viel viele ja nein davon damit dafür dazu daran "
        "darauf darüber ach übrigens eigentlich denn ob zusammen sowie bzw gibt gilt gelten geht gern gerne selbst per pro je",
    ),
    light=words(
        "machen mache macht tun geben gehen wissen sagen sagt brauchen brauche braucht nehmen nutzen verwenden möchte wollen zeigen "
        "erklären helfen hilfe schauen passieren passiert bedeutet heißt sache sachen weg wege gut gute guter gutes besser beste besten "
        "nächste nächsten letzte erste ersten beispiel beispiele alternative alternativen risiko risiken schritt schritte vorteil",
        "vorteile nachteil nachteile grund gründe kosten kostet preis preise frist unterschied grenze option optionen frage fragen "
        "antwort antworten problem probleme lösen ändern lange lang oft groß möglich erlaubt legal normal sinnvoll genau wirklich neu neue neuen "
        "folgende folgenden tipp tipps ideen idee gelten dauert dauern muss setze kommt",
    ),
    thing=words("es sie er ihm ihn"),
    plural=words("ihnen ihre ihrer ihres ihrem ihren sein seine seiner seines seinem seinen beide beiden"),
    definite=words("im am beim zum zur vom der die das des dem den dieser diese dieses diesem diesen ihre ihrer ihren sein seine seinen"),
    determiners=words(
        "der die das des dem den ein eine einer eines einem einen mein meine meinen meiner meinem unser unsere unseren unserer unserem "
        "dieser diese dieses diesem diesen im am beim zum zur vom"
    ),
    oblique=words("in im ins an am auf von vom zu zum zur mit nach bei beim aus für seit bis ab über unter vor hinter während"),
    mine=words("ich mir mich mein meine meinen meiner meinem wir uns unser unsere unseren unserer unserem"),
    suffixes=("ungen", "ung", "ern", "en", "er", "es", "em", "e", "n", "s"),
    question=phrase(
        rf"(?:{_WH}|{_AUX} \S|(?:in|an|auf|für|von|mit|bei|aus|zu|bis|seit|ab|um|nach|unter) (?:welche[rsnm]?|wem|wen|wann|wo)\b|"
        r"(?:hat|weiß|kennt) (?:jemand|wer|einer)|jemand (?:eine )?(?:idee|ahnung|tipp)|(?:irgend)?welche (?:ideen|tipps))"
    ),
    clause=phrase(rf"(?:{_WH} \S|{_AUX} {_SUBJECT}\b)"),
    inverted=phrase(
        rf"(?:(?:was|wo|wann|warum|wie|wer|wen|wem|welche[rsn]?)(?: \w+){{0,2}}? (?:kann|können|muss|müssen|darf|dürfen|soll|sollen|ist|sind|hat|habe|"
        rf"haben|mache|macht|bekomme|kriege|gibt|kommt|wird|finde|beantrage|melde|rufe) {_SUBJECT}\b|(?:kann|können|muss|darf|soll) (?:ich|wir|man)\b)"
    ),
    run_on=phrase(r"(?:was|wo|wann|warum|wie|wer|welche[rs]?)(?: \w+){0,2}? (?:kann|muss|darf|soll|ist|bekomme|finde) (?:ich|man|wir|der|die|das)\b"),
    relational=phrase(r"\b(?:ein |die |welche )?(?:beispiele?|alternativen?|vor- und nachteile|vorteile|nachteile|nebenwirkungen|folgen|ausnahmen)\b(?! (?:von|für|zu|zum|zur|der|des|einer|eines|zwischen|wenn|bei|im|in))"),
    instruction=phrase(rf"(?:(?:bitte|dann|danach|nun|jetzt|auch|zuerst|zunächst|außerdem|und|anschließend|zum schluss)[,:]? ){{0,3}}{_VERBS}\b(?!,)"),
    strong=phrase(
        r"(?:bitte )?(?:schreibe?|fasse?|übersetze?|nenne?|liste|vergleiche?|berechne|erstelle?|schlage?|entwirf|verfasse|gib (?:mir|uns)|zeige? (?:mir|uns)|sage? (?:mir|uns))\b"
    ),
    request=phrase(
        r"(?:ich (?:möchte|würde|will|wüsste)(?: auch)?(?: gerne?)?(?: auch)? (?:wissen|fragen|verstehen|erfahren)|ich wüsste gerne?|ich frage mich|ich weiß nicht,? (?:wie|was|wo|wann|ob|wer|welche)|"
        r"wir wissen nicht,? (?:wie|was|wo|wann|ob|wer|welche)|(?:ich )?(?:brauche|suche|benötige) (?:hilfe|rat|einen tipp|tipps)|keine ahnung,? (?:wie|was|wo|wann|wer)|(?:brauche|suche) )"
    ),
    head=phrase(
        r"(?:(?:und |außerdem )*(?:(?:kannst|könntest|könnt|könntet|können|könnten|kann|könnte) (?:du|ihr|sie|mir|uns|jemand|wer)(?: mir| uns| bitte| vielleicht| außerdem| auch| mal)* "
        r"(?:sagen|erklären|zeigen|verraten|helfen|beschreiben|erläutern|mitteilen)|(?:weißt du|wisst ihr|wissen sie|weiß jemand|weiß wer)|(?:sage?|erkläre?|zeige?|beschreibe?|erläutere?|verrate?)"
        rf"(?: mir| uns)?(?: bitte| mal)?|ich (?:möchte|würde gerne?|will|wüsste gerne?)(?: wissen)?|ich frage mich),? (?={_WH}|ob ))"
    ),
    opening=phrase(
        r"(?:wenn|falls|sofern|sobald|solange|nachdem|bevor|während|da|weil|als|für|in|im|am|an|bei|beim|mit|ohne|nach|vor|seit|zu|zum|zur|von|vom|zwischen|wegen|bezüglich|laut)\b[^,;:?!]{0,120}[,;:] ?(?:dann |bitte |und |auch )*"
    ),
    condition=phrase(r"(?:wenn|falls|sofern|vorausgesetzt)\b"),
    marker=phrase(
        r"(?:(?:und außerdem|und auch|und|auch|außerdem|zudem|ferner|weiterhin|übrigens|ach und|ach|noch eine frage|noch was|noch etwas|so|also|ok|okay|na|hallo(?: zusammen| team| alle| ihr lieben)?|"
        r"hi(?: zusammen| team| alle)?|hey(?: zusammen| leute)?|moin(?: zusammen)?|guten (?:tag|morgen|abend)|servus|btw|erstens|zweitens|drittens|schließlich|zuletzt|kurze frage|mal ne frage|unabhängig davon|andere frage)\b[,:;!]*(?: |$))+"
    ),
    breaks=phrase(rf"{_ASIDE}|(?:[,;] ?| ?[-–—] ?| )(?:und|sowie|aber|plus)(?: auch| außerdem| dann| übrigens| noch|,)? |; ?|, | "),
    aside=phrase(_ASIDE),
    holding=phrase(r"\b(?:unterschied(?:e)? zwischen|vergleich|vergleichen|unterscheide(?:t|n)|entweder|im vergleich|fragt,? (?:wer|was|wie|warum|wann|wo|ob))\b"),
    follow=phrase(
        r"(?:(?:und|aber|oder|also) )?(?:falls (?:ja|nein|nicht|doch|so|dem so)|wenn (?:ja|nein|nicht|doch|das|dem so|es|sie|er)\b|sonst|andernfalls|ansonsten|in (?:dem|diesem) fall|und warum[?!.]*$|"
        r"warum(?: nicht| das| ist das so)?[?!.]*$|wieso(?: nicht)?[?!.]*$|dann (?!sag|erklär|nenn)|und (?:in|für|bei|am|an|mit|nach|von|im|aus|ohne) [^?]*\?|gilt das auch|das gleiche|dasselbe)"
    ),
    result=phrase(
        r"\b(?:davon|darauf (?:basierend|aufbauend)|basierend (?:auf|darauf)|auf (?:dieser )?basis|demnach|demzufolge|aufgrund dessen|unter diesen|von (?:diesen|denen|ihnen|beiden)|(?:das|dein|dieses) ergebnis|"
        r"(?:die|deine|diese[rn]?) (?:antwort|ergebnisse|vorschläge|auswahl)|(?:den|dem|diesem) ergebnis|(?:du|sie) (?:genannt|vorgeschlagen|empfohlen|gewählt) ha(?:st|ben)|(?:letztere|erstere)[rs]?)\b"
    ),
    versus=phrase(r"(?:^|\b(?:und|also) )(?:was|welche[rsn]?|wer)(?: davon| von beiden)? (?:ist|wäre|sind)(?: dann)? (?:\w+er|besser|am \w+sten|sinnvoller)[?!. ]*$"),
    about=phrase(r"(?:und )?(?:was ist mit|wie (?:ist|sieht) es (?:mit|bei|in)|wie steht es)\b"),
    seeking=phrase(
        r"^(?:\W*(?:und|auch|bitte|dann|nun|jetzt|außerdem)[, ]+)*(?:wer\b|(?:welche[rsnm]?|was für (?:ein|eine|einen)|wie viele?) (?!(?:ist|sind|hat|kann|muss|davon)\b)\w+|(?:was|wie) (?:ist|wäre|lautet) (?:der|die|das) (?:beste|günstigste|größte|kleinste|nächste|schnellste)|"
        r"(?:schreibe?|entwirf|verfasse|erstelle?|formuliere?|berechne|liste|nenne?|schlage?|empfiehl|finde|wähle?|plane?|fasse?|übersetze?|skizziere?|suche?|gib (?:mir|uns)|mache?)\b)"
    ),
    made=phrase(r"\b(?:welche[rsnm]?(?: \w+)?|eine?[nmrs]?|zwei|drei|vier|fünf|sechs|zehn|\d+|den besten|die beste|das beste) (\w{4,})"),
    defining=phrase(
        r"(?:(?:und|auch|btw|erkläre?|bitte|übrigens)[, ]+)*(?:(?:was|wer|wann|wo) (?:ist|sind|war|waren|beginnt|findet) (?!es\b|sie\b|er\b|das\b|die\b|der\b)\S|was (?:bedeutet|heißt|macht) (?!das\b)\S|wie (?:heißt|lautet|hoch|alt|groß|weit) |definiere )"
    ),
    expletive=phrase(
        r"\b(?:gibt es|gibts|es gibt|ist es (?:ok|okay|möglich|erlaubt|besser|legal|sinnvoll|normal|nötig|günstiger|billiger|schlimm|egal)|wie spät ist es|es ist (?:\w+ )?(?:möglich|wichtig|besser)|geht es (?:um|dir|euch)|es (?:regnet|schneit)|"
        r"lohnt es sich|handelt es sich|(?:können|könnten|wissen|würden|haben|sollten|müssen) sie (?:mir|uns|bitte)|(?<=, )(?:die|der|das) )\b"
    ),
    anaphor=phrase(
        r"(?:\bdas(?=[?.!,;:]|$)|^das (?:ist|war|geht|macht|heißt)\b|\b(?:ist|geht|darf|kann|wird|gilt|soll|muss|wie) das(?= (?:legal|erlaubt|normal|auch|ok|okay|möglich|noch|zu|bei|in|für|passieren|sein|steuerlich)\b)|\b(?:kostet|bedeutet|funktioniert|dauert|passiert|macht) das\b|"
        r"\b(?:darin|daran|darauf|darüber|dafür|dagegen|dadurch|damit|daraus|dahinter|dabei)\b(?!,? dass)|\b(?:dieses|diese|dieser|diesem|diesen)\b(?! (?:jahr|woche|monat|morgen|tage|sommer|winter|wochenende|fragen))|\bdort\b|\bden(?:en|selben)\b|\bdasselbe\b|\bdie(?:selbe|selben)\b|"
        r"\bein(?:e|en)? (?:neue[rsn]?|andere[rsn]?)(?=[?.!,]|$)|\b(?:die|den) beiden\b)"
    ),
    whole_list=phrase(
        r"\b(?:welche[rsn]?|vergleich\w*|unterschied\w*|beste[rsn]?|sortiere?|ordne|reihenfolge|wähle|entscheide|kombiniere|zwischen|versus|gemeinsam|plane|günstigste|schnellste|zusammen|durchschnitt|summe|aus (?:diesen|folgenden)|mit (?:diesen|folgenden))\b"
    ),
    style=phrase(
        r"(?:(?:bitte|und|aber|auch)[, ]+)*(?:halte? (?:es|dich|sie|die antworten?)(?: bitte)? (?:kurz|knapp|einfach)|antworte(?: bitte)? (?:auf|in|kurz|knapp|mit)|fasse? dich kurz|kurze antworten?|in stichpunkten|stichpunkte|ohne fachbegriffe|(?:auf|in) (?:deutsch|englisch|einfacher sprache) bitte|bitte (?:kurz|knapp|auf deutsch|auf englisch))"
    ),
    greeting=greetings(
        r"(?:hallo|hi|hey|moin|servus|grüezi|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?)(?:[ ,]+(?:zusammen|team|alle|leute|ihr|lieben|kolleginnen|kollegen|und|damen|herren|nochmal|\ue000\d+\ue001))*|(?:vielen |herzlichen |besten |lieben )?dank(?: (?:im voraus|schon mal|vorab|euch|dir|für (?:die|eure|deine|ihre) (?:hilfe|mühe|antwort|unterstützung)))*|"
        r"danke(?: (?:schön|sehr|im voraus|vorab|schon mal|euch|dir|für (?:die|eure|deine|ihre) (?:hilfe|mühe|antwort)))*|(?:viele|liebe|beste|schöne|freundliche) grüße|mit freundlichen grüßen|lg|vg|mfg|gruß|schönes wochenende|einen schönen tag(?: noch)?|ich hoffe,? (?:es geht|ihr|dir|alles)[^?]*|wie geht(?:'s| es)(?: \w+)?|ok|okay|entschuldigung|sorry|bis (?:bald|dann|später)"
    ),
    idle=phrase(
        r"[\W_]*(?:(?:ich|wir|habe|haben|hätte|hätten|bitte|beantworte|beantwortet|beantworten|antworte|antworten|auf|diese|die|den|folgende|folgenden|ein|eine|zwei|drei|vier|fünf|paar|einige|mehrere|noch|kurze|fragen|frage|dinge|punkte|themen|sie|mir|uns|hier|sind|meine|unsere|und|hallo|hi|zusammen|kurz|folgendes|wissen|möchte|gern|gerne|\d+)\b[\W_]*)+"
    ),
    dealing=phrase(
        r"(?:fasse?\b.*\bzusammen|zusammenfass\w*|übersetze?n?|übersetzung|korrigiere?n?|korrektur\w*|rechtschreib\w*|tippfehler|fehler|schief|extrahiere?|finde|nenne|liste|erkläre?|analysiere?|prüfe?|überarbeite|umformulier\w*|formuliere|kürze|vereinfache|kernpunkte|auffällig\w*|falsch)"
    ),
    not_dealing=phrase(r"\b(?:antworte auf|antwort(?:e|en)?(?: bitte)? auf|beantworte|schreibe? (?:eine|einen|ein|mir)|entwirf|titel|überschrift|betreff|was will|in einem satz|wie viele|insgesamt)\b"),
    deictic=phrase(
        r"\b(?:diese[rsnm]?|folgende[rsnm]?|hier|oben|unten|obige[rsn]?|(?:der|die|das|den|dem|des|im|mein|unser|meinem|unserem) (?:\w+ )?(?:log|protokoll|ausgabe|fehlermeldung|text|e-mail|mail|nachricht|brief|dokument|artikel|bericht|code|funktion|skript|abfrage|konfiguration|datei|tabelle|liste|zitat|klasse|methode|vertrag))\b"
    ),
    shift=phrase(r"(?:(?:und|ach) )?(?:außerdem|übrigens|unabhängig|andere frage|noch (?:eine|was|etwas)|ach und|auch|zudem)\b"),
)
