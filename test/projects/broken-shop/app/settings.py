from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str
    secret_key: str
    jwt_secret_key: str

    @property
    def sqlalchemy_url(self) -> str:
        # Fly sets postgres://; SQLAlchemy wants postgresql://
        return self.database_url.replace("postgres://", "postgresql://", 1)


settings = Settings()
