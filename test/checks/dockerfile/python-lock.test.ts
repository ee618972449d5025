import pythonLock from '../../../checks/dockerfile/python-lock.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, files: Record<string, string>, before = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.12-slim\nWORKDIR /app\n${before}COPY . .\nRUN ${run}\n`,
    ...files,
  },
})

const pyproject = (...dependencies: string[]) =>
  `[project]\nname = "shop"\nversion = "1.0.0"\nrequires-python = ">=3.12"\ndependencies = [\n${dependencies.map((each) => `    "${each}",\n`).join('')}]\n`
const uvLock = (...required: string[]) =>
  `version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "shop"\nversion = "1.0.0"\nsource = { virtual = "." }\n\n[package.metadata]\nrequires-dist = [\n${required.map((each) => `    { ${each} },\n`).join('')}]\n`
const uv = (manifest: string, lock: string, run = 'uv sync --locked') =>
  project(run, {'pyproject.toml': manifest, 'uv.lock': lock})

const poetryManifest = (dependency: string) =>
  `[tool.poetry]\nname = "shop"\nversion = "1.0"\npackage-mode = false\n\n[tool.poetry.dependencies]\npython = "^3.12"\n${dependency}`
const uvicorn = 'uvicorn = {version = "^0.30", extras = ["standard"]}\n'
// Worked out by Python's own hashlib and json.
const poetryLock = (hash = '98057e098c5c068bb8e6c9c6b21e58a1713b71ee2f8dd94ccf6c47581e29c945') =>
  `[[package]]\nname = "uvicorn"\nversion = "0.30.6"\n\n[metadata]\nlock-version = "2.1"\ncontent-hash = "${hash}"\n`
const poetry = (manifest: string, lock = poetryLock(), before = 'RUN pip install poetry\n') =>
  project('poetry install --only main --no-root', {'pyproject.toml': manifest, 'poetry.lock': lock}, before)
const standard =
  '[project]\nname = "shop"\nversion = "1.0"\nrequires-python = ">=3.12"\ndependencies = ["uvicorn (>=0.30,<0.31)"]\n\n[dependency-groups]\ndev = ["pytest"]\n'

const pipfile = (packages = 'uvicorn = "*"\n') =>
  `[[source]]\nurl = "https://pypi.org/simple"\nverify_ssl = true\nname = "pypi"\n\n[packages]\n${packages}\n[requires]\npython_version = "3.12"\n`
const pipfileLock =
  '{"_meta": {"hash": {"sha256": "2a6ce12b75b8bcd51008efded911c2c5c44927c7e246dd7287b0576c1fb1169c"}}, "default": {"uvicorn": {}}}\n'
const pipenv = (manifest: string, run: string) => project(run, {Pipfile: manifest, 'Pipfile.lock': pipfileLock})

testCheck(pythonLock, {
  clean: {
    'uv: nothing was changed': uv(
      pyproject('fastapi[standard]>=0.112.1', 'httpx >=0.27, <1', 'pywin32; sys_platform == "win32"'),
      uvLock(
        'name = "fastapi", extras = ["standard"], specifier = ">=0.112.1"',
        'name = "httpx", specifier = ">=0.27,<1"',
        `name = "pywin32", marker = "sys_platform == 'win32'"`,
        `name = "stripe", marker = "extra == 'payments'"`,
      ),
    ),
    'uv: a range of Python versions, which uv writes in its own way': uv(
      pyproject('httpx').replace('">=3.12"', '">=3.12,<3.13"'),
      uvLock('name = "httpx"').replace('">=3.12"', '"==3.12.*"'),
    ),
    'uv: versions that are dates, which uv writes without zeros in front': uv(
      pyproject('certifi>=2024.07.04').replace('"1.0.0"', '"2026.01.05"'),
      uvLock('name = "certifi", specifier = ">=2024.7.4"').replace('"1.0.0"', '"2026.1.5"'),
    ),
    'uv: a package for another Python': uv(pyproject("tomli; python_version < '3.11'"), uvLock()),
    'uv: without --locked it writes the lock file anew': uv(pyproject('httpx'), uvLock(), 'uv sync'),
    'uv: --frozen takes it as it is': uv(pyproject('httpx'), uvLock(), 'uv sync --frozen'),
    'uv: it is locked before': uv(pyproject('httpx'), uvLock(), 'uv lock && uv sync --locked'),
    'uv: a package from git': uv(
      `${pyproject('httpx>=0.27')}[tool.uv.sources]\nhttpx = { git = "https://github.com/encode/httpx" }\n`,
      uvLock('name = "httpx", git = "https://github.com/encode/httpx"'),
    ),
    'uv: a workspace, of which each member has a part': uv(
      `${pyproject('httpx')}[tool.uv.workspace]\nmembers = ["api"]\n`,
      uvLock(),
    ),
    'poetry: nothing was changed': poetry(poetryManifest(uvicorn)),
    'poetry: what does not count was changed': poetry(poetryManifest(uvicorn).replace('"1.0"', '"2.0"')),
    'poetry: written by 2.3, which counts the groups': poetry(
      standard,
      poetryLock('ef5511b5fea91a2334642484178b22f1ec5768394b79444cdb266a6b809e0e9b'),
    ),
    'poetry: written by an earlier one, which does not': poetry(
      standard,
      poetryLock('4fc6aff0813c8a29a64cdced15d5fa377b844f4bd07071af4cf96d559a6f771c'),
    ),
    'poetry: written by 1.8, which does not look at [project]': poetry(
      `[project]\nname = "shop"\nrequires-python = ">=3.12"\n${poetryManifest('[tool.poetry.group.dev.dependencies]\npytest = "^8"\n')}`,
      poetryLock('5972ec4ec4745c002028ba0a884da4ae30bf94a326459d0ab78b3976d59c0525'),
      'RUN pip install poetry==1.8.3\n',
    ),
    'poetry 1.7 only warns of another version': poetry(
      poetryManifest(uvicorn.replace('0.30', '0.29')),
      poetryLock(),
      'RUN pip install poetry==1.7.1\n',
    ),
    'poetry on a Python for which there is no newer one': {
      files: {
        ...poetry(poetryManifest(uvicorn.replace('0.30', '0.29'))).files,
        Dockerfile:
          'FROM python:3.7-slim\nWORKDIR /app\nRUN pip install poetry\nCOPY . .\nRUN poetry install --no-root\n',
      },
    },
    'poetry: locked before': project(
      'poetry lock && poetry install --no-root',
      {'pyproject.toml': poetryManifest('httpx = "*"\n'), 'poetry.lock': poetryLock()},
      'RUN pip install poetry\n',
    ),
    'pipenv: nothing was changed': pipenv(pipfile(), 'pipenv install --system --deploy'),
    'pipenv does not look at the Pipfile': pipenv(
      pipfile('httpx = "*"\n'),
      'PIPENV_IGNORE_PIPFILE=1 pipenv install --system --deploy',
    ),
    'pipenv sync takes it as it is': pipenv(pipfile('httpx = "*"\n'), 'pipenv sync --system'),
  },
  flagged: {
    'uv: a new package': {
      ...uv(pyproject('httpx', 'stripe>=9'), uvLock('name = "httpx"')),
      expect: [
        'error pyproject.toml:7:5 uv sync --locked stops: uv.lock is out of date, as it does not know that pyproject.toml asks for stripe',
      ],
    },
    'uv: another version, by a variable': {
      ...project(
        'uv sync --no-dev',
        {'pyproject.toml': pyproject('httpx>=0.28'), 'uv.lock': uvLock('name = "httpx", specifier = ">=0.27"')},
        'ENV UV_LOCKED=1\n',
      ),
      expect: [
        'error pyproject.toml:6:5 uv sync --no-dev stops: uv.lock is out of date, as pyproject.toml asks for httpx>=0.28, and it was written for >=0.27',
      ],
    },
    'uv: one that is gone': {
      ...uv(pyproject('httpx'), uvLock('name = "httpx"', 'name = "stripe"')),
      expect: [
        'error pyproject.toml:5:1 uv sync --locked stops: uv.lock is out of date, as it still has stripe, which pyproject.toml names no more',
      ],
    },
    'uv: a new version of the project itself': {
      ...uv(pyproject('httpx').replace('1.0.0', '1.1.0'), uvLock('name = "httpx"')),
      expect: [
        'error pyproject.toml:3:1 uv sync --locked stops: uv.lock is out of date, as the project is 1.0.0 in it, and 1.1.0 in pyproject.toml',
      ],
    },
    'poetry: a package that it does not have': {
      ...poetry(poetryManifest(`${uvicorn}stripe = "^9"\n`)),
      expect: [
        'error pyproject.toml:9:1 poetry install --only main stops: poetry.lock is out of date, as it has no stripe, which pyproject.toml asks for',
      ],
    },
    'poetry: another version': {
      ...poetry(poetryManifest(uvicorn.replace('0.30', '0.31'))),
      expect: [
        'error pyproject.toml:6:2 poetry install --only main stops: poetry.lock is out of date, as pyproject.toml was changed after it was written',
      ],
    },
    'poetry of a version that is not known: a warning': {
      ...poetry(poetryManifest(uvicorn.replace('0.30', '0.31')), poetryLock(), 'RUN ./install-tools.sh\n'),
      expect: [
        'warning pyproject.toml:6:2 poetry install --only main stops: poetry.lock is out of date, as pyproject.toml was changed after it was written',
      ],
    },
    'pipenv --deploy': {
      ...pipenv(pipfile('uvicorn = "*"\nstripe = "*"\n'), 'pipenv install --deploy --system'),
      expect: [
        'error Pipfile:8:1 pipenv install --deploy --system stops: Pipfile.lock is out of date, as it has no stripe, which Pipfile asks for',
      ],
    },
  },
})
