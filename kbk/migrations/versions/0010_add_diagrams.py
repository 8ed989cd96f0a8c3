"""Keep what groups type for the quality tools of their risalah, with every saved state."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "diagrams",
        sa.Column("risalah_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("table_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["risalah_id"], ["risalah.id"], name=op.f("fk_diagrams_risalah_id_risalah")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_diagrams_created_by_id_users")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["users.id"], name=op.f("fk_diagrams_updated_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagrams")),
        sa.UniqueConstraint("public_id", name=op.f("uq_diagrams_public_id")),
    )
    op.create_index(op.f("ix_diagrams_risalah_id"), "diagrams", ["risalah_id"])
    op.create_table(
        "diagram_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diagram_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("table_text", sa.Text(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["diagram_id"], ["diagrams.id"], name=op.f("fk_diagram_revisions_diagram_id_diagrams")
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["users.id"], name=op.f("fk_diagram_revisions_saved_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagram_revisions")),
        sa.UniqueConstraint("diagram_id", "version", name=op.f("uq_diagram_revisions_diagram_id")),
    )
    op.create_index(op.f("ix_diagram_revisions_diagram_id"), "diagram_revisions", ["diagram_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_diagram_revisions_diagram_id"), table_name="diagram_revisions")
    op.drop_table("diagram_revisions")
    op.drop_index(op.f("ix_diagrams_risalah_id"), table_name="diagrams")
    op.drop_table("diagrams")
