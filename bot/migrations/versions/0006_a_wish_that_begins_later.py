"""From when on a wish for fewer posts holds, which is not the moment in which it was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('partner') as batch:
        batch.add_column(sa.Column('fewer_from', sa.BigInteger(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('partner') as batch:
        batch.drop_column('fewer_from')
