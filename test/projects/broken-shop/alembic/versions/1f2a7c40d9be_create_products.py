"""create products

Revision ID: 1f2a7c40d9be
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "1f2a7c40d9be"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "products",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("products")
