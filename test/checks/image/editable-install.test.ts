import check from '../../../checks/image/editable-install.ts'
import {testCheck} from '../../harness.ts'

const pyproject = (more = '') =>
  `[project]\nname = "shop"\nversion = "1"\n${more}\n[project.scripts]\nshop = "shop.main:run"\n`
const system = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
const project = (build: string, {copy = '', cmd = '["shop"]', manifest = pyproject(), behind = ''} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim AS build\nWORKDIR /src\nCOPY . .\n${build}\nFROM python:3.13-slim\nWORKDIR /app\nCOPY --from=build /usr/local/bin/shop /usr/local/bin/shop\nCOPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages\n${copy}${behind}CMD ${cmd}\n`,
    'pyproject.toml': manifest,
    'shop/main.py': 'def run(): pass\n',
  },
})
const uv = (flags = '', manifest = `${system}${pyproject()}`, copy = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim AS build\nWORKDIR /src\nCOPY . .\nRUN uv sync --frozen${flags}\nFROM python:3.13-slim\nWORKDIR /app\nCOPY --from=build /src/.venv /app/.venv\n${copy}CMD ["/app/.venv/bin/shop"]\n`,
    'pyproject.toml': manifest,
    'shop/main.py': 'def run(): pass\n',
  },
})

const module = (install: string, {copy = '', cmd = '["python", "-m", "shop.main"]'} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim AS build\nWORKDIR /src\nCOPY . .\nRUN ${install}\nFROM python:3.13-slim\nWORKDIR /app\nCOPY --from=build /opt/venv /opt/venv\n${copy}ENV PATH=/opt/venv/bin:$PATH\nCMD ${cmd}\n`,
    'pyproject.toml': `${system}${pyproject()}`,
    'src/shop/__init__.py': '',
    'src/shop/main.py': 'def run(): pass\n',
  },
})

testCheck(check, {
  clean: {
    'a module beside the place where it is started': module('uv sync --frozen', {copy: 'COPY src .\n'}),
    'a module of a package that is no link, or may be none': module('uv sync --frozen || uv sync --no-editable'),
    'a module of somebody else': module('uv sync --frozen', {cmd: '["uvicorn", "other.main:app"]'}),
    'a server that is told where to look': module('uv sync --frozen', {
      copy: 'COPY --from=build /src /app\n',
      cmd: '["uvicorn", "--app-dir", "src", "shop.main:app"]',
    }),
    'the package itself': project('RUN pip install .'),
    'the folder is copied to its place': project('RUN pip install -e .', {copy: 'COPY --from=build /src /src\n'}),
    'the folder is copied from the project': project('RUN pip install -e .', {copy: 'COPY . /src\n'}),
    'another program': project('RUN pip install -e .', {cmd: '["uvicorn", "shop.main:app"]'}),
    'it is installed once more': project('RUN pip install -e .', {behind: 'COPY . .\nRUN pip install .\n'}),
    'fly.toml says where to look': {
      files: {
        ...project('RUN pip install -e .', {copy: 'COPY shop lib/shop\n'}).files,
        'fly.toml': 'app = "shop"\n[env]\nPYTHONPATH = "/app/lib"\n',
      },
    },
    'the command says where to look': project('RUN pip install -e .', {
      copy: 'COPY shop lib/shop\n',
      cmd: '["sh", "-c", "PYTHONPATH=/app/lib shop"]',
    }),
    'a volume may hold the folder': {
      files: {
        ...project('RUN pip install -e .').files,
        'fly.toml': 'app = "shop"\n[mounts]\nsource = "code"\ndestination = "/src"\n',
      },
    },
    'the package is copied beside the others': project('RUN pip install -e .', {
      copy: 'COPY shop /usr/local/lib/python3.13/site-packages/shop\n',
    }),
    'another program of the same name': {
      files: {...project('RUN pip install -e .', {copy: 'COPY bin/shop /usr/local/bin/shop\n'}).files, 'bin/shop': ''},
    },
    'PYTHONPATH may lead there': project('RUN pip install -e .', {behind: 'ENV PYTHONPATH=/app/src\n'}),
    'a stage that the last one is built on': {
      files: {
        ...project('').files,
        Dockerfile:
          'FROM python:3.13-slim AS build\nWORKDIR /src\nCOPY . .\nRUN pip install -e .\nFROM build\nCMD ["shop"]\n',
      },
    },
    'the package itself takes the place of the link': project('RUN pip install -e .\nRUN pip install .'),
    'a variable of uv': {
      files: {
        ...uv().files,
        Dockerfile: uv().files.Dockerfile.replace('COPY . .\n', 'COPY . .\nENV UV_NO_EDITABLE=1\n'),
      },
    },
    'uv without a link': uv(' --no-editable'),
    'uv leaves the project out': uv(' --no-install-project'),
    'a project that is no package': uv('', pyproject()),
    'uv and the sources at the same place': uv(
      '',
      `${system}${pyproject()}`,
      'COPY --from=build /src/shop /src/shop\n',
    ),
  },
  flagged: {
    'a module that only the link leads to': {
      ...module('uv sync --frozen --no-dev || uv sync --no-dev', {copy: 'COPY --from=build /src /app\n'}),
      expect: [
        'error Dockerfile:10:1 CMD starts shop.main, whose package uv sync leaves in /src of the stage build, and the image has no such folder: it ends with ModuleNotFoundError',
      ],
    },
    'pip, with the sources at another place': {
      ...project('RUN pip install -e .', {copy: 'COPY --from=build /src/shop ./shop\n'}),
      expect: [
        'error Dockerfile:10:1 CMD starts shop, whose package pip install -e leaves in /src of the stage build, and the image has no such folder: it ends with ModuleNotFoundError',
      ],
    },
    'uv pip of a folder': {
      ...project('RUN pip install uv && uv pip install --system --no-cache -e ./api', {}),
      files: {
        ...project('RUN pip install uv && uv pip install --system --no-cache -e ./api').files,
        'api/pyproject.toml': pyproject(),
      },
      expect: [
        'error Dockerfile:9:1 CMD starts shop, whose package pip install -e leaves in /src/api of the stage build, and the image has no such folder: it ends with ModuleNotFoundError',
      ],
    },
    'uv sync': {
      ...uv(),
      expect: [
        'error Dockerfile:8:1 CMD starts shop, whose package uv sync leaves in /src of the stage build, and the image has no such folder: it ends with ModuleNotFoundError',
      ],
    },
  },
})
