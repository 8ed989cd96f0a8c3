"""Count the changes of stages, units and judges, so that a stale form overwrites nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("units", "stages", "judges")


def upgrade() -> None:
    # Added in place, with a default for the rows that are there: copying tables that others refer to is refused by
    # SQLite while it watches over references.
    for table in TABLES:
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "version")
