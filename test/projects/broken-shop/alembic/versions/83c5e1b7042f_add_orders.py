"""add orders

Revision ID: 83c5e1b7042f
Revises: 1f2a7c40d9be
"""

import sqlalchemy as sa
from alembic import op

revision = "83c5e1b7042f"
down_revision = "1f2a7c40d9be"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("product_id", sa.Integer(), sa.ForeignKey("products.id"), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("orders")
