import check from '../../../checks/dockerfile/install-yes.ts'
import {testCheck} from '../../harness.ts'

const run = (...lines: string[]) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM debian:bookworm\n${lines.map((line) => `RUN ${line}\n`).join('')}`,
  },
})

testCheck(check, {
  clean: {
    '-y': run('apt-get update && apt-get install -y curl'),
    'within other letters': run('apt-get install -qqy curl'),
    '-qq means it, too': run('apt-get -qq install curl'),
    'behind the packages': run('apt install curl --yes'),
    'yes answers': run('yes | apt-get install curl'),
    'echo answers': run('echo y | apt-get install curl'),
    'a setting answers': run(
      'echo \'APT::Get::Assume-Yes "true";\' > /etc/apt/apt.conf.d/90yes',
      'apt-get install curl',
    ),
    'a word that may be the flag': run('apt-get install $FLAGS curl'),
    'apk does not ask': run('apk add curl'),
    'a full image has it already': {
      files: {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM python:3.12\nRUN apt-get install openssl\n'},
    },
    'what asks nothing': run('apt-get update', 'apt-get clean'),
    'a script that installs what is not there': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM debian:bookworm\nCOPY start.sh /\nCMD ["/start.sh"]\n',
        'start.sh': '#!/bin/sh\nif ! command -v aws; then\n  apt-get install awscli\nfi\nexec server\n',
      },
    },
  },
  flagged: {
    'a branch of a script that another script starts': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM debian:bookworm\nCOPY start.sh certificates.sh /app/\nCMD ["sh", "/app/start.sh"]\n',
        'start.sh': 'cd /app\nif [ -n "$FLY_MACHINE_ID" ]; then\n  ./certificates.sh\nfi\nexec server\n',
        'certificates.sh': 'if ! test -f "$KEYS"; then\n  echo Keys\n  apt update && apt install awscli\nfi\n',
      },
      expect: [
        'warning certificates.sh:3:17 apt install has no -y: where it asks "Do you want to continue?", nobody in a machine answers, and it aborts',
      ],
    },
    'apt-get': {
      ...run('apt-get update && apt-get install imagemagick'),
      expect: [
        'warning Dockerfile:2:23 apt-get install has no -y: where it asks "Do you want to continue?", nobody in the build answers, and it aborts',
      ],
    },
    'behind an echo that answers nothing': {
      ...run('echo "Tools" && apt-get install imagemagick'),
      expect: [
        'warning Dockerfile:2:21 apt-get install has no -y: where it asks "Do you want to continue?", nobody in the build answers, and it aborts',
      ],
    },
    'another stage that the image is made from': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM fedora:42 AS build\nRUN dnf install gcc\nFROM scratch\nCOPY --from=build /a /a\n',
      },
      expect: [
        'warning Dockerfile:2:5 dnf install has no -y: where it asks "Do you want to continue?", nobody in the build answers, and it aborts',
      ],
    },
    'a script that the machine starts': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM debian:bookworm\nCOPY start.sh /\nCMD ["/start.sh"]\n',
        'start.sh': '#!/bin/sh\nset -e\napt-get install awscli\nexec server\n',
      },
      expect: [
        'warning start.sh:3:1 apt-get install has no -y: where it asks "Do you want to continue?", nobody in a machine answers, and it aborts',
      ],
    },
  },
})
