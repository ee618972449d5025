import checkPath from '../../../checks/image/check-path.ts'
import {testCheck} from '../../harness.ts'

const health = 'from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n@router.get("/health")\ndef health(): ...\n'
const include = (call: string) =>
  `from fastapi import FastAPI\n\nfrom shop.routers import health\n\n\ndef create_app() -> FastAPI:\n    app = FastAPI(title="shop")\n    ${call}\n    return app\n\n\napp = create_app()\n`

/** An API whose routes stand in modules, with a prefix of each. */
const shop = (path: string, call: string, files: Record<string, string> = {}) => ({
  files: {
    Dockerfile:
      'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "shop.main:app", "--host", "0.0.0.0", "--port", "8000"]\n',
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = 8000\n[[http_service.checks]]\n  path = "${path}"\n`,
    'shop/__init__.py': '',
    'shop/main.py': include(call),
    'shop/routers/__init__.py': '',
    'shop/routers/health.py': health,
    ...files,
  },
})
const api = 'app.include_router(health.router, prefix="/api/v1")'
const nested =
  'from fastapi import APIRouter\n\nfrom .routers.health import router as health_router\n\napi_router = APIRouter(prefix="/api")\napi_router.include_router(health_router, tags=["health"])\n'
const missing = (path: string) =>
  `warning fly.toml:5:3 http_service.checks[0].path is "${path}", but no route of the FastAPI app is called so: the check gets 404, and fails`

testCheck(checkPath, {
  clean: {
    'the whole path': shop('/api/v1/health', api),
    'no prefix': shop('/health', 'app.include_router(health.router)'),
    'a prefix that is worked out': shop('/health', 'app.include_router(health.router, prefix=settings.PREFIX)'),
    'the prefixes of two routers': shop('/v2/api/health', 'app.include_router(api_router, prefix="/v2")', {
      'shop/main.py':
        'from fastapi import FastAPI\nfrom shop.api import api_router\napp = FastAPI()\napp.include_router(api_router, prefix="/v2")\n',
      'shop/api.py': nested,
    }),
    'a function that is handed the app': shop('/up', api, {
      'shop/main.py': `from shop.more import register\n${include(`${api}\n    register(app)`)}`,
      'shop/more.py':
        'from fastapi import FastAPI\n\n\ndef register(app: FastAPI) -> None:\n    @app.get("/up")\n    def up(): ...\n',
    }),
    'a middleware that answers': shop('/health', api, {
      'shop/main.py': include(
        `${api}\n\n    @app.middleware("http")\n    async def early(request, call_next):\n        return ok if request.url.path == "/health" else await call_next(request)\n`,
      ),
    }),
    'an app in the app': shop('/health', `${api}\n    app.mount("/", other)`),
    'routers of a list': shop('/health', 'for router in (health.router,):\n        app.include_router(router)'),
    'a folder of modules': shop('/health', `${api}\n    importlib.import_module("shop.more")`),
    'another app of the project has it': shop('/api/v1/health', api, {
      'worker.py': 'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/health")\ndef health(): ...\n',
    }),
  },
  flagged: {
    'a prefix that the check lacks': {...shop('/health', api), expect: [missing('/health')]},
    'the prefixes of two routers, of which one lacks': {
      ...shop('/api/health', '', {
        'shop/main.py':
          'from fastapi import FastAPI\nfrom shop.api import api_router\napp = FastAPI()\napp.include_router(api_router, prefix="/v2")\n',
        'shop/api.py': nested,
      }),
      expect: [missing('/api/health')],
    },
    'a route of another app of the project': {
      ...shop('/healthz', api, {
        'worker.py': 'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/healthz")\ndef health(): ...\n',
      }),
      expect: [missing('/healthz')],
    },
    'a router that the app does not include': {
      ...shop('/health', '@app.get("/")\n    def root(): ...'),
      expect: [missing('/health')],
    },
    'the path of the router is its prefix': {
      ...shop('/health', 'app.include_router(health.router, prefix="/health")', {
        'shop/routers/health.py': health.replace('"/health"', '"/"'),
      }),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/health", which FastAPI answers with a redirect to /health/: a check does not follow it, and fails',
      ],
    },
  },
})
