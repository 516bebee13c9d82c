"""What streets are called in English, and what looks like a house number and a street but is none."""

from __future__ import annotations

import re

MINOR = (
    "alley annex arcade bayou beach bend bluff bluffs bottom branch bridge brook brooks burg burgs bypass camp canyon"
    " cape causeway center centers circle circles cliff cliffs close club common commons corner corners course court"
    " courts cove coves creek crescent crest crossing crossroad crossroads curve dale dam divide drive drives estate"
    " estates expressway extension extensions fall falls ferry field fields flat flats ford fords forest forge forges"
    " fork forks fort freeway garden gardens gateway glen glens green greens grove groves harbor harbors haven"
    " heights highway hill hills hollow inlet island islands isle junction junctions key keys knoll knolls lake lakes"
    " land landing lane laneway light lights loaf lock locks lodge loop mall manor manors meadow meadows mews mill"
    " mills mission motorway mount mountain mountains neck orchard oval overpass park parks parkway parkways pass"
    " passage path pike pine pines place plain plains plaza point points port ports prairie quay radial ramp ranch"
    " rapid rapids rest ridge ridges river road roads route row rue run shoal shoals shore shores skyway spring"
    " springs spur spurs square squares station stravenue stream street streets summit terrace throughway trace track"
    " trafficway trail triangle tunnel turnpike underpass union unions valley valleys via viaduct view views village"
    " villages ville vista walk walks wall way ways well wells wharf yard"
).replace(" ", "|")
MAJOR = (
    r"Street|St|Avenue|Ave|Av|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|"
    r"Crescent|Cres|Close|Parkway|Pkwy|Highway|Hwy|Way|Circle|Cir|Trail|Trl|Mews|Row|Broadway|Grove|Gardens|Gdns|Walk|"
    r"Hill|Alley|Loop|Turnpike|Pike|Expressway|Heights|Hts|Quay|Wharf"
)
NOT_A_STREET = re.compile(
    r"^\d+ (?:Million|Billion|Hour|Hours|Day|Days|Step|Steps|Year|Years|Key|Quick|Best|Top|New|Things|Ways)\b|"
    r"^[1-5]\d\d (?:OK|Created|Accepted|No Content|Moved|Found|Not (?:Found|Modified|Allowed|Acceptable)|Bad |"
    r"Unauthori[sz]ed|Forbidden|Conflict|Gone|Too Many|Internal Server|Service Unavailable|Gateway|Unprocessable|"
    r"Payment Required|Method|Request|Temporary|Permanent|Precondition|Payload|Multi)|"
    r"^(?:221B Baker|10 Downing|11 Downing|1600 Pennsylvania|1 Infinite|4 Privet|42 Wallaby|742 Evergreen)\b",
    re.IGNORECASE,
)
