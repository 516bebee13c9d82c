"""What every question of a process shares, wired once: detectors, providers behind the guard, engine, records."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, suppress
from functools import cache, partial

from bot import instructions, pipeline
from bot.errors import PrivacyError, Rejected
from bot.fanout import Engine, Policy, Sent
from bot.model import Plan, Prompt, Question, Span
from bot.pipeline import Rules
from bot.ports import Ledger, Provider
from bot.privacy import egress, promise, tokens
from bot.privacy.detect import Detectors, Terms, load_ner
from bot.providers import ProviderConfig, wire
from bot.providers.shared.late import Late
from bot.providers.shared.warm import build_warm
from bot.settings import Settings
from bot.stages import Records, Workshop

REHEARSAL = "What is the capital of France? Please tell Ann Smith how to reset a password."
"""A question that is planned and thrown away at the start, so that the first real one finds everything loaded."""


KEPT_METERS = 32
"""Questions whose counted words are kept."""


def detectors(settings: Settings, people: Callable[[], Sequence[str]] = tuple) -> Detectors:
    """Return the detectors of this installation, loaded."""
    return Detectors(load_ner(settings.ner), Terms.load(settings.terms_file), people)


class Detecting:
    """The detectors, loaded in the background on the one thread that plans: planning waits for them in line."""

    def __init__(self, thinking: Executor, load: Callable[[], Detectors]) -> None:
        self._loading = thinking.submit(load)

    def detect(self, text: str) -> Sequence[Span]:
        """Return what must be hidden; raise the error of loading when there was one (fail closed)."""
        return self._loading.result().detect(text)

    async def ready(self) -> Detectors:
        """Return the detectors when they are loaded; raise ConfigurationError or DetectorFailed if they cannot be."""
        return await asyncio.wrap_future(self._loading)


def rehearsed(settings: Settings, providers: tuple[str, ...], people: Callable[[], Sequence[str]] = tuple) -> Detectors:
    """Return the detectors of this installation, loaded and once planned with."""
    found = detectors(settings, people)
    question = Question(key="", request_id="request-rehearsal", text=REHEARSAL)
    if providers:
        with suppress(Rejected, PrivacyError):  # what the policy makes of it is not the point
            pipeline.make_plan(question, rules(settings, found.detect, providers), b"rehearsal")
    return found


def rules(settings: Settings, detect: Callable[[str], Sequence[Span]], providers: tuple[str, ...]) -> Rules:
    """Return what planning goes by."""
    return Rules(
        detect=detect,
        providers=providers,
        max_share=settings.max_share,
        max_fragments=settings.max_fragments,
        max_chars=settings.max_question_chars,
        strategy=settings.strategy,
        unsplittable=settings.unsplittable,
        code_policy=settings.code_policy,
    )


def policy(settings: Settings) -> Policy:
    """Return how often, how long and where else fragments are tried."""
    return Policy(
        max_attempts=settings.max_attempts,
        fragment_timeout=settings.question_timeout_seconds,
        question_timeout=settings.question_timeout_seconds,
        hedge=settings.hedge,
        hedge_share=settings.hedge_share,
        text_seconds=settings.edit_seconds,
    )


class Permits:
    """Makes prompts and permits; the engine's view of the promise."""

    def __init__(self, configs: Sequence[ProviderConfig], max_output_tokens: int, admin: str = "") -> None:
        """Keep the providers, the limit of an answer, and the admin's own instructions."""
        self._configs = {config.name: config for config in configs}
        self._origins = {config.name: egress.origin_of(config.base_url) for config in configs}
        self._max_output_tokens = max_output_tokens
        self._admin = admin
        self._meters: dict[str, tuple[Plan, Callable[[frozenset[int]], float]]] = {}

    def prompt(self, plan: Plan, number: int, provider: str) -> Prompt:
        """Return what a provider is given for a fragment."""
        return Prompt(
            system=instructions.system_prompt(plan, plan.fragments[number - 1], self._admin),
            text=pipeline.rendered(plan, number, provider),
            max_output_tokens=self._max_output_tokens,
            timeout=self._configs[provider].timeout,
        )

    def permit(
        self,
        plan: Plan,
        sent: Sent,
        number: int,
        provider: str,
        attempt: int,
        *,
        hedged: bool,
    ) -> AbstractContextManager[None]:
        """Let one call through the guard, with what its receipt will say."""
        config = self._configs[provider]
        share = self._meter(plan)(sent.get(provider, frozenset()) | {number})
        return egress.permitted(
            egress.Permit(
                request_id=plan.request_id,
                fragment=number,
                provider=provider,
                model=config.model,
                attempt=attempt,
                hedged=hedged,
                entities=plan.entities,
                secret=plan.secret,
                origin=self._origins[provider],
                share=share,
                masked=tokens.counts(plan.entities),
                verdicts={"P2": share <= plan.bound},
            )
        )

    def _meter(self, plan: Plan) -> Callable[[frozenset[int]], float]:
        """Return the plan's meter; the calls of one question come together, so those of the last few are kept."""
        known = self._meters.get(plan.request_id)
        if known is None or known[0] is not plan:
            known = self._meters[plan.request_id] = (plan, cache(promise.meter(plan)))
            if len(self._meters) > KEPT_METERS:
                del self._meters[next(iter(self._meters))]
        return known[1]


@asynccontextmanager
async def workshop(
    settings: Settings,
    configs: tuple[ProviderConfig, ...],
    ledger: Ledger,
    records: Records,
    people: Callable[[], Sequence[str]] = tuple,
    *,
    stream: bool = True,
    around: Callable[[Provider], Provider] = lambda provider: provider,
) -> AsyncIterator[Workshop]:
    """Open what every question shares; detectors load in the background, SDKs by `warm` or when they are needed.

    With `stream` the SDKs get ready for answers as streams, as Slack shows them; without it for whole ones.
    The engine gets each provider with what `around` puts around it.
    """
    thinking = ThreadPoolExecutor(1, thread_name_prefix="tessera-thinking")
    names = tuple(config.name for config in configs)
    async with AsyncExitStack() as stack:
        stack.callback(thinking.shutdown, wait=False)
        detecting = Detecting(thinking, partial(rehearsed, settings, names, people))
        client = egress.http_client(
            [config.base_url for config in configs],
            ledger,
            wire=wire(),
            instructions=instructions.FIXED,
            max_reply_bytes=settings.max_reply_bytes,
        )
        stack.push_async_callback(client.aclose)
        providers = {
            config.name: Late(
                config.name,
                config.model,
                partial(build_warm, config, client, settings.max_reply_bytes, stream=stream),
            )
            for config in configs
        }
        for provider in providers.values():
            stack.push_async_callback(provider.aclose)
        permits = Permits(configs, settings.max_output_tokens, settings.instructions or "")
        engine = Engine(
            {name: around(provider) for name, provider in providers.items()},
            policy(settings),
            prompt=permits.prompt,
            permit=permits.permit,
            allowed=promise.allows,
            concurrency={config.name: config.concurrency for config in configs},
        )
        yield Workshop(
            engine, records, rules(settings, detecting.detect, names), thinking, (detecting, *providers.values())
        )
