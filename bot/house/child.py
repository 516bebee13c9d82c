"""The house model in a process of its own: a GGUF file under llama.cpp, behind OpenAI's wire format on 127.0.0.1.

Run as `python -m bot.house.child`; the first line on stdin is its order (`Order` as JSON), and when stdin ends it ends
too: so it never outlives the process that started it, however that died.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
from dataclasses import asdict, dataclass
from typing import Any

READY = "ready"
"""The line on stdout that says that it serves."""

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Order:
    """What to serve: file, port, the key that callers must show, tokens of context, threads, megabytes at most."""

    file: str
    port: int
    key: str
    context: int = 8_192
    threads: int = 2
    memory_mb: int | None = None

    def dump(self) -> str:
        """Return it as one line of JSON."""
        return json.dumps(asdict(self))


def serve(order: Order) -> Any:
    """Return the server, which serves for as long as the object lives."""
    if order.memory_mb is not None:
        resource.setrlimit(resource.RLIMIT_AS, (order.memory_mb * MEGABYTE,) * 2)
    engine: Any = importlib.import_module("xllamacpp")
    params = engine.CommonParams()
    params.verbosity = -1  # its log could hold words of a message
    params.model.path = order.file
    params.hostnames = ["127.0.0.1"]
    params.port = order.port
    params.api_keys = [order.key]
    params.n_ctx = order.context
    params.n_parallel = 2
    params.cpuparams.n_threads = order.threads
    params.cpuparams_batch.n_threads = order.threads
    return engine.Server(params)


def main() -> None:
    """Serve until stdin ends."""
    os.environ.clear()  # the keys of the providers are none of its business
    order = Order(**json.loads(sys.stdin.readline()))
    server = serve(order)
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()
    sys.stdin.read()
    del server
    os._exit(0)  # its threads do not end by themselves


if __name__ == "__main__":
    main()
