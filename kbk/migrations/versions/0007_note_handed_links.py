"""Note when an invitation link was handed over, and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

HANDED_BY = "fk_invitations_handed_by_id_users"


def upgrade() -> None:
    with op.batch_alter_table("invitations") as invitations:
        invitations.add_column(sa.Column("handed_at", sa.DateTime(), nullable=True))
        invitations.add_column(sa.Column("handed_by_id", sa.Integer(), nullable=True))
        invitations.create_foreign_key(op.f(HANDED_BY), "users", ["handed_by_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("invitations") as invitations:
        invitations.drop_constraint(op.f(HANDED_BY), type_="foreignkey")
        invitations.drop_column("handed_by_id")
        invitations.drop_column("handed_at")
