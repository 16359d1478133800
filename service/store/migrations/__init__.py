"""Alembic's migrations of the store, run by `database.migrate` at every start."""
