"""The schema's history, by Alembic: one set of revisions for SQLite and PostgreSQL.

A test holds the migrated schema against the models on both. `schema_state` tells a starting process
whether it may serve.
"""

from models.migrations.running import SchemaState, migrate, schema_state

__all__ = ["SchemaState", "migrate", "schema_state"]
