"""What each decides alone, thinning out, visits, recovery codes, and the end."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    with op.batch_alter_table('couple') as batch:
        batch.add_column(_instant('ended_at'))
    with op.batch_alter_table('partner') as batch:
        batch.add_column(_flag('nudges', sa.true()))
        batch.add_column(_flag('fewer'))
        batch.add_column(_flag('unveiled'))
        batch.add_column(_instant('leaves_at'))
        batch.add_column(_flag('leaves_nothing'))
        batch.add_column(_instant('left_at'))
        batch.add_column(_instant('hands_over_until'))
    with op.batch_alter_table('ritual') as batch:
        batch.add_column(sa.Column('silent', sa.Integer(), server_default='0', nullable=False))
        batch.add_column(_instant('thin_until'))
        batch.add_column(_flag('every_time'))
    _each('quietdates', 'partner', sa.Column('first', TEXT(), nullable=False), sa.Column('last', TEXT(), nullable=False))
    _each('hidden', 'partner', sa.Column('prompt', TEXT(), nullable=False),
          sa.UniqueConstraint('partner', 'prompt', name='uq_hidden_partner_prompt'))
    _each('visit', 'couple', sa.Column('first', TEXT(), nullable=False), sa.Column('last', TEXT(), nullable=False),
          sa.Column('timezone', TEXT(), nullable=False), _flag('counted_by_1'), _flag('counted_by_2'))
    op.create_table('recoverycode',
    sa.Column('partner', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('code_hash', TEXT(), nullable=False),
    _instant('created_at'),
    sa.PrimaryKeyConstraint('partner', name='pk_recoverycode'),
    sa.UniqueConstraint('code_hash', name='uq_recoverycode_code_hash')
    )
    op.create_table('deletion',
    sa.Column('reply', sa.BigInteger(), autoincrement=False, nullable=False),
    _instant('at'),
    sa.PrimaryKeyConstraint('reply', name='pk_deletion')
    )
    op.create_table('guess',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('platform', TEXT(), nullable=False),
    sa.Column('user', TEXT(), nullable=False),
    _instant('at'),
    sa.PrimaryKeyConstraint('id', name='pk_guess')
    )
    op.create_index('ix_guess_user', 'guess', ['user'])


def downgrade() -> None:
    for table in ('guess', 'deletion', 'recoverycode', 'visit', 'hidden', 'quietdates'):
        op.drop_table(table)
    gone = {
        'ritual': ('every_time', 'thin_until', 'silent'),
        'partner': ('hands_over_until', 'left_at', 'leaves_nothing', 'leaves_at', 'unveiled', 'fewer', 'nudges'),
        'couple': ('ended_at',),
    }
    for table, columns in gone.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)


def _each(table: str, owner: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of rows that belong to a partner or a couple."""
    op.create_table(table,
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column(owner, sa.BigInteger(), nullable=False),
    *columns,
    sa.ForeignKeyConstraint([owner], [f'{owner}.id'], name=f'fk_{table}_{owner}'),
    sa.PrimaryKeyConstraint('id', name=f'pk_{table}')
    )
    op.create_index(f'ix_{table}_{owner}', table, [owner])


def _instant(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default='0', nullable=False)


def _flag(name: str, usual: sa.ColumnElement[bool] | None = None) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false() if usual is None else usual, nullable=False)
