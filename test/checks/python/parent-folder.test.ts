import parentFolder from '../../../checks/python/parent-folder.ts'
import {testCheck} from '../../harness.ts'

const project = (files: Record<string, string>, copy = 'COPY backend/ .\n', command = 'uvicorn app.main:api') => ({
  files: {
    'fly.toml': `app = "shop"\n[processes]\nweb = "${command}"\n`,
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\n${copy}`,
    'backend/app/__init__.py': '',
    ...files,
  },
})
const asks = (line: string) => ({'backend/app/main.py': `from pathlib import Path\n${line}\n`})
const outcome = (expression: string, file = '/app/app/main.py', folders = '3 folders') =>
  `[processes] web runs this line, and it ends with an IndexError: ${expression} is above the root, as the file is ${file} in the image and has ${folders} above it`

testCheck(parentFolder, {
  clean: {
    'a name that has two values': project(
      asks('HERE = Path("/a/b/c/d/e")\nHERE: Path = Path(__file__)\nROOT = HERE.parents[3]'),
    ),
    'a name, and not above the root': project(asks('HERE = Path(__file__).parent\nROOT = HERE.parents[1]')),
    'the root itself': project(asks('ROOT = Path(__file__).resolve().parents[2]')),
    'the folders of the repository, too': project(
      asks('ROOT = Path(__file__).resolve().parents[3]'),
      'COPY . .\n',
      'uvicorn --app-dir backend app.main:api',
    ),
    'parent of parent, which stays at the root': project(
      asks('ROOT = Path(__file__).parent.parent.parent.parent.parent'),
    ),
    'in a function, that nobody may call': project(asks('def root():\n    return Path(__file__).parents[4]')),
    'in a try': project(asks('try:\n    ROOT = Path(__file__).parents[4]\nexcept IndexError:\n    ROOT = None')),
    'where a question comes before': project(asks('ROOT = Path(__file__).parents[4] if LOCAL else Path("/app")')),
    'in a text and in a comment': project(
      asks(
        '"""Path(__file__).parents[4]"""\nHELP = "Path(__file__).parents[4]"\nA = {\n    # Path(__file__).parents[4]\n    "a": 1,\n}',
      ),
    ),
    'in a module that nothing imports': project({
      ...asks('api = 1'),
      'backend/app/tool.py': 'from pathlib import Path\nROOT = Path(__file__).parents[4]\n',
    }),
    'behind an import that ends it before': project({
      ...asks('from app.orders import nothing\nROOT = Path(__file__).parents[4]'),
      'backend/app/orders.py': '',
    }),
    'a class of that name of somebody else': project({
      'backend/app/main.py': 'from acme import Path\nROOT = Path(__file__).parents[4]\n',
    }),
  },
  flagged: {
    'by a name': {
      ...project(asks('HERE = Path(__file__).resolve().parent  # app\nROOT = HERE.parents[2] / "data"')),
      expect: [`error backend/app/main.py:3:8 ${outcome('HERE.parents[2]')}`],
    },
    'of a folder above': {
      ...project(asks('ROOT = Path(__file__).resolve().parent.parents[2]')),
      expect: [`error backend/app/main.py:2:8 ${outcome('Path(__file__).resolve().parent.parents[2]')}`],
    },
    'a folder that only the repository has': {
      ...project(asks('ROOT = Path(__file__).resolve().parents[3]')),
      expect: [`error backend/app/main.py:2:8 ${outcome('Path(__file__).resolve().parents[3]')}`],
    },
    'within a call, in a module that is imported': {
      ...project({
        'backend/app/main.py': 'from app.core import settings\n',
        'backend/app/core/__init__.py': '',
        'backend/app/core/settings.py':
          'import sys\nimport pathlib\nsys.path.insert(0, str(pathlib.Path(__file__).parents[4] / "shared"))\nfrom shared import x\n',
      }),
      expect: [
        `error backend/app/core/settings.py:3:24 ${outcome('pathlib.Path(__file__).parents[4]', '/app/app/core/settings.py', '4 folders')}`,
      ],
    },
    'in the body of a class': {
      ...project(asks('class Settings(BaseSettings):\n    root: Path = Path(__file__).parents[5]')),
      expect: [`error backend/app/main.py:3:18 ${outcome('Path(__file__).parents[5]')}`],
    },
    'a script': {
      ...project(
        {'backend/run.py': 'from pathlib import Path\nENV = Path(__file__).absolute().parents[2] / ".env"\n'},
        'COPY backend/ .\n',
        'python run.py',
      ),
      expect: [
        `error backend/run.py:2:7 ${outcome('Path(__file__).absolute().parents[2]', '/app/run.py', '2 folders')}`,
      ],
    },
  },
})
