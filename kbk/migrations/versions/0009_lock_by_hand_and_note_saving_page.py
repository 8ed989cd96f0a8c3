"""Remember that score sheets were locked by hand in a session, and which opened page saved a sheet last."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("locked_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("sheets") as sheets:
        sheets.add_column(sa.Column("saved_from", sa.String(length=22), nullable=True))
        sheets.add_column(sa.Column("saved_turn", sa.Integer(), nullable=True))
        sheets.add_column(sa.Column("saved_version", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sheets") as sheets:
        sheets.drop_column("saved_version")
        sheets.drop_column("saved_turn")
        sheets.drop_column("saved_from")
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("locked_at")
