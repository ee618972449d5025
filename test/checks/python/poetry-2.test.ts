import poetry2 from '../../../checks/python/poetry-2.ts'
import {testCheck} from '../../harness.ts'

const project = (...lines: string[]) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM python:3.12-slim\n${lines.join('\n')}\n`},
})

testCheck(poetry2, {
  clean: {
    'only main': project('RUN pip install poetry', 'RUN poetry install --only main'),
    'Poetry 1 is pinned': project('RUN pip install poetry==1.8.3', 'RUN poetry install --no-dev'),
    'the installer is told a version': project(
      'RUN curl -sSL https://install.python-poetry.org | python3 - --version 1.8.2',
      'RUN poetry install --no-dev',
    ),
    'a variable pins it': project(
      'ENV POETRY_VERSION=1.7.1',
      'RUN curl -sSL https://install.python-poetry.org | python3 -',
      'RUN poetry install --no-dev',
    ),
    'nothing says where Poetry comes from': project('RUN poetry install --no-dev'),
    'the plugin is there': project('RUN pip install poetry poetry-plugin-export', 'RUN poetry export -o r.txt'),
  },
  flagged: {
    'the newest Poetry': {
      ...project('RUN pip install --no-cache-dir poetry', 'RUN poetry install --no-dev --no-interaction'),
      expect: [
        'error Dockerfile:3:5 Poetry 2 has no option --no-dev: the build ends here, since nothing pins Poetry to 1',
      ],
    },
    'Poetry 2': {
      ...project('RUN pip install "poetry==2.1.1" && poetry install --no-dev'),
      expect: ['error Dockerfile:2:36 Poetry 2 has no option --no-dev: the build ends here'],
    },
    'export without the plugin': {
      ...project('RUN pip install poetry', 'RUN poetry export -f requirements.txt -o r.txt'),
      expect: [
        'warning Dockerfile:3:5 Poetry 2 has no command export of its own: it comes with poetry-plugin-export, which no step installs',
      ],
    },
    'a base of which the Python is not known: a warning': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM example.com/base\nRUN pip install poetry\nRUN poetry install --no-dev\n',
      },
      expect: [
        'warning Dockerfile:3:5 Poetry 2 has no option --no-dev: the build ends here, since nothing pins Poetry to 1',
      ],
    },
  },
  skipped: {
    'no Poetry': {...project('RUN pip install flask'), reason: 'no RUN runs Poetry'},
  },
})
