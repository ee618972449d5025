import aptPackages from '../../../checks/dockerfile/apt-packages.ts'
import {testCheck} from '../../harness.ts'

const build = (from: string, ...runs: string[]) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM ${from}\n${runs.map((run) => `RUN ${run}\n`).join('')}`},
})
const install = (name: string) => `apt-get update && apt-get install -y ${name}`

testCheck(aptPackages, {
  clean: {
    'extensions that have a package': build('debian:bookworm', install('php8.2-xml php8.2-opcache php-json')),
    'the release has it': build('debian:bullseye', install('libgl1-mesa-glx libssl1.1 netcat')),
    'the old name is provided': build('debian:trixie', install('libasound2 libglib2.0-0 libssl3')),
    'the client of its own PostgreSQL': build('debian:bookworm', install('postgresql-client-15')),
    'another source has it': build(
      'debian:bookworm',
      'echo "deb https://apt.postgresql.org/pub/repos/apt bookworm-pgdg main" > /etc/apt/sources.list.d/pgdg.list',
      install('postgresql-client-17'),
    ),
    'the archive is named': build(
      'debian:buster',
      "sed -i 's/deb.debian.org/archive.debian.org/' /etc/apt/sources.list",
      install('curl'),
    ),
    'a release that is archived, and nothing is installed': build('node:14-slim', 'npm ci'),
    'a patch of Python may be on any release': build('python:3.11.4-slim', install('libgl1-mesa-glx')),
    'a release that is archived: its mirrors are told of instead': build('node:16-slim', install('netcat')),
    Ubuntu: build('ubuntu:24.04', install('software-properties-common')),
    'what the release itself has': build('debian:trixie', install('python3.13-venv php8.4-fpm gcc-14 libicu76')),
    'a package of its own project': build('debian:trixie', install('python3-pip php-cli default-mysql-client')),
    'a package that tells apt of its source': build(
      'debian:bookworm',
      'curl -fsSLo /tmp/pgdg.deb https://example.com/pgdg.deb && apt-get install -y /tmp/pgdg.deb && apt-get update',
      'apt-get install -y postgresql-client-17',
    ),
    'a virtual package that one package alone provides': build('debian:trixie', install('libasound2')),
    'a release that options name': build('debian:bookworm', install('-t bookworm-backports git')),
    'a version, a suite and an architecture': build(
      'debian:bookworm',
      install('curl=7.88.* nodejs/sid libc6:i386 vim-'),
    ),
    'another source may have any name': build(
      'debian:bookworm',
      'curl -s https://example.com/sources.deb.sh | bash',
      install('infisical postgresql-client-17'),
    ),
    'what the list leaves out': build('debian:bookworm', install('linux-headers-6.1 node-shop ruby-shop')),
    'a release that the list does not have': build('ubuntu:25.10', install('shop')),
    'a failure that is expected': build(
      'debian:trixie',
      'apt-get install -y netcat || apt-get install -y netcat-openbsd',
    ),
  },
  flagged: {
    'on the line where the package stands': {
      ...build('debian:bookworm', install('\\\n    curl \\\n    fonts-oswald \\\n    git')),
      expect: [
        'error Dockerfile:4:5 Debian 12 (bookworm), on which debian:bookworm is built, has no package fonts-oswald: apt-get install stops',
      ],
    },
    'an extension that is part of PHP': {
      ...build('debian:bookworm', install('php8.2-fpm php8.2-openssl php8.2-zip')),
      expect: [
        'error Dockerfile:2:23 there is no package php8.2-openssl: openssl is part of PHP itself, and apt-get install stops',
      ],
    },
    'an extension that is part of PHP, with the version of an ARG and the packages of another archive': {
      ...build(
        'ubuntu:22.04\nARG PHP=8.2',
        'add-apt-repository ppa:ondrej/php -y',
        'apt-get install -y php${PHP}-cli php${PHP}-session',
      ),
      expect: [
        'warning Dockerfile:4:5 there is no package php8.2-session: session is part of PHP itself, and apt-get install stops',
      ],
    },
    'apt-get takes the name for a pattern, and goes on': {
      ...build('debian:bookworm', install('php8.1')),
      expect: [
        'warning Dockerfile:2:23 Debian 12 (bookworm), on which debian:bookworm is built, has no package php8.1: apt-get install takes the name for a pattern, and does not bring it',
      ],
    },
    'a script that is fetched may, too': {
      ...build('debian:bookworm', 'bash -c "$(curl -s https://example.com/setup)"', install('netcat')),
      expect: [
        'warning Dockerfile:3:23 Debian 12 (bookworm), on which debian:bookworm is built, has no package netcat: apt-get install stops',
      ],
    },
    'a script that brings node': {
      ...build('debian:bookworm', 'curl -fsSL https://deb.nodesource.com/setup_22.x | bash -', install('netcat')),
      expect: [
        'error Dockerfile:3:23 Debian 12 (bookworm), on which debian:bookworm is built, has no package netcat: apt-get install stops',
      ],
    },
    'a version that the release does not have': {
      ...build('debian:bookworm', install('python3.10 php8.1-fpm')),
      expect: [
        'error Dockerfile:2:23 Debian 12 (bookworm), on which debian:bookworm is built, has no package php8.1-fpm: apt-get install stops',
        'warning Dockerfile:2:23 Debian 12 (bookworm), on which debian:bookworm is built, has no package python3.10: apt-get install takes the name for a pattern, and does not bring it',
      ],
    },
    'the name of another distribution': {
      ...build('debian:trixie', install('build-base')),
      expect: [
        'error Dockerfile:2:23 Debian 13 (trixie), on which debian:trixie is built, has no package build-base: apt-get install stops',
      ],
    },
    'a package that is gone': {
      ...build('debian:bookworm-slim', install('curl netcat')),
      expect: [
        'error Dockerfile:2:23 Debian 12 (bookworm), on which debian:bookworm-slim is built, has no package netcat: apt-get install stops',
      ],
    },
    'what no release has': {
      ...build('debian:bookworm', install('libreoffice-headless-nogui')),
      expect: [
        'error Dockerfile:2:23 Debian 12 (bookworm), on which debian:bookworm is built, has no package libreoffice-headless-nogui: apt-get install stops',
      ],
    },
    'a name that apt-get takes for a pattern': {
      ...build('debian:bookworm', install('libstdc++')),
      expect: [
        'warning Dockerfile:2:23 Debian 12 (bookworm), on which debian:bookworm is built, has no package libstdc++: apt-get install takes the name for a pattern, and does not bring it',
      ],
    },
    'a virtual package that several provide': {
      ...build('debian:bookworm', install('mail-transport-agent')),
      expect: [
        'error Dockerfile:2:23 Debian 12 (bookworm), on which debian:bookworm is built, has no package mail-transport-agent: apt-get install stops',
      ],
    },
    Ubuntu: {
      ...build('ubuntu:24.04', install('libgl1-mesa-glx')),
      expect: [
        'error Dockerfile:2:23 Ubuntu 24.04 (noble), on which ubuntu:24.04 is built, has no package libgl1-mesa-glx: apt-get install stops',
      ],
    },
    'several at once': {
      ...build('debian:trixie', install('netcat libncurses5 update-ca-certificates')),
      expect: [
        'error Dockerfile:2:23 Debian 13 (trixie), on which debian:trixie is built, has no package netcat, libncurses5 and update-ca-certificates: apt-get install stops',
      ],
    },
    'Ubuntu, which may get another version some day': {
      ...build('ubuntu:24.04', install('golang-1.30')),
      expect: [
        'warning Dockerfile:2:23 Ubuntu 24.04 (noble), on which ubuntu:24.04 is built, has no package golang-1.30: apt-get install stops',
      ],
    },
    'the tag has moved on': {
      ...build('python:3.12-slim', install('libgl1-mesa-glx')),
      expect: [
        'warning Dockerfile:2:23 Debian 13 (trixie), on which python:3.12-slim is built, has no package libgl1-mesa-glx: apt-get install stops',
      ],
    },
    "another PostgreSQL's client": {
      ...build('node:22-bookworm-slim', install('postgresql-client-16')),
      expect: [
        'error Dockerfile:2:23 Debian 12 (bookworm), on which node:22-bookworm-slim is built, has no package postgresql-client-16: apt-get install stops',
      ],
    },
    'another Java': {
      ...build('debian:trixie-slim', install('openjdk-17-jre-headless')),
      expect: [
        'error Dockerfile:2:23 Debian 13 (trixie), on which debian:trixie-slim is built, has no package openjdk-17-jre-headless: apt-get install stops',
      ],
    },
  },
})
