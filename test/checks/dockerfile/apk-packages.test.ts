import apkPackages from '../../../checks/dockerfile/apk-packages.ts'
import {testCheck} from '../../harness.ts'

const build = (from: string, run: string) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM ${from}\nRUN ${run}\n`},
})
const says = (severity: string, image: string, name: string, column = 5) =>
  `${severity} Dockerfile:2:${column} Alpine, on which ${image} is built, has no package ${name}: apk add stops`

testCheck(apkPackages, {
  clean: {
    'names of Alpine': build('node:22-alpine', 'apk add --no-cache python3 py3-pip py-pip build-base'),
    'libraries as Alpine names them': build(
      'alpine:3.22',
      'apk add libpq libssl3 libcrypto3 libstdc++ libgomp vips webkit2gtk-4.1 lua5.4 gtk+3.0 libressl4.0-libcrypto py3-x=1.2-3 so:libffi.so.8',
    ),
    'json of PHP 7': build('alpine:3.15', 'apk add php7-json php7-pecl-redis'),
    'json and zlib of PHP 8, which php82-common provides': build(
      'alpine:3.18',
      'apk add php82-json php82-zlib php82-cli',
    ),
    'names of Debian in Debian': build('node:22-slim', 'apt-get install -y build-essential'),
    'python in a release that has it': build('alpine:3.11', 'apk add python'),
    'an image that stayed with such a release': build('node:10-alpine', 'apk add python'),
    'OpenSSL 1.1 in a release that has it': build('alpine:3.18', 'apk add openssl1.1-compat'),
    'a release that cannot be told': build('oven/bun:1-alpine', 'apk add python'),
    'a repository of its own': build(
      'alpine:3.22',
      'echo https://example.com/alpine >> /etc/apk/repositories && apk add build-essential',
    ),
    'a group that is called so': build('alpine', 'apk add --virtual python python3'),
    'another repository': build('alpine', 'apk add -X https://example.com/packages build-essential'),
    'a failure that is expected': build('alpine', 'apk add python || apk add python3'),
  },
  flagged: {
    'libraries as Debian names them': {
      ...build('alpine:3.22', 'apk add libvips libpango-1.0-0 libglib2.0-0t64 libgdk-pixbuf-2.0-0'),
      expect: ['libgdk-pixbuf-2.0-0', 'libglib2.0-0t64', 'libpango-1.0-0', 'libvips'].map((name) =>
        says('error', 'alpine:3.22', name),
      ),
    },
    'PHP as Debian writes it, and PDO from PECL': {
      ...build('alpine:3.22', 'apk add php8.3-fpm php83-pecl-pdo_pgsql php83-pdo_pgsql'),
      expect: [says('error', 'alpine:3.22', 'php8.3-fpm'), says('error', 'alpine:3.22', 'php83-pecl-pdo_pgsql')],
    },
    'OpenSSL 1.1 of old': {
      ...build('node:22-alpine3.22', 'apk add --no-cache openssl1.1-compat'),
      expect: [says('error', 'node:22-alpine3.22', 'openssl1.1-compat')],
    },
    'python of today': {
      ...build('node:22-alpine', 'apk add --no-cache python make g++'),
      expect: [says('error', 'node:22-alpine', 'python')],
    },
    'on the line where the package stands': {
      ...build('alpine:3.20', 'apk add --no-cache \\\n  curl \\\n  build-essential'),
      expect: [says('error', 'alpine:3.20', 'build-essential').replace(/:2:\d+ /, ':4:3 ')],
    },
    'a name of Debian': {
      ...build('oven/bun:1-alpine', 'apk --no-cache add build-essential'),
      expect: [says('error', 'oven/bun:1-alpine', 'build-essential')],
    },
    'where the build may go on': {
      ...build('alpine:3.20', 'apk add python3-pip; echo done'),
      expect: [says('warning', 'alpine:3.20', 'python3-pip')],
    },
  },
})
