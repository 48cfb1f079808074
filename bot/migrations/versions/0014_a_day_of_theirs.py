"""A day in the year that the two call theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('couple') as batch:
        batch.add_column(sa.Column('own_day', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('couple') as batch:
        batch.drop_column('own_day')
