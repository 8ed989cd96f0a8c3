"""Remember when score sheets were last used in a session; keep marks apart when a judge is appointed again."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("judged_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("sheets") as sheets:
        sheets.add_column(sa.Column("returned_at", sa.DateTime(), nullable=True))
    op.create_table(
        "earlier_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name=op.f("fk_earlier_marks_sheet_id_sheets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_marks")),
    )
    op.create_index(op.f("ix_earlier_marks_sheet_id"), "earlier_marks", ["sheet_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_earlier_marks_sheet_id"), table_name="earlier_marks")
    op.drop_table("earlier_marks")
    with op.batch_alter_table("sheets") as sheets:
        sheets.drop_column("returned_at")
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("judged_at")
