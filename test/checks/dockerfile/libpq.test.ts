import libpq from '../../../checks/dockerfile/libpq.ts'
import {testCheck} from '../../harness.ts'

const project = (Dockerfile: string, requirements = 'psycopg2==2.9.10\n') => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile, 'requirements.txt': requirements},
})
const install = 'COPY requirements.txt .\nRUN pip install -r requirements.txt\n'
const builder = `FROM python:3.12 AS builder\nCOPY requirements.txt .\nRUN pip install --prefix=/install -r requirements.txt\n`
const copied = 'COPY --from=builder /install /usr/local\n'
const noLibrary = (driver: string) =>
  `${driver} loads libpq.so.5 when it is imported, and the final stage (python:3.12-slim) has no libpq`

testCheck(libpq, {
  clean: {
    'the full image has everything': project(`FROM python:3.12\n${install}`),
    'headers, a compiler and the library': project(
      `FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc libpq-dev\n${install}`,
    ),
    'the library in the final stage': project(
      `${builder}FROM python:3.12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends libpq5\n${copied}`,
    ),
    'postgresql-client brings the library': project(
      `${builder}FROM python:3.12-slim\nRUN apt-get update \\\n  # for psql\n  && apt-get install -y postgresql-client\n${copied}`,
    ),
    'the binary driver needs nothing': project(`FROM python:3.12-slim\n${install}`, 'psycopg2-binary==2.9.10\n'),
    'asyncpg needs nothing': project(`FROM python:3.12-slim\n${install}`, 'asyncpg==0.30.0\n'),
    'psycopg[binary] needs nothing': project(`FROM python:3.12-slim\n${install}`, 'psycopg[binary]==3.2.3\n'),
    'a base image that is not known': project(`FROM registry.example.com/base\n${install}`),
    'a script may have installed anything': project(
      `FROM python:3.12-slim\nCOPY setup.sh .\nRUN ./setup.sh\n${install}`,
    ),
    'a script that is fetched, whichever way': project(
      `FROM python:3.12-slim\nRUN bash -c "$(curl -fsSL https://example.com/setup)"\n${install}`,
    ),
    'a package that may bring it': project(
      `${builder}FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gdal-bin\n${copied}`,
    ),
    'packages in a variable that is not known': project(
      `${builder}FROM python:3.12-slim\nARG PACKAGES\nRUN apt-get update && apt-get install -y $PACKAGES\n${copied}`,
    ),
    'libraries copied from another stage': project(
      `${builder}FROM python:3.12-slim\nCOPY --from=builder /usr/lib/x86_64-linux-gnu /usr/lib/x86_64-linux-gnu\n${copied}`,
    ),
    'packages in a build argument': {
      files: {
        ...project('').files,
        'fly.toml': 'app = "shop"\n[build.args]\nPACKAGES = "gcc libpq-dev"\n',
        Dockerfile: `FROM python:3.12-slim\nARG PACKAGES=curl\nRUN apt-get update && apt-get install -y $PACKAGES\n${install}`,
      },
    },
    'packages from a list that is not read': project(
      `FROM python:3.12-slim\nRUN apt-get update && xargs -a apt.txt apt-get install -y\n${install}`,
    ),
    'packages installed behind env': project(
      `FROM python:3.12-slim\nRUN env DEBIAN_FRONTEND=noninteractive apt-get install -y gcc libpq-dev\n${install}`,
    ),
    'packages of an ARG, split at blanks': project(
      `FROM python:3.12-slim\nARG PACKAGES="gcc libpq-dev"\nRUN apt-get install -y $PACKAGES\n${install}`,
    ),
    'built packages from another index': project(
      `FROM python:3.12-slim\nRUN apt-get install -y libpq5\nENV PIP_INDEX_URL=https://wheels.example.com\n${install}`,
    ),
    'settings of pip that may name another index': project(
      `FROM python:3.12-slim\nCOPY pip.conf /etc/pip.conf\n${install}`,
    ),
    'settings of pip as a secret': project(
      'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN --mount=type=secret,id=pip,target=/etc/pip.conf pip install -r requirements.txt\n',
    ),
    'the binary driver beside it, which may be the one that is there': project(
      `FROM python:3.12-slim\nRUN apt-get install -y gcc libpq-dev && apt-get purge -y gcc libpq-dev\n${install}`,
      'psycopg2\npsycopg2-binary\n',
    ),
    'libraries taken from a mounted stage': project(
      `${builder}FROM python:3.12-slim\nRUN --mount=type=bind,from=builder,source=/deps,target=/deps cp -a /deps/. / && ldconfig\n${copied}`,
    ),
    'libraries unpacked from an archive': project(
      `${builder}FROM python:3.12-slim\nRUN curl -fsSL https://example.com/pq.tar.gz | tar xz -C /usr/local\n${copied}`,
    ),
    'libraries in a folder of their own': project(
      `${builder}FROM python:3.12-slim\nENV LD_LIBRARY_PATH=/opt/pgsql\n${copied}`,
    ),
    'built packages from a folder that the file names': project(
      `FROM python:3.12-slim\n${install}`,
      '--find-links wheels\npsycopg2==2.9.10\n',
    ),
    'psycopg beside its binary part, as pip freeze writes them': project(
      `FROM python:3.12-slim\n${install}`,
      'psycopg==3.2.3\npsycopg-binary==3.2.3\n',
    ),
    'a psycopg2 that still had wheels': project(`FROM python:3.7-slim\n${install}`, 'psycopg2==2.7.7\n'),
    'a virtual environment copied, and nothing left to compile': project(
      `FROM python:3.12 AS builder\nRUN python -m venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\n${install}FROM python:3.12-slim\nRUN apt-get install -y libpq5\nENV PATH=/opt/venv/bin:$PATH\nCOPY --from=builder /opt/venv /opt/venv\n${install}`,
    ),
    'only a program copied from a stage that has the driver': project(
      `FROM python:3.12 AS builder\n${install}FROM python:3.12-slim\nCOPY --from=builder /usr/local/bin/tool /usr/local/bin/\nRUN pip install asyncpg\n`,
    ),
    'a library copied into the image': project(
      `${builder}FROM python:3.12-slim\nCOPY vendor/libpq.so.5 /usr/lib/x86_64-linux-gnu/\n${copied}`,
    ),
    'removed again after the install, the library kept': project(
      `FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc libpq-dev libpq5\n${install}RUN apt-get purge -y --auto-remove gcc libpq-dev\n`,
    ),
    'wheels that another stage built': project(
      `FROM python:3.12 AS builder\nCOPY requirements.txt .\nRUN pip wheel -w /wheels -r requirements.txt\nFROM python:3.12-slim\nRUN apt-get update && apt-get install -y libpq5\nCOPY --from=builder /wheels /wheels\nCOPY requirements.txt .\nRUN pip install --no-index --find-links=/wheels -r requirements.txt\n`,
    ),
  },
  flagged: {
    'beside a driver that needs none, which may be the one that is used': {
      ...project(`FROM python:3.12-slim\n${install}`, 'psycopg==3.2.9\nasyncpg==0.30.0\n'),
      expect: [`warning Dockerfile:1:1 ${noLibrary('psycopg')}`],
    },
    ...Object.fromEntries(
      [
        'RUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash -',
        'RUN sh -c "$(curl -fsSL https://sh.rustup.rs)" -- -y',
        'RUN bash <(curl -fsSL https://bun.sh/install)',
        'RUN curl -fsSL https://bun.sh/install | bash -s "bun-v1.2.0"',
        'RUN curl -LsSf -o /uv.sh https://astral.sh/uv/install.sh && sh /uv.sh && rm /uv.sh',
        'ADD https://astral.sh/uv/0.8.0/install.sh /uv.sh\nRUN sh /uv.sh && rm /uv.sh',
      ].map((known) => [
        `a script that installs no library: ${known.replace(/^\w+ |\n.*/g, '')}`,
        {
          ...project(`FROM python:3.12-slim\n${known}\n${install}`),
          expect: [
            `error Dockerfile:${known.split('\n').length + 3}:5 psycopg2 is compiled here, and the stage has no libpq headers and no C compiler`,
          ],
        },
      ]),
    ),
    'nothing to compile with, and no library': {
      ...project(`FROM python:3.12-slim\n${install}`),
      expect: ['error Dockerfile:3:5 psycopg2 is compiled here, and the stage has no libpq headers and no C compiler'],
    },
    'the headers come too late': {
      ...project(`FROM python:3.12-slim\n${install}RUN apt-get update && apt-get install -y gcc libpq-dev\n`),
      expect: ['error Dockerfile:3:5 psycopg2 is compiled here, and the stage has no libpq headers and no C compiler'],
    },
    'built in one stage, run in another without the library': {
      ...project(`${builder}FROM python:3.12-slim\n${copied}`),
      expect: [`error Dockerfile:4:1 ${noLibrary('psycopg2')}`],
    },
    'psycopg without extras looks for the library': {
      ...project(`FROM python:3.12-slim\n${install}`, 'psycopg==3.2.3\n'),
      expect: [`error Dockerfile:1:1 ${noLibrary('psycopg')}`],
    },
    'in a mounted requirements file': {
      ...project(
        'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache --mount=type=bind,source=requirements.txt,target=requirements.txt pip install -r requirements.txt\n',
        'psycopg==3.2.3\n',
      ),
      expect: [`error Dockerfile:1:1 ${noLibrary('psycopg')}`],
    },
    Alpine: {
      ...project(`FROM python:3.12-alpine\nRUN apk add --no-cache gcc musl-dev libffi-dev\n${install}`),
      expect: ['error Dockerfile:4:5 psycopg2 is compiled here, and the stage has no libpq headers'],
    },
  },
  skipped: {
    'an install that may not run': {
      ...project('FROM python:3.12-slim\nCOPY . .\nRUN if [ -f x ]; then pip install -r requirements.txt; fi\n'),
      reason: 'no Postgres driver is seen to be installed',
    },
    'an install that another one replaces when it fails': {
      ...project(
        'FROM python:3.12-slim\nCOPY . .\nRUN pip install -r requirements.txt || pip install psycopg2-binary\n',
      ),
      reason: 'no Postgres driver is seen to be installed',
    },
    'a requirements file that a step rewrites': {
      ...project(
        "FROM python:3.12-slim\nCOPY . .\nRUN sed -i 's/psycopg2/psycopg2-binary/' requirements.txt && pip install -r requirements.txt\n",
      ),
      reason: 'no Postgres driver is seen to be installed',
    },
    'the file of another folder': {
      ...project('FROM python:3.12-slim\nCOPY . .\nRUN cd backend && pip install -r requirements.txt\n'),
      reason: 'no Postgres driver is seen to be installed',
    },
    'another file by a build argument': {
      files: {
        ...project('').files,
        'fly.toml': 'app = "shop"\n[build.args]\nREQUIREMENTS = "prod.txt"\n',
        Dockerfile:
          'FROM python:3.12-slim\nCOPY . .\nARG REQUIREMENTS=requirements.txt\nRUN pip install -r $REQUIREMENTS\n',
        'prod.txt': 'fastapi\n',
      },
      reason: 'no Postgres driver is seen to be installed',
    },
    'in a stage that is not built': {
      ...project(`FROM python:3.12-slim AS old\n${install}FROM python:3.12-slim\nCMD ["true"]\n`),
      reason: 'no Postgres driver is seen to be installed',
    },
    'no Postgres driver': {
      ...project(`FROM python:3.12-slim\n${install}`, 'fastapi\n'),
      reason: 'no Postgres driver is seen to be installed',
    },
    'a driver for another platform': {
      ...project(`FROM python:3.12-slim\n${install}`, 'psycopg2 ; sys_platform == "win32"\n'),
      reason: 'no Postgres driver is seen to be installed',
    },
    'requirements that cannot be told': {
      ...project(`FROM python:3.12-slim\nARG FILE\n${'COPY . .\nRUN pip install -r $FILE\n'}`),
      reason: 'no Postgres driver is seen to be installed',
    },
  },
})
