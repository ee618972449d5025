import check from '../../../checks/python/undefined-name.ts'
import {testCheck} from '../../harness.ts'
import {file, migration} from '../migrations/project.ts'

const project = (code: string, {command = '["uvicorn", "main:app"]', ...more}: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install fastapi uvicorn\nCMD ${command}\n`,
    'main.py': code,
    ...more,
  },
})
const routes = 'from fastapi import FastAPI\napp = FastAPI()\napp.include_router(items.router)\n'
const says = (by: string, name: string) =>
  `${by} runs this line, and nothing in the file brings ${name} (NameError: name '${name}' is not defined)`

const comes = (lack: string, name: string) =>
  `CMD starts this module, and the first call that reaches this line fails: ${lack} (NameError: name '${name}' is not defined)`

testCheck(check, {
  clean: {
    'it is imported': project(`import items\n${routes}`, {'items.py': 'router = 1\n'}),
    'a function that asks whether there is such a name': project(
      'app = 1\ndef f():\n    try:\n        return profile(app)\n    except NameError:\n        return app\n',
    ),
    'a name that a function has from around it, and one of another Python': project(
      'app = 1\ndef f(items):\n    def g():\n        return items(unicode)\n    return g\n',
    ),
    'what another function has, where one around it, the class or the module does, too': project(
      'app = 1\nclass A:\n    limit = 1\n    def f(self, limit): return limit\n    def g(self): return limit\ndef h(found):\n    def i():\n        return found, later, made\n    return i\ndef j(later): return later\nlater = 2\ndef k():\n    global made\n    made = 1\ndef m(made, e=lambda found: found): return [made for made in made]\n',
    ),
    'a module that a package of the same name hides': project(`import items\n${routes}`, {
      'items.py': 'class Item(BaseModel): ...\n',
      'items/__init__.py': 'router = 1\n',
    }),
    'behind a return': project('app = 1\ndef f():\n    return app\n    if app:\n        return items\n'),
    'a branch of the program alone, and a loop that has come by': project(
      'app = 1\nif __name__ == "__main__":\n    print(later)\nfor item in [1, 2]:\n    if item == 2:\n        print(seen)\n    seen = item\nlater = 2\n',
    ),
    'a generator in a branch, a bare except, and a branch for another Python': project(
      'import os, sys\napp = 1\nif os.name:\n    print(any(v in (1, 2) for v in [app]))\ntry:\n    setup()\nexcept:\n    setup = None\nif sys.version_info < (3,):\n    print(later)\nlater = 1\n',
    ),
    'a name that a function gives to the module': project(
      'app = 1\ndef start():\n    global items\n    items = 1\nstart()\nprint(items)\nitems = 2\n',
    ),
    'in a file that nothing starts': project('app = 1\n', {'other.py': 'items()\n'}),
    'an annotation that this Python does not work out': {
      files: {
        ...project('app = 1\ndef f(a: Optional[str]): ...\n').files,
        Dockerfile: 'FROM python:3.14-slim\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
      },
    },
    'one that uv fetches': project('app = 1\ndef f(a: Optional[str]): ...\n', {'.python-version': '3.14\n'}),
    'Python 2, which has other names': {
      files: {
        ...project('app = unicode("")\n').files,
        Dockerfile: 'FROM python:2.7-slim\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
      },
    },
    'a name that another module gives to all': project('import debug\napp = ic(1)\n', {
      'debug.py': 'from icecream import install\ninstall()\n',
    }),
    'a name that another module gives to this one': project('import boot\nprint(items)\napp = 1\nitems = 2\n', {
      'boot.py': 'import sys\nsys.modules["main"].items = 1\n',
    }),
    'a migration that imports it': migration('op.add_column("a", sa.Column("b", sa.Integer()))'),
    'an older migration': migration('sqlmodel.create()', {
      files: {'alembic/versions/bbbb.py': 'revision = "bbbb"\ndown_revision = "aaaa"\ndef upgrade(): ...\n'},
    }),
  },
  flagged: {
    'in a module that a try imports': {
      ...project('try:\n    import items\nexcept Exception:\n    items = None\napp = 1\n', {
        'items.py': 'def find(key) -> Optional[str]: ...\n',
      }),
      expect: [
        "warning items.py:1:18 CMD imports this module in a function or a try, and the first call that reaches this line fails: nothing in the file brings Optional (NameError: name 'Optional' is not defined)",
      ],
    },
    'a name that other functions have as a parameter, or for themselves': {
      ...project(
        'app = 1\ndef one(db=app):\n    session = db\n    return session\ndef two():\n    return db\ndef three():\n    return session\n',
      ),
      expect: [
        `warning main.py:6:12 ${comes('nothing in the file brings db', 'db')}`,
        `warning main.py:8:12 ${comes('nothing in the file brings session', 'session')}`,
      ],
    },
    'in a function': {
      ...project('from fastapi import FastAPI\napp = FastAPI()\ndef f():\n    yield\n    return items\n'),
      expect: [`warning main.py:5:12 ${comes('nothing in the file brings items', 'items')}`],
    },
    'in a branch': {
      ...project('app = 1\nif app == 2:\n    items()\n'),
      expect: [`warning main.py:3:5 ${comes('nothing in the file brings items', 'items')}`],
    },
    'in a branch above what brings it': {
      ...project(
        'import os\nif os.getenv("TRACE"):\n    try:\n        trace(app)\n    except Exception:\n        raise\napp = 1\ndef trace(app): ...\n',
      ),
      expect: [
        `warning main.py:4:9 ${comes('the file brings trace only further down', 'trace')}`,
        `warning main.py:4:15 ${comes('the file brings app only further down', 'app')}`,
      ],
    },
    'above what brings it': {
      ...project('from fastapi import FastAPI\napp.include_router(1)\napp = FastAPI()\n'),
      expect: [
        "error main.py:2:1 CMD runs this line, and the file brings app only further down (NameError: name 'app' is not defined)",
      ],
    },
    'a router': {...project(routes), expect: [`error main.py:3:20 ${says('CMD', 'items')}`]},
    'in what it imports': {
      ...project('from config import app\n', {
        'config.py':
          'from pydantic import BaseModel\nclass A(BaseModel):\n    @validator("a")\n    def f(cls): ...\napp = A()\n',
      }),
      expect: [`error config.py:3:6 ${says('CMD', 'validator')}`],
    },
    'an annotation': {
      ...project('app = 1\ndef f(a: Optional[str] = None): ...\n'),
      expect: [`error main.py:2:10 ${says('CMD', 'Optional')}`],
    },
    'by a program that starts the server': {
      ...project('app = 1\nitems()\n', {
        command: '["python", "-m", "scripts.serve"]',
        'scripts/__init__.py': '',
        'scripts/serve.py':
          'import os, sys\nos.execvp(sys.executable, [sys.executable, "-m", "uvicorn", "main:app", "--fd", "3"])\n',
      }),
      expect: [`error main.py:2:1 ${says('CMD', 'items')}`],
    },
    'by itself': {
      ...project(
        'import uvicorn\nfrom fastapi import FastAPI\nif __name__ == "__main__":\n    uvicorn.run("api:app", port=8080)\n',
        {
          command: '["python", "main.py"]',
          'api.py': 'items()\n',
        },
      ),
      expect: [`error api.py:1:1 ${says('CMD', 'items')}`],
    },
    'a migration': {
      ...migration('op.add_column("a", sa.Column("b", sqlmodel.sql.sqltypes.AutoString()))'),
      expect: [`error ${file}:8:39 ${says('alembic upgrade', 'sqlmodel')}`],
    },
  },
})
