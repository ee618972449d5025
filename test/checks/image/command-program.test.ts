import {execFileSync} from 'node:child_process'
import {expect, it} from 'vitest'
import commandProgram from '../../../checks/image/command-program.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, fly = '', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${fly}`,
    Dockerfile: dockerfile,
    'start.sh': 'exec sleep 9\n',
    'main.py': '',
    ...more,
  },
})
const python = 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n'
const web = (command: string) => `[processes]\nweb = "${command}"\n`

/** A server that `poetry install` brings. */
const poetry = (before = '', command = '["uvicorn", "main:app"]') =>
  project(
    `FROM python:3.13-slim\nWORKDIR /app\nRUN pip install poetry==2.1.1\n${before}COPY pyproject.toml poetry.lock ./\nRUN poetry install --no-root\nCOPY . .\nCMD ${command}\n`,
    '',
    {
      'pyproject.toml':
        '[tool.poetry]\nname = "shop"\nversion = "1"\n\n[tool.poetry.dependencies]\npython = "^3.13"\nuvicorn = "^0.30"\n',
      'poetry.lock': '[[package]]\nname = "uvicorn"\nversion = "0.30.0"\n',
    },
  )

/** A server behind uv, which `uv sync --no-dev` makes the environment for. */
const behindUv = (command: string, dependencies: string, more: Record<string, string> = {}, dev = '', before = '') =>
  project(
    `FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\n${before}ENV UV_PROJECT_ENVIRONMENT=/app/.venv\nWORKDIR /app\nCOPY pyproject.toml uv.lock* ./\nRUN uv sync --no-install-project --no-dev\nCOPY . .\nRUN uv sync --no-dev\nCMD ["sh", "-c", "${command} a:b -w \${WEB_CONCURRENCY:-2}"]\n`,
    '',
    {
      'pyproject.toml': `[project]\nname = "shop"\nversion = "1"\ndependencies = [${dependencies}]\n\n[dependency-groups]\ndev = ["pytest>=8"${dev}]\n`,
      'uv.lock': 'version = 1\n\n[[package]]\nname = "fastapi"\nversion = "0.115.0"\n',
      ...more,
    },
  )

/** A user who installs, in the image of Python; what stands before and behind that. */
const byUser = (before: string, after = '', install = 'pip install gunicorn') =>
  project(
    `FROM python:3.13-slim\nRUN useradd -m app\n${before}WORKDIR /home/app\nRUN ${install}\n${after}CMD ["gunicorn", "main:app"]\n`,
  )

/** A program that another stage builds. */
const built = (target: string, command: string, fly = '', packages = 'ca-certificates') =>
  project(
    `FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o shop .\nFROM alpine:3.20\nRUN apk add --no-cache ${packages}\n${target}\nCMD ${command}\n`,
    fly,
    {'main.go': 'package main\n', 'go.mod': 'module shop\n'},
  )

/** Two programs of one crate, of which the last stage takes some. */
const crate = (copy: string, fly: string, base = 'debian:bookworm-slim') =>
  project(
    `FROM rust:1.90 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM ${base}\nRUN apt-get update && apt-get install -y ca-certificates libssl3\nCOPY --from=build /src/target/release/${copy} /usr/local/bin/\nCMD ["shop"]\n`,
    fly,
    {
      'Cargo.toml':
        '[package]\nname = "shop"\nversion = "1.0.0"\n\n[[bin]]\nname = "shop-worker"\npath = "src/bin/worker.rs"\n',
      'src/main.rs': 'fn main() {}\n',
      'src/bin/worker.rs': 'fn main() {}\n',
    },
  )

const supervisor = (packages: string) =>
  `FROM python:3.13-slim\nRUN apt-get update && apt-get install -y ${packages}\nCOPY supervisord.conf /etc/supervisord.conf\nCMD ["supervisord", "-c", "/etc/supervisord.conf"]\n`
const redis = {'supervisord.conf': '[supervisord]\nnodaemon=true\n[program:redis]\ncommand=redis-server --port 6379\n'}

/** The usual file for Laravel, whose programs are called by their places. */
const laravel = (image: string, command: string, before = 'apt-get update && apt-get install -y supervisor nginx') =>
  project(supervisor('x').replace(/FROM.*\nRUN.*/, `FROM ${image}\nRUN ${before}`), '', {
    'supervisord.conf': `[supervisord]\nnodaemon=true\n[program:web]\ncommand=${command}\n`,
  })
const ondrej =
  'apt-get update && apt-get install -y software-properties-common supervisor curl git && add-apt-repository ppa:ondrej/php -y && apt-get update && apt-get install -y php8.4-fpm php8.4-cli php8.4-gd php8.4-sqlite3'
const composer =
  '\nRUN curl -sS https://getcomposer.org/installer | php -- --install-dir=/usr/local/bin --filename=composer\nRUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash - && apt-get install -y nodejs\nRUN php artisan optimize\nRUN chmod +x /etc/nginx && ln -sf /etc/nginx/sites-available/default /etc/nginx/sites-enabled/default'
/** The script of a project that is written on Windows. */
const fromWindows = (end: string) =>
  project(
    `FROM alpine:3.20\nARG V=8.2\nCOPY start.sh /entry\nCOPY main.py /etc/x/\${V}/\nRUN sed -i 's/${end}' /entry && chmod +x /entry\nENTRYPOINT ["/entry"]\n`,
    '',
    {'start.sh': '#!/bin/sh\nset -e\nexec bash run\n'},
  )

const behindLogin = (shell: string, base = 'python:3.12-slim') =>
  `FROM ${base}\nRUN python -m venv /opt/venv && /opt/venv/bin/pip install uvicorn\nENV PATH="/opt/venv/bin:$PATH"\nCMD ["${shell}", "-lc", "exec uvicorn a:b"]\n`

const xvfb = (install: string) =>
  `FROM node:22-bookworm-slim\nRUN apt-get update && ${install}\nWORKDIR /app\nCMD ["xvfb-run", "-a", "node", "a.js"]\n`

const rails = (command: string, entrypoint = '') =>
  project(`FROM ruby:3.4-slim\nWORKDIR /rails\nCOPY . .\n${entrypoint}CMD ["./bin/thrust", ${command}]\n`, '', {
    'bin/docker-entrypoint': '#!/bin/bash -e\nexec "${@}"\n',
    'bin/thrust': '',
  })

const pools = {'supervisord.conf': '[supervisord]\nnodaemon=true\n[program:php]\ncommand=php-fpm -F\n'}
const fpm = (image: string, packages = 'supervisor nginx') =>
  project(supervisor(packages).replace('python:3.13-slim', image), '', pools)

/** A server that pip installs in the stage before. */
const behindPip = (copies: string, where = '') =>
  project(
    `FROM python:3.13-slim AS build\nCOPY requirements.txt ./\nRUN pip install ${where}-r requirements.txt\nFROM python:3.13-slim\nWORKDIR /app\n${copies}COPY main.py ./\nCMD ["uvicorn", "main:app"]\n`,
    '',
    {'requirements.txt': 'fastapi==0.115.0\nuvicorn==0.34.0\n', 'setup.sh': 'true\n'},
  )
const sitePackages = '/usr/local/lib/python3.13/site-packages'

const node = (more: string, command: string, files: Record<string, string> = {}) =>
  project(`FROM node:22-slim\nWORKDIR /app\n${more}COPY . .\nRUN npm ci\nCMD ${command}\n`, '', {
    'package.json': '{"scripts": {"start": "tsx main.ts"}, "dependencies": {"tsx": "^4"}}',
    ...files,
  })

/** A script that the image starts, and a program that is copied to /app. */
const beside = (script: string) =>
  project(
    'FROM litestream/litestream:0.3.13 AS tools\nFROM alpine:3.20\nRUN apk add --no-cache bash\nCOPY --from=tools /usr/local/bin/litestream /app/litestream\nCOPY start.sh /app/\nWORKDIR /app\nCMD ["bash", "/app/start.sh"]\n',
    '',
    {'start.sh': `#!/bin/bash\nset -e\n${script}exec /bin/sleep 1\n`},
  )

/** An image for each app, which a workflow builds elsewhere and hands to flyctl. */
const readyImage = (last: string) =>
  project(
    `FROM node:22-alpine AS api\nWORKDIR /app\nCOPY . .\nCMD ["node", "main.js"]\nFROM nginx:alpine AS ${last}\nCOPY . .\n`,
    web('node main.js'),
    {
      '.github/workflows/cd.yml':
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: docker/bake-action@v6\n        with:\n          targets: api\n          push: true\n      - run: flyctl deploy --image registry.fly.io/shop:1\n',
    },
  )

testCheck(commandProgram, {
  clean: {
    'a program beside PATH that a script calls by its place': beside('/app/litestream version\n'),
    'a program beside PATH that a script asks for first': beside(
      'if command -v litestream >/dev/null; then litestream version; fi\n',
    ),
    'a function of the script': beside('litestream() {\n  echo none\n}\nlitestream version\n'),
    'a program beside PATH, to which the script adds its folder': beside(
      'export PATH="$PATH:/app"\nlitestream version\n',
    ),
    'a server that nothing installs: told by python/command-package': project(
      `${python}RUN pip install -r requirements.txt\nCMD ["gunicorn", "a:b"]\n`,
      '',
      {'requirements.txt': 'flask\n'},
    ),
    'Poetry, told to make no environment': poetry('RUN poetry config virtualenvs.create false\n'),
    'Poetry, told so by a variable': poetry('ENV POETRY_VIRTUALENVS_CREATE=false\n'),
    'Poetry, in an environment that is active': poetry(
      'RUN python -m venv /venv\nENV VIRTUAL_ENV=/venv PATH="/venv/bin:$PATH"\n',
    ),
    'poetry run': poetry('', '["poetry", "run", "uvicorn", "main:app"]'),
    'the programs of a home, which PATH names': byUser('USER app\n', 'ENV PATH="/home/app/.local/bin:$PATH"\n'),
    'root installs, and then another user starts': byUser('', 'USER app\n'),
    'a user to whom the folders of Python were given': byUser('RUN chown -R app /usr/local\nUSER app\n'),
    'settings of pip may name another folder': byUser('COPY pip.conf /etc/\nUSER app\n'),
    'a RUN links it into the folder of the system': byUser(
      'USER app\n',
      'USER root\nRUN ln -s /home/app/.local/bin/gunicorn /usr/local/bin/\nUSER app\n',
    ),
    'sudo installs': byUser('USER app\n', '', 'sudo pip install gunicorn'),
    'root had installed it before': byUser('RUN pip install gunicorn\nUSER app\n'),
    'a user of another image': project(
      'FROM ghcr.io/shop/python:3\nUSER app\nRUN pip install gunicorn\nCMD ["gunicorn", "main:app"]\n',
    ),
    'the home of root, which PATH names': byUser(
      '',
      'ENV PATH=/root/.local/bin:$PATH\n',
      'pip install --user gunicorn',
    ),
    'a program of pip with its folder': behindPip('COPY --from=build /usr/local /usr/local\n'),
    'a program of pip by itself': behindPip('COPY --from=build /usr/local/bin/uvicorn /usr/local/bin/\n'),
    'a program of pip in a folder that PATH names': behindPip(
      'COPY --from=build /root/.local /root/.local\nENV PATH=/root/.local/bin:$PATH\n',
      '--user ',
    ),
    'a program of pip in another prefix': behindPip('COPY --from=build /install /usr/local\n', '--prefix=/install '),
    'a program of pip that the last stage installs': behindPip('RUN pip install uvicorn\n'),
    'a program of pip that a script installs': project(
      'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["sh", "start.sh"]\n',
      '',
      {'start.sh': 'pip install -r requirements.txt\nexec uvicorn main:app\n'},
    ),
    'a program of pip that another RUN may install': behindPip('COPY setup.sh ./\nRUN ./setup.sh\n'),
    'a program of packages that npm installs for all': node('RUN npm install -g tsx\n', '["tsx", "main.ts"]'),
    'a program of packages by the name of another': node('RUN npm install -g pm2\n', '["pm2-runtime", "main.js"]'),
    'a program of packages that npx finds': node('', '["npx", "tsx", "main.ts"]'),
    'a program of packages that a script of package.json starts': node('', '["npm", "start"]'),
    'a program of packages on PATH': node('ENV PATH=/app/node_modules/.bin:$PATH\n', '["tsx", "main.ts"]'),
    'a file that is called as a program of packages': node('', '["serve"]', {'serve.js': ''}),
    'a place that COPY fills with a pattern': built('COPY --from=build /src/sh* ./', '["./shop"]'),
    'a place below a folder that COPY fills': built('COPY --from=build /src /srv', '["/srv/bin/shop"]'),
    'a place that is the target of COPY': built('COPY --from=build /src/shop /server', '["/server"]'),
    'a place in a folder that COPY makes a file of': built(
      'WORKDIR /srv\nWORKDIR /\nCOPY --from=build /src/shop /srv',
      '["/srv/shop"]',
    ),
    'a place that ADD fills': built('ADD https://example.com/shop /srv/', '["/srv/shop"]'),
    'a place that a RUN may fill': built('RUN wget -O /srv/shop https://example.com/shop', '["/srv/shop"]'),
    'a place on a volume': built('', '["/data/shop"]', '[mounts]\nsource = "data"\ndestination = "/data"\n'),
    'a place that a base may have': project('FROM gcr.io/distroless/base:debug\nCMD ["/busybox/ls"]\n'),
    'a place of a base that nobody knows': project('FROM ghcr.io/acme/base\nCMD ["/srv/shop"]\n'),
    'a place that the start fills': project('FROM alpine:3.20\nCOPY start.sh /\nCMD ["sh", "/start.sh"]\n', '', {
      'start.sh': 'wget -O server https://example.com/server\nexec ./server\n',
    }),
    'what go build writes': project(
      'FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build -o shop .\nCMD ["./shop"]\n',
      '',
      {'main.go': 'package main\n', 'go.mod': 'module shop\n'},
    ),
    'what go build calls as the module': project(
      'FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build\nCMD ["./shop"]\n',
      '',
      {'main.go': 'package main\n', 'go.mod': 'module shop\n'},
    ),
    'a program that is copied into a folder of PATH': built('COPY --from=build /src/shop /usr/local/bin/', '["shop"]'),
    '… that PATH names': built('WORKDIR /app\nENV PATH=/app:$PATH\nCOPY --from=build /src/shop .', '["shop"]'),
    'a program that is started by its place': built('COPY --from=build /src/shop .', '["./shop"]'),
    'a program that a package may bring': built('COPY --from=build /src/shop .', '["shop"]', '', 'shop-server'),
    'a folder that has the name of a program': project(
      'FROM alpine:3.20\nRUN apk add --no-cache mosquitto\nCOPY mosquitto /etc/mosquitto\nCMD ["mosquitto"]\n',
      '',
      {'mosquitto/mosquitto.conf': ''},
    ),
    'a program of the system': project('FROM alpine:3.20\nCOPY sleep /data/\nCMD ["sleep", "9"]\n', '', {sleep: ''}),
    'a program that Bundler brings': project(
      'FROM ruby:3.3-slim\nWORKDIR /rails\nCOPY . .\nRUN bundle install\nCMD ["rails", "server"]\n',
      '',
      {'bin/rails': '', Gemfile: 'gem "rails"\n'},
    ),
    'a program that a RUN may install': built(
      'WORKDIR /app\nCOPY --from=build /src/shop .\nRUN ./shop setup',
      '["shop"]',
    ),
    'a program that is linked into PATH': built(
      'WORKDIR /app\nCOPY --from=build /src/shop .\nRUN ln -s /app/shop /usr/bin/shop',
      '["shop"]',
    ),
    'uv has the server': behindUv('uv run gunicorn', '"fastapi", "gunicorn>=23"'),
    'uv has the server by its extra': behindUv('uv run uvicorn', '"fastapi[standard]"'),
    'uv brings the server at the start': behindUv('uv run gunicorn', '"fastapi"', {}, ', "gunicorn"'),
    'uv brings the server with the command': behindUv('uv run --with gunicorn gunicorn', '"fastapi"'),
    'another package locks the server': behindUv('uv run gunicorn', '"fastapi", "shop-server"', {
      'uv.lock': 'version = 1\n\n[[package]]\nname = "gunicorn"\nversion = "23.0.0"\n',
    }),
    'uv of a project without a lock file': project(
      'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync --no-dev\nCMD ["uv", "run", "uvicorn", "a:b"]\n',
      '',
      {'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\ndependencies = ["python-fasthtml"]\n'},
    ),
    'uv finds the server of the system': behindUv(
      'uv run gunicorn',
      '"fastapi"',
      {},
      '',
      'RUN apt-get update && apt-get install -y gunicorn\n',
    ),
    'uv finds the server that pip installed': behindUv(
      'uv run gunicorn',
      '"fastapi"',
      {},
      '',
      'RUN pip install gunicorn\n',
    ),
    'uv finds a tool of its own': behindUv('uv run gunicorn', '"fastapi"', {}, '', 'RUN uv tool install gunicorn\n'),
    'uv finds what a script installs': behindUv(
      'uv run gunicorn',
      '"fastapi"',
      {'setup.sh': 'pip install gunicorn\n'},
      '',
      'COPY setup.sh /\nRUN sh /setup.sh\n',
    ),
    'uv runs a file': behindUv('uv run main.py', '"fastapi"'),
    'PHP-FPM in its image': fpm('php:8.3-fpm'),
    'PHP-FPM of a release': fpm('php:8.3.14-fpm-bookworm'),
    'options for ENTRYPOINT': project(
      'FROM alpine:3.20\nCOPY main.py /app/\nENTRYPOINT ["/app/main.py"]\nCMD ["-p", "8080"]\n',
      web('-p 8081'),
    ),
    'options that the base image has a program for': project('FROM node:22\nCMD ["--version"]\n'),
    'a program of Cargo that COPY brings': crate('shop /src/target/release/shop-worker', web('shop-worker')),
    '… with all that Cargo builds': crate('', '[processes]\nworker = "shop-worker"\n'),
    '… on a base that is not known': crate('shop', '[processes]\nworker = "shop-worker"\n', 'shop/base'),
    'PHP where its image has it': laravel('php:8.3-cli', '/usr/local/bin/php artisan queue:work'),
    '… where a RUN links it': laravel(
      'php:8.3-cli',
      '/usr/bin/php artisan queue:work',
      'apt-get update && apt-get install -y supervisor && ln -s /usr/local/bin/php /usr/bin/php',
    ),
    '… where the distribution has another one': laravel(
      'php:8.3-cli',
      '/usr/bin/php artisan queue:work',
      'apt-get update && apt-get install -y supervisor php-cli',
    ),
    'Python of Debian, in the full image': project('FROM python:3.13\nCOPY . .\nCMD ["/usr/bin/python3", "main.py"]\n'),
    'PHP-FPM of a version that a package brings': laravel('php:8.3-cli', '/usr/sbin/php-fpm8.2 -F', ondrej),
    'nginx of the list of a script that is fetched': laravel(
      'ubuntu:22.04',
      'nginx',
      `${ondrej} && curl -fsSL https://shop.example/setup.sh | bash`,
    ),
    'a script that a RUN changes': fromWindows('bash/sh/'),
    'PHP-FPM that a package brings': fpm('debian:12', 'supervisor php8.2-fpm'),
    'PHP-FPM in an image of somebody': fpm('shop/php:8.3'),
    'PHP-FPM on Alpine': project(
      'FROM php:8.3-fpm-alpine\nRUN apk add --no-cache nginx\nCOPY start.sh .\nCMD ["sh", "start.sh"]\n',
      '',
      {'start.sh': 'php-fpm -D\nnginx -g "daemon off;"\n'},
    ),
    'Apache in its image': project('FROM php:8.3-apache\nCMD ["apache2-foreground"]\n'),
    'servers beside the app that a branch asks for, or that the image has': project(
      'FROM python:3.13-slim\nRUN apt-get update && apt-get install -y redis-server\nCOPY . .\nCMD ["sh", "start.sh"]\n',
      '',
      {
        'start.sh':
          'redis-server --daemonize yes\nif [ -n "$NGINX" ]; then nginx; fi\ncommand -v cron && cron\ncrond || true\npython main.py\n',
      },
    ),
    'a script that goes over to another program before, or has a function of that name': project(
      `${python}CMD ["sh", "start.sh"]\n`,
      '',
      {
        'start.sh':
          'redis-server() {\n  echo none\n}\nredis-server\ncommand -v nginx > /dev/null || exec python main.py\nnginx -g "daemon off;"\n',
      },
    ),
    'a script that installs what it starts': project(`${python}CMD ["sh", "start.sh"]\n`, '', {
      'start.sh': 'apt-get update && apt-get install -y redis-server\nredis-server --daemonize yes\npython main.py\n',
    }),
    'Thruster, and options for what it starts': rails('"./bin/rails", "server", "-p", "3000"'),
    'xvfb with what it recommends': project(xvfb('apt-get install -y xvfb')),
    'xvfb and xauth': project(xvfb('apt-get install -y --no-install-recommends xvfb xauth')),
    'xvfb and another program that needs xauth': project(
      xvfb('apt-get install -y --no-install-recommends xvfb x11-apps'),
    ),
    'xvfb by itself': project(
      xvfb('apt-get install -y --no-install-recommends xvfb').replace('"xvfb-run", "-a", ', ''),
    ),
    'xvfb of Alpine': project(
      'FROM node:22-alpine\nRUN apk add --no-cache xvfb-run\nCMD ["xvfb-run", "node", "a.js"]\n',
    ),
    'a program of supervisord that a package brings': project(supervisor('supervisor redis-server'), '', redis),
    'a program of supervisord that lines of Python may install': project(
      supervisor('supervisor\nRUN python -c "import subprocess; subprocess.run([...])"'),
      '',
      redis,
    ),
    'a program of supervisord that is not started by itself': project(supervisor('supervisor'), '', {
      'supervisord.conf': `${redis['supervisord.conf']}autostart=false\n`,
    }),
    'bash on Debian': project('FROM node:22-slim\nCOPY start.sh .\nCMD ["bash", "start.sh"]\n'),
    'bash on Alpine, installed': project(
      'FROM node:22-alpine\nRUN apk add --no-cache bash\nCMD ["bash", "start.sh"]\n',
    ),
    'an environment that COPY lays in another place': project(
      'FROM python:3.13 AS build\nRUN python -m venv /build/venv && /build/venv/bin/pip install gunicorn\nFROM python:3.13-slim\nCOPY --from=build /build/venv /opt/venv\nRUN ln -s /opt /build\nENV PATH=/opt/venv/bin:$PATH\nCMD ["gunicorn", "main:app"]\n',
    ),
    'a package that may need bash': project('FROM node:22-alpine\nRUN apk add aws-cli\nCMD ["bash", "start.sh"]\n'),
    'a base image that may have it': project('FROM shop/base\nCMD ["bash", "start.sh"]\n'),
    'a program of the project': project('FROM scratch\nCOPY server /server\nCMD ["/server"]\n', '', {server: ''}),
    'a shell that is not in the last stage alone': project(
      'FROM golang:1.24 AS build\nRUN go build -o /server\nFROM scratch\nCOPY --from=build /server /server\nCMD ["/server"]\n',
    ),
    'uv, copied': project(
      `${python}COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/\nCMD ["uv", "run", "app.py"]\n`,
    ),
    'uv, installed': project(`${python}RUN pip install uv\nCMD ["uv", "run", "app.py"]\n`),
    'uv, perhaps a requirement': project(
      `${python}RUN pip install -r requirements.txt\nCMD ["uv", "run", "app.py"]\n`,
      '',
      {
        'requirements.txt': 'uv\n',
      },
    ),
    'yarn, which came with node': project('FROM node:22-slim\nCMD ["yarn", "start"]\n'),
    'pnpm, by corepack': project('FROM node:22-slim\nRUN corepack enable\nCMD ["pnpm", "start"]\n'),
    'the script of an image of node': project(
      'FROM gcr.io/distroless/nodejs22-debian12\nCOPY . .\nCMD ["server.js"]\n',
    ),
    'a program that a fetched installer may bring': project(
      'FROM debian:bookworm-slim\nRUN curl -L https://example.com/install | sh\nCMD ["psql"]\n',
    ),
    'whichever way it is fetched': project(
      'FROM debian:bookworm-slim\nRUN bash -c "$(curl -L https://example.com/setup)"\nCMD ["psql"]\n',
    ),
    'psql of a package': project(
      'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y postgresql-client\nCMD ["psql"]\n',
    ),
    'the word of the shell, in a shell': project(`${python}CMD cd src && python main.py\n`),
    'a command that ENTRYPOINT gets as arguments': project(
      'FROM alpine:3.22\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\nCMD ["bash"]\n',
    ),
    'a server that is installed': project(
      `${python}RUN pip install -r requirements.txt\nCMD ["gunicorn", "a:b"]\n`,
      '',
      {
        'requirements.txt': 'flask\ngunicorn==23.0.0\n',
      },
    ),
    'a server that a package brings': project(`${python}RUN pip install fastapi[standard]\nCMD ["uvicorn", "a:b"]\n`),
    'a server that the lock file has': project(`${python}RUN pip install shop-web\nCMD ["uvicorn", "a:b"]\n`, '', {
      'uv.lock': '[[package]]\nname = "uvicorn"\n',
    }),
    'an environment on PATH': project(
      'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync\nENV PATH="/app/.venv/bin:$PATH"\nCMD ["uvicorn", "a:b"]\n',
      '',
      {'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\ndependencies = ["uvicorn"]\n'},
    ),
    'a login shell of an image without a PATH of its own': project(
      `${python}RUN pip install uvicorn\nCMD ["sh", "-lc", "exec uvicorn a:b"]\n`,
    ),
    'a login shell of Alpine, which adds to PATH': project(behindLogin('sh', 'python:3.12-alpine')),
    'a profile that names the folder': project(
      'FROM debian:bookworm-slim\nWORKDIR /app\nCOPY serve /app/\nCOPY path.sh /etc/profile.d/\nCMD ["bash", "-lc", "serve"]\n',
      '',
      {serve: '', 'path.sh': 'export PATH=$PATH:/app\n'},
    ),
    'a login shell whose profile is written': project(
      behindLogin('bash').replace('ENV PATH', "RUN echo 'PATH=/opt/venv/bin:$PATH' > /etc/profile.d/venv.sh\nENV PATH"),
    ),
    'a login shell, and the program by its path': project(
      behindLogin('bash').replace('exec uvicorn', 'exec /opt/venv/bin/uvicorn'),
    ),
    'a login shell that installed it, too': project(
      'FROM python:3.12-slim\nRUN python -m venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\nSHELL ["bash", "-lc"]\nRUN pip install uvicorn\nCMD uvicorn a:b\n',
    ),
    'a RUN with a login shell installed it': project(
      'FROM python:3.12-slim\nRUN python -m venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\nRUN bash -lc "pip install uvicorn"\nCMD ["bash", "-lc", "uvicorn a:b"]\n',
    ),
    'a login shell that looks for it first': project(
      behindLogin('bash').replace('exec uvicorn a:b', 'command -v uvicorn && uvicorn a:b || /opt/venv/bin/uvicorn a:b'),
    ),
    'a shell that is none of a login': project(behindLogin('bash').replace('-lc', '-c')),
  },
  flagged: {
    'a ready image, and no stage but the last is more than a help': {
      ...project(
        'FROM node:22-alpine AS build\nWORKDIR /app\nCOPY . .\nFROM build AS test\nRUN npm test\nFROM nginx:alpine\nCOPY --from=build /app .\n',
        web('node main.js'),
        {
          '.github/workflows/cd.yml':
            'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: flyctl deploy --image registry.fly.io/shop:1\n',
        },
      ),
      expect: ['warning fly.toml:3:1 [processes] web starts node, but neither nginx:alpine nor a RUN brings it'],
    },
    'a place that is a folder of every base, into which COPY lays the program': {
      ...built('COPY --from=build /src/shop /srv', '["/srv"]'),
      expect: ['error Dockerfile:8:1 CMD starts /srv, and nothing brings a program to /srv in the image'],
    },
    'an environment that Poetry makes for itself': {
      ...poetry(),
      expect: [
        'error Dockerfile:7:1 CMD starts uvicorn, which is in ~/.cache/pypoetry/virtualenvs/…/bin, and PATH does not name that folder',
      ],
    },
    'a program of supervisord behind RUNs that bring none': {
      ...project(
        supervisor(
          'supervisor\nRUN git config --global url."https://${TOKEN}@github.com/".insteadOf "https://github.com/"\nRUN python -c "import nltk; nltk.download(\'punkt\')"',
        ),
        '',
        redis,
      ),
      expect: [
        'warning supervisord.conf:4:1 CMD comes to redis-server, but neither python:3.13-slim nor a RUN brings it',
      ],
    },
    'a user other than root installs into a home that PATH does not name': {
      ...byUser('RUN pip install --upgrade pip\nUSER app\n'),
      expect: [
        'error Dockerfile:7:1 CMD starts gunicorn, which is in /home/app/.local/bin, and PATH does not name that folder',
      ],
    },
    'root installs into the home of root': {
      ...byUser('', '', 'pip install --user gunicorn'),
      expect: [
        'error Dockerfile:5:1 CMD starts gunicorn, which is in /root/.local/bin, and PATH does not name that folder',
      ],
    },
    'a home that is copied': {
      ...project(
        'FROM python:3.13 AS build\nRUN pip install --user gunicorn\nFROM python:3.13-slim\nCOPY --from=build /root/.local /srv/.local\nCMD ["gunicorn", "main:app"]\n',
      ),
      expect: [
        'error Dockerfile:5:1 CMD starts gunicorn, which is in /srv/.local/bin, and PATH does not name that folder',
      ],
    },
    'a program of pip that stays behind its packages': {
      ...behindPip(`COPY --from=build ${sitePackages} ${sitePackages}\n`),
      expect: [
        'error Dockerfile:8:1 CMD starts uvicorn, which the stage build has in /usr/local/bin: no COPY brings that folder into the last stage',
      ],
    },
    'a program of pip in a folder that PATH does not name': {
      ...behindPip('COPY --from=build /root/.local /root/.local\n', '--user '),
      expect: [
        'error Dockerfile:8:1 CMD starts uvicorn, which is in /root/.local/bin, and PATH does not name that folder',
      ],
    },
    'a program of pip that nothing installs': {
      ...project('FROM python:3.13-slim\nCOPY main.py ./\nCMD ["uvicorn", "main:app"]\n'),
      expect: ['error Dockerfile:3:1 CMD starts uvicorn, but neither python:3.13-slim nor a RUN brings it'],
    },
    'a program of packages': {
      ...node('', '["tsx", "main.ts"]'),
      expect: [
        'error Dockerfile:5:1 CMD starts tsx, which packages have in node_modules/.bin, and PATH does not name that folder',
      ],
    },
    'a program of packages, by the shell': {
      ...node('', 'tsx main.ts', {'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "prisma migrate deploy"\n'}),
      expect: [
        'error Dockerfile:5:1 CMD comes to tsx, which packages have in node_modules/.bin, and PATH does not name that folder',
        'error fly.toml:3:1 release_command starts prisma, which packages have in node_modules/.bin, and PATH does not name that folder',
      ],
    },
    'a place that nothing fills': {
      ...built('', '["./shop"]'),
      expect: ['error Dockerfile:8:1 CMD starts ./shop, and nothing brings a program to /shop in the image'],
    },
    'a program of another name': {
      ...built('WORKDIR /app\nCOPY --from=build /src/shop .', '["./server"]'),
      expect: ['error Dockerfile:9:1 CMD starts ./server, and nothing brings a program to /app/server in the image'],
    },
    'a program in another folder': {
      ...built('COPY --from=build /src/shop /usr/local/bin/shop', '["/shop"]'),
      expect: ['error Dockerfile:8:1 CMD starts /shop, and nothing brings a program to /shop in the image'],
    },
    'a place that Litestream starts': {
      ...built(
        'WORKDIR /app\nCOPY --from=build /src/shop .\nCOPY --from=litestream/litestream:0.3 /usr/local/bin/litestream /usr/local/bin/',
        '["litestream", "replicate", "-config", "/etc/litestream.yml", "-exec", "./server -port 8080"]',
      ),
      expect: ['error Dockerfile:10:1 CMD starts ./server, and nothing brings a program to /app/server in the image'],
    },
    'a place that a script starts': {
      ...project('FROM alpine:3.20\nCOPY start.sh /\nCMD ["sh", "/start.sh"]\n', '', {'start.sh': 'exec ./server\n'}),
      expect: ['warning start.sh:1:1 CMD starts ./server, and nothing brings a program to /server in the image'],
    },
    'another one than go build writes': {
      ...project('FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build -o shop .\nCMD ["./server"]\n', '', {
        'main.go': 'package main\n',
        'go.mod': 'module shop\n',
      }),
      expect: ['warning Dockerfile:5:1 CMD starts ./server, and nothing brings a program to /src/server in the image'],
    },
    'a program beside PATH': {
      ...built('COPY --from=build /src/shop .', '["./shop"]', '[deploy]\nrelease_command = "shop migrate"\n'),
      expect: [
        'error fly.toml:3:1 release_command starts shop, which is /shop in the image: PATH does not name that folder',
      ],
    },
    '… that CMD names': {
      ...built('WORKDIR /app\nCOPY --from=build /src/shop .', '["shop"]'),
      expect: ['error Dockerfile:9:1 CMD starts shop, which is /app/shop in the image: PATH does not name that folder'],
    },
    '… of the project': {
      ...project('FROM debian:bookworm-slim\nWORKDIR /app\nCOPY serve /app/\nCMD serve\n', '', {serve: ''}),
      expect: [
        'error Dockerfile:4:1 CMD comes to serve, which is /app/serve in the image: PATH does not name that folder',
      ],
    },
    'a program beside PATH, in a branch of a script': {
      ...beside('if [ -n "$BUCKET" ]; then\n  litestream version\nfi\n'),
      expect: [
        'warning start.sh:4:3 CMD comes to litestream, which is /app/litestream in the image: PATH does not name that folder',
      ],
    },
    'an option for Thruster': {
      ...rails('"-p", "8080", "./bin/rails", "server"'),
      expect: ['error Dockerfile:4:1 CMD gives thrust -p, and thrust has no options: it takes -p for the program'],
    },
    'an option for Thruster, behind an entrypoint': {
      ...rails('"--port", "8080", "./bin/rails", "server"', 'ENTRYPOINT ["/rails/bin/docker-entrypoint"]\n'),
      expect: [
        'error Dockerfile:5:1 CMD gives thrust --port, and thrust has no options: it takes --port for the program',
      ],
    },
    'servers beside the app': {
      ...project(`${python}CMD ["sh", "start.sh"]\n`, '', {
        'start.sh': 'redis-server --daemonize yes\nnginx &\npython main.py\n',
      }),
      expect: [
        'warning start.sh:1:1 CMD comes to redis-server, but neither python:3.13-slim nor a RUN brings it',
        'warning start.sh:2:1 CMD comes to nginx, but neither python:3.13-slim nor a RUN brings it',
      ],
    },
    'xvfb-run without xauth': {
      ...project(xvfb('apt-get install -y --no-install-recommends \\\n  libgl1 xvfb')),
      expect: ['error Dockerfile:5:1 CMD comes to xauth, but neither node:22-bookworm-slim nor a RUN brings it'],
    },
    'options without a program': {
      ...project('FROM alpine:3.20\nCMD ["sh"]\n', '[experimental]\ncmd = ["-config", "/app"]\n'),
      expect: ['error fly.toml:3:1 CMD begins with -config, which is no program: no ENTRYPOINT stands before it'],
    },
    'the name of a Go module, which the build calls otherwise': {
      ...project(
        'FROM golang:1.25-bookworm AS builder\nWORKDIR /src\nCOPY . .\nRUN go build -o /run-app .\nFROM debian:bookworm\nRUN apt-get update && apt-get install -y ca-certificates\nCOPY --from=builder /run-app /usr/local/bin/\nCMD ["shop"]\n',
        '',
        {'go.mod': 'module github.com/acme/shop/v2\n', 'main.go': 'package main\n'},
      ),
      expect: [
        'error Dockerfile:8:1 CMD starts shop, a program of the project, but no COPY brings one of that name to the last stage',
      ],
    },
    'a program of Cargo that no COPY brings': {
      ...crate('shop', web('shop-worker')),
      expect: [
        'error fly.toml:3:1 [processes] web starts shop-worker, a program of the project, but no COPY brings one of that name to the last stage',
      ],
    },
    'PHP where its image does not have it': {
      ...laravel('php:8.3-cli', '/usr/bin/php artisan queue:work'),
      expect: ['warning supervisord.conf:4:1 CMD comes to /usr/bin/php, but php:8.3-cli has it as /usr/local/bin/php'],
    },
    'Node.js where its image does not have it': {
      ...project('FROM node:22-slim\nCOPY . .\nCMD ["/usr/bin/node", "main.js"]\n'),
      expect: ['error Dockerfile:3:1 CMD starts /usr/bin/node, but node:22-slim has it as /usr/local/bin/node'],
    },
    'PHP-FPM of Alpine where its package is not': {
      ...laravel('php:8.3-fpm-alpine', '/usr/sbin/php-fpm83 -F', 'apk add --no-cache supervisor php83-gd php83-curl'),
      expect: [
        'warning supervisord.conf:4:1 CMD comes to php-fpm83, but neither php:8.3-fpm-alpine nor a RUN brings it',
      ],
    },
    'nginx beside PHP of another list, Composer and Node.js': {
      ...laravel('ubuntu:22.04', 'nginx', `${ondrej}${composer}`),
      expect: ['warning supervisord.conf:4:1 CMD comes to nginx, but neither ubuntu:22.04 nor a RUN brings it'],
    },
    'a script whose ends of lines alone change': {
      ...fromWindows('\\r$//'),
      expect: ['error start.sh:3:1 ENTRYPOINT comes to bash, but neither alpine:3.20 nor a RUN brings it'],
    },
    'PHP-FPM where PHP is for the command line': {
      ...fpm('php:8.3-cli'),
      expect: ['warning supervisord.conf:4:1 CMD comes to php-fpm, but neither php:8.3-cli nor a RUN brings it'],
    },
    'a program of a file that supervisord includes': {
      ...project(
        `FROM php:8.3-cli\nRUN apt-get update && apt-get install -y supervisor nginx\nCOPY supervisord.conf /etc/supervisor/conf.d/\nCMD ["/usr/bin/supervisord", "-n"]\n`,
        '',
        pools,
      ),
      expect: ['warning supervisord.conf:4:1 CMD comes to php-fpm, but neither php:8.3-cli nor a RUN brings it'],
    },
    'PHP-FPM of a script, in the image with Apache': {
      ...project('FROM php:8.3-apache\nCOPY start.sh .\nCMD ["sh", "start.sh"]\n', '', {
        'start.sh': '#!/bin/sh\nset -e\nphp-fpm -D\nexec apache2-foreground\n',
      }),
      expect: ['error start.sh:3:1 CMD comes to php-fpm, but neither php:8.3-apache nor a RUN brings it'],
    },
    'Apache where there is none': {
      ...project('FROM php:8.3\nCOPY . .\nCMD ["apache2-foreground"]\n'),
      expect: ['error Dockerfile:3:1 CMD starts apache2-foreground, but neither php:8.3 nor a RUN brings it'],
    },
    'a program of supervisord': {
      ...project(supervisor('supervisor'), '', redis),
      expect: [
        'warning supervisord.conf:4:1 CMD comes to redis-server, but neither python:3.13-slim nor a RUN brings it',
      ],
    },
    'a login shell takes the environment from PATH': {
      ...project(behindLogin('bash')),
      expect: [
        "error Dockerfile:4:1 CMD comes to uvicorn in a login shell, which takes PATH from /etc/profile: /opt/venv/bin of the image's PATH is not in it",
      ],
    },
    'the migrations in one, too': {
      ...project(
        'FROM python:3.12-slim\nRUN python -m venv /opt/venv && /opt/venv/bin/pip install alembic\nENV PATH="/opt/venv/bin:$PATH"\nCMD ["/opt/venv/bin/python", "main.py"]\n',
        '[deploy]\nrelease_command = "sh -lc \'alembic upgrade head\'"\n',
      ),
      expect: [
        "error fly.toml:3:1 release_command comes to alembic in a login shell, which takes PATH from /etc/profile: /opt/venv/bin of the image's PATH is not in it",
      ],
    },
    'mix beside a release': {
      ...project('FROM debian:bookworm-slim\nCOPY . .\n', '[deploy]\nrelease_command = "mix ecto.migrate"\n'),
      expect: ['error fly.toml:3:1 release_command starts mix, but neither debian:bookworm-slim nor a RUN brings it'],
    },
    'bash on Alpine': {
      ...project('FROM node:22-alpine\nRUN apk add --no-cache tzdata\nCMD ["bash", "start.sh"]\n'),
      expect: ['error Dockerfile:3:1 CMD starts bash, but neither node:22-alpine nor a RUN brings it'],
    },
    'bash by its place, in a process group': {
      ...project('FROM python:3.13-alpine\nCOPY start.sh .\n', web('/bin/bash start.sh')),
      expect: ['error fly.toml:3:1 [processes] web starts bash, but neither python:3.13-alpine nor a RUN brings it'],
    },
    'the shell form without a shell': {
      ...project('FROM gcr.io/distroless/static-debian12\nCOPY server /server\nCMD /server\n', '', {server: ''}),
      expect: ['error Dockerfile:3:1 CMD starts sh, but neither gcr.io/distroless/static-debian12 nor a RUN brings it'],
    },
    'a release command in a shell without one': {
      ...project(
        'FROM scratch\nCOPY server /server\nCMD ["/server"]\n',
        '[deploy]\nrelease_command = "sh -c \'/server migrate\'"\n',
        {
          server: '',
        },
      ),
      expect: ['error fly.toml:3:1 release_command starts sh, but neither scratch nor a RUN brings it'],
    },
    'an interpreter that stands before the command already': {
      ...project('FROM gcr.io/distroless/nodejs22-debian12\nCOPY . .\nCMD ["node", "server.js"]\n'),
      expect: [
        'error Dockerfile:3:1 CMD begins with node, but gcr.io/distroless/nodejs22-debian12 hands the whole command to its own program, which takes node for the file to run',
      ],
    },
    'a word of the shell': {
      ...project('FROM node:22-slim\nCMD ["cd", "src", "&&", "node", "index.js"]\n'),
      expect: ['error Dockerfile:2:1 CMD starts cd, which is a word of the shell and no program'],
    },
    'uv of another stage': {
      ...project(
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim AS build\nWORKDIR /app\nCOPY . .\nRUN uv sync\nFROM python:3.13-slim\nWORKDIR /app\nCOPY --from=build /app /app\nCMD ["uv", "run", "app.py"]\n',
      ),
      expect: ['error Dockerfile:8:1 CMD starts uv, but neither python:3.13-slim nor a RUN brings it'],
    },
    'npm in an image of nginx': {
      ...project('FROM nginx:alpine\nCOPY . .\nCMD ["npm", "start"]\n'),
      expect: ['error Dockerfile:3:1 CMD starts npm, but neither nginx:alpine nor a RUN brings it'],
    },
    'tini, not installed': {
      ...project('FROM node:22-slim\nENTRYPOINT ["/usr/bin/tini", "--"]\nCMD ["node", "server.js"]\n'),
      expect: ['error Dockerfile:2:1 ENTRYPOINT starts tini, but neither node:22-slim nor a RUN brings it'],
    },
    'behind tini': {
      ...project('FROM node:22-alpine\nRUN apk add tini\nENTRYPOINT ["/sbin/tini", "--"]\nCMD ["pnpm", "start"]\n'),
      expect: ['error Dockerfile:4:1 CMD starts pnpm, but neither node:22-alpine nor a RUN brings it'],
    },
    'in a script': {
      ...project('FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["sh", "./start.sh"]\n', '', {
        'start.sh': '#!/bin/sh\nset -e\npsql -c "select 1"\nexec node server.js\n',
      }),
      expect: ['error start.sh:3:1 CMD comes to psql, but neither node:22-slim nor a RUN brings it'],
    },
    'a server that uv does not have': {
      ...behindUv('uv run gunicorn', '"fastapi", "uvicorn[standard]>=0.32"'),
      expect: ['warning Dockerfile:8:1 CMD comes to gunicorn, but no package that the image installs brings it'],
    },
    'a tool that made the environment in another image': {
      ...project(
        'FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["poetry", "run", "uvicorn", "main:app"]\n',
        '',
        {'requirements.txt': 'fastapi\nuvicorn\n'},
      ),
      expect: ['warning Dockerfile:6:1 CMD starts poetry, but no package that the image installs brings it'],
    },
    'an environment that is not on PATH': {
      ...project(
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync\nCMD ["uvicorn", "a:b"]\n',
        '',
        {'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\ndependencies = ["uvicorn"]\n'},
      ),
      expect: [
        'error Dockerfile:5:1 CMD starts uvicorn, which is in /app/.venv/bin, and PATH does not name that folder',
      ],
    },
    'Python without that environment': {
      ...project(
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync --no-dev\nCMD ["python", "main.py"]\n',
        '',
        {'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\ndependencies = ["uvicorn"]\n'},
      ),
      expect: [
        'warning Dockerfile:5:1 CMD starts python of the system, but the packages are in /app/.venv, and PATH does not name /app/.venv/bin',
      ],
    },
  },
  skipped: {
    'a ready image that is made of any of several stages': {
      ...readyImage('docs'),
      reason: '.github/workflows/cd.yml deploys an image that is made of any of 2 stages',
    },
  },
})

it('is silent: a program that is built before the deploy, and that git ignores', async () => {
  const {files} = project('FROM alpine:3.20\nCOPY . /srv\nCMD ["/srv/bin/shop"]\n')
  const root = temporary({...files, '.gitignore': 'bin/\n'})
  execFileSync('git', ['-C', root, 'init', '-q'])
  const report = await preflight({root, offline: true, only: ['image/command-program'], env: {}})
  expect(report.checks.flatMap(({findings}) => findings)).toEqual([])
})
