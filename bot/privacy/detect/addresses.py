"""Postal addresses: by postal code, by street type, by post box and by cue, over several lines."""

# ruff: noqa: PLR2004, RUF001 - counts are what such rules are made of; the foreign letters are meant

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.orgs import has_form
from bot.privacy.detect.streets import MAJOR, MINOR, NOT_A_STREET
from bot.privacy.detect.words import words

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
_WORD = rf"[{_UP}][\w'’.&-]{{0,40}}"
_SMALL = (
    r"(?:of|the|and|on|upon|by|under|de|del|della|dello|delle|dei|di|da|do|dos|das|du|des|la|las|le|les|lo|los|el|"
    r"en|sur|sous|lès|aux?|im|am|an|zum|zur|der|den|dem|"
    r"bei|ob|vor|van|aan|ten|ter|het|und|et|y|e|i|na|nad|altos|bajos|d'|l')"
)
_LOWER_STREET = (
    r"(?:utca|út|útja|tér|körút|cesta|ulica|put|trg|sokak|sokağı|caddesi|gade|gata|iela|tänav|tee|katu|tie|vej|vei|"
    r"allé|umgwaqo|náměstí|třída|gate|veg|plass|ul\.)"
)
_NUMBER = (
    r"\d{1,6}(?:[ ]?[A-Za-z](?![\w]))?(?:[/-](?:\d{1,4}[A-Za-z]?|[IVX]{1,4}|hs|bis|"
    r"[A-Z])(?![\w])){0,3}(?:[ ](?:bis|hs|huis|boven|I{1,3})(?!\w))?"
)
_UNIT = (
    r"(?:[ \t]*,?[ \t\n]*(?:(?:Apt|Apartment|Unit|Suite|Ste|Floor|Fl|Room|Rm|Level|Flat|Studio|Bldg|Building|Block|"
    r"Dept|Depto|Interior|Edif|Piso|Puerta|Planta|Esc|Appartamento|Interno|Appt|Appartement|Étage|Etage|Wohnung|Whg|"
    r"Hinterhaus|Tür|Top|Andar|Bloco|Sala|Lote|m)\b\.?[ \t]*#?[\w-]{1,6}|(?:apto?|ap|casa|bloco|sala|conj|lote|quadra|"
    r"piso|puerta|esc|bajo|interno|int|scala|daire|lgh|lägenhet|lok|m|flat|unit|suite|appt?|bât(?:iment)?|[Bb]âtiment|[Ee]scalier|bis|"
    r"bus)\b\.?[ \t]*(?:\w{1,2}\b|\d{1,5}[A-Za-z]?\b)|\d{1,2}\.?[ ](?:tv|th|mf|sal|OG|Stock|Etage|piso|andar)\b\.?|"
    r"\d{1,2}[.ºª°oa]{1,2}(?:[ ]?(?:(?:[Dd]cha|[Ii]zq|[Dd]erecha|[Ii]zquierda|[Cc]entro|[Ee]sq|[Dd]to|[Dd]t[oa]|"
    r"[Ff]te|[Pp]ta|[Pp]uerta|[A-H]|\d{1,2})\b\.?)){0,2}|[Bb]ajos?\b|#[ ]?\w{1,6}|\d{1,2}[ºª°oa][ ]?[A-Z]?(?:Dcha|"
    r"Izq)?\.?)){0,4}"
)
_SEP = r"(?>[ \t]*[,/](?:[ \t]*\n)?[ \t]*|[ \t]*\n[ \t>]*|[ \t]+-[ \t]+|[ \t]+)"
_BREAK = r"(?:[ \t]*[,;/](?:[ \t]*\n)?[ \t]*|[ \t]*\n[ \t>]*|[ \t]+[-–][ \t]+|[ \t]+(?:in|à|en|a)[ \t]+)"
_TOKEN = (
    rf"(?:{_WORD}|\d[\w/.º°-]*|#\d[\d-]*|{_SMALL}(?![\w])|(?:rue|avenue|chemin|montée|rang|côte|boulevard|place|route|"
    rf"impasse|allée)(?!\w)|(?:{MINOR})(?!\w))"
)
_CITY = (
    rf"(?:St\.[ ])?[{_UP}][\w'’-]{{1,40}}(?:[ -](?:{_SMALL}[ ])?[{_UP}][\w'’-]{{1,40}}){{0,4}}"
    r"(?:[ ]\([A-Z]{2}\)|[ ]?/[ ]?[A-Z]{2}\b)?"
)
_STATES = (
    "al|ak|az|ar|ca|co|ct|de|fl|ga|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|nd|oh|ok|or|"
    "pa|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy|dc|pr|gu"
)
_COUNTRY = (
    r"(?:,?[ \t\n]+(?:USA|U\.S\.A\.|United States|UK|United Kingdom|England|Canada|Australia|India|Germany|"
    r"Deutschland|France|Spain|España|Italy|Italia|Ireland|Netherlands)\b)?"
)

_ANCHOR = (
    r"(?:[A-Z]{2}[ \t\n]+\d{5}(?:-\d{4})?(?!\d)|[A-Z]{2}[, \t\n]+[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b|(?:NSW|VIC|QLD|SA|WA|"
    r"TAS|NT|ACT),?[ \t\n]+\d{4}(?!\d)|[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}\b|[A-Z]{2,4}\.?[ ,]+\d{5}(?:-\d{4})?(?!\d)|"
    r"[A-Z]\d[\dW][ ]?(?=[A-Z]{0,3}\d)[A-Z0-9]{4}(?!\w)|(?i:pin)(?:[ ]?code)?[ :.-]{0,2}\d{3}[ ]?\d{3}(?!\d)|"
    r"〒?\d{3}-\d{4}(?!\d)"
    rf"|{_WORD}[ ]?-[ ]?\d{{3}}[ ]\d{{3}}(?![ ]?\d)|{_WORD}[ ]?-[ ]?\d{{6}}(?!\d)|{_WORD}[ ,]+\d{{6}}(?!\d))"
)
_START = (
    r"(?:(?:Flat|Studio|Apt|Apartment|Unit|Suite|Level|Floor|Shop|House|Plot|Door|H\.? ?No|No|Room|Block|Blk|Villa|"
    r"Office|Bungalow|Tower)\b\.?[ ]?[#:]?[ ]?\w{1,6}(?:[/-]\w{1,5}){0,3}|[A-Z]-?\d{1,4}[A-Z]?(?=,)|"
    r"\d{1,2}-\d{1,2}-\d{1,2}|\d{1,6}[A-Za-z]?(?:[/-]\d{1,5}[A-Za-z]?)?)"
)
_ANCHORED = re.compile(rf"(?<![\w.$€£:/-]){_START}(?:{_SEP}(?>{_TOKEN})){{1,12}}?{_SEP}{_ANCHOR}{_COUNTRY}")
_LOWER = re.compile(
    rf"(?<![\w.$€£:/-])\d{{1,6}}(?:[ ,\n]+(?!\d{{3}})[\w.'#-]+){{2,9}}?,?[ \n]+(?:{_STATES})[ "
    rf",\n]+\d{{5}}(?:-\d{{4}})?(?!\d)",
    re.IGNORECASE,
)
_POSTAL = (
    r"(?:[A-Z]{1,2}-)?(?:\d{5}-\d{3}|\d{4}-\d{3}|\d{2}-\d{3}|\d{4}[ ]?[A-Z]{2}(?![a-z])|\d{3}[ ]\d{2}|\d{4,5}|"
    r"\d{8})(?!\d)"
)
_CONTINENTAL = re.compile(
    rf"(?<![\w])(?:{_SMALL}[ ])?(?:(?:ul|al|os|pl)\.[ ])?{_WORD}(?:[ ](?:{_SMALL}(?!\w)|{_LOWER_STREET}(?!\w)|"
    rf"{_WORD}|\d{{1,2}}\.?)){{0,6}},?[ ](?:n[º°.]|núm\.?|nr\.?)?[ ]?(?:{_NUMBER}\.?|S/N){_UNIT}"
    rf"(?:{_BREAK}(?:{_CITY}{_BREAK})?{_POSTAL},?[ \n]+(?:{_SMALL}[ ])?{_CITY}|{_BREAK}{_CITY}[, ]+{_POSTAL}){_COUNTRY}"
)
_STREET_FIRST = (
    r"(?:[Cc]alle|C/|C\.|[Aa]venida|Avda\.?|Av\.|[Pp]aseo|P\.º|[Pp]laza|Pza\.?|[Cc]arrera|[Cc]ra\.|[Pp]asaje|[Rr]onda|"
    r"[Cc]amino|[Gg]lorieta|[Cc]uesta|[Rr]ambla|[Vv]ía|[Vv]ia|[Vv]iale|V\.le|[Pp]iazza(?:le)?|P\.za|[Cc]orso|C\.so|"
    r"[Ll]argo|[Vv]icolo|[Ss]trada|[Cc]ontrada|[Bb]orgo|[Rr]ua|R\.|[Tt]ravessa|[Aa]lameda|[Pp]raça|[Rr]odovia|"
    r"[Ee]strada|ul\.|[Uu]lica|al\.|[Aa]leja|[Pp]lac|os\.|[Oo]siedle|[Ss]tr\.|[Bb]ulevardul|[Cc]alea|[Aa]leea|"
    r"[Ii]ntrarea|[Dd]rumul|[Șș]oseaua|Jl\.|Jalan|Gg\.|Gang|Cr\.|[Dd]iagonal|[Tt]ransversal|[Aa]utopista|"
    r"[Aa]mpliación|[Cc]allejón|[Cc]errada|[Cc]ircuito|[Pp]rivada|[Pp]rolongación|[Rr]etorno|[Aa]ndador|Eje vial|"
    r"[Pp]eriférico|[Vv]iaducto|[Cc]orredor|[Pp]asadizo|[Cc]ircunvalación)"
)
_LATIN = re.compile(
    rf"(?<![\w/]){_STREET_FIRST}[ ](?:(?:{_SMALL}(?!\w)|{_WORD}|\d{{1,2}})[ ]?){{1,6}},?[ ]?(?:n[º°.]|núm\.?|número|"
    rf"[Nn]r\.?|No\.?|#)?[ ]?(?:{_NUMBER}(?:-\d{{1,3}}(?:[ ](?:Sur|Este|Norte|Oeste))?)?|[Ss]/[Nn]){_UNIT}"
    rf"(?:,[ ](?:Col\.|Colonia|Urb\.|Urbanización|Barrio|Bairro|Fracc\.|Jd\.|Jardim|Vila|"
    rf"Res\.)[ ]{_WORD}(?:[ ](?:{_SMALL}(?!\w)|"
    rf"{_WORD})){{0,3}})?(?:[ ]-[ ]{_CITY}(?=,))?(?:{_BREAK}(?:{_POSTAL},?[ ])?{_CITY}(?:[ ]?[-/,][ ]?[A-Z]{{2}}\b)?"
    rf"(?:,?[ ](?:CEP:?[ ]?)?\d{{5}}-?\d{{3}}\b)?|[, ]+(?:CEP:?[ ]?)?\d{{5}}-\d{{3}}\b)?(?:[ ]\([A-Z]{{2}}\))?"
)
_FRENCH_TYPE = (
    r"(?:rue|avenue|av\.|boulevard|bd\.?|place|pl\.|chemin|impasse|allée|quai|cours|route|passage|square|villa|"
    r"résidence|sentier|faubourg|esplanade|ruelle|montée)"
)
_FRENCH = re.compile(
    rf"(?<![\w])(?:\d{{1,4}}(?:[ ]?(?:bis|ter|quater|[A-Da-d]))?,?[ ](?:(?i:{_FRENCH_TYPE}))(?:[ '](?:{_SMALL}(?!\w)|"
    rf"{_WORD}|\d{{1,2}}|[dl]'{_WORD})){{1,7}}{_UNIT}(?:{_BREAK}(?:{_POSTAL}[ ])?{_CITY})?|"
    rf"(?i:{_FRENCH_TYPE})(?:[ '](?:{_SMALL}(?!\w)|{_WORD}|[dl]'{_WORD})){{1,6}}{_BREAK}\d{{5}}[ ]{_CITY})"
)
_GERMANIC = re.compile(
    rf"(?<![\w])(?:[{_UP}][\wäöüß.-]{{0,40}}(?:straße|strasse|str\.|weg|allee|platz|gasse|ring|ufer|damm|steig|"
    r"chaussee|graben|promenade|stieg|pfad|zeile|straat|laan|plein|gracht|singel|kade|dreef|pad|"
    rf"gatan|vägen|gade|vej|veien|gata|katu|tie)|[{_UP}][\w-]{{1,40}}(?:er)?[ -](?:Straße|Strasse|Str\.|Weg|Allee|"
    rf"Platz|Gasse|Ring|Ufer|Damm|Chaussee)|(?:Am|An der|Auf der|Im|Zum|Zur|In der|Unter den)[ ][{_UP}][\wäöüß-]+)"
    rf"[ ]{_NUMBER}(?![\w.:])(?:[ ]?[,;]?[ \n]+(?:{_POSTAL}[ ])?{_CITY}(?=[\s,.;:?!)]|$))?"
)
_GERMANIC_LOWER = re.compile(
    r"(?<![\w])[a-zäöüß-]{2,24}(?:straße|strasse|str\.?|gasse|allee|straat|gatan|gracht|laan|kade|"
    r"weg(?=[ ]\d{1,4}[a-z]?,)|platz)[ ]\d{1,4}[a-z]?\b(?:,?[ ]\d{4,5}(?:[ ]?[a-z]{2}\b)?[ ][\wäöüß-]+)?",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    rf"(?<![\w.$€£:/-]){_NUMBER},?[ ](?:(?:[NSEW]|NE|NW|SE|SW|North|South|East|West)\.?[ ])?(?:(?:{_WORD}|"
    rf"\d{{1,3}}(?:st|nd|rd|th))[ ]){{1,4}}?(?:{MAJOR})\b\.?(?:[ ](?:N|S|E|W|NE|NW|SE|SW|North|South|East|"
    rf"West)\b\.?)?{_UNIT}"
    rf"(?:,?[ \t]*\n?[ \t]*(?<=[,\n ])(?:(?<=, )|(?<=\n)){_CITY}(?:[ ][A-Z]{{2,3}}\b)?(?:[ ]\d{{4,6}}\b)?(?:,"
    rf"[ ](?:[A-Z]{{2}}\b(?:[ ]\d{{5}}(?:-\d{{4}})?)?|{_CITY}(?:[ ][A-Z]{{2,3}})?(?:[ ]\d{{4}}\b)?))?)?"
)
_MINOR_STREET = re.compile(
    r"(?:(?<=\bat )|(?<=\bto )|(?<=\bin )|(?<=\bon )|(?<=\bfrom )|(?<=\bnear )|(?<=, )|(?<=\n)|(?<=: )|(?<=\bof )|"
    r"(?<=\baddress )|(?<=\bby ))"
    rf"\d{{1,5}}[A-Za-z]?[ ](?P<name>{_WORD}(?:[ ]{_WORD})?)[ ](?i:{MINOR})(?!\w){_UNIT}(?:,[ ]{_CITY})?|"
    rf"(?<![\w.$€£:/-])\d{{1,5}}[A-Za-z]?[ ]{_WORD}(?:[ ]{_WORD})?[ ](?i:{MINOR}),?[ ](?:Apt|Suite|Unit|"
    rf"Flat)\b\.?[ ]?#?\w{{1,5}}"
)
_AVENUE = re.compile(rf"(?<![\w.$€£:/-]){_NUMBER}[ ](?:Avenue|Rue|Broadway)[ ](?:of the )?{_WORD}(?:[ ]{_WORD})?")
_BOX = re.compile(
    r"(?<![\w])(?:P\.?[ ]?O\.?[ ]?Box|Post Office Box|Postfach|Boîte postale|B\.?P\.?(?=[ ]\d)|Apartado(?: de "
    r"correos| postal)?|Apdo\.?|Casella postale|Caixa postal|Locked Bag|Private Bag|GPO Box|"
    r"Postbus|Skrytka pocztowa|Postboks|Postfack|Caixa Postal|C\.?P\.?(?=[ ]\d{3,6},)|Antwoordnummer)"
    rf"[ ]?(?:no\.?|nº|#)?[ ]?\d{{1,7}}(?:(?:{_SEP}{_TOKEN}){{0,6}}?{_SEP}(?:{_ANCHOR}|{_POSTAL}[ ]{_CITY}))?",
    re.IGNORECASE,
)
_MILITARY = re.compile(
    r"(?<![\w])(?:(?:PSC|Unit|CMR|OPC|UPR)[ ]\d{1,5}|(?:USS|USNS|USNV|USCGC|USAV)[ ][\w'-]+(?:[ ][\w'-]+)?)(?:,?[ "
    r"\n]+Box[ ]\d{1,6})?,?[ \n]+(?:APO|FPO|DPO),?[ ](?:AA|AE|AP),?[ ]\d{5}(?:-\d{4})?",
    re.IGNORECASE,
)
_THING = (
    r"(?:way|lane|mile|miles|km|min|mins|minutes?|hours?|hrs?|days?|weeks?|months?|years?|steps?|points?|star|new|"
    r"dirt|more|other|of|the|to|in|on|for|and|or|a|is|are|gb|tb|mb|inch|disk|hard|usb|flash|google|shared|test|per|"
    r"percent|x|times|different|big|small|long|short|main lanes|people|users?|cars?|houses|drivers?|am|pm|st|nd|rd|th)"
)
_BRITISH_LOWER = re.compile(
    r"(?<![\w.$€£:/-])(?:(?:flat|unit|apt|apartment|room|"
    r"suite)[ ]?\w{1,4},?[ ])?\d{1,4}[a-z]?,?[ ](?=[a-z][^\n,]{0,60}(?:,|\b(?:street|st|road|rd|lane|close|avenue|ave|"
    r"drive|way|crescent|terrace|place|court|hill|gardens|grove|row|square|mews|"
    r"walk)\b))(?:[\w'.-]{1,24},?[ ]){1,8}?[a-z]{1,2}\d[a-z\d]?[ ]?\d[abd-hjlnp-uw-z]{2}(?!\w)",
    re.IGNORECASE,
)
_STREET_LOWER = re.compile(
    rf"(?<![\w.$€£:/-])(?:(?:flat|unit|apt|apartment)[ ]?\w{{1,4}},?[ ])?\d{{1,5}}[a-z]?[ ](?:[nsew]\.?["
    rf" ])?(?:(?!{_THING}(?!\w))(?:[a-z'.-]{{2,20}}|\d{{1,3}}(?:st|nd|rd|th))[ ]){{1,3}}?(?:(?:street|avenue|ave|road|"
    rf"rd|lane|ln|boulevard|blvd|crescent|terrace|mews|parkway|pkwy)\b\.?|(?:st|dr|drive|ct|court|pl|place|way|close|"
    rf"gardens?|grove)\b\.?(?=,?[ ](?:apt|unit|suite|flat|#)|,[ ][a-z]{{3,}}))"
    r"(?:,?[ ](?:(?:apt|unit|suite|ste|flat)\b\.?[ ]?#?|#)\w{1,5}\b)?(?:,[ ](?!(?:and|but|or|so|if|i|he|she|they|we|"
    r"can|please|pls|which|who|that|not|just|let|could|the|his|her|my|their|call|ask|thanks|ok|is|"
    r"was)(?!\w))[a-z'.-]{3,20}(?:[ ][a-z]{3,20}(?=,[ ][a-z]{2}\b))?)?"
    rf"(?:,?[ ](?:{_STATES})\b)?(?:,?[ ]\d{{5}}(?:-\d{{4}})?\b)?",
    re.IGNORECASE,
)
_FRENCH_LOWER = re.compile(
    r"(?<![\w.$€£:/-])\d{1,4}(?:[ ]?(?:bis|ter|quater|[a-d]))?,?[ ](?:rue|avenue|av\.?|boulevard|bd|chemin|impasse|"
    r"allées?|quai|(?:place|cours|route)(?=[ ](?:de|du|des|d')))[ ](?:(?:de|du|des|la|le|les|d'|l'|aux?|et|saint|"
    r"st)[ ]?){0,3}(?!(?:and|in|of|to|the|is)\b)[a-zà-ÿ'-]{2,24}(?:[ -](?!(?:et|ou|à|pour|est|dans|avec|and|the|"
    r"is)\b)[a-zà-ÿ'-]{2,24}){0,3}?(?:,?[ ](?:à[ ])?\d{5}[ ][a-zà-ÿ-]{2,24}|,[ ][a-zà-ÿ-]{3,24}(?=[\s,.;!?]|$)|"
    r"(?=[\s,.;!?]|$))",
    re.IGNORECASE,
)
_LATIN_LOWER = re.compile(
    r"(?<![\w/])(?:(?:calle|c/|avda\.?|avenida|paseo|plaza|carrer|rua|viale|corso|piazza|travessa|praça|alameda|ul\.|"
    r"ulica|aleja|al\.|os\.)[ ]|via[ ](?=[a-zà-ÿ' ]{3,30},?[ ]\d{1,4}[a-z]?,[ ]))(?:[a-zà-ž'’.-]{2,20}[ ]){0,"
    r"4}(?!(?:has|have|is|are|di|de|del|of|with|was|for|in|y|e|had|en)[ ])[a-zà-ž'’.-]{2,20},?[ ](?:n[º°o.]{0,2}[ ]|"
    r"nr[ .]{1,2}|numero[ ])?\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)?(?![\w:%])"
    rf"{_UNIT}(?:,[ ](?:\d{{2}}-\d{{3}}|\d{{4,5}}(?:-\d{{3}})?)?[ ]?[a-zà-ž'-]{{3,20}}(?=[\s,.;!?]|$)|"
    rf"[ ](?:\d{{2}}-\d{{3}}|\d{{5}})[ ][a-zà-ž'-]{{3,20}})?",
    re.IGNORECASE,
)
_TURKISH = re.compile(
    rf"(?<![\w])(?:(?:{_WORD}|\d{{1,4}}\.?)[ ]){{1,4}}(?:Mahallesi|Mah\.?|Caddesi|Cad\.?|Cd\.|Sokağı|Sokak|"
    rf"Sok\.?|Sk\.|Bulvarı|Blv\.?)(?!\w)"
    rf"(?:[ ,/]+(?:(?:[Nn]o|[DK]|[Dd]aire|[Kk]at)\b[ ]?[.:]?[ ]?\d[\w/.-]*|{_WORD}|\d[\w/.-]*)){{1,12}}"
)
_CROSSED = re.compile(
    r"(?<![\w/])(?:Calle|Carrera|Cra\.?|Cl\.?|Cll\.?|Kr\.?|Diagonal|Dg\.?|Transversal|Tv\.?|Avenida|"
    r"Av\.?)[ ]\d{1,3}[A-Z]?(?:[ ]?(?:bis|sur|norte|este))?[ ]"
    rf"?(?:#|[Nn]o\.?|n[º°o]\.?)[ ]?\d{{1,3}}[A-Z]?[ ]?-[ ]?\d{{1,3}}(?:,?[ ](?:apto?|oficina|of|piso|torre|"
    rf"casa)\.?[ ]\w{{1,5}})?(?:,[ ]{_CITY})?",
    re.IGNORECASE,
)
_DOT = r"(?:(?:(?<=\bSt)|(?<=[Ss]tr)|(?<=\bApt)|(?<=\bAve)|(?<=\bRd)|(?<=\bNo)|(?<=\b\w))\.)?"
_CUED = re.compile(
    r"(?<![\w-])(?:(?:lives?|living|lived|reside[sd]?|residing|stays?|staying|registered|located|based|moved|house|"
    r"home|flat)(?: now| currently)?(?: at| in| to| on)|address(?: is| was| on file is|ed to)?|(?:ship|send|sent|"
    r"deliver(?:y|ed|ies)?|parcel|package|courier|post|mail|shipped)(?: (?:it|this|them|the \w+))? to|(?:pick[ -]?up|"
    r"delivery|shipping|billing|home|mailing|postal) (?:at|address)|wohnt in(?: der)?|wohnhaft(?: in)?(?: der)?|"
    r"wohne in(?: der)?|adresse(?: ist| lautet)?|anschrift|habite(?: au)?|demeurant(?: au)?|domicilié[e]?(?: au)?|"
    r"adresse est|woon(?:t|adres)?(?: nu)?(?: op| aan)?|bezorgadres|afleveradres|adres(?: is| to)?|adress|"
    r"address\w{1,2} is|bor (?:på|i|ved)|mieszka(?:m)?(?: przy| na)?|adres(?:em)?|entregar (?:na|no|em|en)|enviar a|"
    r"envía a|enviad a|consegna(?:re)? (?:a|in)|spedire (?:a|in)|livrer (?:au|à)|livraison (?:au|à)|liefern an|"
    r"lieferung an|schick(?:en)? (?:es )?an|lieferadresse|rechnungsadresse|dirección de envío|vive en|vivo en|"
    r"domicilio(?: en)?|direcci[oó]n(?: es)?|domiciliad[oa] en|abita in|residente in|indirizzo|mora na|morada|"
    r"endereço)"
    rf"[ \t]*[:,-]?[ \t]*\n?[ \t]*(?P<value>(?:(?:{_SMALL}|no\.?)[ ])?(?=[^\n.;?!]{{0,40}}\d)[\w#](?:[\w'’#/&ºª°-]|"
    rf"\.(?=\w))*{_DOT}(?:{_SEP}(?!(?:and|und|et|y|but|who|which|she|he|they|we|i|is|was|has|since|because|so|can|"
    r"do|does|what|how|when|where|why|please|if|for|with|that|today|tomorrow|until|or|as|"
    rf"now)(?!\w))[\w#](?:[\w'’#/&ºª°-]|\.(?=\w))*{_DOT}){{1,13}})",
    re.IGNORECASE,
)
_ADDRESSEE = re.compile(rf"(?P<name>(?:{_WORD} ){{1,3}}(?P<last>{_WORD})),? (?:at )?(?=\d|(?<=, ){_WORD} )")
_DWELLS = re.compile(
    r"(?:lives?|living|lived|resid|address|adresse|anschrift|wohn|habite|demeur|domicil|viv|direcci|abita|indirizzo|"
    r"mora)",
    re.IGNORECASE,
)
_TOO_FAR = re.compile(r",[ ][a-zà-ÿ]{2,}[ ].*", re.DOTALL)
_HOUSE = re.compile(r"(?:^|[ ,])\d{1,6}[A-Za-z]?(?:[ ,/-]|$)")
_RULES = (
    _ANCHORED,
    _LOWER,
    _CONTINENTAL,
    _LATIN,
    _FRENCH,
    _GERMANIC,
    _GERMANIC_LOWER,
    _ENGLISH,
    _MINOR_STREET,
    _AVENUE,
    _BOX,
    _MILITARY,
    _BRITISH_LOWER,
    _STREET_LOWER,
    _FRENCH_LOWER,
    _LATIN_LOWER,
    _TURKISH,
    _CROSSED,
)


def addresses(text: str) -> Iterator[Span]:
    """Yield postal addresses of American, British, German, French, Spanish, Italian and similar form."""
    if not any(map(str.isdigit, text)):
        return
    for rule in _RULES:
        for match in rule.finditer(text):
            if not NOT_A_STREET.match(match.group()):
                yield _trimmed(text, *match.span())
    for match in _CUED.finditer(text):
        value = (
            _TOO_FAR.sub("", match.group("value"))
            if match.group("value") != match.group("value").lower()
            else match.group("value")
        )
        lax = value != value.lower() or "," in value or _DWELLS.match(match.group())
        if lax and _HOUSE.search(value) and sum(map(str.isalpha, value)) > 4 and "@" not in value:
            yield _trimmed(text, match.start("value") + _firm(value), match.start("value") + len(value))


def _firm(value: str) -> int:
    """Return how much of an announced address is the firm that it belongs to, known by its trade or legal form."""
    lead = _ADDRESSEE.match(value)
    if lead is None or not (lead["last"] in words("trades") | words("trades_loose") or has_form(lead["name"])):
        return 0
    return lead.end()


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without punctuation at its end."""
    while end > start and text[end - 1] in " .,;:-/\n":
        end -= 1
    return Span(start, end, "ADDRESS")
