"""Run migrations on the connection that `storage.database.migrate` opened, inside its transaction."""

from alembic import context

from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite cannot alter a column: Alembic copies the table instead (alembic.sqlalchemy.org/en/latest/batch.html).
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
