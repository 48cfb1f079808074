"""What a couple's words are sealed with, itself sealed with the host's key; empty until the next start."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite takes '' for text, which is no bytes.
    nothing = sa.text("x''") if op.get_bind().dialect.name == 'sqlite' else ''
    with op.batch_alter_table('couple') as batch:
        batch.add_column(sa.Column('key', sa.LargeBinary(), server_default=nothing, nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('couple') as batch:
        batch.drop_column('key')
