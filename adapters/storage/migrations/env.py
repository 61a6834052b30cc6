"""What alembic runs to take a step: on the connection, and in the transaction, of whoever asked for it."""

from alembic import context

from adapters.storage.migrating import CONNECTION

context.configure(connection=context.config.attributes[CONNECTION])
with context.begin_transaction():
    context.run_migrations()
