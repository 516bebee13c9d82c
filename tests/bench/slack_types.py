"""Every call of the app to Slack in the scenes of `pictures`, as TypeScript to be checked by Slack's own types.

    python -m tests.bench.slack_types FOLDER
    cd FOLDER && npm install @slack/types @slack/web-api typescript
    npx tsc --strict --noEmit --skipLibCheck --module nodenext --target es2022 calls.ts

One call, one block and one view of each shape is written, with the type that it must have.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.demo.slack.records import Call
from tests.bench.pictures import failed, one_piece, parts, stage, surfaces

ARGUMENTS = {
    "agents.sessions.setStatus": "AgentsSessionsSetStatusArguments",
    "assistant.threads.setStatus": "AssistantThreadsSetStatusArguments",
    "chat.delete": "ChatDeleteArguments",
    "chat.postEphemeral": "ChatPostEphemeralArguments",
    "chat.postMessage": "ChatPostMessageArguments",
    "chat.update": "ChatUpdateArguments",
    "views.open": "ViewsOpenArguments",
    "views.publish": "ViewsPublishArguments",
    "views.update": "ViewsUpdateArguments",
}


async def calls() -> list[Call]:
    """Play every scene; return what the app called."""
    async with stage("http") as on:
        for scene in (one_piece, parts, failed, surfaces):
            await scene(on)
        return list(on.slack.calls)


def shape(value: Any, name: str = "") -> Any:
    """Return what tells one form of a value from another: names and kinds, of words only those that Slack reads."""
    if isinstance(value, dict):
        return {key: shape(inner, key) for key, inner in sorted(value.items())}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return value if name in {"type", "style", "status"} else type(value).__name__


def written(made: Iterable[Call]) -> Iterator[tuple[str, Any]]:
    """Yield a type and a value of that type, for each call and what it holds."""
    for call in made:
        if call.method not in ARGUMENTS:
            continue
        yield ARGUMENTS[call.method], call.args
        view = call.args.get("view") or {}
        if view:
            yield "HomeView" if view["type"] == "home" else "ModalView", view
        yield from (("KnownBlock", block) for block in (*(call.args.get("blocks") or ()), *view.get("blocks", ())))


def typescript(made: Iterable[Call]) -> str:
    """Return the file: one constant for each shape."""
    found = {(kind, json.dumps(shape(value))): json.dumps(value) for kind, value in written(made)}
    lines = [
        "import type { HomeView, KnownBlock, ModalView } from '@slack/types';",
        f"import type {{ {', '.join(ARGUMENTS.values())} }} from '@slack/web-api';",
        *(f"export const a{place}: {kind} = {value};" for place, ((kind, _), value) in enumerate(found.items())),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"type": "module", "private": true}\n')
    text = typescript(asyncio.run(calls()))
    (folder / "calls.ts").write_text(text)
    print(f"{folder / 'calls.ts'}: {text.count('export const')} shapes")


if __name__ == "__main__":
    main()
