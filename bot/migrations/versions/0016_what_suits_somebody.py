"""Which form of a prompt suits a partner best, and how much time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('partner') as batch:
        batch.add_column(sa.Column('form', sa.String(), server_default='', nullable=False))
        batch.add_column(sa.Column('minutes', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('partner') as batch:
        batch.drop_column('form')
        batch.drop_column('minutes')
