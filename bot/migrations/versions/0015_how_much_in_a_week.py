"""How many posts of a week may ask a couple for an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('couple') as batch:
        batch.add_column(sa.Column('most_a_week', sa.Integer(), server_default='9', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('couple') as batch:
        batch.drop_column('most_a_week')
