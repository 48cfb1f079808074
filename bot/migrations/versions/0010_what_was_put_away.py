"""The prompts of an occurrence in whose place another one was drawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('occurrence') as batch:
        batch.add_column(sa.Column('put_away', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('occurrence') as batch:
        batch.drop_column('put_away')
