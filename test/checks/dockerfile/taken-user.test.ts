import check from '../../../checks/dockerfile/taken-user.ts'
import {testCheck} from '../../harness.ts'

const build = (from: string, run: string, more = '') => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM ${from}\n${more}RUN ${run}\n`},
})

testCheck(check, {
  clean: {
    'a number of its own': build('node:22-slim', 'groupadd -g 1001 app && useradd -m -u 1001 -g app app'),
    'no number': build('node:22-alpine', 'addgroup -S app && adduser -S -G app app'),
    'a base without such a user': build('python:3.13-slim', 'useradd -m -u 1000 app'),
    'Debian has none': build('debian:12-slim', 'groupadd -g 1000 app && useradd -u 1000 -g 1000 app'),
    'Ubuntu had none before': build('ubuntu:22.04', 'useradd -m -u 1000 app'),
    'the number of another group as the first group': build('node:22', 'useradd -m -g 1000 -u 1001 app'),
    'it is taken away before': build('node:22-slim', 'userdel -r node && useradd -m -u 1000 app'),
    'in another RUN': build('node:22-alpine', 'adduser -D -u 1000 app', 'RUN deluser --remove-home node\n'),
    'it gets another number before': build(
      'node:22',
      'groupmod -g 1999 node && usermod -u 1999 node && useradd -u 1000 app',
    ),
    'the same number for both': build('node:22-slim', 'useradd -o -u 1000 app'),
    'with the long word for it': build('node:22-slim', 'useradd --non-unique --uid 1000 app'),
    'where it is not there': build('node:22-slim', 'id app || useradd -u 1000 app'),
    'whatever happens': build('node:22-slim', 'getent group 1000 || groupadd -g 1000 app'),
    'groupadd takes another number then': build('node:22-slim', 'groupadd -f -g 1000 app'),
    'a number that is not known': build('node:22-slim', 'useradd -u $(id -u) app'),
    'the user of the image joins a group': build(
      'node:22-alpine',
      'addgroup app && adduser node app && addgroup node app',
    ),
    'the user of the image, in a group of Debian': build('node:22', 'adduser node audio'),
    'a user of the same name as an option has as value': build('node:22', 'useradd -m app -g node'),
    'an image with another user': build('example.com/node', 'useradd -u 1000 app'),
    'what fails is let go': build(
      'node:22-slim',
      'groupadd -g 1000 app || true; useradd -u 1000 app; chown -R app /srv',
    ),
    'the group of the image at the end': build('node:22', 'useradd -m app --gid node'),
    'a stage that nothing takes from': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22 AS dev\nRUN useradd -u 1000 dev\nFROM node:22-slim\nCMD ["node"]\n',
      },
    },
    'a build argument gives another number': {
      files: {
        'fly.toml': 'app = "shop"\n[build.args]\nNUMBER = "1001"\n',
        Dockerfile: 'FROM node:22\nARG NUMBER=1000\nRUN useradd -u $NUMBER app\n',
      },
    },
    'users of another system': build(
      'node:22',
      'useradd --prefix /rootfs -u 1000 app && useradd -R /rootfs -u 1000 web',
    ),
    'a deploy hands over another number, or another image': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'ARG IMAGE=node:22\nFROM $IMAGE AS a\nRUN useradd -u 1000 app\nFROM node:22\nARG NUMBER=1000\nRUN useradd -u ${NUMBER} app\nCOPY --from=a /x /x\n',
        Makefile: 'deploy:\n\tfly deploy --build-arg NUMBER=$(shell id -u) --build-arg IMAGE=debian:12\n',
      },
    },
    'a list of users that is copied': build('node:22', 'useradd -u 1000 app', 'COPY users /etc/passwd\n'),
    'a program of the project may take it away': build(
      'node:22',
      'useradd -u 1000 app',
      'COPY bin/prepare /usr/local/bin/\nRUN prepare\n',
    ),
    'a script of the project may take it away': build(
      'node:22',
      'useradd -u 1000 app',
      'COPY . .\nRUN sh ./setup.sh\n',
    ),
    'another system over it': build('node:22', 'useradd -u 1000 app', 'COPY --from=debian:12 / /\n'),
    'its users': build('node:22', 'useradd -u 1000 app', 'COPY ["rootfs/etc", "/etc/"]\n'),
    'text alone': build('node:22', 'echo "useradd -u 1000 app"'),
  },
  flagged: {
    'the number of node': {
      ...build('node:22-slim', 'groupadd -r app && useradd --create-home --uid 1000 -g app app'),
      expect: [
        'error Dockerfile:2:24 useradd is to make a user with the number 1000, which the user node of node:22-slim has: the build stops (UID 1000 is not unique)',
      ],
    },
    'of its group, in Alpine': {
      ...build('node:20-alpine', 'addgroup -g 1000 app && adduser -D -u 1000 -G app app'),
      expect: [
        "error Dockerfile:2:5 addgroup is to make a group with the number 1000, which the group node of node:20-alpine has: the build stops (gid '1000' in use)",
      ],
    },
    'that of bun, with =': {
      ...build('oven/bun:1-slim', 'useradd --uid=1000 app'),
      expect: [
        'error Dockerfile:2:5 useradd is to make a user with the number 1000, which the user bun of oven/bun:1-slim has: the build stops (UID 1000 is not unique)',
      ],
    },
    'that of Ubuntu': {
      ...build('ubuntu:24.04', 'groupadd --gid 1000 app'),
      expect: [
        "error Dockerfile:2:5 groupadd is to make a group with the number 1000, which the group ubuntu of ubuntu:24.04 has: the build stops (GID '1000' already exists)",
      ],
    },
    'in a stage that is built on another': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'ARG V=22\nFROM node:$V-slim AS base\nFROM base\nRUN useradd -m -u 1000 app\n',
      },
      expect: [
        'error Dockerfile:4:5 useradd is to make a user with the number 1000, which the user node of node:22-slim has: the build stops (UID 1000 is not unique)',
      ],
    },
    'a script that only gets its rights': {
      ...build('node:22', 'chmod +x start.sh && useradd -u 1000 app', 'COPY start.sh /srv/\n'),
      expect: [
        'error Dockerfile:3:26 useradd is to make a user with the number 1000, which the user node of node:22 has: the build stops (UID 1000 is not unique)',
      ],
    },
    'the name and the number': {
      ...build('node:22', 'useradd -u 1000 node'),
      expect: [
        "error Dockerfile:2:5 useradd is to make the user node, which node:22 has: the build stops (user 'node' already exists)",
      ],
    },
    'the name': {
      ...build('node:22-slim', 'groupadd -g 1001 app && useradd -m -s /bin/bash node'),
      expect: [
        "error Dockerfile:2:29 useradd is to make the user node, which node:22-slim has: the build stops (user 'node' already exists)",
      ],
    },
  },
})
