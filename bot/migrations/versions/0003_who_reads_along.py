"""Each one's yes to readers of what is shared, and an index by which a message is found whoever wrote it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('partner') as batch:
        batch.add_column(sa.Column('minds_no_readers', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_index('ix_reply_source', 'reply')
    op.create_index('ix_reply_source', 'reply', ['source'])


def downgrade() -> None:
    op.drop_index('ix_reply_source', 'reply')
    op.create_index('ix_reply_source', 'reply', ['partner', 'source'])
    with op.batch_alter_table('partner') as batch:
        batch.drop_column('minds_no_readers')
