"""Brings a database to the shape that this version of the program needs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from bot.errors import StoreUnusable

HEAD = "0017"
"""The newest migration; kept here so that an up-to-date database needs no Alembic at start (0.3 s)."""

FOLDER = Path(__file__).parent


def bring_up_to_date(engine: Engine) -> None:
    """Create or migrate the tables; raises StoreUnusable where a newer version made them."""
    found = revision_of(engine)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise StoreUnusable(
            f"The database was made by a newer version of Couple Rituals (its shape is {found}, this version knows "
            f"{HEAD}). Update the program, or give it another database file."
        )
    _upgrade(engine)


def revision_of(engine: Engine) -> str | None:
    """The migration that a database stands at, or None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")
