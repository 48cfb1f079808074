"""What Alembic runs to migrate the database that it is handed."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from bot import model


def migrate() -> None:
    """Run the migrations in one transaction, so that a failed one leaves nothing behind."""
    assert model.Couple.__tablename__
    with context.config.attributes["engine"].begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=True,
            transactional_ddl=True,
            compare_type=True,
        )
        context.run_migrations()


migrate()
