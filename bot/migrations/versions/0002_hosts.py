"""The host's yes to a couple, the accounts by which a host is known, and rooms that are private chats."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('host',
    sa.Column('platform', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('user', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('known_at', sa.BigInteger(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('platform', 'user', name=op.f('pk_host'))
    )
    with op.batch_alter_table('couple') as batch:
        batch.add_column(sa.Column('admitted_at', sa.BigInteger(), server_default='0', nullable=False))
    with op.batch_alter_table('room') as batch:
        batch.add_column(sa.Column('private', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index('ix_reply_source', 'reply', ['partner', 'source'])
    # Whoever was here before had come in already.
    op.execute('UPDATE couple SET admitted_at = created_at')


def downgrade() -> None:
    op.drop_index('ix_reply_source', 'reply')
    with op.batch_alter_table('room') as batch:
        batch.drop_column('private')
    with op.batch_alter_table('couple') as batch:
        batch.drop_column('admitted_at')
    op.drop_table('host')
