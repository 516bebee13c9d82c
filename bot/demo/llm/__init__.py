"""A loopback server that speaks the wire formats of OpenAI, Anthropic and Gemini, with set latencies and faults."""

from bot.demo.llm.faults import FAULTS
from bot.demo.llm.server import LLM, Answer, Call, Latency, canned, echo

__all__ = ["FAULTS", "LLM", "Answer", "Call", "Latency", "canned", "echo"]
