"""The other messages of a post that takes several."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('delivery') as batch:
        batch.add_column(sa.Column('earlier', sa.String(), server_default='', nullable=False))
    op.create_index(
        'ix_delivery_in_pieces', 'delivery', ['couple'],
        sqlite_where=sa.text("earlier != ''"), postgresql_where=sa.text("earlier != ''"),
    )


def downgrade() -> None:
    op.drop_index('ix_delivery_in_pieces', 'delivery')
    with op.batch_alter_table('delivery') as batch:
        batch.drop_column('earlier')
