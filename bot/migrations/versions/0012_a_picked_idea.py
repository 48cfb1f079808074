"""Which of two ideas the two picked, and the time that they set for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('occurrence') as batch:
        batch.add_column(sa.Column('picked', sa.String(), server_default='', nullable=False))
        batch.add_column(sa.Column('begins_at', sa.BigInteger(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('occurrence') as batch:
        batch.drop_column('begins_at')
        batch.drop_column('picked')
