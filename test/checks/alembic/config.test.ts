import config from '../../../checks/alembic/config.ts'
import {testCheck} from '../../harness.ts'

const fly = {'fly.toml': 'app = "shop"\n[deploy]\n  release_command = "alembic upgrade head"\n'}
const scripts = {'migrations/env.py': '', 'migrations/versions/a.py': 'revision = "a"\ndown_revision = None\n'}
const ini = (text: string, files: Record<string, string> = scripts) => ({
  files: {...fly, ...files, 'alembic.ini': text},
})

testCheck(config, {
  clean: {
    'relative to the folder': ini('[alembic]\nscript_location = migrations\n'),
    '%(here)s': ini('[alembic]\nscript_location: %(here)s/migrations\n'),
    'through another key and [DEFAULT]': ini('[DEFAULT]\nbase = migra\n[alembic]\nscript_location = %(base)stions\n'),
    'the ini for logging only, the rest in pyproject.toml': {
      files: {
        ...fly,
        ...scripts,
        'alembic.ini': '[loggers]\nkeys = root\n',
        'pyproject.toml': '[tool.alembic]\nscript_location = "%(here)s/migrations"\n',
      },
    },
    'a package that only Python finds': ini(
      '[alembic]\nscript_location = acme_models:migrations\nprepend_sys_path = src\n',
    ),
    'a % that env.py sets itself': ini(
      '[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://a:b%40c@db/shop\n',
      {
        ...scripts,
        'migrations/env.py':
          'config.set_main_option("sqlalchemy.url", url)\nengine_from_config(config.get_section(config.config_ini_section))\n',
      },
    ),
    'logging in a branch that may not run': ini('[alembic]\nscript_location = migrations\n', {
      ...scripts,
      'migrations/env.py': 'if os.environ.get("LOGGING"):\n    fileConfig(config.config_file_name)\n',
    }),
    "Flask-Migrate's folder": {
      files: {...fly, 'migrations/alembic.ini': '[alembic]\nfile_template = %%(rev)s\n', ...scripts},
    },
    pyproject: {
      files: {...fly, ...scripts, 'pyproject.toml': '[tool.alembic]\nscript_location = "%(here)s/migrations"\n'},
    },
    'relative to a folder between': {
      files: {
        ...fly,
        'backend/alembic/alembic.ini': '[alembic]\nscript_location = alembic\n',
        'backend/alembic/env.py': '',
        'backend/alembic/versions/a.py': 'revision = "a"\ndown_revision = None\n',
      },
    },
    'a value that env.py gives to the file': ini(
      '[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://%(DB_USER)s@db/shop\n',
      {
        ...scripts,
        'migrations/env.py':
          'config.set_section_option(\n    section, "DB_USER", os.environ["DB_USER"]\n)\nengine_from_config(config.get_section(config.config_ini_section))\n',
      },
    ),
  },
  flagged: {
    'no script_location': {
      ...ini('[alembic]\nprepend_sys_path = .\n'),
      expect: ['error alembic.ini:1:1 [alembic] has no script_location'],
    },
    'no [alembic] section': {
      ...ini('[Alembic]\nscript_location = migrations\n'),
      expect: ['error alembic.ini alembic.ini has no [alembic] section'],
    },
    'a comment behind the value is part of it': {
      ...ini('[alembic]\nscript_location = migrations # here\n'),
      expect: ['error alembic.ini:2:1 script_location = migrations # here: there is no folder migrations # here'],
    },
    'a folder that a COPY may lay out elsewhere: a warning': {
      ...ini('[alembic]\nscript_location = db/migrations\n'),
      expect: ['warning alembic.ini:2:1 script_location = db/migrations: there is no folder db/migrations'],
    },
    'a folder that is not there, where nothing runs alembic: it may be left over': {
      files: {'fly.toml': 'app = "shop"\n', 'alembic.ini': '[alembic]\nscript_location = migrations\n'},
      expect: ['info alembic.ini:2:1 script_location = migrations: there is no folder migrations'],
    },
    'logging that nothing configures': {
      ...ini('[alembic]\nscript_location = migrations\n', {
        ...scripts,
        'migrations/env.py': 'if config.config_file_name is not None:\n    fileConfig(config.config_file_name)\n',
      }),
      expect: [
        "error alembic.ini:1:1 env.py sets up logging from alembic.ini, which has no [formatters]: upgrade stops with KeyError 'formatters'",
      ],
    },
    'a logger without its section': {
      ...ini(
        '[alembic]\nscript_location = migrations\n[loggers]\nkeys = root, shop\n[handlers]\nkeys =\n[formatters]\nkeys =\n[logger_root]\n',
        {...scripts, 'migrations/env.py': 'fileConfig(config.config_file_name)\n'},
      ),
      expect: [
        "error alembic.ini:1:1 env.py sets up logging from alembic.ini, which has no [logger_shop]: upgrade stops with KeyError 'logger_shop'",
      ],
    },
    'logging from an ini that is not there': {
      files: {
        ...fly,
        ...scripts,
        'migrations/env.py': 'fileConfig(config.config_file_name)\n',
        'pyproject.toml': '[tool.alembic]\nscript_location = "%(here)s/migrations"\n',
      },
      expect: [
        'error pyproject.toml:1:2 env.py sets up logging from alembic.ini, and there is none: upgrade stops at fileConfig()',
      ],
    },
    'a % that env.py reads': {
      ...ini('[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://a:b%40c@db/shop\n', {
        ...scripts,
        'migrations/env.py': 'engine_from_config(config.get_section(config.config_ini_section))\n',
      }),
      expect: ['warning alembic.ini:3:1 sqlalchemy.url cannot be read: a % must be doubled: %%'],
    },
    'a name that nothing gives a value': {
      ...ini('[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://%(DB_USER)s@db/shop\n', {
        ...scripts,
        'migrations/env.py':
          'config.set_section_option(section, "DB_NAME",\n  "a")\nengine_from_config(config.get_section(config.config_ini_section))\n',
      }),
      expect: [
        'warning alembic.ini:3:1 sqlalchemy.url cannot be read: %(DB_USER)s names no key of the file (environment variables cannot be read there)',
      ],
    },
    'a % that every command reads': {
      ...ini('[alembic]\nscript_location = migrations\nfile_template = %(year)d_%(rev)s\n'),
      expect: ['error alembic.ini:3:1 file_template cannot be read: a % must be doubled: %%'],
    },
    'a folder of revisions that is none': {
      ...ini('[alembic]\nscript_location = migrations\nversion_locations = migrations/version\n'),
      expect: [
        'warning alembic.ini:3:1 version_locations names migrations/version, which is no folder: alembic leaves it out and says nothing',
      ],
    },
    'a separator with a comment behind it': {
      ...ini(
        '[alembic]\nscript_location = migrations\nversion_locations = a b\nversion_path_separator = os  # default\n',
      ),
      expect: [
        'error alembic.ini:4:1 version_path_separator = os  # default: it must be space, newline, os, : or ;, and no comment may follow it',
      ],
    },
    'no env.py': {
      ...ini('[alembic]\nscript_location = migrations\n', {'migrations/versions/a.py': ''}),
      expect: ['error alembic.ini:2:1 migrations has no env.py, without which upgrade cannot run'],
    },
    'a key that stands twice': {
      ...ini('[alembic]\nscript_location = a\nSCRIPT_LOCATION = b\n'),
      expect: [
        'error alembic.ini:3:1 alembic cannot read alembic.ini: the key script_location stands twice in its section',
      ],
    },
    'an environment variable in the file': {
      ...ini('[alembic]\nscript_location = %(SCRIPTS)s\n'),
      expect: [
        'error alembic.ini:2:1 script_location cannot be read: %(SCRIPTS)s names no key of the file (environment variables cannot be read there)',
      ],
    },
    'no versions folder: nothing would happen': {
      ...ini('[alembic]\nscript_location = migrations\n', {'migrations/env.py': ''}),
      expect: ['warning alembic.ini migrations/versions does not exist: alembic upgrade exits 0 and does nothing'],
    },
    'alembic is run, and nothing configures it': {
      files: fly,
      expect: ['warning fly.toml:3:3 release_command runs alembic, and the project has no alembic.ini'],
    },
    'nothing in the deploy runs it: a warning': {
      files: {'fly.toml': 'app = "shop"\n', 'alembic.ini': '[alembic]\n'},
      expect: ['warning alembic.ini:1:1 [alembic] has no script_location'],
    },
  },
  skipped: {
    'no alembic': {files: {'fly.toml': 'app = "shop"\n'}, reason: 'the project has no alembic.ini'},
    'only an example': {
      files: {'fly.toml': 'app = "shop"\n', 'examples/alembic.ini': '[alembic]\n'},
      reason: 'the project has no alembic.ini',
    },
  },
})
