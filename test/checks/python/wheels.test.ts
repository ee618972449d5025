import wheels from '../../../checks/python/wheels.ts'
import {testCheck} from '../../harness.ts'

const project = (image: string, install: string, files: Record<string, string>, before = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${image}\nWORKDIR /app\n${before}COPY requirement*.txt pyproject.toml *.lock ./\nRUN ${install}\nCMD ["python", "-m", "shop"]\n`,
    ...files,
  },
})
const pip = (image: string, requirements: string, before = '') =>
  project(image, 'pip install -r requirements.txt', {'requirements.txt': requirements}, before)

const manifest = '[project]\nname = "shop"\ndependencies = ["acme"]\n'
const poetryManifest = '[tool.poetry.dependencies]\npython = "^3.11"\nacme = "^1"\n'
/** A package of uv.lock, with these files. */
const locked = (name: string, files: string[], more = '') =>
  `[[package]]\nname = "${name}"\nversion = "1.0"\nsource = { registry = "https://pypi.org/simple" }\n${more}wheels = [\n${files.map((file) => `    { url = "https://files.pythonhosted.org/packages/${file}", hash = "sha256:1" },\n`).join('')}]\n\n`
const source = 'sdist = { url = "https://files.pythonhosted.org/packages/acme-1.0.tar.gz" }\n'
const uv = (image: string, lock: string, before = '', pyproject = manifest) =>
  project(
    image,
    'uv sync --frozen --no-dev',
    {'pyproject.toml': pyproject, 'uv.lock': `version = 1\nrequires-python = ">=3.11"\n\n${lock}`},
    `COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\n${before}`,
  )
const linux = (python: string) => `acme-1.0-${python}-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`
const gcc = 'RUN apt-get update && apt-get install -y gcc\n'

testCheck(wheels, {
  clean: {
    'a version that has one': pip('python:3.13-slim', 'numpy==2.1.0\npandas==2.2.3\n'),
    'a version that may have one': pip('python:3.14-slim', 'numpy==2.3.0\n'),
    'a range': pip('python:3.13-slim', 'numpy>=1.24,<2\n'),
    'another Python asks for it': pip('python:3.13-slim', 'numpy==1.26.4; python_version < "3.12"\n'),
    'pydantic 1 is not compiled': pip('python:3.13-slim', 'pydantic==1.10.13\n'),
    'psycopg without its binary': pip('python:3.13-slim', 'psycopg==3.1.9\n'),
    'a package that does without its compiled part': pip('python:3.14-slim', 'markupsafe==2.0.1\nsqlalchemy==1.4.48\n'),
    'wheels of another index': pip('python:3.13-slim', '--extra-index-url https://wheels.example.org\nnumpy==1.26.4\n'),
    'a Python that is not known': pip('python:3-slim', 'numpy==1.24.3\n'),
    'a machine of another kind': pip('--platform=linux/arm64 python:3.13-slim', 'numpy==1.26.4\n'),
    'a wheel of the stable ABI': uv('python:3.13-slim', locked('acme', [linux('cp39-abi3')], source)),
    'a wheel of any platform': uv(
      'python:3.13-slim',
      locked('acme', ['acme-1.0-py3-none-any.whl', linux('cp312-cp312')]),
    ),
    'of a package for Windows': uv(
      'python:3.13-slim',
      locked(
        'acme',
        ['acme-1.0-py3-none-any.whl'],
        'dependencies = [\n    { name = "pywin32", marker = "sys_platform == \'win32\'" },\n]\n',
      ) + locked('pywin32', ['pywin32-1.0-cp313-cp313-win_amd64.whl']),
    ),
    'what python/linux-package tells': uv(
      'python:3.13-slim',
      locked('pywin32', ['pywin32-1.0-cp313-cp313-win_amd64.whl']),
      '',
      manifest.replace('acme', 'pywin32'),
    ),
    'of an extra that nobody asks for': uv(
      'python:3.13-slim',
      `${locked('acme', ['acme-1.0-py3-none-any.whl'])}[package.optional-dependencies]\nfast = [\n    { name = "quick" },\n]\n\n${locked('quick', ['quick-1.0-cp312-cp312-manylinux2014_x86_64.whl'])}`,
    ),
    'uv takes the Python that the project asks for': project(
      'python:3.13-slim',
      'uv sync --frozen --no-dev',
      {
        'pyproject.toml': manifest,
        '.python-version': '3.12\n',
        'uv.lock': locked('acme', [linux('cp312-cp312')], source),
      },
      'COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\n',
    ),
    'a compiler for what Alpine has no wheels of': pip(
      'python:3.12-alpine',
      'psutil==5.9.8\n',
      'RUN apk add gcc musl-dev linux-headers\n',
    ),
  },
  flagged: {
    'a pin, and no compiler': {
      ...pip('python:3.13-slim', 'flask==3.0.0\npandas==2.2.0\nasyncpg==0.29.0\n'),
      expect: [
        'error requirements.txt:2:1 pandas 2.2.0 and asyncpg 0.29.0 have no wheel for Python 3.13 (python:3.13-slim): they are compiled, and the stage has no C compiler',
      ],
    },
    'with a compiler': {
      ...pip('python:3.13-slim', 'asyncpg==0.29.0\n', gcc),
      expect: [
        'warning requirements.txt:1:1 asyncpg 0.29.0 has no wheel for Python 3.13 (python:3.13-slim): it is compiled, from a source older than this Python',
      ],
    },
    Alpine: {
      ...pip('python:3.12-alpine', 'psutil==5.9.8\n'),
      expect: [
        'error requirements.txt:1:1 psutil 5.9.8 has no wheel for Python 3.12 and musl (python:3.12-alpine): it is compiled, and the stage has no C compiler',
      ],
    },
    'what has no source': {
      ...pip('python:3.13', 'torch==2.3.1\npsycopg[binary]==3.1.9\n'),
      expect: [
        'error requirements.txt:1:1 torch 2.3.1 and psycopg-binary of psycopg 3.1.9 have no wheel for Python 3.13 (python:3.13): they have no source either, and the install stops',
      ],
    },
    'sources that cannot be built, even with a compiler': {
      ...pip('python:3.13', 'numpy==1.24.3\npydantic==2.7.4\nPyYAML==6.0\n'),
      expect: [
        "error requirements.txt:1:1 numpy 1.24.3 has no wheel for Python 3.13 (python:3.13): its source cannot be built there (AttributeError: module 'pkgutil' has no attribute 'ImpImporter')",
        "error requirements.txt:2:1 pydantic-core of pydantic 2.7.4 has no wheel for Python 3.13 (python:3.13): its source cannot be built there (PyO3's maximum supported version is 3.12)",
        'error requirements.txt:3:1 PyYAML 6.0 has no wheel for Python 3.13 (python:3.13): its source cannot be built with Cython 3 (AttributeError: cython_sources)',
      ],
    },
    'unless it is told how': {
      ...pip('python:3.13-slim', 'pydantic==2.7.4\n', 'ENV PYO3_USE_ABI3_FORWARD_COMPATIBILITY=1\n'),
      expect: [
        'warning requirements.txt:1:1 pydantic-core of pydantic 2.7.4 has no wheel for Python 3.13 (python:3.13-slim): it is built from source, and the stage has no C compiler',
      ],
    },
    'a lock file lists no wheel, and it is not known whether the source is compiled': {
      ...uv('python:3.13-slim', locked('acme', [linux('cp311-cp311'), linux('cp312-cp312')], source)),
      expect: [
        'warning uv.lock:5:1 acme 1.0 has no wheel for Python 3.13 (python:3.13-slim): it is built from source, and the stage has no C compiler',
      ],
    },
    'a lock file without a source': {
      ...uv('python:3.13-alpine', locked('acme', [linux('cp313-cp313')])),
      expect: [
        'error uv.lock:5:1 acme 1.0 has no wheel for Python 3.13 and musl (python:3.13-alpine): it has no source either, and the install stops',
      ],
    },
    "behind an extra, in Poetry's": {
      ...project(
        'python:3.13-slim',
        'pip install poetry && poetry config virtualenvs.create false && poetry install --only main --no-root',
        {
          'pyproject.toml': poetryManifest,
          'poetry.lock':
            '[[package]]\nname = "acme"\nversion = "1.0"\nfiles = [\n    {file = "acme-1.0-py3-none-any.whl", hash = "sha256:1"},\n]\n\n[package.dependencies]\norjson = [\n    {version = ">=3", markers = "python_version < \\"3.12\\""},\n    {version = ">=3.9", markers = "python_version >= \\"3.12\\""},\n]\n\n[[package]]\nname = "orjson"\nversion = "3.9.10"\nfiles = [\n    {file = "orjson-3.9.10-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", hash = "sha256:1"},\n    {file = "orjson-3.9.10.tar.gz", hash = "sha256:2"},\n]\n\n[metadata]\nlock-version = "2.0"\npython-versions = "^3.11"\n',
        },
      ),
      expect: [
        'error poetry.lock:15:1 orjson 3.9.10 has no wheel for Python 3.13 (python:3.13-slim): it is compiled, and the stage has no C compiler',
      ],
    },
  },
})
