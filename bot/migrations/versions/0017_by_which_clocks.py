"""By which clocks the moment of an occurrence was promised."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('occurrence') as batch:
        batch.add_column(sa.Column('clocks', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('occurrence') as batch:
        batch.drop_column('clocks')
