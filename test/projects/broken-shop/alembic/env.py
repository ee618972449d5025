from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine, pool

from app.settings import settings

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name)

engine = create_engine(settings.sqlalchemy_url, poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
