"""A provider in a package of its own: this file, and the entry point beside it, are all of it."""

from bot.providers import Kind
from bot.providers.shared.compatible import Compatible

KIND = Kind(
    name="acme",
    title="Acme",
    key="ACME_API_KEY",
    page="https://acme.example/keys",
    address="https://api.acme.example/v1",
    model="acme-1",
    provider=Compatible,
)
