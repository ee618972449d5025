import heads from '../../../checks/alembic/heads.ts'
import {testCheck} from '../../harness.ts'

const base = {'alembic.ini': '[alembic]\nscript_location = alembic\n', 'alembic/env.py': ''}
const release = (command: string) => ({'fly.toml': `app = "shop"\n[deploy]\n  release_command = "${command}"\n`})
const revision = (id: string, down: string) => `revision = "${id}"\ndown_revision = ${down}\n`
const fork = {
  'alembic/versions/1.py': revision('a', 'None'),
  'alembic/versions/2.py': revision('b', '"a"'),
  'alembic/versions/3.py': revision('c', '"a"'),
}
const runs = release('alembic upgrade head')
const copied = {Dockerfile: 'FROM python:3.12\nCOPY . .\n'}

testCheck(heads, {
  clean: {
    'lines of their own, and upgrade heads runs them all': {
      files: {
        ...release('alembic upgrade heads'),
        ...base,
        'alembic/versions/1.py': revision('a', 'None'),
        'alembic/versions/2.py': `${revision('b', 'None')}branch_labels = ("billing",)\ndepends_on = "a"\n`,
      },
    },
    'one line': {files: {...runs, ...base, ...fork, 'alembic/versions/3.py': revision('c', '"b"')}},
    'joined by a merge': {files: {...runs, ...base, ...fork, 'alembic/versions/4.py': revision('d', '("b", "c")')}},
    'the two heads of a service that this image does not hold': {
      files: {
        'fly.toml': 'app = "billing"\n[deploy]\n  release_command = "alembic upgrade head"\n',
        Dockerfile: 'FROM python:3.12\nCOPY services/billing /app\n',
        'services/billing/alembic.ini': '[alembic]\nscript_location = alembic\n',
        'services/billing/alembic/env.py': '',
        'services/billing/alembic/versions/1.py': revision('a', 'None'),
        'services/api/alembic.ini': '[alembic]\nscript_location = alembic\n',
        'services/api/alembic/env.py': '',
        'services/api/alembic/versions/1.py': revision('a', 'None'),
        'services/api/alembic/versions/2.py': revision('b', 'None'),
      },
    },
    'no revisions at all': {files: {...runs, ...base, 'alembic/versions/__init__.py': ''}},
    'files that alembic does not load': {
      files: {
        ...runs,
        ...base,
        'alembic/versions/1.py': revision('a', 'None'),
        'alembic/versions/.#2.py': revision('b', 'None'),
        'alembic/versions/2.py~': revision('c', 'None'),
        'alembic/versions/old/2.py': revision('d', 'None'),
      },
    },
  },
  flagged: {
    'two, and the release command wants one': {
      files: {...runs, ...base, ...fork},
      expect: [
        'error alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; release_command runs upgrade head, which refuses',
      ],
    },
    'a script that the image starts runs them': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./docker-entrypoint.sh"]\n',
        'docker-entrypoint.sh': '#!/bin/sh\n# alembic upgrade head\npython -m alembic upgrade head && exec "$@"\n',
        ...base,
        ...fork,
      },
      expect: [
        'error alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; ENTRYPOINT runs upgrade head, which refuses',
      ],
    },
    'two roots': {
      files: {
        ...runs,
        ...base,
        'alembic/versions/1.py': revision('a', 'None'),
        'alembic/versions/2.py': revision('b', 'None'),
      },
      expect: [
        'error alembic/versions/2.py:1:12 the migrations have 2 heads, a and b; release_command runs upgrade head, which refuses',
      ],
    },
    'one id twice': {
      files: {...runs, ...base, ...fork, 'alembic/versions/3.py': revision('b', '"a"')},
      expect: [
        'error alembic/versions/3.py:1:12 two files have the revision id b, so the migrations have several heads; release_command runs upgrade head, which refuses',
      ],
    },
    'under set -e a script stops where it fails': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./start.sh"]\n',
        'start.sh': '#!/bin/sh\nset -eu\nalembic upgrade head\nexec python app.py\n',
        ...base,
        ...fork,
      },
      expect: [
        'error alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; ENTRYPOINT runs upgrade head, which refuses',
      ],
    },
    '[experimental] takes the place of the image’s command': {
      files: {
        'fly.toml': 'app = "shop"\n[experimental]\n  cmd = ["alembic", "upgrade", "head"]\n',
        Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n',
        ...base,
        ...fork,
      },
      expect: [
        'error alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; [experimental] cmd runs upgrade head, which refuses',
      ],
    },
    ...Object.fromEntries(
      Object.entries({
        'one is left out of the image': {...copied, '.dockerignore': 'alembic/versions/3.py\n'},
        'only some are copied': {
          ...copied,
          Dockerfile:
            'FROM python:3.12\nCOPY alembic.ini .\nCOPY alembic/env.py alembic/versions/2.py /alembic/versions/\n',
        },
        'a step takes one away': {...copied, Dockerfile: `${copied.Dockerfile}RUN rm alembic/versions/3.py\n`},
        'a workflow deploys another image': {
          ...copied,
          '.github/workflows/deploy.yml':
            'jobs:\n  deploy:\n    steps:\n      - run: flyctl deploy --image acme/shop\n',
        },
        'the build adds revisions of another folder': {
          ...copied,
          Dockerfile: `${copied.Dockerfile}COPY more/ /alembic/versions/\n`,
          'more/4.py': revision('d', '("b", "c")'),
        },
        'a step joins them': {...copied, Dockerfile: `${copied.Dockerfile}RUN alembic merge heads -m m\n`},
        'another configuration is laid over': {
          ...copied,
          Dockerfile: `${copied.Dockerfile}COPY conf/alembic.ini .\n`,
          'conf/alembic.ini': '',
        },
        'a variable names another configuration': {
          'fly.toml': `${runs['fly.toml']}[env]\nALEMBIC_CONFIG = "conf/a.ini"\n`,
        },
        'the release command joins them first': release("sh -c 'alembic merge heads -m m && alembic upgrade head'"),
      }).map(([name, files]) => [
        `${name}: a warning`,
        {
          files: {...runs, ...base, ...fork, ...files},
          expect: [
            'warning alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; release_command may run upgrade head, which refuses',
          ],
        },
      ]),
    ),
    'copied one by one, where alembic finds them': {
      files: {
        ...runs,
        ...base,
        ...fork,
        Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY alembic.ini /app/alembic.ini\nCOPY alembic/ alembic/\n',
      },
      expect: [
        'error alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; release_command runs upgrade head, which refuses',
      ],
    },
    'an absolute script_location, which is one of the image': {
      files: {
        ...runs,
        ...base,
        ...fork,
        'alembic.ini': '[alembic]\nscript_location = /srv/alembic\n',
        Dockerfile: 'FROM python:3.12\nWORKDIR /srv\nCOPY . .\n',
      },
      expect: [
        'error alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; release_command runs upgrade head, which refuses',
      ],
    },
    'upgrade heads runs both: a warning': {
      files: {...release('alembic upgrade heads'), ...base, ...fork},
      expect: ['warning alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; upgrade heads runs them all'],
    },
    'an echo runs nothing': {
      files: {...release("echo 'alembic upgrade head'"), ...base, ...fork},
      expect: [
        'warning alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; nothing in this deploy is seen to run them, and the next alembic upgrade head refuses',
      ],
    },
    'the failure is caught: a warning': {
      files: {...release("sh -c 'alembic upgrade head || true'"), ...base, ...fork},
      expect: [
        'warning alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; release_command may run upgrade head, which refuses',
      ],
    },
    'only where a variable says so: a warning': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./start.sh"]\n',
        'start.sh': '#!/bin/sh\nset -e\nif [ "$MIGRATE" = 1 ]; then alembic upgrade head; fi\n',
        ...base,
        ...fork,
      },
      expect: [
        'warning alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; ENTRYPOINT may run upgrade head, which refuses',
      ],
    },
    'a script that goes on when it fails: a warning': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./start.sh"]\n',
        'start.sh': '#!/bin/sh\nalembic upgrade head\nexec python app.py\n',
        ...base,
        ...fork,
      },
      expect: [
        'warning alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; ENTRYPOINT may run upgrade head, which refuses',
      ],
    },
    ...Object.fromEntries(
      Object.entries({
        'the end of a list, not its failure, ends a script under set -e': 'set -e\nalembic upgrade head && echo done',
        'in the background nobody waits for it': 'set -e\nalembic upgrade head &',
        'after set +e the script goes on': 'set -e\nset +e\nalembic upgrade head',
      }).map(([name, script]) => [
        `${name}: a warning`,
        {
          files: {
            'fly.toml': 'app = "shop"\n',
            Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./start.sh"]\n',
            'start.sh': `#!/bin/sh\n${script}\nexec python app.py\n`,
            ...base,
            ...fork,
          },
          expect: [
            'warning alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; ENTRYPOINT may run upgrade head, which refuses',
          ],
        },
      ]),
    ),
    'another section of the configuration': {
      files: {
        ...release('alembic -n other upgrade head'),
        ...base,
        ...fork,
        'alembic.ini': '[alembic]\nscript_location = elsewhere\n[other]\nscript_location = alembic\n',
      },
      expect: [
        'error alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; release_command runs upgrade head, which refuses',
      ],
    },
    'nothing in the deploy runs them: a warning': {
      files: {'fly.toml': 'app = "shop"\n', ...base, ...fork},
      expect: [
        'warning alembic/versions/3.py:1:12 the migrations have 2 heads, b and c; nothing in this deploy is seen to run them, and the next alembic upgrade head refuses',
      ],
    },
  },
  skipped: {
    'a part of the repository that has nothing to do with the database': {
      options: {config: 'deploy/redis/fly.toml'},
      files: {
        ...base,
        ...fork,
        'deploy/redis/fly.toml': 'app = "shop-redis"\n[build]\ndockerfile = "Dockerfile"\n',
        'deploy/redis/Dockerfile': 'FROM redis:8\nCOPY deploy/redis/redis.conf /etc/redis.conf\n',
        'deploy/redis/redis.conf': '',
      },
      reason: 'the image holds no alembic.ini, and nothing that it starts runs alembic',
    },
    'a parent that a branch decides': {
      files: {
        ...runs,
        ...base,
        ...fork,
        'alembic/versions/3.py': 'revision = "c"\nif True:\n    down_revision = "b"\nelse:\n    down_revision = "a"\n',
      },
      reason: 'the heads cannot be told: see alembic/config and alembic/parents',
    },
    'a parent is missing, which another check tells': {
      files: {
        ...runs,
        ...base,
        'alembic/versions/1.py': revision('a', 'None'),
        'alembic/versions/2.py': revision('b', '"x"'),
      },
      reason: 'the heads cannot be told: see alembic/config and alembic/parents',
    },
    'an id that is computed may join them': {
      files: {
        ...runs,
        ...base,
        ...fork,
        'alembic/versions/4.py': 'from x import parents\nrevision = "d"\ndown_revision = parents()\n',
      },
      reason: 'the heads cannot be told: see alembic/config and alembic/parents',
    },
  },
})
