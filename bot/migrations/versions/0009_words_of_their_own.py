"""What a couple's rituals say in the two's own words, and the rituals that they made."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    _of_a_partner('saying',
    sa.Column('deck', TEXT(), nullable=False),
    sa.Column('says', TEXT(), nullable=False),
    sa.Column('mood', TEXT(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    _instant('written_at'),
    _instant('edited_at'),
    )
    _of_a_partner('owndeck',
    sa.Column('sealed', sa.Boolean(), nullable=False),
    sa.Column('cadence', TEXT(), nullable=False),
    _instant('started_at'),
    _instant('ended_at'),
    )


def downgrade() -> None:
    for table in ('owndeck', 'saying'):
        op.drop_table(table)


def _of_a_partner(table: str, *columns: sa.Column[object]) -> None:
    op.create_table(table,
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('couple', sa.BigInteger(), nullable=False),
    sa.Column('partner', sa.BigInteger(), nullable=False),
    *columns,
    sa.ForeignKeyConstraint(['couple'], ['couple.id'], name=f'fk_{table}_couple'),
    sa.ForeignKeyConstraint(['partner'], ['partner.id'], name=f'fk_{table}_partner'),
    sa.PrimaryKeyConstraint('id', name=f'pk_{table}')
    )
    for owner in ('couple', 'partner'):
        op.create_index(f'ix_{table}_{owner}', table, [owner])


def _instant(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default='0', nullable=False)
