import check from '../../../checks/python/package-layout.ts'
import {testCheck} from '../../harness.ts'

const backends = {
  hatchling: '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
  uv: '[build-system]\nrequires = ["uv_build>=0.9,<1"]\nbuild-backend = "uv_build"\n',
  poetry: '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n',
  setuptools: '[build-system]\nrequires = ["setuptools>=68"]\nbuild-backend = "setuptools.build_meta"\n',
}
const named = '[project]\nname = "shop-backend"\nversion = "1"\n'

interface Parts {
  run?: string
  copy?: string
  /** What follows in pyproject.toml. */
  more?: string
  files?: Record<string, string>
}

const project = (backend: string, {run = 'pip install .', copy = '. .', more = '', files = {}}: Parts = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /srv\nCOPY ${copy}\nRUN ${run}\nCMD ["python", "-m", "app"]\n`,
    'pyproject.toml': `${backend}${named}${more}`,
    'app/__init__.py': '',
    'app/__main__.py': '',
    ...files,
  },
})

const system = (requires: string, backend: string, rest = '') =>
  `[build-system]\nrequires = [${requires}]\nbuild-backend = "${backend}"\n${rest}`

/** A stage that makes wheels, and one that installs from them alone. */
const offline = (install: string, wheels = "pip wheel --wheel-dir /wheels '.[dev]'") => ({
  files: {
    ...project(backends.hatchling, {files: {'shop_backend/__init__.py': ''}}).files,
    Dockerfile: `FROM python:3.13-slim AS builder\nWORKDIR /build\nCOPY . .\nRUN ${wheels}\nFROM python:3.13-slim\nWORKDIR /srv\nCOPY --from=builder /wheels /wheels\nCOPY . .\nRUN pip install --no-index --find-links=/wheels ${install}\n`,
  },
})

testCheck(check, {
  clean: {
    'the wheel of the project, by its name': offline('shop-backend'),
    ...Object.fromEntries(
      [
        'pip wheel --wheel-dir /wheels . hatchling',
        'pip wheel --wheel-dir /wheels . && uv pip install --target /wheels hatchling',
        'pip wheel --wheel-dir /wheels .\nRUN python -m pip wheel --wheel-dir /wheels hatchling',
        'pip wheel --wheel-dir /wheels .\nRUN sh wheels.sh',
      ].map((wheels) => [wheels, offline('.', wheels)]),
    ),
    'a wheel of the backend that the project has': {
      files: {...offline('.').files, 'wheels/hatchling-1.27.0-py3-none-any.whl': ''},
    },
    'the project from wheels among which its backend is': offline(
      '.',
      'pip wheel --wheel-dir /wheels . hatchling -r more.txt',
    ),
    'a backend of its own': project(system('"setuptools"', 'setuptools.mine', 'backend-path = ["."]\n')),
    'a backend that is not known': project(system('"sipbuild"', 'sipbuild.api')),
    'a package may bring the backend': project(
      system('"hatch-vcs"', 'hatchling.build', '[tool.hatch.build]\npackages = ["app"]\n'),
    ),
    'the older name of setuptools’ backend': project(system('"setuptools"', 'setuptools.build_meta:__legacy__')),
    'uv does not build what is no package': project(
      system('"setuptools"', 'setuptools.backends._legacy:_Backend', '[tool.uv]\npackage = false\n'),
      {run: 'uv sync'},
    ),
    'hatchling is told': project(backends.hatchling, {
      more: '[tool.hatch.build.targets.wheel]\npackages = ["app"]\n',
    }),
    'hatchling is told for all targets': project(backends.hatchling, {
      more: '[tool.hatch.build]\ninclude = ["app/**"]\n',
    }),
    'a folder of the name': project(backends.hatchling, {files: {'shop_backend/__init__.py': ''}}),
    'one below another folder': project(backends.hatchling, {files: {'lib/shop_backend/__init__.py': ''}}),
    'a module of the name': project(backends.hatchling, {files: {'shop_backend.py': ''}}),
    'uv leaves the project out': project(backends.hatchling, {run: 'uv sync --frozen --no-install-project'}),
    'uv has no package to build': project('', {run: 'uv sync'}),
    'uv_build finds a folder with capital letters': project(backends.uv, {
      run: 'uv sync',
      files: {'src/Shop_Backend/__init__.py': ''},
    }),
    'uv_build is told': project(backends.uv, {
      run: 'uv sync',
      more: '[tool.uv.build-backend]\nmodule-name = "app"\nmodule-root = ""\n',
    }),
    'poetry leaves the project out': project(backends.poetry, {run: 'poetry install --no-root'}),
    'poetry has no package': project(backends.poetry, {
      run: 'poetry install',
      more: '[tool.poetry]\npackage-mode = false\n',
    }),
    'Poetry 1 only warns': project(backends.poetry, {run: 'pip install poetry==1.8.3 && poetry install'}),
    'hatchling is told in one line': project(backends.hatchling, {
      more: '[tool.hatch.build]\ntargets = {wheel = {packages = ["app"]}}\n',
    }),
    'hatchling is told with dots': project(backends.hatchling, {
      more: '[tool.hatch.build.targets]\n  wheel.packages = ["app"]\n',
    }),
    'hatchling is told under a name in quotes': project(backends.hatchling, {
      more: '[tool.hatch.build.targets."wheel"]\npackages = ["app"]\n',
    }),
    'hatchling links to the folder': project(backends.hatchling, {
      run: 'uv sync',
      more: '[tool.hatch.build]\ndev-mode-dirs = ["."]\n',
    }),
    'setuptools is told with dots': project(backends.setuptools, {
      more: '[tool.setuptools]\npackages.find.include = ["app*"]\n',
      files: {'alembic/env.py': ''},
    }),
    'only one group is installed': project(backends.hatchling, {run: 'uv sync --only-group prod'}),
    'the folder is where packages go': project(backends.hatchling, {run: 'pip install -r requirements.txt --target .'}),
    'the package is made before': project(backends.hatchling, {
      run: 'mkdir -p src/shop_backend && touch src/shop_backend/__init__.py && pip install .',
    }),
    'the package is made by a RUN before': project(backends.uv, {
      run: 'mkdir -p src/shop_backend\nRUN touch src/shop_backend/__init__.py\nRUN uv sync',
    }),
    'the package is linked before': project(backends.hatchling, {run: 'ln -s app shop_backend && pip install .'}),
    'the package is a copy': project(backends.hatchling, {run: 'cp -r app shop_backend && pip install .'}),
    'the package is copied under its name': project(backends.hatchling, {
      copy: 'pyproject.toml ./\nCOPY app ./shop_backend',
    }),
    'the source is mounted': project(backends.hatchling, {
      copy: 'app ./shop_backend',
      run: '--mount=type=bind,source=pyproject.toml,target=pyproject.toml pip install .',
    }),
    'no group of the project': project(backends.hatchling, {run: 'UV_NO_INSTALL_PROJECT=1 uv sync'}),
    'only the requirements': project(backends.hatchling, {run: 'pip install fastapi'}),
    'setuptools finds one package, and folders that are none': project(backends.setuptools, {
      files: {'tests/a.py': '', 'docs/a.md': '', '.github/a.yml': '', 'two-words/a.py': '', 'main.py': ''},
    }),
    'setuptools with a src folder': project(backends.setuptools, {
      files: {'src/shop/__init__.py': '', 'alembic/env.py': ''},
    }),
    'setuptools is told': project(backends.setuptools, {
      more: '[tool.setuptools.packages.find]\ninclude = ["app*"]\n',
      files: {'alembic/env.py': ''},
    }),
    'setuptools has a setup.cfg': project(backends.setuptools, {files: {'alembic/env.py': '', 'setup.cfg': ''}}),
    'one of several is copied': project(backends.setuptools, {
      copy: 'pyproject.toml ./\nCOPY app ./app',
      files: {'alembic/env.py': ''},
    }),
  },
  flagged: {
    'the project from wheels among which its backend is not': {
      ...offline('.'),
      expect: [
        'warning Dockerfile:9:5 pip install builds the project with hatchling, and --no-index finds it only in a folder where pip wheel lays what the project runs with',
      ],
    },
    'a backend that setuptools does not have': {
      ...project(system('"setuptools>=68", "wheel"', 'setuptools.backends._legacy:_Backend')),
      expect: [
        'error pyproject.toml:3:1 pip install stops: build-backend is setuptools.backends._legacy:_Backend, and there is no such module (Cannot import …)',
      ],
    },
    'a backend that nothing installs': {
      ...project(system('"setuptools>=68", "wheel"', 'poetry.core.masonry.api'), {
        files: {'shop_backend/__init__.py': ''},
      }),
      expect: [
        'error pyproject.toml:3:1 pip install stops: build-backend is poetry.core.masonry.api, and requires, which is all that the build has, does not name poetry-core',
      ],
    },
    hatchling: {
      ...project(backends.hatchling, {more: '[tool.ruff]\ninclude = ["app"]\n'}),
      expect: [
        'error pyproject.toml:5:1 pip install stops: hatchling looks for the package shop-backend in shop_backend/ or src/shop_backend/, and neither the image nor the project has it',
      ],
    },
    'hatchling, by uv': {
      ...project(backends.hatchling, {run: 'uv sync --frozen'}),
      expect: [
        'error pyproject.toml:5:1 uv sync stops: hatchling looks for the package shop-backend in shop_backend/ or src/shop_backend/, and neither the image nor the project has it',
      ],
    },
    'hatchling, behind the install of uv': {
      ...project(backends.hatchling, {run: 'pip install uv && uv sync --frozen'}),
      expect: [
        'error pyproject.toml:5:1 uv sync stops: hatchling looks for the package shop-backend in shop_backend/ or src/shop_backend/, and neither the image nor the project has it',
      ],
    },
    uv_build: {
      ...project(backends.uv, {run: 'uv sync', files: {'shop_backend/__init__.py': ''}}),
      expect: [
        'error pyproject.toml:5:1 uv sync stops: uv_build looks for the package shop-backend in src/shop_backend/, and neither the image nor the project has it',
      ],
    },
    'a Poetry of unknown version': {
      ...project(backends.poetry, {run: 'poetry install --only main'}),
      expect: [
        'warning pyproject.toml:5:1 poetry install is likely to stop: Poetry looks for the package shop-backend in shop_backend or shop_backend.py, and neither the image nor the project has it',
      ],
    },
    'setuptools between two folders': {
      ...project(backends.setuptools, {files: {'alembic/env.py': '', 'main.py': ''}}),
      expect: [
        'error pyproject.toml:5:1 pip install stops: setuptools finds alembic and app at the top level, and does not choose which of them is the package shop-backend',
      ],
    },
    'setuptools, and something is removed before: likely': {
      ...project(backends.setuptools, {run: 'rm -rf junk && pip install .', files: {'alembic/env.py': ''}}),
      expect: [
        'warning pyproject.toml:5:1 pip install is likely to stop: setuptools finds alembic and app at the top level, and does not choose which of them is the package shop-backend',
      ],
    },
  },
})
