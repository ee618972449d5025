import limitedRoute from '../../../checks/python/limited-route.ts'
import {testCheck} from '../../harness.ts'

const limits = 'from slowapi import Limiter\nlimiter = Limiter(key_func=str)\n'
const project = (orders: string, files: Record<string, string> = {}, command = 'CMD ["uvicorn", "shop.main:app"]') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n${command}\n`,
    'requirements.txt': 'fastapi\nuvicorn\nslowapi\n',
    'shop/__init__.py': '',
    'shop/main.py': 'from fastapi import FastAPI\nfrom shop import orders\napp = FastAPI()\n',
    'shop/limits.py': limits,
    'shop/orders.py': orders,
    ...files,
  },
})
const imported = 'from shop.limits import limiter\n'
const route = (args: string, decorators = '@limiter.limit("5/minute")') =>
  `@router.post("/orders")\n${decorators}\nasync def order(${args}):\n    return None\n`
const ends = (by = 'CMD imports this file, and') =>
  `slowapi limits order, which has no argument called request: ${by} ends with an Exception (No "request" or "websocket" argument on function …)`

testCheck(limitedRoute, {
  clean: {
    'two modules by one name, and one of them is of another package': project(
      `from shop.old.limits import limiter\n${route('id: int')}`,
      {
        'shop/old/__init__.py': '',
        'shop/old/limits.py': 'from flask_limiter import Limiter\nlimiter = Limiter(key_func=str)\n',
      },
    ),
    'a request': project(imported + route('request: Request, id: int')),
    'a request behind others': project(imported + route('\n    id: int,\n    *,\n    request: Request,\n')),
    'a websocket': project(imported + route('websocket')),
    'no limit': project(imported + route('id: int', '@cached')),
    'a decorator between, which may add it': project(
      imported + route('id: int', '@limiter.limit("5/minute")\n@with_request'),
    ),
    'a limiter of another package': project(imported + route('id: int'), {
      'shop/limits.py': 'from flask_limiter import Limiter\nlimiter = Limiter(key_func=str)\n',
    }),
    'a limiter by the same name of another module': project(`from shop.bucket import limiter\n${route('id: int')}`, {
      'shop/bucket.py': 'limiter = object()\n',
    }),
    'one that is exempt': project(imported + route('id: int', '@limiter.exempt')),
    'a function that is made when it is called': project(
      `${imported}def add(router):\n    @limiter.limit("5/minute")\n    def order(id: int): ...\n`,
    ),
  },
  flagged: {
    'a request by another name': {
      ...project(imported + route('http_request: Request, id: int')),
      expect: [`error shop/orders.py:3:1 ${ends()}`],
    },
    'a limiter of the module itself': {
      ...project(limits + route('id: int', '@limiter.shared_limit("5/minute", scope="orders")')),
      expect: [`error shop/orders.py:4:1 ${ends()}`],
    },
    'by a relative import among others': {
      ...project(`from .limits import (\n    keys,\n    limiter,  # ours\n)\n${route('id: int')}`),
      expect: [`error shop/orders.py:6:1 ${ends()}`],
    },
    'from the package itself': {
      ...project(`from shop import limiter\n${route('id: int')}`, {'shop/__init__.py': limits}),
      expect: [`error shop/orders.py:3:1 ${ends()}`],
    },
    'in the release': {
      ...project(
        imported + route('id: int'),
        {
          'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "python -m shop.orders"\n',
        },
        'CMD ["python", "-m", "http.server"]',
      ),
      expect: [`error shop/orders.py:3:1 ${ends('release_command imports this file, and')}`],
    },
    'in a file of which it is not known': {
      files: {'fly.toml': 'app = "shop"\n', 'api.py': limits + route('id: int')},
      expect: [`warning api.py:4:1 ${ends('the import of this file')}`],
    },
  },
  skipped: {},
})
