import settingsFields from '../../../checks/python/settings-fields.ts'
import {testCheck} from '../../harness.ts'

const fields =
  'class Settings(BaseSettings):\n    access_minutes: int = 30\n    model_config = {"env_file": ".env"}\n\n    @property\n    def minutes(self): return 1\n'
const config = `from pydantic_settings import BaseSettings\n\n${fields}\nsettings = Settings()\n`
const project = (main: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "app.main:app"]\n',
    'app/__init__.py': '',
    'app/config.py': config,
    'app/main.py': `app = 1\n${main}`,
    ...more,
  },
})
const imports = 'from app.config import settings\n'
const lacks = (name: string, who: string) =>
  `the class Settings has no ${name}: CMD starts this module, and ${who} ends with AttributeError: 'Settings' object has no attribute '${name}'`
const comes = 'the first call that reaches this line'
const getter = `from functools import lru_cache\n${config.replace('settings = Settings()', '@lru_cache\ndef get_settings() -> Settings:\n    return Settings()')}`

const plain =
  'import os\n\n\nclass Settings:\n    """Of the app."""\n\n    token = os.getenv("TOKEN")\n\n    def __init__(self):\n        self.days = 1\n        more = {"debug": True}\n        for key, value in more.items():\n            setattr(self, key, value)\n'
const ofPlain = (made: string, use: string, text = plain) =>
  project(`from app.config import settings\ndef f():\n    return settings.${use}\n`, {
    'app/config.py': `${text}\n${made}\n`,
  })

testCheck(settingsFields, {
  clean: {
    'what a plain class has, and what its own table gives it': ofPlain('settings = Settings()', 'debug, settings.days'),
    'a plain class that takes what there is': ofPlain(
      'settings = Settings()',
      'hours',
      plain.replace('more = {"debug": True}', 'more = os.environ').replace('more.items()', 'os.environ.items()'),
    ),
    'a plain class that asks elsewhere': ofPlain(
      'settings = Settings()',
      'hours',
      `${plain}\n    def __getattr__(self, name): return 1\n`,
    ),
    'a decorated class, two of one name, one that has another name later': project(
      'from app.a import Config\nfrom app.b import Settings\nfrom app.c import AppConfig\ndef f():\n    return Config.x, Settings.x, AppConfig.x\n',
      {
        'app/a.py': '@load\nclass Config:\n    a = 1\n',
        'app/b.py': 'if TEST:\n    class Settings:\n        x = 1\nclass Settings:\n    a = 1\n',
        'app/c.py': 'class AppConfig:\n    a = 1\nAppConfig = load(AppConfig)\n',
      },
    ),
    'a class of a library, and a module of that name': project(
      'from alembic.config import Config\nfrom app import config\ndef f():\n    return Config.x, config.Settings\n',
    ),
    'fields, properties and what pydantic has': project(
      `${imports}def f():\n    return settings.access_minutes, settings.minutes, settings.model_dump(), settings.model_config\n`,
    ),
    'a class that takes more': project(`${imports}def f():\n    return settings.days\n`, {
      'app/config.py': config.replace('"env_file": ".env"', '"extra": "allow"'),
    }),
    'a class with a base that is not known': project(`${imports}def f():\n    return settings.days\n`, {
      'app/config.py': config.replace('(BaseSettings)', '(Shared)'),
    }),
    'a field of the base': project(`${imports}def f():\n    return settings.days\n`, {
      'app/config.py': config.replace(
        'class Settings(BaseSettings)',
        'class Base(BaseSettings):\n    days: int = 1\n\nclass Settings(Base)',
      ),
    }),
    'another object by the same name': project(`${imports}def f(settings):\n    return settings.days\n`),
    'a field that somebody sets, or asks for first': project(
      `${imports}def f():\n    if hasattr(settings, "days"):\n        return settings.days\n    object.__setattr__(settings, "x", 1)\n`,
    ),
    'who catches the error': project(
      `${imports}def f():\n    try:\n        return settings.days\n    except AttributeError:\n        return 1\n`,
    ),
    ...Object.fromEntries(
      [
        'settings = Settings().model_dump()',
        'settings = Settings(\n    access_minutes=1,\n).minutes',
        'settings = Settings() if TEST else More()',
        'settings = Settings()\nif TEST:\n    settings = More()',
        'def get():\n    return Settings().minutes\nsettings = get()',
        'def get():\n    return Settings() if TEST else More()\nsettings = get()',
        'def get():\n    made = Settings()\n    if TEST:\n        made = More()\n    return made\nsettings = get()',
        'settings = Settings()\nfor name in NAMES:\n    setattr(Settings, name, 1)',
        'settings = Settings()\nfor name in NAMES:\n    object.__setattr__(settings, name, 1)',
        'Settings.__getattr__ = lambda self, name: 1\nsettings = Settings()',
      ].map((made) => [
        made,
        project(`${imports}def f():\n    return settings.days\n`, {
          'app/config.py': `${config.replace('settings = Settings()', '')}class More(Settings):\n    days: int = 1\n\n${made}\n`,
        }),
      ]),
    ),
    ...Object.fromEntries(
      [
        'model_config = SHARED',
        'model_config = SettingsConfigDict(\n        **SHARED\n    )',
        'model_config = {"env_file": ".env", **SHARED}',
        'class Config(Shared):\n        env_file = ".env"',
      ].map((options) => [
        options,
        project(`${imports}def f():\n    return settings.days\n`, {
          'app/config.py': config.replace('model_config = {"env_file": ".env"}', options),
        }),
      ]),
    ),
    'what is made from the class of an argument': project(
      'from app.config import Settings\ndef f(settings: Settings):\n    return settings.days\nclass More(Settings):\n    days: int = 1\n',
    ),
    'an import that goes on, or asks first, and a branch for tools': project(
      `${imports}try:\n    a = settings.days\nexcept Exception:\n    a = 1\nb = settings.hours if "hours" in type(settings).model_fields else 1\nif TYPE_CHECKING:\n    c = settings.weeks\n`,
    ),
    'a module that nothing starts': project('', {'old.py': `${imports}x = settings.days\n`}),
  },
  flagged: {
    'a plain class': {
      ...ofPlain('settings = Settings()', 'hours'),
      expect: [`warning app/main.py:4:12 ${lacks('hours', comes)}`],
    },
    'a plain class that is asked itself': {
      ...project('from app.config import Config\ndef f():\n    return Config.CHAT\n', {
        'app/config.py':
          'import os\nfrom dataclasses import dataclass\n\n@dataclass\nclass Config:\n    TOKEN = os.getenv("TOKEN")\n',
      }),
      expect: [
        `warning app/main.py:4:12 ${lacks('CHAT', comes).replace('class Settings', 'class Config').replace("'Settings' object", "type object 'Config'")}`,
      ],
    },
    'in a function': {
      ...project(`${imports}def f():\n    return settings.refresh_days\n`),
      expect: [`warning app/main.py:4:12 ${lacks('refresh_days', comes)}`],
    },
    'at the top of the module': {
      ...project(`${imports}days = settings.refresh_days\n`),
      expect: [`warning app/main.py:3:8 ${lacks('refresh_days', 'its import')}`],
    },
    'of an instance that a package hands on': {
      ...project('from .core import settings\ndef f():\n    return settings.refresh_days\n', {
        'app/core/__init__.py': 'from ..config import settings\n',
      }),
      expect: [`warning app/main.py:4:12 ${lacks('refresh_days', comes)}`],
    },
    'of what a function returns': {
      ...project(
        'from app.config import Settings, get_settings\nconf = get_settings()\ndef f(settings: Settings = Depends(get_settings)):\n    return conf.access, settings.days, get_settings().more\n',
        {'app/config.py': getter},
      ),
      expect: [
        `warning app/main.py:5:12 ${lacks('access', comes)}`,
        `warning app/main.py:5:25 ${lacks('days', comes)}`,
        `warning app/main.py:5:40 ${lacks('more', comes)}`,
      ],
    },
  },
})
