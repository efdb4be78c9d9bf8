"""Alembic's entry: uses the connection that `running` hands over, and nothing else."""

from alembic import context
from sqlmodel import SQLModel

import models.tables  # noqa: F401 - makes the whole schema known

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
