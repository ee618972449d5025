import scriptStart from '../../../checks/image/script-start.ts'
import {testCheck} from '../../harness.ts'
import type {MemoryFile} from '../../memory.ts'

const script = (text: string, executable = true) => ({text, executable})
const project = (start: MemoryFile, dockerfile = 'COPY . .\nENTRYPOINT ["./start.sh"]\n', base = 'node:22-slim') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\n${dockerfile}`,
    'start.sh': start,
  },
})
/** A script that a RUN writes, its lines parted by \\n and, for the Dockerfile, by a backslash. */
const written = (base: string, how = "echo '", behind = '', shell = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\n${shell}RUN ${how}#!/bin/sh\\n\\\nexec node server.js' > /entrypoint.sh && chmod +x /entrypoint.sh\n${behind}CMD ["/entrypoint.sh"]\n`,
  },
})
const good = '#!/bin/sh\nexec node server.js\n'

const release = (
  start: MemoryFile,
  config = '',
  build = 'RUN apt-get update && apt-get install -y git && rm -f /var/lib/apt/lists/*_*\nRUN mix release',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "/app/bin/migrate"\n',
    'mix.exs': `defmodule Shop.MixProject do\n  def project, do: [app: :shop${config}]\nend\n`,
    Dockerfile: `FROM elixir:1.18-slim AS build\nENV MIX_ENV=prod\nWORKDIR /src\nCOPY . .\n${build}\nFROM debian:bookworm-slim\nENV MIX_ENV=prod\nWORKDIR /app\nCOPY --from=build /src/_build/\${MIX_ENV}/rel/shop ./\nCMD ["/app/bin/server"]\n`,
    'rel/overlays/bin/server': start,
    'rel/overlays/bin/migrate': start,
  },
})

/** Several scripts, none of which may be executed. */
const ofWindows = (more: Record<string, MemoryFile> = {}) => ({
  files: {
    ...project(script(good, false)).files,
    'backup.sh': script(good, false),
    'restore.sh': script(good, false),
    ...more,
  },
})

testCheck(scriptStart, {
  clean: {
    'bash, which a make of the project may install': project(
      script('#!/bin/bash\nexec java -jar app.jar\n'),
      'COPY . .\nRUN apk add make && make tools\nENTRYPOINT ["./start.sh"]\n',
      'amazoncorretto:21-alpine',
    ),
    'bash, on Debian with what runs .NET': project(
      script('#!/bin/bash\nexec dotnet Shop.dll\n'),
      undefined,
      'mcr.microsoft.com/dotnet/aspnet:8.0',
    ),
    "bash, on Amazon's Linux": project(script('#!/bin/bash\nexec java -jar app.jar\n'), undefined, 'amazoncorretto:21'),
    'a find cures the text and the rights': project(
      script('#!/bin/sh\r\nexec node server.js\r\n'),
      "COPY . .\nRUN find . -name '*.sh' -exec sed -i 's/\\r//' {} + -exec chmod +x {} +\nENTRYPOINT [\"./start.sh\"]\n",
    ),
    'a loop cures the text of all scripts': project(
      script('#!/bin/sh\r\nexec node server.js\r\n'),
      'COPY . .\nRUN for f in *.sh; do tr -d \'\\r\' <$f >t && mv t $f && chmod +x $f; done\nENTRYPOINT ["./start.sh"]\n',
    ),
    'it is executable': project(script(good)),
    'env parts the words itself': project(script('#!/usr/bin/env -S node --no-warnings\nrun()\n')),
    'a blank behind the program': project(script('#!/usr/bin/env bash \t\nexec node server.js\n')),
    'env with a program alone': project(script('#!/usr/bin/env bash\nexec node server.js -- more\n')),
    'a program with one argument': project(script('#!/bin/sh -e\nexec node server.js\n')),
    'a variable for env': project(script('#!/usr/bin/env FOO=1\nexec node server.js\n')),
    'a shell reads it, whatever its first line says': project(
      script('#!/usr/bin/env sh more\nexec node server.js\n'),
      'COPY . .\nCMD ["sh", "start.sh"]\n',
    ),
    'a RUN takes the words out of its first line': project(
      script('#!/usr/bin/env sh more\nexec node server.js\n'),
      'COPY . .\nRUN sed -i \'1s/ more//\' start.sh\nENTRYPOINT ["./start.sh"]\n',
    ),
    'a name without a folder, on PATH': project(script(good), 'COPY . .\nENV PATH="/app:$PATH"\nCMD ["start.sh"]\n'),
    'it is copied onto PATH': project(script(good), 'COPY . .\nCOPY start.sh /usr/local/bin/\nCMD ["start.sh"]\n'),
    'a link on PATH leads to it': project(
      script(good),
      'COPY . .\nRUN chmod +x start.sh && ln -s /app/start.sh /usr/local/bin/\nENTRYPOINT ["start.sh"]\n',
    ),
    'all scripts are laid there': project(
      script(good),
      'COPY . .\nRUN install -m 755 *.sh /usr/local/bin\nENTRYPOINT ["start.sh"]\n',
    ),
    'a package brings it': {
      files: {
        ...project(script(good), 'COPY . .\nRUN pip install -r requirements.txt\nCMD ["start.sh"]\n', 'python:3.13')
          .files,
        'requirements.txt': '-e .\n',
        'setup.py': "setup(name='app', scripts=['start.sh'])\n",
      },
    },
    'PATH is given with it': project(script(good), 'COPY . .\nCMD ["env", "PATH=/app:/usr/bin:/bin", "start.sh"]\n'),
    'a folder of programs that is not seen': project(
      script(good),
      'COPY . .\nCOPY --from=example.com/tools /opt/tools /usr/local/bin\nCMD ["start.sh"]\n',
    ),
    'a folder that is copied to the programs': project(
      script(good),
      'COPY . .\nRUN cp -r /app/. /usr/local/bin/\nCMD ["start.sh"]\n',
    ),
    'make may lay it there': project(script(good), 'COPY . .\nRUN make install\nCMD ["start.sh"]\n'),
    'the one of the base': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["node", "server.js"]\n',
        'docker-entrypoint.sh': '#!/bin/sh\nexec "$@"\n',
        'server.js': '',
      },
    },
    'a shell reads it from its folder': project(script(good), 'COPY . .\nCMD ["sh", "start.sh"]\n'),
    'the image has an entrypoint of its own': project(
      script(good),
      'COPY . .\nENTRYPOINT ["/bin/sh"]\nCMD ["start.sh"]\n',
    ),
    'node is given a file of its language': project(script(good), 'COPY . .\nCMD ["server.js"]\n'),
    'a base that is not known': project(script(good), 'COPY . .\nCMD ["start.sh"]\n', 'example.com/base'),
    'echo of Debian makes lines': written('node:22-slim'),
    'echo is told to make lines': written('node:22-alpine', "echo -e '"),
    'printf makes lines': written('node:22-alpine', "printf '"),
    'it is mended': written('node:22-alpine', "echo '", "RUN sed -i 's/\\\\n/\\n/g' /entrypoint.sh\n"),
    'it is written anew': written('node:22-alpine', "echo '", 'COPY start.sh /entrypoint.sh\n'),
    'another shell runs echo': written('node:22-alpine', "echo '", '', 'SHELL ["/bin/bash", "-c"]\n'),
    'a system without such permissions': project(good),
    'the COPY makes it so': project(script(good, false), 'COPY --chmod=755 start.sh .\nENTRYPOINT ["./start.sh"]\n'),
    'a RUN makes it so': project(script(good, false), 'COPY . .\nRUN chmod +x start.sh\nENTRYPOINT ["./start.sh"]\n'),
    'a RUN makes all of them so': project(
      script(good, false),
      'COPY . .\nRUN chmod +x *.sh\nENTRYPOINT ["./start.sh"]\n',
    ),
    'a shell has it as an argument, and reads something else': project(
      script('exec node server.js\r\n'),
      'COPY . .\nCMD ["sh", "-c", "node server.js", "start.sh"]\n',
    ),
    'a RUN takes the carriage returns out': project(
      script('exec node server.js\r\n'),
      'COPY . .\nRUN dos2unix start.sh\nCMD ["bash", "/app/start.sh"]\n',
    ),
    'a shell reads it': project(script('exec node server.js\n', false), 'COPY . .\nCMD ["sh", "start.sh"]\n'),
    'a RUN mends its line ends': project(
      script('#!/bin/sh\r\nexec node server.js\r\n'),
      'COPY . .\nRUN sed -i \'s/\\r$//\' start.sh\nENTRYPOINT ["./start.sh"]\n',
    ),
    'a RUN makes it so, and takes the carriage returns out': project(
      script('#!/bin/sh\r\nexec node server.js\r\n', false),
      'COPY . .\nRUN chmod +x start.sh && sed -i \'s/\\r$//\' start.sh\nENTRYPOINT ["./start.sh"]\n',
    ),
    'a RUN writes its first line anew': project(
      script('#!/bin/bash\nexec node server.js\n', false),
      'COPY . .\nRUN sed -i "1s/bash/sh/" start.sh && chmod +x start.sh\nENTRYPOINT ["./start.sh"]\n',
      'node:22-alpine',
    ),
    'the scripts of a release': release(script('#!/bin/sh\nexec ./shop start\n')),
    'a release whose steps may do anything': release(script(good, false), ', releases: [shop: [steps: [:assemble]]]'),
    'a RUN of the build makes those of a release so': release(
      script(good, false),
      '',
      'RUN chmod +x rel/overlays/bin/* && mix release',
    ),
    'the build writes those of a release anew': release(
      script(good, false),
      '',
      'RUN mix phx.gen.release && mix release',
    ),
    'bash on Debian': project(script('#!/usr/bin/env bash\nexec node server.js\n')),
    'a shell that hands a script without a first line to itself': project(
      script('exec node server.js\n'),
      'COPY . .\nCMD ["./start.sh"]\n',
    ),
    'what stands behind an entrypoint that decides': project(
      script(good, false),
      'COPY . .\nENTRYPOINT ["/usr/local/bin/run"]\nCMD ["./start.sh"]\n',
    ),
  },
  flagged: {
    'words behind the program of env': {
      ...project(script('#!/usr/bin/env shMore actions\nexec node server.js\n')),
      expect: [
        'error start.sh:1:1 ENTRYPOINT starts /app/start.sh, whose first line hands env "shMore actions", which Linux makes one argument of: env finds no program of that name',
      ],
    },
    'an option behind the program of env': {
      ...project(script('#!/usr/bin/env node --no-warnings\nrun()\n')),
      expect: [
        'error start.sh:1:1 ENTRYPOINT starts /app/start.sh, whose first line hands env "node --no-warnings", which Linux makes one argument of: env finds no program of that name',
      ],
    },
    'a name without a folder': {
      ...project(script(good), 'COPY . .\nRUN chmod +x start.sh\nCMD ["start.sh"]\n', 'python:3.13-slim'),
      expect: [
        'error Dockerfile:5:1 CMD starts start.sh without a folder, which is looked for on PATH: it lies in /app, and PATH does not name that',
      ],
    },
    'behind tini, in an image of node': {
      ...project(
        script(good),
        'COPY . .\nRUN apk add --no-cache tini\nENTRYPOINT ["tini", "--", "start.sh"]\n',
        'node:22-alpine',
      ),
      expect: [
        'error Dockerfile:5:1 ENTRYPOINT starts start.sh without a folder, which is looked for on PATH: it lies in /app, and PATH does not name that',
      ],
    },
    'in fly.toml': {
      files: {
        ...project(script(good), 'COPY . .\n').files,
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "start.sh migrate"\n',
      },
      expect: [
        'error fly.toml:3:1 release_command starts start.sh without a folder, which is looked for on PATH: it lies in /app, and PATH does not name that',
      ],
    },
    'echo of Alpine leaves the lines as they are': {
      ...written('node:22-alpine'),
      expect: [
        'error Dockerfile:3:1 CMD starts /entrypoint.sh, which echo writes into one line: the shell of node:22-alpine leaves \\n as it stands, so that its first line names no program',
      ],
    },
    'it is not executable': {
      ...project(script(good, false)),
      expect: [
        'error start.sh ENTRYPOINT starts /app/start.sh, which nobody may execute: the file has no x permission',
      ],
    },
    'nor are those beside it, as in a repository from Windows that is deployed by hand': {
      ...ofWindows(),
      expect: [
        'warning start.sh ENTRYPOINT starts /app/start.sh, which nobody may execute: the file has no x permission',
      ],
    },
    'nor are those beside it, and a script deploys that somebody runs by hand': {
      ...ofWindows({'deploy.sh': script('#!/bin/sh\nflyctl deploy\n', false)}),
      expect: [
        'warning start.sh ENTRYPOINT starts /app/start.sh, which nobody may execute: the file has no x permission',
      ],
    },
    'nor are those beside it, and a workflow deploys': {
      ...ofWindows({
        '.github/workflows/fly.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: flyctl deploy\n',
      }),
      expect: [
        'error start.sh ENTRYPOINT starts /app/start.sh, which nobody may execute: the file has no x permission',
      ],
    },
    'a release has them with the permissions of the project, whose two mix makes with x where there is such a permission':
      {
        ...release(script(good, false)),
        expect: [
          'warning rel/overlays/bin/migrate release_command starts /app/bin/migrate, which nobody may execute: the file has no x permission',
          'warning rel/overlays/bin/server CMD starts /app/bin/server, which nobody may execute: the file has no x permission',
        ],
      },
    'a release that a workflow deploys': {
      files: {
        ...release(script(good, false)).files,
        '.github/workflows/fly.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: flyctl deploy\n',
      },
      expect: [
        'error rel/overlays/bin/migrate release_command starts /app/bin/migrate, which nobody may execute: the file has no x permission',
        'error rel/overlays/bin/server CMD starts /app/bin/server, which nobody may execute: the file has no x permission',
      ],
    },
    'behind tini': {
      ...project(script(good, false), 'COPY . .\nENTRYPOINT ["tini", "--", "/app/start.sh"]\n'),
      expect: [
        'error start.sh ENTRYPOINT starts /app/start.sh, which nobody may execute: the file has no x permission',
      ],
    },
    'a carriage return': {
      ...project(script('#!/bin/sh\r\nexec node server.js\r\n')),
      expect: [
        'error start.sh:1:1 ENTRYPOINT starts /app/start.sh, whose first line ends with a carriage return: the system looks for a program with it in its name',
      ],
    },
    'carriage returns in what a shell reads': {
      ...project(script('set -e\r\nexec node server.js\r\n'), 'COPY . .\nCMD ["sh", "-e", "start.sh"]\n'),
      expect: [
        'warning start.sh:1:1 CMD has sh read /app/start.sh, whose lines end with a carriage return: to it, that is a part of the last word',
      ],
    },
    'no first line': {
      ...project(script('exec node server.js\n')),
      expect: [
        'warning start.sh:1:1 ENTRYPOINT starts /app/start.sh, which does not begin with #! and a program: the system cannot run it',
      ],
    },
    'chmod alone cures no carriage return': {
      ...project(
        script('#!/bin/sh\r\nexec node server.js\r\n', false),
        'COPY . .\nRUN mkdir -p tmp && chmod +x ./start.sh\nENTRYPOINT ["./start.sh"]\n',
      ),
      expect: [
        'error start.sh:1:1 ENTRYPOINT starts /app/start.sh, whose first line ends with a carriage return: the system looks for a program with it in its name',
      ],
    },
    "bash, on Alpine with Amazon's Java and packages that are called like tools": {
      ...project(
        script('#!/bin/bash\nexec java -jar app.jar\n'),
        'RUN apk update && apk add make postgresql-client\nCOPY . .\nENTRYPOINT ["./start.sh"]\n',
        'amazoncorretto:21-alpine',
      ),
      expect: [
        'error start.sh:1:1 ENTRYPOINT starts /app/start.sh, which bash must run, and neither amazoncorretto:21-alpine nor a RUN brings that',
      ],
    },
    'bash, on Alpine with what runs .NET': {
      ...project(
        script('#!/usr/bin/env bash\nexec dotnet Shop.dll\n'),
        undefined,
        'mcr.microsoft.com/dotnet/aspnet:9.0-alpine',
      ),
      expect: [
        'error start.sh:1:1 ENTRYPOINT starts /app/start.sh, which bash must run, and neither mcr.microsoft.com/dotnet/aspnet:9.0-alpine nor a RUN brings that',
      ],
    },
    'chmod of all of them brings no bash': {
      ...project(
        script('#!/usr/bin/env bash\nexec node server.js\n', false),
        'COPY . .\nRUN chmod 755 *.sh\nENTRYPOINT ["./start.sh"]\n',
        'node:22-alpine',
      ),
      expect: [
        'error start.sh:1:1 ENTRYPOINT starts /app/start.sh, which bash must run, and neither node:22-alpine nor a RUN brings that',
      ],
    },
    'bash on Alpine, where nginx and supervisord bring none': {
      ...project(
        script('#!/bin/bash\nexec node server.js\n'),
        'RUN apk add --no-cache nginx supervisor\nCOPY . .\nENTRYPOINT ["./start.sh"]\n',
        'node:22-alpine',
      ),
      expect: [
        'error start.sh:1:1 ENTRYPOINT starts /app/start.sh, which bash must run, and neither node:22-alpine nor a RUN brings that',
      ],
    },
    'bash on Alpine': {
      ...project(script('#!/bin/bash\nexec node server.js\n'), undefined, 'node:22-alpine'),
      expect: [
        'error start.sh:1:1 ENTRYPOINT starts /app/start.sh, which bash must run, and neither node:22-alpine nor a RUN brings that',
      ],
    },
  },
})
