import checkAnswer from '../../../checks/image/check-answer.ts'
import {testCheck} from '../../harness.ts'

const project = (files: Record<string, string>, check = '') => ({
  files: {
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = 3000\n[[http_service.checks]]\n  path = "/up"\n${check}`,
    ...files,
  },
})
const rails = (more: string, check = '') =>
  project(
    {'config/environments/production.rb': `Rails.application.configure do\n  config.force_ssl = true\n${more}end\n`},
    check,
  )
const hosts = (lines: string, check = '', files: Record<string, string> = {}) =>
  project({'config/environments/production.rb': `Rails.application.configure do\n${lines}end\n`, ...files}, check)
const django = (settings: string, check = '') =>
  project(
    {
      'shop/wsgi.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      'shop/settings.py': settings,
    },
    check,
  )
const phoenix = (options: string, check = '') =>
  project({'mix.exs': '', 'config/prod.exs': `config :shop, ShopWeb.Endpoint,\n  force_ssl: [${options}]\n`}, check)
const https = '  headers = {X-Forwarded-Proto = "https"}\n'
const redirects = (by: string) =>
  `warning fly.toml:4:3 http_service.checks[0] asks by http, which ${by} answers with a redirect to https: a check does not follow it, and fails`

const starlette = (lines: string, check = '', files: Record<string, string> = {}) =>
  project({'main.py': `from fastapi import FastAPI\n\napp = FastAPI()\n${lines}\n`, ...files}, check)
const trusted = 'app.add_middleware(TrustedHostMiddleware, allowed_hosts=["shop.com", "*.shop.com"])'

testCheck(checkAnswer, {
  clean: {
    'Starlette, and every name': starlette('app.add_middleware(TrustedHostMiddleware, allowed_hosts=["*"])'),
    'Starlette, and names of the settings': starlette('app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)'),
    'Starlette, in a branch': starlette(`if strict:\n    ${trusted}`),
    'Starlette, and a check that says a name': starlette(trusted, '  headers = {Host = "shop.com"}\n'),
    'Starlette, and another app': starlette(trusted, '', {'other.py': 'app = FastAPI()\n'}),
    'a check that says https': rails('', https),
    'Rails that takes every request for https': rails('  config.assume_ssl = true\n'),
    'Rails that leaves the path out': rails(
      '  config.ssl_options = { redirect: { exclude: ->(request) { request.path == "/up" } } }\n',
    ),
    'Rails whose hosts are in a comment': hosts('  # config.hosts = ["shop.com"]\n'),
    'Rails that asks no host for the path': hosts(
      '  config.hosts = ["shop.com"]\n  config.host_authorization = { exclude: ->(request) { request.path == "/up" } }\n',
    ),
    'Rails with a pattern': hosts('  config.hosts = ["shop.com", /\\d+\\.\\d+/]\n'),
    'Rails with addresses': hosts('  config.hosts << "shop.com"\n  config.hosts << IPAddr.new("172.16.0.0/12")\n'),
    'Rails with a name that is computed': hosts('  config.hosts << ENV["HOST"]\n'),
    'Rails in a branch': hosts('  if ENV["HOST"]\n    config.hosts << "shop.com"\n  end\n'),
    'Rails that clears the list elsewhere': hosts('  config.hosts << "shop.com"\n', '', {
      'config/initializers/hosts.rb': 'Rails.application.config.hosts.clear\n',
    }),
    'Rails, and the name in the check': hosts('  config.hosts << "shop.com"\n', '  headers = {Host = "shop.com"}\n'),
    'in a comment': project({'config/environments/production.rb': '  # config.force_ssl = true\n'}),
    'a check of another program': {
      files: {
        ...rails('').files,
        'fly.toml':
          'app = "shop-db"\n[checks.pg]\nport = 5500\ntype = "http"\npath = "/flycheck/pg"\n[[services]]\ninternal_port = 5432\n',
      },
    },
    'a check of the port alone': {
      files: {
        ...rails('').files,
        'fly.toml': 'app = "shop"\n[[services]]\n  internal_port = 3000\n[[services.tcp_checks]]\n  interval = "10s"\n',
      },
    },
    'Phoenix with the header': phoenix('rewrite_on: [:x_forwarded_proto]', https),
    'Phoenix that leaves the path out': phoenix('rewrite_on: [:x_forwarded_proto], exclude: [paths: ["/up"]]'),
    'Django with any host': django('ALLOWED_HOSTS = ["*"]\n'),
    'Django with hosts of a variable': django('ALLOWED_HOSTS = os.environ["HOSTS"].split(",")\n'),
    'Django with hosts that are added': django('ALLOWED_HOSTS = ["shop.fly.dev"]\nALLOWED_HOSTS += extra()\n'),
    'Django with the name in the check': django(
      'ALLOWED_HOSTS = ["shop.fly.dev"]\n',
      '  headers = {Host = "shop.fly.dev"}\n',
    ),
    'Django that leaves the path out': django('SECURE_SSL_REDIRECT = True\nSECURE_REDIRECT_EXEMPT = [r"^up$"]\n'),
    'Django with a middleware of its own': django(
      'ALLOWED_HOSTS = ["shop.fly.dev"]\nMIDDLEWARE = ["shop.HealthCheckMiddleware"]\n',
    ),
  },
  flagged: {
    'the hosts of Starlette': {
      ...starlette(trusted.replace('(T', '(\n    T')),
      expect: [
        'warning fly.toml:4:3 http_service.checks[0] asks the machine by its address, which allowed_hosts does not have: TrustedHostMiddleware answers 400, and the check fails',
      ],
    },
    'the redirect of Starlette': {
      ...starlette('app.add_middleware(HTTPSRedirectMiddleware)'),
      expect: [redirects('Starlette')],
    },
    'the hosts of Rails': {
      ...hosts('  # Enable DNS rebinding protection\n  config.hosts = [\n    "shop.com",\n    ".shop.com",\n  ]\n'),
      expect: [
        'warning fly.toml:4:3 http_service.checks[0] asks the machine by its address, which config.hosts does not have: Rails answers 403, and the check fails',
      ],
    },
    'the hosts of Rails, each added': {
      ...hosts('  config.hosts << "shop.com"\n  config.hosts << "www.shop.com"\n'),
      expect: [
        'warning fly.toml:4:3 http_service.checks[0] asks the machine by its address, which config.hosts does not have: Rails answers 403, and the check fails',
      ],
    },
    Rails: {...rails(''), expect: [redirects('Rails')]},
    'a check at the top without a port, which takes that of http_service': {
      files: {
        ...rails('').files,
        'fly.toml':
          'app = "shop"\n[http_service]\n  internal_port = 3000\n[checks.web]\n  type = "http"\n  path = "/up"\n',
      },
      expect: [
        'warning fly.toml:4:2 checks.web asks by http, which Rails answers with a redirect to https: a check does not follow it, and fails',
      ],
    },
    Phoenix: {...phoenix('rewrite_on: [:x_forwarded_proto], hsts: true'), expect: [redirects('Phoenix')]},
    'Phoenix that does not believe the header': {...phoenix('hsts: true', https), expect: [redirects('Phoenix')]},
    'the redirect of Django': {...django('SECURE_SSL_REDIRECT = True\n'), expect: [redirects('Django')]},
    'the hosts of Django': {
      ...django('ALLOWED_HOSTS = ["shop.fly.dev", "localhost"]\n'),
      expect: [
        'warning fly.toml:4:3 http_service.checks[0] asks the machine by its address, which ALLOWED_HOSTS does not have: Django answers 400, and the check fails',
      ],
    },
  },
})
