import trustedProxy from '../../../checks/env/trusted-proxy.ts'
import {testCheck} from '../../harness.ts'

const served = 'app = "shop"\n[http_service]\n  internal_port = 8000\n'
const python = (code: string, command = '["uvicorn", "app:app"]', toml = served) => ({
  files: {'fly.toml': toml, Dockerfile: `FROM python:3.12\nCOPY . .\nCMD ${command}\n`, 'app.py': code},
})
const node = (code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': served,
    Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "app.js"]\n',
    'package.json': '{}',
    'app.js': code,
    ...more,
  },
})
const login =
  'redirect_uri = request.url_for("callback")\nreturn await oauth.google.authorize_redirect(request, redirect_uri)\n'
const https =
  'from fastapi.middleware.httpsredirect import HTTPSRedirectMiddleware\napp.add_middleware(HTTPSRedirectMiddleware)\n'
const session = "import session from 'express-session'\napp.use(session({cookie: {secure: true}}))\n"

const django = (settings: string, requirement = 'Django==5.1', command = '["gunicorn", "shop.wsgi"]') => ({
  files: {
    'fly.toml': served,
    Dockerfile: `FROM python:3.12\nCOPY . .\nCMD ${command}\n`,
    'requirements.txt': `${requirement}\n`,
    'manage.py': '',
    'shop/settings.py': `INSTALLED_APPS = ["django.contrib.admin"]\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\n${settings}`,
  },
})

/** nginx of Debian in front of an app of the same machine. */
const behindNginx = (settings: string, code: Record<string, string>) => ({
  files: {
    'fly.toml': served.replace('8000', '80'),
    Dockerfile:
      "FROM python:3.12-slim-bookworm\nRUN apt-get update && apt-get install -y nginx\nWORKDIR /app\nCOPY . .\nCOPY site.conf /etc/nginx/conf.d/site.conf\nCMD gunicorn shop.wsgi & nginx -g 'daemon off;'\n",
    'site.conf': `server {\n  listen 80 default_server;\n  location / {\n    ${settings}\n    proxy_pass http://127.0.0.1:8000;\n  }\n}\n`,
    ...code,
  },
})
const ownScheme = 'proxy_set_header X-Forwarded-Proto $scheme;'
const believing = {'shop/settings.py': 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n'}
const told = (file: string) => [
  `warning site.conf:4:5 nginx tells the app X-Forwarded-Proto: http for every request, as TLS ends at Fly.io's proxy before it: ${file} believes it, so that redirects to https never end, and addresses begin with http`,
]

testCheck(trustedProxy, {
  clean: {
    'nginx that hands on what it is told': behindNginx(
      'proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;',
      believing,
    ),
    'nginx that hands it on elsewhere': behindNginx(
      `${ownScheme}\n  }\n  location /app {\n    proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;`,
      believing,
    ),
    'nginx with TLS of its own': behindNginx(ownScheme, {
      ...believing,
      'site.conf': `server {\n  listen 80;\n  listen 443 ssl;\n  ${ownScheme}\n}\n`,
    }),
    'nginx before an app that asks for no header': behindNginx(ownScheme, {'shop/settings.py': 'DEBUG = False\n'}),
    'nginx before Flask that does not believe this one': behindNginx(ownScheme, {
      'app.py': 'app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=0)\n',
    }),
    'Django that believes the header': django('SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n'),
    'Django that names its addresses': django('CSRF_TRUSTED_ORIGINS = os.environ["ORIGINS"].split(",")\n'),
    'Django behind a server that trusts': django('', undefined, '["gunicorn", "--forwarded-allow-ips=*", "shop.wsgi"]'),
    'an old Django': django('', 'Django==3.2'),
    'a Django of any version': django('', 'Django'),
    'uvicorn that trusts': python(login, '["uvicorn", "app:app", "--forwarded-allow-ips=*"]'),
    'a variable that trusts': python(login, undefined, `${served}[env]\n  FORWARDED_ALLOW_IPS = "*"\n`),
    'a middleware that trusts': python(`${login}app = ProxyHeadersMiddleware(app, trusted_hosts="*")\n`),
    'an address that is mended': python(`${login}redirect_uri = str(redirect_uri).replace("http://", "https://")\n`),
    'the same, piece by piece': python(
      `${login}base = str(request.base_url)\nif base.startswith("http://"):\n    base = "https://" + base[7:]\n`,
    ),
    'an address for the app itself': python('return {"next": str(request.url_for("page"))}\n'),
    'an address that a setting gives': python(
      'redirect_uri = settings.url\nawait oauth.google.authorize_redirect(request, redirect_uri)\n',
    ),
    'another server': python(login, '["hypercorn", "app:app"]'),
    'no TLS at the proxy': python(login, undefined, 'app = "shop"\n'),
    'Express that trusts': node(`app.set('trust proxy', 1)\n${session}`),
    'Express that trusts in another file': node(session, {'server.js': "app.enable('trust proxy')\n"}),
    'a session that trusts': node(session.replace('{cookie', '{proxy: true, cookie')),
    'a cookie that goes by http as well': node(session.replace('true', 'false')),
    'a cookie in a comment': node("import session from 'express-session'\n// cookie: {secure: true}\n"),
  },
  flagged: {
    'nginx before Django': {...behindNginx(ownScheme, believing), expect: told('shop/settings.py')},
    'nginx before Flask': {
      ...behindNginx(ownScheme, {'app.py': 'app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)\n'}),
      expect: told('app.py'),
    },
    'nginx before Phoenix': {
      ...behindNginx(ownScheme, {
        'config/prod.exs':
          'config :shop, ShopWeb.Endpoint,\n  force_ssl: [rewrite_on: [:x_forwarded_host, :x_forwarded_proto]]\n',
      }),
      expect: told('config/prod.exs'),
    },
    'the forms of Django': {
      ...django(''),
      expect: [
        'warning shop/settings.py:2:15 Django believes no proxy here and takes every request for http: the forms come from https, which is another address to it, and are answered 403',
      ],
    },
    'an address for somebody else': {
      ...python(login),
      expect: [
        "warning Dockerfile:3:1 uvicorn believes X-Forwarded-Proto of 127.0.0.1 alone, not of Fly.io's proxy: the address that app.py makes begins with http, and who is sent there does not come back",
      ],
    },
    'a redirect, under gunicorn': {
      ...python(https, '["gunicorn", "-k", "uvicorn.workers.UvicornWorker", "app:app"]'),
      expect: [
        "warning Dockerfile:3:1 gunicorn believes X-Forwarded-Proto of 127.0.0.1 alone, not of Fly.io's proxy: app.py redirects every request to https again and again",
      ],
    },
    'a cookie of Express': {
      ...node(session),
      expect: [
        'warning app.js:2:27 Express believes no proxy here, takes every request for http and does not send this cookie, which is secure: nobody stays logged in',
      ],
    },
  },
})
