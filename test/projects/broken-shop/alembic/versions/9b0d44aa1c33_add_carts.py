"""add carts

Revision ID: 9b0d44aa1c33
Revises: 1f2a7c40d9be
"""

import sqlalchemy as sa
from alembic import op

revision = "9b0d44aa1c33"
down_revision = "1f2a7c40d9be"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "carts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("product_id", sa.Integer(), sa.ForeignKey("products.id"), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("carts")
