import check from '../../../checks/dockerfile/lost-export.ts'
import {testCheck} from '../../harness.ts'

const file = (dockerfile: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\n${dockerfile}`,
    ...more,
  },
})

testCheck(check, {
  clean: {
    'the RUN that sets it uses it': file('RUN export HOST=a && npm run build\n'),
    'for one command': file('RUN HOST=a npm run build\n'),
    'it is written to a file': file('RUN export HOST=a; echo "$HOST" > host\n'),
    'a command tells what it is': file('RUN cd web && npm ci\n'),
    'a heredoc': file('RUN <<EOF\nexport HOST=a\nEOF\n'),
    'an ENV': file('ENV HOST=a\n'),
    'a shell that stops': file('RUN set -e\n'),
  },
  flagged: {
    'a secret that a build of the app reads': {
      ...file('RUN --mount=type=secret,id=HOST \\\n  export HOST="$(cat /run/secrets/HOST)"\nRUN npm run build\n', {
        'package.json': '{"scripts": {"build": "node build.js"}}',
        'build.js': 'console.log(process.env.HOST ?? "localhost")\n',
      }),
      expect: ['warning Dockerfile:4:1 this RUN sets HOST and ends: no later instruction has that value'],
    },
    'one that an ENV or the later instruction gives': {
      ...file(
        'RUN export A=1\nENV A=2\nRUN export B=1\nRUN B=2 && echo $B\nRUN export C=1\nRUN for C in 1 2; do echo $C; done\nRUN echo $A\n',
      ),
      expect: ['A', 'B', 'C'].map(
        (name, index) =>
          `info Dockerfile:${4 + index * 2}:1 this RUN sets ${name} and ends: no later instruction has that value`,
      ),
    },
    'a folder that it is in, or that nothing needs': {
      ...file('RUN cd /app\nRUN npm ci\nRUN cd web\nCOPY a.txt /srv/\nRUN cd web\nCMD ["node", "server.js"]\n'),
      expect: ['/app', 'web', 'web'].map(
        (folder, index) =>
          `info Dockerfile:${4 + index * 2}:1 this RUN goes to ${folder} and ends: the next instruction is where it was before`,
      ),
    },
    'several, of which a later instruction reads one': {
      ...file("RUN set -e; export A=1 && export B='2 3'\nRUN echo ${B}\n"),
      expect: ['warning Dockerfile:4:1 this RUN sets B and ends: no later instruction has that value'],
    },
    'one that nothing is seen to read': {
      ...file('RUN export NODE_OPTIONS=--max-old-space-size=4096\nRUN npm run build\n'),
      expect: ['info Dockerfile:4:1 this RUN sets NODE_OPTIONS and ends: no later instruction has that value'],
    },
    'a folder': {
      ...file('RUN cd web\nRUN npm ci\n'),
      expect: ['warning Dockerfile:4:1 this RUN goes to web and ends: the next instruction is where it was before'],
    },
    'a folder, with the WORKDIR behind it': {
      ...file('RUN cd web\nWORKDIR /app/web\n'),
      expect: ['info Dockerfile:4:1 this RUN goes to web and ends: the next instruction is where it was before'],
    },
  },
})
