import listenAddress from '../../../checks/image/listen-address.ts'
import {testCheck} from '../../harness.ts'

const project = (command: string, more = '', files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = 8000\n${more}`,
    Dockerfile: `FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n${command}\n`,
    ...files,
  },
})
const says = (severity: string, server: string, host = '127.0.0.1') =>
  `${severity} Dockerfile:4:1 CMD starts ${server} on ${host}, which only the machine itself reaches: it must be 0.0.0.0`

const aspnet = (url: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    Dockerfile: `FROM mcr.microsoft.com/dotnet/aspnet:9.0\nWORKDIR /app\nCOPY . .\nENV ASPNETCORE_URLS=${url}\nENTRYPOINT ["dotnet", "Shop.dll"]\n`,
  },
})

const rails = (puma: string, command = '["./bin/rails", "server"]') => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 3000\n',
    Dockerfile: `FROM ruby:3.4\nENV RAILS_ENV=production\nWORKDIR /rails\nCOPY . .\nCMD ${command}\n`,
    'config/puma.rb': puma,
  },
})

const spring = (properties: string, more = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    Dockerfile: `FROM eclipse-temurin:21\nWORKDIR /app\nCOPY . .\n${more}ENTRYPOINT ["java", "-jar", "app.jar"]\n`,
    'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
    'src/main/resources/application.properties': properties,
  },
})

/** The output of tsc is in git, older than its source. */
const committed = (run: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    Dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\nRUN ${run}\nCMD ["node", "dist/index.js"]\n`,
    'package.json': '{"scripts": {"build": "tsc"}, "dependencies": {"fastify": "^4.0.0"}}',
    'src/index.ts': "import fastify from 'fastify'\nfastify().listen({port: 8080, host: '0.0.0.0'})\n",
    'dist/index.js': "const fastify = require('fastify')\nfastify().listen({port: 8080})\n",
  },
})

/** A release of Phoenix: the options of its server. */
const phoenix = (http: string, more = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n[env]\n  PORT = "8080"\n[http_service]\n  internal_port = 8080\n',
    Dockerfile: 'FROM debian:12-slim\nCOPY . .\nENV MIX_ENV=prod\nCMD ["/app/bin/server"]\n',
    'mix.exs': '',
    'config/runtime.exs': `import Config\n\nif config_env() == :prod do\n${more}  config :shop, ShopWeb.Endpoint,\n    http: [${http}]\nend\n`,
  },
})
const port = 'port: String.to_integer(System.get_env("PORT") || "4000")'

/** An app of ASP.NET Core, with a line more in its code. */
const kestrel = (line: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    Dockerfile:
      'FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /app\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nWORKDIR /app\nCOPY --from=build /app .\nCMD ["dotnet", "Shop.dll"]\n',
    'Shop.csproj':
      '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>\n',
    'Program.cs': `var builder = WebApplication.CreateBuilder(args);\n${line}\n`,
    ...more,
  },
})

testCheck(listenAddress, {
  clean: {
    'what the build writes over the output that git has': committed('npm ci && npm run build'),
    'Phoenix on every address, beside a server of its own for metrics': phoenix(
      'ip: {0, 0, 0, 0}, port: 8080',
      '  config :shop, Metrics, ip: :loopback\n',
    ),
    'Phoenix on every address by a variable, and a server of its own that is not': phoenix(
      `ip: {0, 0, 0, 0}, ${port}`,
      '  config :shop, Metrics, ip: {127, 0, 0, 1}\n',
    ),
    'Phoenix without an address, beside a server of its own': phoenix(port, '  config :shop, Metrics, ip: :loopback\n'),
    'Spring Boot everywhere': spring('server.address=0.0.0.0\n'),
    'Spring Boot with an address that a variable changes': spring(
      'server.address=127.0.0.1\n',
      'ENV SERVER_ADDRESS=0.0.0.0\n',
    ),
    'Puma on every address': rails('bind "tcp://0.0.0.0:#{ENV.fetch("PORT", 3000)}"\n'),
    'Puma in development': rails('if ENV["DEV"]\n  bind "tcp://127.0.0.1:3000"\nend\n'),
    'Puma on a socket of its own': rails('bind "unix:///tmp/puma.sock"\n'),
    'Puma on two': rails('bind "tcp://127.0.0.1:9000"\nbind "tcp://0.0.0.0:3000"\n'),
    'ASP.NET Core on every address': aspnet('http://+:8080'),
    'ASP.NET Core on a name, which is every address': aspnet('http://shop.dev:8080'),
    'ASP.NET Core on the own address as well': aspnet('"http://localhost:5000;http://*:8080"'),
    'every address': project('CMD ["uvicorn", "app:app", "--host", "0.0.0.0"]'),
    'no service': {
      files: {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM python:3.12\nCMD ["flask", "run"]\n'},
    },
    'a variable of [env]': project('CMD ["uvicorn", "app:app"]', '[env]\n  UVICORN_HOST = "0.0.0.0"\n'),
    'a variable of the image': project('ENV FLASK_RUN_HOST=0.0.0.0\nCMD ["flask", "run"]'),
    'a variable that a script sets': project('CMD ["sh", "start.sh"]', '', {
      'start.sh': 'export UVICORN_HOST=0.0.0.0\nexec uvicorn app:app\n',
    }),
    'PORT, with which gunicorn takes every address': project('CMD ["gunicorn", "app:app"]', '[env]\n  PORT = "8000"\n'),
    'gunicorn on every address of both families': project('CMD ["gunicorn", "app:app", "-b", "[::]:8000"]'),
    'a second address': project('CMD ["gunicorn", "app:app", "-b", "127.0.0.1:8001", "-b", ":8000"]'),
    'a file of variables': project('CMD ["flask", "run"]', '', {'.flaskenv': 'FLASK_RUN_HOST=0.0.0.0\n'}),
    'a proxy in front': project('CMD caddy start && uvicorn app:app --host 127.0.0.1'),
    'IPv6 with several workers, which take IPv4 too': project(
      'CMD ["uvicorn", "app:app", "--host", "::", "--workers", "2"]',
    ),
    'an address that is not known': project('CMD uvicorn app:app --host $(hostname -i)'),
    'vite with a configuration': project('CMD ["npx", "vite", "preview"]', '', {'vite.config.ts': ''}),
    'vite with the host in its configuration': project('CMD ["npx", "vite", "preview"]', '', {
      'vite.config.ts': 'export default {preview: {host: true}}\n',
    }),
    'vite with a configuration from elsewhere': project('CMD ["npx", "vite", "preview"]', '', {
      'vite.config.ts': "import base from './base'\nexport default {...base}\n",
    }),
    'vite with every address, and a configuration': project('CMD ["npx", "vite", "preview", "--host"]', '', {
      'vite.config.ts': 'export default {plugins: []}\n',
    }),
    'vite with every address': project('CMD ["npx", "vite", "preview", "--host"]'),
    'the configuration has its address': project('CMD ["npx", "ng", "serve"]', '', {
      'angular.json': '{"projects": {"shop": {"architect": {"serve": {"options": {"host": "0.0.0.0"}}}}}}',
    }),
    'a flag has it': project('CMD ["npx", "gatsby", "serve", "-H", "0.0.0.0"]', '', {'gatsby-config.js': ''}),
    'a RUN of the stage that package.json comes from writes it anew': {
      files: {
        'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8000\n',
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm pkg set scripts.start="node other.js"\nFROM node:22\nWORKDIR /app\nCOPY --from=build /app /app\nCMD ["npm", "start"]\n',
        'package.json': '{"scripts": {"start": "node server.js"}}\n',
        'server.js': "require('http').createServer().listen(8000, '127.0.0.1')\n",
      },
    },
    'Kestrel on every address': kestrel('builder.WebHost.ConfigureKestrel(o => o.ListenAnyIP(8080));'),
    'Kestrel with other options': kestrel(
      'builder.WebHost.ConfigureKestrel(o => o.Limits.MaxConcurrentConnections = 9);',
    ),
    'Kestrel on localhost in development': kestrel(
      'if (builder.Environment.IsDevelopment())\n{\n    builder.WebHost.UseUrls("http://localhost:5000");\n}',
    ),
    'Kestrel where a variable says': kestrel('app.Run($"http://localhost:{port}");'),
    'a comment on Kestrel': kestrel('// app.Run("http://localhost:5000");'),
    'the client of another server': kestrel('var api = new Uri("http://localhost:5000");'),
  },
  flagged: {
    'the output that git has, which nothing writes anew': {
      ...committed('npm ci'),
      expect: [
        'error dist/index.js:2:10 CMD starts dist/index.js on localhost, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'Ktor on the machine itself': {
      files: {
        Dockerfile: 'FROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY . .\nCMD ["java", "-jar", "app.jar"]\n',
        'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
        'build.gradle.kts': 'implementation("io.ktor:ktor-server-netty")\n',
        'src/main/kotlin/Main.kt':
          'fun main() {\n    embeddedServer(Netty, port = 8080, host = "127.0.0.1") { module() }.start(wait = true)\n}\n',
      },
      expect: [
        'warning src/main/kotlin/Main.kt:2:5 CMD starts java on 127.0.0.1, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'Kestrel on localhost, by the code': {
      ...kestrel('app.Run("http://localhost:8080");'),
      expect: [
        'warning Program.cs:2:4 CMD starts dotnet on localhost, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'Kestrel on localhost, by its options': {
      ...kestrel('builder.WebHost.ConfigureKestrel(o => o.ListenLocalhost(8080));'),
      expect: [
        'warning Program.cs:2:40 CMD starts dotnet on localhost, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'Kestrel on localhost, by its settings': {
      ...kestrel('', {
        'appsettings.json': '{"Kestrel": {"Endpoints": {"Http": {"Url": "http://localhost:8080"}}}}',
      }),
      expect: [
        'warning appsettings.json:1:37 CMD starts dotnet on localhost, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'Spring Boot on the address of a laptop': {
      ...spring('server.address=127.0.0.1\n'),
      expect: [
        'warning src/main/resources/application.properties:1:16 ENTRYPOINT starts java on 127.0.0.1, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'Puma by its file, which rails server reads': {
      ...rails('threads 3, 3\nbind "tcp://127.0.0.1:#{ENV.fetch("PORT", 3000)}"\n'),
      expect: [
        'warning Dockerfile:5:1 CMD starts rails server on 127.0.0.1, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'Puma by its port': {
      ...rails('port ENV.fetch("PORT", 3000), "127.0.0.1"\n', '["bundle", "exec", "puma"]'),
      expect: [
        'warning Dockerfile:5:1 CMD starts puma on 127.0.0.1, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'ASP.NET Core on its own machine alone': {
      ...aspnet('http://localhost:8080'),
      expect: [
        'warning Dockerfile:5:1 ENTRYPOINT starts dotnet on localhost, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'an address in the command': {
      ...project('CMD ["uvicorn", "app:app", "--host", "127.0.0.1"]'),
      expect: [says('error', 'uvicorn')],
    },
    'with its port': {
      ...project('CMD ["gunicorn", "app:app", "--bind=localhost:8000"]'),
      expect: [says('error', 'gunicorn', 'localhost')],
    },
    'a default that nothing changes': {
      ...project('CMD ["daphne", "-p", "8000", "shop.asgi:application"]'),
      expect: [says('error', 'daphne')],
    },
    'the port alone': {
      ...project('CMD python manage.py runserver 8000'),
      expect: [says('warning', 'manage.py runserver')],
    },
    'a default that a variable may change': {
      ...project('CMD ["uvicorn", "app:app"]'),
      expect: [says('warning', 'uvicorn')],
    },
    'in [processes]': {
      ...project('', '[processes]\n  app = "php -S localhost:8000"\n'),
      expect: [
        'error fly.toml:5:3 [processes] app starts php -S on localhost, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'vite preview with a configuration that names no host': {
      ...project('CMD ["npx", "vite", "preview", "--port", "8080"]', '', {
        'vite.config.ts': 'export default {plugins: []}\n',
      }),
      expect: [says('warning', 'vite preview', 'localhost')],
    },
    'vite preview': {
      ...project('CMD ["npx", "vite", "preview"]'),
      expect: [says('warning', 'vite preview', 'localhost')],
    },
    'Phoenix by the name that Erlang has for it': {
      ...phoenix(`ip: :loopback, ${port}`),
      expect: [
        'warning config/runtime.exs:5:12 CMD starts Phoenix on 127.0.0.1, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'Phoenix with a port that is written': {
      ...phoenix('ip: {127, 0, 0, 1}, port: 8080'),
      expect: [
        'warning config/runtime.exs:5:12 CMD starts Phoenix on 127.0.0.1, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'a server for development, with its default': {
      ...project('CMD ["npx", "ng", "serve", "--port", "8000"]', '', {'angular.json': '{"projects": {}}'}),
      expect: [says('warning', 'ng serve', 'localhost')],
    },
    'the server of a built site': {
      ...project('CMD ["npx", "docusaurus", "serve", "-p", "8000"]', '', {'docusaurus.config.js': ''}),
      expect: [says('warning', 'docusaurus serve', 'localhost')],
    },
    'IPv6 alone': {
      ...project('CMD ["uvicorn", "app:app", "--host", "::", "--workers", "1"]'),
      expect: [
        'warning Dockerfile:4:1 CMD starts uvicorn on ::, where it takes IPv6 alone and Fly.io connects by IPv4: it must be 0.0.0.0',
      ],
    },
    'the start script of a package.json that comes from another stage': {
      files: {
        'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8000\n',
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM node:22\nWORKDIR /app\nCOPY --from=build /app /app\nCMD ["npm", "start"]\n',
        'package.json': '{"scripts": {"start": "node server.js"}}\n',
        'server.js':
          "const {PORT = 8000, HOST = '127.0.0.1'} = process.env\nrequire('http').createServer().listen(PORT, HOST)\n",
      },
      expect: [
        'warning server.js:2:31 CMD starts server.js on 127.0.0.1, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
  },
})
