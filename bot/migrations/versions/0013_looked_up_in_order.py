"""What waits is found in the order in which it goes, what came with the little that a choice needs, and who leaves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

CAME = ['ritual', 'due_at', 'id', 'day', 'slot', 'prompt', 'put_away']
WAITING = sa.text('sent_at = 0 AND given_up_at = 0')
LEAVING = sa.text('leaves_at > 0')


def upgrade() -> None:
    op.drop_index('ix_delivery_waiting', 'delivery')
    _create('ix_delivery_waiting', 'delivery', ['id', 'sends_after'], WAITING)
    op.drop_index('ix_occurrence_ritual', 'occurrence')
    op.create_index('ix_occurrence_came', 'occurrence', CAME)
    _create('ix_partner_leaving', 'partner', ['leaves_at'], LEAVING)


def downgrade() -> None:
    op.drop_index('ix_partner_leaving', 'partner')
    op.drop_index('ix_occurrence_came', 'occurrence')
    op.create_index('ix_occurrence_ritual', 'occurrence', ['ritual'])
    op.drop_index('ix_delivery_waiting', 'delivery')
    _create('ix_delivery_waiting', 'delivery', ['sends_after'], WAITING)


def _create(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
