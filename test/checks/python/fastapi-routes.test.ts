import fastapiRoutes from '../../../checks/python/fastapi-routes.ts'
import {testCheck} from '../../harness.ts'

const head =
  'from fastapi import APIRouter, Depends, FastAPI\nfrom pydantic import BaseModel\nfrom sqlalchemy.ext.asyncio import AsyncSession\nfrom db import User, get_db, Checker\nimport users\n\napp = FastAPI()\n'
const project = (code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["uvicorn", "main:app"]\n',
    'requirements.txt': 'fastapi==0.115.6\nsqlalchemy==2.0.36\nuvicorn\n',
    'db.py':
      'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\nclass User(Base):\n    __tablename__ = "users"\n    id: Mapped[int] = mapped_column(primary_key=True)\n\n\nclass Checker:\n    def __call__(self):\n        return 1\n\n\nasync def get_db():\n    async with make() as session:\n        yield session\n',
    'users.py': 'from fastapi import APIRouter\n\nrouter = APIRouter()\n',
    'main.py': head + code,
    ...more,
  },
})
const route = (parameters: string, decorator = '@app.get("/")', returns = '') =>
  `${decorator}\nasync def show(${parameters})${returns}:\n    return None\n`
const told = (line: number, column: number, what: string, error: string) =>
  `error main.py:${line}:${column} ${what}. CMD imports this file, which ends with ${error}`
const field = 'FastAPIError: Invalid args for response field! Hint: check that it is a valid Pydantic field type'

testCheck(fastapiRoutes, {
  clean: {
    'a session by Depends': project(route('id: int, db: AsyncSession = Depends(get_db)')),
    'a dependency with a session of its own': project(route('by: int = Depends(notifier)'), {
      'main.py': `${head.replace('get_db, Checker', 'get_db, notifier')}${route('by: int = Depends(notifier)')}`,
      'db.py':
        'from fastapi import Depends\nfrom sqlalchemy.ext.asyncio import AsyncSession\n\n\ndef get_db(): ...\n\n\ndef notifier(db: AsyncSession = Depends(get_db)):\n    return db\n',
    }),
    'a dependency in a comment': project(route('\n    # by: int = Depends(notifier),\n    id: int = 1'), {
      'main.py': `${head.replace('User, get_db, Checker', 'notifier')}${route('\n    # by: int = Depends(notifier),\n    id: int = 1')}`,
      'db.py': 'from sqlalchemy.ext.asyncio import AsyncSession\n\n\ndef notifier(db: AsyncSession):\n    return db\n',
    }),
    'an object that can be called': project(route('ok: int = Depends(Checker())')),
    'a table that is only returned, and not declared': project(
      route('', '@app.get("/", response_model=None)', ' -> User'),
    ),
    'a function that is no route': project('def helper(db: AsyncSession) -> User:\n    return None\n'),
    'routers and prefixes': project(
      'router = APIRouter(prefix="/api")\napp.include_router(users.router, prefix="/users")\n',
    ),
    'a module that hands on its routes': project('app.include_router(users)\n', {
      'users.py': 'from fastapi import APIRouter\n\nrouter = APIRouter()\nroutes = router.routes\n',
    }),
    'Python leaves assertions out': {
      files: {
        ...project('router = APIRouter(prefix="api")\n').files,
        Dockerfile:
          'FROM python:3.12-slim\nENV PYTHONOPTIMIZE=1\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["uvicorn", "main:app"]\n',
      },
    },
  },
  flagged: {
    'a dependency that takes a session without Depends': {
      ...project(route('by: int = Depends(notifier)'), {
        'main.py': `${head.replace('User, get_db, Checker', 'notifier')}${route('by: int = Depends(notifier)')}`,
        'db.py':
          'from sqlalchemy.ext.asyncio import AsyncSession\n\n\ndef notifier(name: str, db: AsyncSession):\n    return db\n',
      }),
      expect: [
        `error db.py:4:25 notifier, on which show depends, takes db: AsyncSession without Depends(…), and FastAPI makes a field of it. CMD imports this file, which ends with ${field}`,
      ],
    },
    'a session without Depends': {
      ...project(route('id: int, db: AsyncSession')),
      expect: [told(9, 25, 'show takes db: AsyncSession without Depends(…), and FastAPI makes a field of it', field)],
    },
    'the call in the place of the function': {
      ...project(route('db: AsyncSession = Depends(get_db())')),
      expect: [
        told(
          9,
          16,
          'show depends on get_db(), the call, and not on the function',
          'TypeError: a generator is not a callable object',
        ),
      ],
    },
    'a table as the response_model': {
      ...project(route('', '@app.get("/", response_model=list[User])')),
      expect: [told(8, 1, 'show answers with User, which is a table of SQLAlchemy and no model of pydantic', field)],
    },
    'a table as the type of what is returned': {
      ...project(route('', '@app.get("/")', ' -> User')),
      expect: [told(8, 1, 'show answers with User, which is a table of SQLAlchemy and no model of pydantic', field)],
    },
    'a table as the body': {
      ...project(route('user: User', '@app.post("/")')),
      expect: [told(9, 16, 'show takes user: User without Depends(…), and FastAPI makes a field of it', field)],
    },
    'a prefix without its slash': {
      ...project('router = APIRouter(prefix="api")\n'),
      expect: [told(8, 1, 'the prefix of the router is "api"', "AssertionError: A path prefix must start with '/'")],
    },
    'a prefix with one behind it': {
      ...project('app.include_router(users.router, prefix="/users/")\n'),
      expect: [
        told(
          8,
          1,
          'the prefix of the router is "/users/"',
          "AssertionError: A path prefix must not end with '/', as the routes will start with '/'",
        ),
      ],
    },
    'a module in the place of its router': {
      ...project('app.include_router(users)\n'),
      expect: [
        told(
          8,
          1,
          'include_router is given users, which is the module users.py',
          "AttributeError: the module has no attribute 'routes'",
        ),
      ],
    },
  },
})
