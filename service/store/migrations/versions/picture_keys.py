"""Keys by which a picture is found again under another candidate; the audit by what it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture_keys",
        sa.Column("verification_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["verification_id"], ["verifications.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"]),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"]),
        sa.PrimaryKeyConstraint("verification_id", "digest"),
    )
    op.create_index("ix_audit_about", "audit", ["tenant_id", "about"], unique=False)
    op.create_index("ix_picture_keys_found", "picture_keys", ["tenant_id", "digest"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_audit_about", "audit")
    op.drop_table("picture_keys")
