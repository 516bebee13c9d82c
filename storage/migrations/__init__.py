"""The migrations of the records, and how alembic runs them."""
