import listenPort from '../../../checks/image/listen-port.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const project = (port: number | string, dockerfile: string, files: Files = {}) => ({
  files: {
    Dockerfile: `FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n${dockerfile}\n`,
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = ${port}\n`,
    ...files,
  },
})
/** A server on the Java machine. */
const jvm = (build: string, files: Files, more = '') => ({
  files: {
    Dockerfile: `FROM eclipse-temurin:21-jdk AS build\nWORKDIR /src\nCOPY . .\nRUN ./gradlew build\nFROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY --from=build /src/build/libs/app.jar app.jar\n${more}CMD ["java", "-jar", "app.jar"]\n`,
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    gradlew: '',
    'build.gradle.kts': build,
    ...files,
  },
})
const ktor = (call: string, more = '') =>
  jvm(
    'plugins { id("io.ktor.plugin") version "3.1.0" }\n',
    {'src/main/kotlin/Main.kt': `fun main() {\n    ${call}\n}\n`},
    more,
  )
const quarkus = (properties: string, more = '') =>
  jvm('implementation("io.quarkus:quarkus-rest")\n', {'src/main/resources/application.properties': properties}, more)
const groups = (config: string, dockerfile = 'FROM python:3.12-slim\n') => ({
  files: {Dockerfile: dockerfile, 'fly.toml': `app = "shop"\n${config}`},
})
/** An app of Node, started by its path. */
const code = (head: string, files: Files = {}) => ({
  files: {
    Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "src/index.js"]\n',
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    'src/index.js': `import express from 'express'\n${head}\nexpress().listen(PORT)\n`,
    ...files,
  },
})
const uvicorn = 'CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]'
const says = (severity: string, port: number, what: string) =>
  `${severity} fly.toml:3:3 internal_port is ${port}, but ${what}`

/** A script that starts uvicorn on $PORT. */
const start = (head: string) => `set -e\n${head}\nexec uvicorn app:app --host 0.0.0.0 --port "$PORT"\n`

testCheck(listenPort, {
  clean: {
    'a check of the port that is listened on': project(
      '8000\n[checks.alive]\n  port = 8000',
      'CMD uvicorn main:app --port 8000',
    ),
    'a check of a port that the image tells of': project(
      '8000\n[checks.metrics]\n  port = 9090',
      'EXPOSE 8000 9090\nCMD uvicorn main:app --port 8000',
    ),
    'Ktor on the port': ktor('embeddedServer(Netty, port = 8080, host = "0.0.0.0") { module() }.start(wait = true)'),
    'Ktor on a port that the machine says': ktor(
      'embeddedServer(Netty, port = System.getenv("PORT")?.toInt() ?: 9090) { module() }.start(wait = true)',
      'ENV PORT=8080\n',
    ),
    'Ktor on a port that code works out': ktor('embeddedServer(Netty, port = config.port) { module() }.start()'),
    'Ktor in a comment': ktor('// embeddedServer(Netty, port = 9090) {}'),
    'Ktor with a file whose port is a variable’s': jvm(
      'implementation("io.ktor:ktor-server-netty")\n',
      {
        'src/main/resources/application.conf': 'ktor {\n  deployment {\n    port = 9090\n    port = ${?PORT}\n  }\n}\n',
      },
      'ENV PORT=8080\n',
    ),
    'Quarkus, by default': quarkus('quarkus.log.level=INFO\n'),
    'Quarkus with a port for production': quarkus('quarkus.http.port=9090\n%prod.quarkus.http.port=8080\n'),
    'Quarkus with a variable': quarkus('quarkus.http.port=9090\n', 'ENV QUARKUS_HTTP_PORT=8080\n'),
    'Quarkus with an option of Java': quarkus('quarkus.http.port=9090\n', 'ENV JAVA_OPTS=-Dquarkus.http.port=8080\n'),
    'the same port': project(8000, uvicorn),
    'the default that a script gives': project(8000, 'CMD ["sh", "start.sh"]', {
      'start.sh': start('PORT="${PORT:-8000}"'),
    }),
    'the default that a script gives, and [env] another': {
      files: {
        ...project(8000, 'CMD ["sh", "start.sh"]', {'start.sh': start('PORT=${PORT:-8080}')}).files,
        'fly.toml': 'app = "shop"\n[env]\n  PORT = "8000"\n[http_service]\n  internal_port = 8000\n',
      },
    },
    'a default, and then another value': project(8080, 'CMD ["sh", "start.sh"]', {
      'start.sh': start('PORT=${PORT:-8000}\nPORT=$(cat port)'),
    }),
    'a default on a condition': project(8080, 'CMD ["sh", "start.sh"]', {
      'start.sh': start('if [ -n "$A" ]; then\n  : "${PORT:=8000}"\nfi'),
    }),
    'nginx with another configuration': groups(
      '[http_service]\n  internal_port = 8080\n',
      'FROM nginx:1.27\nCMD ["nginx", "-c", "/app/nginx.conf"]\n',
    ),
    'a script that the image of nginx runs first': {
      files: {
        ...groups('[http_service]\n  internal_port = 8080\n', 'FROM nginx:1.27\nCOPY port.sh /docker-entrypoint.d/\n')
          .files,
        'port.sh': 'sed -i "s/80;/8080;/" /etc/nginx/conf.d/default.conf\n',
      },
    },
    'a script that sets the port in a build': groups(
      '[http_service]\n  internal_port = 8080\n',
      'FROM php:8.3-apache\nCOPY . /var/www/html\nRUN ./docker/setup.sh\n',
    ),
    'Thruster, and Puma behind it': groups(
      '[http_service]\n  internal_port = 3000\n',
      'FROM ruby:3.4-slim\nCMD ["./bin/thrust", "./bin/rails", "server"]\n',
    ),
    'Thruster with a port of its own': groups(
      '[http_service]\n  internal_port = 8080\n',
      'FROM ruby:3.4-slim\nENV HTTP_PORT=8080\nCMD ["./bin/thrust", "./bin/rails", "server"]\n',
    ),
    'Thruster, and flags of what it starts': groups(
      '[http_service]\n  internal_port = 8080\n',
      'FROM ruby:3.4-slim\nCMD ["./bin/thrust", "./bin/rails", "server", "-p", "8080"]\n',
    ),
    'short flags of caddy': groups(
      '[http_service]\n  internal_port = 8080\n',
      'FROM caddy:2\nCMD ["caddy", "file-server", "-r", "/srv", "-l", ":8080"]\n',
    ),
    'a site of caddy with addresses on two lines': {
      files: {
        ...groups('[http_service]\n  internal_port = 8080\n', 'FROM caddy:2\nCOPY Caddyfile /etc/caddy/Caddyfile\n')
          .files,
        Caddyfile: ':8080,\n:8081 {\n}\n',
      },
    },
    'a flag of deno that takes no value': groups(
      '[http_service]\n  internal_port = 8080\n',
      'FROM denoland/deno:2\nCMD ["deno", "serve", "-A", "--port", "8080", "main.ts"]\n',
    ),
    'from a variable of [env]': project(8080, 'CMD uvicorn app:app --port $PORT', {
      'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n[env]\n  PORT = 8080\n',
    }),
    'from ENV': project(8080, 'ENV PORT=8080\nCMD gunicorn app:app --bind 0.0.0.0:${PORT:-8000}'),
    'a variable that a script sets': project(8080, 'CMD ["sh", "start.sh"]', {
      'start.sh': 'PORT=$(cat port)\nexec uvicorn app:app --port ${PORT:-8000}\n',
    }),
    'an address with it': project(8080, 'CMD ["sh", "start.sh"]', {
      'start.sh': 'PORT=${PORT:-8080}\nexec gunicorn app:app --bind "0.0.0.0:${PORT}"\n',
    }),
    'a variable without a shell is no port': groups(
      '[http_service]\n  internal_port = 8080\n[processes]\n  app = "uvicorn app:app --port ${PORT:-8000}"\n',
    ),
    'more flags, which are not known': project(8080, 'CMD uvicorn app:app --port 8000 $FLAGS'),
    'a configuration file': project(8080, 'CMD ["gunicorn", "app:app", "-c", "conf.py"]'),
    'one that gunicorn takes by itself': project(8080, 'CMD ["gunicorn", "app:app"]', {'gunicorn.conf.py': ''}),
    'a bind of the file, from a variable': project(8080, 'CMD ["gunicorn", "app:app", "-c", "gunicorn.conf.py"]', {
      'gunicorn.conf.py': "import os\nbind = f\"0.0.0.0:{os.environ.get('PORT', '8080')}\"\n",
    }),
    'a bind of the file that another line may change': project(8080, 'CMD ["gunicorn", "app:app"]', {
      'gunicorn.conf.py': 'bind = "0.0.0.0:8000"\nif True:\n    pass\nbind = "0.0.0.0:8080"\n',
    }),
    'a bind of the file, which GUNICORN_CMD_ARGS may change': project(
      8080,
      'ENV GUNICORN_CMD_ARGS="--bind :8080"\nCMD ["gunicorn", "app:app"]',
      {'gunicorn.conf.py': 'bind = "0.0.0.0:8000"\n'},
    ),
    'a file of gunicorn in another folder, which it does not read': project(8080, 'CMD ["gunicorn", "app:app"]', {
      'deploy/gunicorn.conf.py': 'bind = "0.0.0.0:8000"\n',
    }),
    'a bind that is worked out': project(8080, 'CMD ["gunicorn", "app:app"]', {
      'gunicorn.conf.py': 'bind = address()\n',
    }),
    'the port of .streamlit/config.toml': project(8080, 'CMD ["streamlit", "run", "app.py"]', {
      '.streamlit/config.toml': '[browser]\nserverPort = 80\n[server]\nheadless = true\nport = 8080\n',
    }),
    'the port of vite.config': project(8080, 'CMD ["npx", "vite", "preview", "--host"]', {
      'vite.config.ts': 'export default {server: {port: 3000}, preview: {host: true, port: 8080}}\n',
    }),
    'vite.config with what is brought from elsewhere': project(8080, 'CMD ["npx", "vite", "preview", "--host"]', {
      'vite.config.ts': "import base from './base'\nexport default {...base}\n",
    }),
    'vite.config that another file fills': project(8080, 'CMD ["npx", "vite", "preview", "--host"]', {
      'vite.config.ts':
        "import {defineConfig} from 'vite'\nimport shared from './shared'\nexport default defineConfig(shared({}))\n",
      'shared.ts': 'export default () => ({preview: {port: 8080}})\n',
    }),
    'a bind of the file, which a condition or a loop over variables changes': project(
      8080,
      'CMD ["gunicorn", "app:app"]',
      {
        'gunicorn.conf.py':
          'import os\nbind = "127.0.0.1:8000"\nfor key, value in os.environ.items():\n    locals()[key.lower()] = value\n',
      },
    ),
    'streamlit, whose file a script writes': project(8080, 'CMD sh setup.sh && streamlit run app.py', {
      'setup.sh': "mkdir -p ~/.streamlit\nprintf '[server]\\nport = 8080\\n' > ~/.streamlit/config.toml\n",
    }),
    'streamlit, by a file with dots in its keys': project(8080, 'CMD ["streamlit", "run", "app.py"]', {
      '.streamlit/config.toml': 'server.port = 8080\n',
    }),
    'streamlit, whose file .dockerignore leaves out': project(8501, 'CMD ["streamlit", "run", "app.py"]', {
      '.streamlit/config.toml': '[server]\nport = 8000\n',
      '.dockerignore': '.streamlit\n',
    }),
    'a socket file': project(8080, 'CMD ["gunicorn", "app:app", "-b", "unix:/run/app.sock"]'),
    'two addresses, one of them right': project(8080, 'CMD ["gunicorn", "app:app", "-b", ":8000", "-b", ":8080"]'),
    'a proxy in front': project(8080, 'CMD ["sh", "start.sh"]', {
      'start.sh': 'nginx\nexec uvicorn app:app --port 8000\n',
    }),
    'something in the background': project(8080, 'CMD node proxy.js & uvicorn app:app --port 8000'),
    'a service of the system': project(8080, 'CMD service apache start && uvicorn app:app --port 8000'),
    'two servers': project(8080, 'CMD ["sh", "start.sh"]', {
      'start.sh': 'if [ "$DEV" ]; then uvicorn app:app --port 8000; else gunicorn -b :8001 app:app; fi\n',
    }),
    'what an entrypoint of its own makes of the command': project(
      8080,
      'ENTRYPOINT ["/app/run"]\nCMD ["uvicorn", "app:app", "--port", "8000"]',
    ),
    'the port of a second service of the group': project(8080, uvicorn, {
      'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 9000\n[[services]]\n  internal_port = 8000\n',
    }),
    'a service of another group': groups(
      '[http_service]\n  internal_port = 8080\n  processes = ["web"]\n[processes]\n  web = "python web.py"\n  admin = "uvicorn app:app --port 8000"\n',
    ),
    'PORT that differs, which fly-config/env-port tells': project(8080, 'CMD gunicorn app:app -b :$PORT', {
      'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n[env]\n  PORT = 9000\n',
    }),
    'code in a folder that takes the port from PORT': code('const PORT = process.env.PORT || 8080', {
      'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    }),
    'code that sets PORT itself': code('process.env.PORT ??= "8080"\nconst PORT = process.env.PORT || 3000'),
    'code that starts a proxy': code(
      'import {spawn} from "node:child_process"\nspawn("nginx")\nconst PORT = process.env.PORT || 3000',
    ),
    'Python that sets PORT itself': project(8080, 'CMD ["python", "src/main.py"]', {
      'src/main.py':
        'import os\nimport uvicorn\nos.environ["PORT"] = "8080"\nuvicorn.run("app:app", port=int(os.environ.get("PORT", 8000)))\n',
    }),
    'npm with more arguments': project(8080, 'CMD ["npm", "start", "--", "-p", "8080"]', {
      'package.json': '{"scripts": {"start": "next start -p 3000"}}',
    }),
    'a script that sets PORT': project(8080, 'CMD ["npm", "start"]', {
      'package.json': '{"scripts": {"start": "PORT=8080 next start"}}',
    }),
  },
  flagged: {
    'a check of a port on which nothing listens': {
      ...project('8000\n[checks.alive]\n  port = 3000', 'CMD uvicorn main:app --port 8000'),
      expect: [
        'warning fly.toml:5:3 checks.alive.port is 3000, but CMD starts uvicorn on port 8000: the check never passes',
      ],
    },
    'Ktor on another port': {
      ...ktor('embeddedServer(Netty, port = 9090) { module() }.start(wait = true)'),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts java on port 9090'],
    },
    'Ktor with a name for another port': {
      ...ktor(
        'val port = System.getenv("HTTP_PORT")?.toInt() ?: 9090\n    embeddedServer(CIO, port = port, module = Application::module).start(wait = true)',
      ),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts java on port 9090'],
    },
    'Quarkus on another port': {
      ...quarkus('quarkus.http.port=9090\n'),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts java on port 9090'],
    },
    'Micronaut on another port': {
      ...jvm('plugins { id("io.micronaut.application") version "4.4.0" }\n', {
        'src/main/resources/application.yml': 'micronaut:\n  application:\n    name: shop\n  server:\n    port: 9090\n',
      }),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts java on port 9090'],
    },
    'Javalin on another port': {
      ...jvm('implementation("io.javalin:javalin:6.1.0")\n', {
        'src/main/java/Main.java': 'class Main {\n  void main() {\n    Javalin.create().start(7070);\n  }\n}\n',
      }),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts java on port 7070'],
    },
    'another default that a script gives': {
      ...project(8080, 'CMD ["sh", "start.sh"]', {'start.sh': start('export PORT="${PORT:-8000}"')}),
      expect: [says('warning', 8080, 'CMD starts uvicorn on port 8000')],
    },
    'another default that a script gives in passing': {
      ...project(8080, 'CMD ["sh", "start.sh"]', {'start.sh': start(': "${PORT:=8000}"')}),
      expect: [says('warning', 8080, 'CMD starts uvicorn on port 8000')],
    },
    'the bind of gunicorn.conf.py': {
      ...project(8080, 'CMD ["gunicorn", "app:app"]', {'gunicorn.conf.py': 'workers = 2\nbind = "0.0.0.0:8000"\n'}),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts gunicorn on port 8000'],
    },
    'the bind of the file that -c names, with the default of a variable': {
      ...project(8080, 'CMD ["gunicorn", "-c", "conf.py", "app:app"]', {
        'conf.py': 'import os\nbind = "0.0.0.0:" + os.getenv("PORT", "8000")\n',
      }),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts gunicorn on port 8000'],
    },
    'streamlit, by its own file': {
      ...project(8080, 'CMD ["streamlit", "run", "app.py"]', {'.streamlit/config.toml': '[server]\nport = 8502\n'}),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts streamlit run on port 8502'],
    },
    'streamlit, whose file says nothing of it': {
      ...project(8080, 'CMD ["streamlit", "run", "app.py"]', {'.streamlit/config.toml': '[theme]\nbase = "dark"\n'}),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts streamlit run on port 8501'],
    },
    'vite preview, whose own file says nothing of it': {
      ...project(8080, 'CMD ["npx", "vite", "preview", "--host"]', {
        'vite.config.js': 'export default {plugins: []}\n',
      }),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts vite preview on port 4173'],
    },
    'the two ports of Thruster': {
      ...groups(
        '[http_service]\n  internal_port = 8080\n',
        'FROM ruby:3.4-slim\nCMD ["./bin/thrust", "./bin/rails", "server"]\n',
      ),
      expect: [says('warning', 8080, 'CMD starts thrust on port 80 and 3000')],
    },
    'code in a folder, whose default for PORT is another one': {
      ...code(
        'import "dotenv/config" // nginx & Co. are not started here\nconst PORT = process.env.PORT || 3000\nexport const mask = 1 & 3',
      ),
      expect: [says('warning', 8080, 'CMD starts src/index.js on port 3000')],
    },
    'TypeScript that reads another variable of [env]': {
      ...code('const {API_PORT: PORT} = process.env\ntype Both = One & Two', {
        Dockerfile: 'FROM oven/bun:1\nWORKDIR /app\nCOPY . .\nCMD ["bun", "run", "src/index.js"]\n',
        'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n[env]\n  API_PORT = 443\n',
      }),
      expect: [says('warning', 8080, 'CMD starts src/index.js on port 443')],
    },
    'Python in a folder, with a name for the port': {
      ...project(8080, 'CMD ["python", "src/main.py"]', {
        'src/main.py':
          'import os\nimport uvicorn\nfrom dotenv import load_dotenv\nload_dotenv()\nPORT = int(os.environ.get("PORT", 8000))\nuvicorn.run("app:app", host="0.0.0.0", port=PORT)\n',
      }),
      expect: [says('warning', 8080, 'CMD starts src/main.py on port 8000')],
    },
    'a flag in CMD': {
      ...project(8080, uvicorn),
      expect: [says('error', 8080, 'CMD starts uvicorn on port 8000')],
    },
    'in the command of the group': {
      ...groups(
        '[http_service]\n  internal_port = 8080\n  processes = ["web"]\n[processes]\n  web = "uv run --no-dev uvicorn app:app --port=8000"\n  worker = "celery -A app worker"\n',
      ),
      expect: [says('error', 8080, '[processes] web starts uvicorn on port 8000')],
    },
    'of a module that is called service, with an address in its environment': {
      ...project(8080, 'CMD URL="https://shop.dev/?a=1&b=2" uvicorn service.main:app --port 8000 2>&1'),
      expect: [says('error', 8080, 'CMD starts uvicorn on port 8000')],
    },
    'over several lines': {
      ...project(8080, 'CMD ["python", "-m", "uvicorn", \\\n  "app:app", \\\n  "--port", "8000"]'),
      expect: [says('error', 8080, 'CMD starts uvicorn on port 8000')],
    },
    'behind tini, in a script': {
      ...project(8080, 'ENTRYPOINT ["tini", "--"]\nCMD ["sh", "start.sh"]', {
        'start.sh': '#!/bin/sh\nset -e\nalembic upgrade head\nexec gunicorn app:app --workers 2 -b 0.0.0.0:8000\n',
      }),
      expect: [says('error', 8080, 'CMD starts gunicorn on port 8000')],
    },
    'a default that nothing changes': {
      ...project(8080, 'CMD ["daphne", "-b", "0.0.0.0", "shop.asgi:application"]'),
      expect: [says('error', 8080, 'CMD starts daphne on port 8000')],
    },
    'one that a variable may change': {
      ...project(8080, 'CMD ["uvicorn", "app:app", "--host", "0.0.0.0"]'),
      expect: [says('warning', 8080, 'CMD starts uvicorn on port 8000')],
    },
    'the default of a variable': {
      ...project(8080, 'CMD exec gunicorn app:app --bind :${PORT:-8000}'),
      expect: [says('warning', 8080, 'CMD starts gunicorn on port 8000')],
    },
    'behind an entrypoint that hands the command on': {
      ...project(8080, 'ENTRYPOINT ["/app/entry.sh"]\nCMD ["uvicorn", "app:app", "--port", "8000"]', {
        'entry.sh': '#!/bin/sh\nset -e\nexec "$@"\n',
      }),
      expect: [says('warning', 8080, 'CMD starts uvicorn on port 8000')],
    },
    'in package.json': {
      ...project(8080, 'CMD ["npm", "start"]', {'package.json': '{\n  "scripts": {"start": "next start -p 3000"}\n}'}),
      expect: [says('error', 8080, 'CMD starts next start on port 3000')],
    },
    'with two services, either of which another may serve': {
      ...project(8080, uvicorn, {
        'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n[[services]]\n  internal_port = 9000\n',
      }),
      expect: [says('warning', 8080, 'CMD starts uvicorn on port 8000')],
    },
    'a service without internal_port': {
      ...project(8080, uvicorn, {'fly.toml': 'app = "shop"\n[http_service]\n  force_https = true\n'}),
      expect: [
        'error fly.toml:2:2 http_service has no internal_port, so its requests go to port 8080, but CMD starts uvicorn on port 8000',
      ],
    },
    'an image of which nothing is known': {
      files: {
        'fly.toml':
          'app = "shop"\n[http_service]\n  internal_port = 8080\n[build]\n  image = "shop"\n[processes]\n  app = "php -S 0.0.0.0:80"\n',
      },
      expect: [says('warning', 8080, '[processes] app starts php -S on port 80')],
    },
  },
})
