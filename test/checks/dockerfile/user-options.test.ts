import userOptions from '../../../checks/dockerfile/user-options.ts'
import {testCheck} from '../../harness.ts'

const build = (from: string, run: string) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM ${from}\nRUN ${run}\n`},
})

testCheck(userOptions, {
  clean: {
    'those of Alpine in Alpine': build('node:22-alpine', 'addgroup -S -g 1001 app && adduser -S -D -H -G app app'),
    'long ones that BusyBox has': build(
      'alpine',
      'adduser --system --disabled-password --gecos "" --ingroup app --uid 1001 app',
    ),
    'the group of addgroup in Alpine': build('alpine', 'addgroup --system --gid 1001 app'),
    'those of Debian in Debian': build('debian:12', 'adduser --system --group --gid 1001 --disabled-login app'),
    'useradd, which is the same everywhere': build('debian:12', 'useradd -m -s /bin/sh -g app -G app app'),
    'a letter that is the beginning of one option': build('debian:12', 'adduser --system -u 1001 app'),
    'one name, and the values of options': build(
      'debian:12',
      'adduser --system --home /srv/app --shell /bin/sh --gecos "" --ingroup www-data app',
    ),
    'a second name, for a group that the user joins': build('debian:12', 'adduser app www-data'),
    'a name that a variable has': build('debian:12', 'adduser --system --group $NAMES app'),
    'a base that is not known': build('example.com/base', 'adduser -S app'),
    'one of two': build('debian:12', 'adduser -S app || adduser --system app'),
  },
  flagged: {
    'those of Alpine in Debian': {
      ...build('node:22-slim', 'addgroup -S app && adduser -S -G app app'),
      expect: [
        'error Dockerfile:2:5 the addgroup of Debian 12, on which node:22-slim is built, does not know -S: the build stops',
        'error Dockerfile:2:24 the adduser of Debian 12, on which node:22-slim is built, does not know -S: the build stops',
      ],
    },
    'those of Debian in Alpine': {
      ...build('python:3.13-alpine', 'adduser --system --gid=1001 app'),
      expect: [
        'error Dockerfile:2:5 the adduser of Alpine, on which python:3.13-alpine is built, does not know --gid: the build stops',
      ],
    },
    'those of Alpine in a patch of a language, which is on one Debian or the next': {
      ...build('python:3.12.4-slim', 'adduser -D app'),
      expect: [
        'error Dockerfile:2:5 the adduser of Debian, on which python:3.12.4-slim is built, does not know -D: the build stops',
      ],
    },
    'a value for the --group of Debian': {
      ...build('debian:12', 'addgroup --system app && adduser --system app --group app'),
      expect: [
        'error Dockerfile:2:30 the adduser of Debian 12 is given the names app and app, and makes one user at a time: the build stops',
      ],
    },
    'where the build may go on': {
      ...build('ubuntu:24.04', 'adduser -D app; echo done'),
      expect: [
        'warning Dockerfile:2:5 the adduser of Ubuntu 24.04, on which ubuntu:24.04 is built, does not know -D: the build stops',
      ],
    },
  },
})
