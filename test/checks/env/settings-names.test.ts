import settingsNames from '../../../checks/env/settings-names.ts'
import {testCheck} from '../../harness.ts'

const head = 'from pydantic import Field\nfrom pydantic_settings import BaseSettings\n\n\n'
const project = (config: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "app.main:app"]\n',
    'app/__init__.py': '',
    'app/main.py': 'from app.config import settings\napp = 1\n',
    'app/config.py': config,
    ...more,
  },
})
const ofClass = (body: string, more: Record<string, string> = {}) =>
  project(`${head}class Database(BaseSettings):\n${body}\n\n\nsettings = Database()\n`, more)
const url = '    url: str = Field(..., env="DATABASE_URL")'

testCheck(settingsNames, {
  clean: {
    'the name of the field, in whatever letters': ofClass('    database_url: str = Field(..., env="DATABASE_URL")'),
    'a prefix that makes it': ofClass(`    model_config = SettingsConfigDict(env_prefix="DATABASE_")\n${url}`),
    'a prefix that is computed, and options from elsewhere': ofClass(
      `    model_config = SettingsConfigDict(env_prefix=PREFIX)\n${url}`,
    ),
    'options from elsewhere': ofClass(`    model_config = SHARED\n${url}`),
    'an alias': ofClass('    url: str = Field(..., env="X", validation_alias="DATABASE_URL")'),
    'a default that asks for it': ofClass(
      '    url: str = Field(default_factory=lambda: os.getenv("DATABASE_URL"), env="DATABASE_URL")',
    ),
    'a source of its own': ofClass(
      `${url}\n\n    @classmethod\n    def settings_customise_sources(cls, *args): return ()\n`,
    ),
    'the class of pydantic 1': project(
      `from pydantic import BaseSettings, Field\n\n\nclass Database(BaseSettings):\n${url}\n\n\nsettings = Database()\n`,
    ),
    'a class that is no settings': project(
      `from pydantic import BaseModel, Field\nfrom pydantic_settings import BaseSettings\n\n\nclass Database(BaseModel):\n${url}\n\n\nsettings = 1\n`,
    ),
    'a Field of the project': project(
      `from app.fields import Field\nfrom pydantic_settings import BaseSettings\n\n\nclass Database(BaseSettings):\n${url}\n\n\nsettings = 1\n`,
    ),
    '[env] sets what is read': ofClass(url, {'fly.toml': 'app = "shop"\n\n[env]\nURL = "https://a.example"\n'}),
    'a module that nothing loads': ofClass(url, {'app/main.py': 'app = 1\n'}),
    'another one that fits': ofClass('    url: str = Field(..., env=["URL", "DATABASE_URL"])'),
  },
  flagged: {
    'a field without a default': {
      ...ofClass(`    echo: bool = Field(False, env="DATABASE_ECHO")\n${url}`),
      expect: [
        'warning app/config.py:7:5 Database.url names DATABASE_URL by env=, which pydantic-settings 2 does not look at: it reads URL, and without that one the app stops with a ValidationError: Field required (and so echo)',
      ],
    },
    'with defaults alone, through a class of the file, with a prefix': {
      ...project(
        `${head}class Base(BaseSettings):\n    model_config = {"env_prefix": "APP_"}\n\n\nclass Mail(Base):\n    host: str = Field(default="localhost", env=["MAIL_HOST", "SMTP_HOST"])\n\n\nsettings = Mail()\n`,
      ),
      expect: [
        'warning app/config.py:10:5 Mail.host names MAIL_HOST and SMTP_HOST by env=, which pydantic-settings 2 does not look at: it reads APP_HOST, and it keeps its default, whatever these say',
      ],
    },
    'letters that count': {
      ...ofClass(
        '    model_config = SettingsConfigDict(case_sensitive=True)\n    database_url: str = Field(env="DATABASE_URL")',
      ),
      expect: [
        'warning app/config.py:7:5 Database.database_url names DATABASE_URL by env=, which pydantic-settings 2 does not look at: it reads database_url, and without that one the app stops with a ValidationError: Field required',
      ],
    },
  },
})
