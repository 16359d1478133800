"""Identifiers by which candidates are linked, and what sanctions lists said of them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identifier_keys",
        sa.Column("verification_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["verification_id"], ["verifications.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"]),
        sa.PrimaryKeyConstraint("verification_id", "digest"),
    )
    op.create_index(
        "ix_identifier_keys_found",
        "identifier_keys",
        ["tenant_id", "digest", "seen_at", "subject_id", "verification_id"],
    )
    op.create_index("ix_identifier_keys_subject", "identifier_keys", ["tenant_id", "subject_id"])
    op.create_table(
        "screening_hits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("verification_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_by", sa.String(), nullable=True),
        sa.Column("judgement", sa.String(), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["verification_id"], ["verifications.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"]),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_screening_hits_tenant_id", "screening_hits", ["tenant_id"])
    op.create_index("ix_screening_hits_verification_id", "screening_hits", ["verification_id"])
    op.create_index("ix_screening_hits_subject_id", "screening_hits", ["subject_id"])
    op.create_index(
        "ix_screening_hits_open", "screening_hits", ["tenant_id", "judged_at", "found_at"]
    )


def downgrade() -> None:
    op.drop_table("screening_hits")
    op.drop_table("identifier_keys")
