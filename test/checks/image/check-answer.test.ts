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
const django = (settings: string, check = '', files: Record<string, string> = {}) =>
  project(
    {
      'shop/wsgi.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      'shop/settings.py': settings,
      ...files,
    },
    check,
  )
const phoenix = (options: string, check = '') =>
  project({'mix.exs': '', 'config/prod.exs': `config :shop, ShopWeb.Endpoint,\n  force_ssl: [${options}]\n`}, check)
const next = (middleware: string, {path = 'src/middleware.ts', check = '', files = {}} = {}) =>
  project(
    {
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n',
      'package.json':
        '{"scripts": {"build": "next build", "start": "next start"}, "dependencies": {"next": "^15.5.0"}}',
      'src/app/page.tsx': 'export default () => <p>shop</p>\n',
      'src/app/up/route.ts': "export const GET = () => new Response('ok')\n",
      [path]: `import {NextResponse, type NextRequest} from 'next/server'\n\n${middleware}`,
      ...files,
    },
    check,
  )
/** An app of NestJS with a guard for tokens; `marks` lets routes with @Public() pass. */
const nest = ({
  module = '{provide: APP_GUARD, useClass: TokenGuard}',
  decorators = '',
  guard = "export class TokenGuard extends AuthGuard('jwt') {}\n",
  check = '',
} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = 3000\n[[http_service.checks]]\n  path = "/up"\n${check}`,
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/main"]\n',
    'package.json':
      '{"scripts": {"build": "nest build"}, "dependencies": {"@nestjs/core": "11", "@nestjs/common": "11", "@nestjs/passport": "11"}}',
    'src/main.ts':
      "import {NestFactory} from '@nestjs/core'\nimport {AppModule} from './app.module'\nconst app = await NestFactory.create(AppModule)\nawait app.listen(3000)\n",
    'src/app.module.ts': `import {Module} from '@nestjs/common'\nimport {APP_GUARD} from '@nestjs/core'\nimport {TokenGuard} from './token.guard'\nimport {UpController} from './up.controller'\n@Module({\n  controllers: [UpController],\n  providers: [\n    ${module}\n  ],\n})\nexport class AppModule {}\n`,
    'src/token.guard.ts': `import {AuthGuard} from '@nestjs/passport'\n@Injectable()\n${guard}`,
    'src/up.controller.ts': `import {Controller, Get, UseGuards} from '@nestjs/common'\nimport {TokenGuard} from './token.guard'\n@Controller('up')\nexport class UpController {\n  ${decorators}@Get()\n  up() {\n    return 'ok'\n  }\n}\n`,
  },
})
const marks =
  "export class TokenGuard extends AuthGuard('jwt') {\n  constructor(private reflector: Reflector) {\n    super()\n  }\n  canActivate(context) {\n    if (this.reflector.get('public', context.getHandler())) return true\n    return super.canActivate(context)\n  }\n}\n"
const refused = (by: string) =>
  `warning fly.toml:5:3 http_service.checks[0] asks for "/up" without a session, which ${by} answers with 401, and the check fails`

const guard = (before: string, test = "!request.cookies.get('session')") =>
  `export function middleware(request: NextRequest) {\n${before}  if (${test}) {\n    return NextResponse.redirect(new URL('/login', request.url))\n  }\n  return NextResponse.next()\n}\n`
const matched = (matcher: string) => `${guard('')}\nexport const config = {matcher: ${matcher}}\n`
const intercepts = (answer = 'a redirect', file = 'src/middleware.ts') =>
  `warning fly.toml:5:3 http_service.checks[0] asks for "/up" without a session, which ${file} answers with ${answer}, and the check fails`
const https = '  headers = {X-Forwarded-Proto = "https"}\n'
const redirects = (by: string) =>
  `warning fly.toml:4:3 http_service.checks[0] asks by http, which ${by} answers with a redirect to https: a check does not follow it, and fails`

const express = (middleware: string, {path = '/', env = ''} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = 8080\n[[http_service.checks]]\n  path = "${path}"\n`,
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\n${env}COPY . .\nCMD ["node", "server.js"]\n`,
    'package.json': '{"dependencies": {"express": "5.0.0"}}',
    'server.js': `const express = require('express')\nconst app = express()\n${middleware}\napp.get('/', (req, res) => res.send('ok'))\napp.listen(8080)\n`,
  },
})
const toHttps =
  "app.use((req, res, next) => {\n  if (req.header('x-forwarded-proto') !== 'https') res.redirect(`https://${req.header('host')}${req.url}`)\n  else next()\n})"
/** A middleware of an app whose route of the check stands behind it. */
const behind = (middleware: string, files: Record<string, string> = {}) => {
  const project = express(`${middleware}\napp.get('/up', (req, res) => res.send('ok'))`, {path: '/up'})
  return {files: {...project.files, ...files}}
}
const refuses = (guard: string) =>
  `warning fly.toml:5:3 http_service.checks[0] asks for "/up" without a session, which ${guard} in server.js answers with 401, and the check fails`
const asksToken =
  "(req, res, next) => {\n  const token = req.headers.authorization?.split(' ')[1]\n  if (!token) return res.status(401).json({error: 'no token'})\n  next()\n}"
const starlette = (lines: string, check = '', files: Record<string, string> = {}) =>
  project({'main.py': `from fastapi import FastAPI\n\napp = FastAPI()\n${lines}\n`, ...files}, check)
const ofSettings = (hosts: string) =>
  `from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    allowed_hosts: list[str] = [${hosts}]\n\n\nsettings = Settings()\n`
const trusted = 'app.add_middleware(TrustedHostMiddleware, allowed_hosts=["shop.com", "*.shop.com"])'

/** A health check of a view of Flask, or of Django. */
const served = (command: string, files: Record<string, string>, more = '') => ({
  files: {
    'fly.toml': `app = "shop"\n[http_service]\ninternal_port = 8000\n[[http_service.checks]]\npath = "/health/"\n${more}`,
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "-b", "0.0.0.0:8000", "${command}"]\n`,
    'requirements.txt': 'flask==3.1.0\nflask-login==0.6.3\ndjango==5.1.4\ngunicorn==23.0.0\n',
    ...files,
  },
})
const flaskView = (above: string, more = '') =>
  served(
    'app:app',
    {
      'app.py': `from flask import Flask\nfrom flask_login import login_required\n\napp = Flask(__name__)\n\n\n${above}def health():\n    return "ok"\n`,
    },
    more,
  )
const djangoView = (view: string, middleware = '', route = 'views.health') =>
  served('shop.wsgi', {
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
    'shop/settings.py': `ROOT_URLCONF = "shop.urls"\nALLOWED_HOSTS = ["*"]\nMIDDLEWARE = [\n    "django.middleware.common.CommonMiddleware",\n${middleware}]\n`,
    'shop/urls.py': `from django.contrib import admin\nfrom django.urls import path\nfrom . import views\n\nurlpatterns = [path("admin/", admin.site.urls), path("health/", ${route})]\n`,
    'shop/views.py': `from django.contrib.auth.decorators import login_required\n\n\n${view}`,
  })
const healthView = 'def health(request):\n    return HttpResponse("ok")\n'
const signIn = '    "django.contrib.auth.middleware.LoginRequiredMiddleware",\n'
const shown = (guard: string, file: string) =>
  `warning fly.toml:5:1 http_service.checks[0] asks for "/health/" without a session, which ${guard} in ${file} answers with a redirect to the login or with 401, and the check fails`

/** An app of Spring Boot with Spring Security; `rules` stand in its chain. */
const spring = (rules: string, {path = '/actuator/health', more = '', resources = ''} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[http_service]\ninternal_port = 8080\n[[http_service.checks]]\npath = "${path}"\n`,
    Dockerfile:
      'FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY . .\nRUN mvn package\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/target/shop-1.0.jar /app.jar\nCMD ["java", "-jar", "/app.jar"]\n',
    'pom.xml':
      '<project><artifactId>shop</artifactId><version>1.0</version><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency><dependency><artifactId>spring-boot-starter-security</artifactId></dependency><dependency><artifactId>spring-boot-starter-actuator</artifactId></dependency></dependencies></project>\n',
    'src/main/resources/application.properties': resources,
    'src/main/java/shop/Shop.java':
      'package shop;\n@SpringBootApplication\npublic class Shop {\n  public static void main(String[] a) {\n    SpringApplication.run(Shop.class, a);\n  }\n}\n',
    'src/main/java/shop/Orders.java':
      'package shop;\n@RestController\n@RequestMapping("/orders")\npublic class Orders {\n  @GetMapping\n  List<Order> all() { return List.of(); }\n}\n',
    'src/main/java/shop/Security.java': `package shop;\n@Configuration\npublic class Security {\n${more}  @Bean\n  SecurityFilterChain chain(HttpSecurity http) throws Exception {\n    http.authorizeHttpRequests(auth -> auth\n      ${rules}\n      .anyRequest().authenticated());\n    return http.build();\n  }\n}\n`,
  },
})

testCheck(checkAnswer, {
  clean: {
    'NestJS without a guard': nest({module: ''}),
    'Spring Security that lets the actuator pass': spring(
      '.requestMatchers("/api/auth/**", "/actuator/**").permitAll()',
    ),
    'Spring Security, by a list of the class': spring('.requestMatchers(OPEN).permitAll()', {
      more: '  private static final String[] OPEN = {"/api/auth/**", "/actuator/health"};\n',
    }),
    'Spring Security, by a list of another class': spring('.requestMatchers(Paths.OPEN).permitAll()'),
    'Spring Security, by the endpoint': spring('.requestMatchers(EndpointRequest.to("health")).permitAll()'),
    'Spring Security behind a path of its own': spring('.requestMatchers("/health").permitAll()', {
      path: '/api/health',
      resources: 'server.servlet.context-path=/api\n',
    }),
    'NestJS: a guard that is named in a comment': nest({module: '// {provide: APP_GUARD, useClass: TokenGuard}'}),
    'NestJS: the route is marked': nest({guard: marks, decorators: '@Public() '}),
    'NestJS: a guard that asks for more': nest({
      guard: marks.replace('if (', "if (context.switchToHttp().getRequest().path === '/up' || "),
    }),
    'NestJS: a guard that lets all pass': nest({
      guard:
        "export class TokenGuard extends AuthGuard('jwt') {\n  handleRequest(error, user) {\n    return user\n  }\n}\n",
    }),
    'NestJS: a strategy for everybody': nest({guard: "export class TokenGuard extends AuthGuard('anonymous') {}\n"}),
    'NestJS: several strategies': nest({guard: "export class TokenGuard extends AuthGuard(['jwt', 'anonymous']) {}\n"}),
    'NestJS: the check brings a token': nest({check: '  headers = {Authorization = "Bearer x"}\n'}),
    'NestJS: another guard': nest({module: '{provide: APP_GUARD, useClass: ThrottlerGuard}'}),
    'a view that is for all': flaskView('@app.get("/health/")\n'),
    'a decorator that is around the route': flaskView('@login_required\n@app.get("/health/")\n'),
    'a check that signs in': flaskView(
      '@app.get("/health/")\n@login_required\n',
      '[http_service.checks.headers]\nAuthorization = "x"\n',
    ),
    'another view that asks who it is': djangoView(`@login_required\ndef index(request): ...\n\n\n${healthView}`),
    'a view of which the middleware makes an exception': djangoView(`@login_not_required\n${healthView}`, signIn),
    'Next.js: a path that the middleware lets pass': next(
      guard(
        "  const open = ['/up', '/login']\n  if (open.includes(request.nextUrl.pathname)) return NextResponse.next()\n",
      ),
    ),
    'Next.js: a list of paths at the top': next(
      `const open = ['/up', '/login']\n\n${guard('  const {pathname} = request.nextUrl\n', "!request.cookies.has('session') && !open.some((path) => pathname.startsWith(path))")}`,
    ),
    'Next.js: one part of the app alone': next(
      guard('', "request.nextUrl.pathname.startsWith('/admin') && !request.cookies.get('session')"),
    ),
    'Next.js: a matcher for other paths': next(matched("['/admin/:path*', '/account']")),
    'Next.js: a matcher that leaves it out': next(matched("['/((?!api|up|_next/static|.*\\\\.png$).*)']")),
    'Next.js: a matcher that is not known': next(matched("[{source: '/(.*)', has: [{type: 'cookie', key: 'a'}]}]")),
    'Next.js: what a function says': next(`import {isOpen} from './open'\n\n${guard('', '!isOpen(request)')}`),
    'Next.js: a function that decides before': next(
      `import {isOpen} from './open'\n\n${guard('  if (isOpen(request)) return NextResponse.next()\n')}`,
    ),
    'Next.js: another header': next(guard('', "request.headers.get('x-forwarded-proto') !== 'https'")),
    'Next.js: no page of its own is asked for': next(guard('', "request.cookies.get('session')")),
    'Next.js: a check that brings a header': next(guard(''), {check: '  headers = {Authorization = "Bearer abc"}\n'}),
    'Next.js: a middleware beside src, which counts not': next(guard(''), {path: 'middleware.ts'}),
    'Next.js: a name that is set anew': next(
      guard("  let isOpen = false\n  isOpen = request.nextUrl.pathname.startsWith('/u')\n", '!isOpen'),
    ),
    'Next.js: paths that settings change': next(guard(''), {
      files: {'next.config.mjs': "export default {basePath: '/shop'}\n"},
    }),
    'Next.js: a rewrite': next(
      "export const middleware = (request: NextRequest) => {\n  return NextResponse.rewrite(new URL('/ok', request.url))\n}\n",
    ),
    'Express, and a route that stands before': express(`app.get('/up', (req, res) => res.send('ok'))\n${toHttps}`, {
      path: '/up',
    }),
    'Express, in production alone, which nobody says it is': express(
      `if (process.env.NODE_ENV === 'production') {\n${toHttps}\n}`,
    ),
    'Express: a token, behind the route of the check': express(
      `app.get('/up', (req, res) => res.send('ok'))\napp.use(${asksToken})`,
      {path: '/up'},
    ),
    'Express: a token, for paths below another': behind(`app.use('/api', ${asksToken})`),
    'Express: a token, and paths that need none': behind(
      "app.use((req, res, next) => {\n  if (req.path === '/up') return next()\n  if (!req.headers.authorization) return res.sendStatus(401)\n  next()\n})",
    ),
    'Express: another header, which a check has': behind(
      "app.use((req, res, next) => {\n  if (!req.get('user-agent')) return res.sendStatus(403)\n  next()\n})",
    ),
    'Express, which asks for itself where a setting says so': express(
      "app.use((req, res, next) => {\n  if (process.env.FORCE === '1' && !req.secure) return res.redirect('https://' + req.hostname)\n  next()\n})",
    ),
    'Express: a token that may be missing': behind(
      'app.use((req, res, next) => {\n  if (!req.headers.authorization) return next()\n  next()\n})',
    ),
    'Express: a token that a setting asks for': behind(
      'app.use((req, res, next) => {\n  if (process.env.KEY && req.headers.key !== process.env.KEY) return res.sendStatus(401)\n  next()\n})',
    ),
    'Express, of one host alone': express(
      "app.use((req, res, next) => {\n  if (req.hostname === 'shop.com' && !req.secure) return res.redirect('https://' + req.hostname)\n  next()\n})",
    ),
    'Express, in a comment': express(toHttps.replace(/^/gm, '// ')),
    'Starlette, and every name': starlette('app.add_middleware(TrustedHostMiddleware, allowed_hosts=["*"])'),
    'Starlette, and names of the settings': starlette('app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)'),
    'Starlette, and settings for the computer at home': starlette(
      'app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts)',
      '',
      {'settings.py': ofSettings('"localhost", "testserver"')},
    ),
    'Starlette, and a variable of the settings that is set': {
      files: {
        ...starlette('app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts)', '', {
          'settings.py': ofSettings('"shop.com"'),
        }).files,
        'fly.toml':
          'app = "shop"\n[env]\nALLOWED_HOSTS = \'["*"]\'\n[http_service]\n  internal_port = 3000\n[[http_service.checks]]\n  path = "/up"\n',
      },
    },
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
    'Phoenix that leaves hosts and the path out': phoenix(
      'rewrite_on: [:x_forwarded_proto], exclude: [hosts: ["localhost"], paths: ["/up"]]',
    ),
    'Phoenix that leaves the path out': phoenix('rewrite_on: [:x_forwarded_proto], exclude: [paths: ["/up"]]'),
    'Django with any host': django('ALLOWED_HOSTS = ["*"]\n'),
    'Django with hosts of a variable': django('ALLOWED_HOSTS = os.environ["HOSTS"].split(",")\n'),
    'Django with hosts of a laptop, which a variable replaces': django(
      'ALLOWED_HOSTS = env.list("HOSTS", default=["localhost", "127.0.0.1"])\n',
    ),
    'Django with a pattern that is none of Django': django(
      'ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*.fly.dev"])\n',
    ),
    'Django with any host by default': django('ALLOWED_HOSTS = config("HOSTS", default="shop.com,*", cast=Csv())\n'),
    'Django with hosts of a variable that are added to': django(
      'ALLOWED_HOSTS = os.environ.get("HOSTS", "shop.com").split(",")\nALLOWED_HOSTS.append(address())\n',
    ),
    'Django with a redirect that a secret may take away': django(
      'SECURE_SSL_REDIRECT = os.getenv("SSL", "True") == "True"\n',
    ),
    'Django with hosts that are added': django('ALLOWED_HOSTS = ["shop.fly.dev"]\nALLOWED_HOSTS += extra()\n'),
    'Django with the name in the check': django(
      'ALLOWED_HOSTS = ["shop.fly.dev"]\n',
      '  headers = {Host = "shop.fly.dev"}\n',
    ),
    'Django that asks no request for its host': django(
      'ALLOWED_HOSTS = ["shop.com"]\nMIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]\n',
    ),
    'Django that answers checks in a middleware of the settings that it imports': django(
      'from .base import *\nSECURE_SSL_REDIRECT = True\n',
      '',
      {
        'shop/base.py':
          'MIDDLEWARE = ["shop.middleware.HealthCheck", "django.middleware.security.SecurityMiddleware"]\n',
      },
    ),
    'Django that leaves the path out': django('SECURE_SSL_REDIRECT = True\nSECURE_REDIRECT_EXEMPT = [r"^up$"]\n'),
    'Django with a middleware of its own': django(
      'ALLOWED_HOSTS = ["shop.fly.dev"]\nMIDDLEWARE = ["shop.HealthCheckMiddleware"]\n',
    ),
  },
  flagged: {
    'Express, with a redirect of its own': {
      ...express(toHttps),
      expect: [
        'warning fly.toml:4:3 http_service.checks[0] asks by http, which Express answers with a redirect to https: a check does not follow it, and fails',
      ],
    },
    'Express: a token for every path': {
      ...behind(`app.use(${asksToken})`),
      expect: [refuses('a middleware')],
    },
    'Express: a token for every path, by a function of its own': {
      ...behind(`const auth = ${asksToken}\napp.use(auth)`),
      expect: [refuses('app.use(auth)')],
    },
    'Express: a token for every path, by one of another file': {
      ...behind("import {auth} from './auth.js'\napp.use(auth)", {
        'package.json': '{"type": "module", "dependencies": {"express": "5.0.0"}}',
        'server.js':
          "import express from 'express'\nimport {auth} from './auth.js'\n\nconst app = express()\napp.use(auth)\napp.get('/up', (req, res) => res.send('ok'))\napp.listen(8080)\n",
        'auth.js':
          "export async function auth(req, res, next) {\n  console.log('who is it')\n  try {\n    if (req.get('x-key') !== process.env.KEY) {\n      res.sendStatus(401)\n      return\n    }\n    next()\n  } catch (error) {\n    next(error)\n  }\n}\n",
      }),
      expect: [refuses('app.use(auth)')],
    },
    'Express, in production': {
      ...express(`if (process.env.NODE_ENV === 'production') {\n${toHttps}\n}`, {env: 'ENV NODE_ENV=production\n'}),
      expect: [
        'warning fly.toml:4:3 http_service.checks[0] asks by http, which Express answers with a redirect to https: a check does not follow it, and fails',
      ],
    },
    ...Object.fromEntries(
      [
        "if (!req.secure) return res.redirect('https://' + req.headers.host + req.url)\n  next()",
        "if (req.protocol !== 'https') {\n    return res.redirect(301, `https://${req.hostname}${req.url}`)\n  }\n  next()",
        "req.secure ? next() : res.redirect('https://' + req.hostname + req.url)",
        "if (req.secure) {\n    return next()\n  }\n  res.redirect('https://' + req.hostname + req.url)",
      ].map((body) => [
        `Express, which asks for itself: ${body}`,
        {...express(`app.use((req, res, next) => {\n  ${body}\n})`), expect: [redirects('Express')]},
      ]),
    ),
    'Starlette, and the default of the settings': {
      ...starlette('app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts)', '', {
        'settings.py': ofSettings('"shop.com", "*.shop.com"'),
      }),
      expect: [
        'warning fly.toml:4:3 http_service.checks[0] asks the machine by its address, which allowed_hosts does not have: TrustedHostMiddleware answers 400, and the check fails',
      ],
    },
    'Spring Security that lets others pass': {
      ...spring('.requestMatchers(HttpMethod.POST, "/api/auth/**").permitAll()'),
      expect: [
        'warning fly.toml:5:1 http_service.checks[0] asks for "/actuator/health" without a session, which the SecurityFilterChain in src/main/java/shop/Security.java answers with 401, 403 or a redirect to the login, and the check fails',
      ],
    },
    'NestJS: a guard for all': {
      ...nest(),
      expect: [refused('TokenGuard, which guards all routes, in src/app.module.ts')],
    },
    'NestJS: a guard for all but what is marked': {
      ...nest({guard: marks}),
      expect: [refused('TokenGuard, which guards all routes, in src/app.module.ts')],
    },
    'NestJS: a guard of the route': {
      ...nest({module: '', decorators: '@UseGuards(TokenGuard) '}),
      expect: [refused('@UseGuards(TokenGuard) in src/up.controller.ts')],
    },
    'NestJS: a guard of passport': {
      ...nest({module: '', decorators: "@UseGuards(AuthGuard('jwt')) "}),
      expect: [refused('@UseGuards(AuthGuard) in src/up.controller.ts')],
    },
    'Flask: a view for whoever has signed in': {
      ...flaskView('@app.get("/health/")\n@login_required\n'),
      expect: [shown('@login_required', 'app.py')],
    },
    'Django: a view for whoever has signed in': {
      ...djangoView(`@login_required\n${healthView}`),
      expect: [shown('@login_required', 'shop/views.py')],
    },
    'Django: the same in the route': {
      ...djangoView(healthView, '', 'login_required(views.health)'),
      expect: [shown('login_required(…)', 'shop/urls.py')],
    },
    'Django: a class of such views': {
      ...djangoView('class Health(LoginRequiredMixin, View): ...\n', '', 'views.Health.as_view()'),
      expect: [shown('LoginRequiredMixin', 'shop/views.py')],
    },
    'Django: a middleware that asks of every view': {
      ...djangoView(healthView, signIn),
      expect: [shown('LoginRequiredMiddleware', 'shop/settings.py')],
    },
    'Next.js: a redirect without a session': {...next(guard('')), expect: [intercepts()]},
    'Next.js: by the proxy of 16': {
      ...next(guard('').replace('function middleware', 'async function proxy'), {path: 'src/proxy.ts'}),
      expect: [intercepts('a redirect', 'src/proxy.ts')],
    },
    'Next.js: but for the paths of a list': {
      ...next(
        `const open = ['/login', '/signup']\n\n${guard("  const {pathname} = request.nextUrl\n  const token = request.cookies.get('token')?.value\n", '!token && !open.some((path) => pathname.startsWith(path))')}`,
      ),
      expect: [intercepts()],
    },
    'Next.js: a matcher that leaves out others': {
      ...next(matched("['/((?!api|_next/static|_next/image|favicon.ico|.*\\\\.png$).*)']")),
      expect: [intercepts()],
    },
    'Next.js: by the token of next-auth': {
      ...next(
        "import {getToken} from 'next-auth/jwt'\n\nexport default async function (request: NextRequest) {\n  const token = await getToken({req: request})\n  const isLogin = request.nextUrl.pathname === '/login'\n  if (!token && !isLogin) return NextResponse.redirect(new URL('/login', request.url))\n  return NextResponse.next()\n}\n",
      ),
      expect: [intercepts()],
    },
    'Next.js: by auth of Auth.js': {
      ...next(
        "import {auth} from '@/auth'\n\nexport default auth((request) => {\n  const {nextUrl} = request\n  const isLoggedIn = !!request.auth\n  if (!isLoggedIn && nextUrl.pathname !== '/login') return Response.redirect(new URL('/login', nextUrl))\n})\n",
      ),
      expect: [intercepts()],
    },
    'Next.js: in a try': {
      ...next(
        "export function middleware(request: NextRequest) {\n  try {\n    if (!request.cookies.get('session')) return NextResponse.redirect(new URL('/login', request.url))\n    return NextResponse.next()\n  } catch {\n    return NextResponse.redirect(new URL('/error', request.url))\n  }\n}\n",
      ),
      expect: [intercepts()],
    },
    'Next.js: 401': {
      ...next(
        "export function middleware(request: NextRequest) {\n  if (!request.headers.get('authorization')) {\n    return NextResponse.json({error: 'who?'}, {status: 401})\n  }\n}\n",
      ),
      expect: [intercepts('401')],
    },
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
    'Phoenix as its generator writes it': {
      ...phoenix('\n    rewrite_on: [:x_forwarded_proto],\n    exclude: [hosts: ["localhost", "127.0.0.1"]]\n  '),
      expect: [redirects('Phoenix')],
    },
    Phoenix: {...phoenix('rewrite_on: [:x_forwarded_proto], hsts: true'), expect: [redirects('Phoenix')]},
    'Phoenix that does not believe the header': {...phoenix('hsts: true', https), expect: [redirects('Phoenix')]},
    'the redirect of Django': {...django('SECURE_SSL_REDIRECT = True\n'), expect: [redirects('Django')]},
    'the hosts of Django, by default': {
      ...django('ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["shop.com", ".fly.dev"])  # ours\n'),
      expect: [
        'warning fly.toml:4:3 http_service.checks[0] asks the machine by its address, which ALLOWED_HOSTS does not have: Django answers 400, and the check fails',
      ],
    },
    'a redirect of Django that [env] turns on': {
      ...django(
        'import os\nif not False:\n    SECURE_SSL_REDIRECT = os.getenv("SSL", "False").lower() == "true"\n',
        '[env]\n  SSL = "True"\n',
      ),
      expect: [redirects('Django')],
    },
    'the hosts of Django': {
      ...django('ALLOWED_HOSTS = ["shop.fly.dev", "localhost"]\n'),
      expect: [
        'warning fly.toml:4:3 http_service.checks[0] asks the machine by its address, which ALLOWED_HOSTS does not have: Django answers 400, and the check fails',
      ],
    },
  },
})
