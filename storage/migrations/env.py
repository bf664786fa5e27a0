"""Alembic comes in here. The connection, and the transaction around it, are ours (storage/migrate.py)."""

from alembic import context

from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table by building it anew
    compare_type=True,
)
context.run_migrations()
