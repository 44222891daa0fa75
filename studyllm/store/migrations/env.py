"""Alembic's entry: runs the migrations on the connection that `store.opening` hands over."""

from alembic import context

from studyllm.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
