import syntax from '../../../checks/dockerfile/syntax.ts'
import {testCheck} from '../../harness.ts'

const project = (Dockerfile: string, fly = 'app = "shop"\n') => ({files: {'fly.toml': fly, Dockerfile}})

testCheck(syntax, {
  clean: {
    'ARG before FROM, any case, a heredoc with words like instructions': project(`# syntax=docker/dockerfile:1
ARG V=3.12
from python:\${V}-slim as base
RUN <<EOF
COPYX a b
echo FROM
EOF
`),
    'heredocs in the forms that BuildKit takes': project('FROM debian\nRUN cat << EOF > /x\nHELLO world\nEOF\n'),
    'bytes that are no UTF-8, in a comment': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: new Uint8Array([
          ...new TextEncoder().encode('# caf'),
          0xe9,
          ...new TextEncoder().encode('\nFROM debian\n'),
        ]),
      },
    },
    'a byte order mark and line ends of Windows': project('\ufeffFROM python:3.12-slim\r\nWORKDIR /app\r\n'),
    'what begins with && or -- within an instruction': project(
      'FROM debian\nRUN a \\\n# why\n\n  && b \\\n  --c\nRUN <<EOF\n&& d\nEOF\nHEALTHCHECK --interval=1s \\\n  --timeout=1s CMD a\n',
    ),
    'a build target that exists': project('FROM a AS Base\nFROM b\n', 'app = "shop"\n[build]\nbuild-target = "base"'),
  },
  flagged: {
    'a line that seems to go on': {
      ...project('FROM debian\nRUN echo a\\\\\\\n b\n'),
      expect: ['error Dockerfile:2:1 b is no Dockerfile instruction'],
    },
    'no FROM': {
      ...project('ARG A=1\n'),
      expect: ['error Dockerfile Dockerfile has no FROM, so there is nothing to build'],
    },
    'a Compose file': {
      files: {
        'fly.toml': 'app = "shop"\n[build]\ndockerfile = "compose.yml"\n',
        'compose.yml': 'version: "3"\nservices:\n  db:\n    image: postgres\n',
      },
      expect: ['error compose.yml:1:1 compose.yml is a Compose file, no Dockerfile'],
    },
    'an empty file': {...project('\n\n'), expect: ['error Dockerfile Dockerfile has no instructions']},
    'an instruction before FROM': {
      ...project('# the app\nWORKDIR /app\nFROM python:3.12\n'),
      expect: ['error Dockerfile:2:1 WORKDIR stands before the first FROM; only ARG may'],
    },
    'an unknown instruction': {
      ...project('FROM python:3.12\nCOPPY . .\n'),
      expect: ['error Dockerfile:2:1 COPPY is no Dockerfile instruction'],
    },
    'a command that goes on without a backslash': {
      ...project('FROM debian\nRUN apt-get update\n  && apt-get install -y curl\n'),
      expect: ['error Dockerfile:3:3 && is no Dockerfile instruction'],
    },
    'an option that goes on without a backslash': {
      ...project('FROM debian\nRUN adduser app\n    --disabled-password\n'),
      expect: ['error Dockerfile:3:5 --disabled-password is no Dockerfile instruction'],
    },
    'an address that was pasted before it': {
      ...project('file:///home/me/Dockerfile\nFROM debian\n'),
      expect: ['error Dockerfile:1:1 file:///home/me/Dockerfile is no Dockerfile instruction'],
    },
    'a page that it was copied from': {
      ...project('```dockerfile\nFROM debian\n```\n'),
      expect: ['error Dockerfile:1:1 ```dockerfile is no Dockerfile instruction'],
    },
    'a build target that is no stage': {
      ...project('FROM python:3.12 AS base\n', 'app = "shop"\n[build]\n  build-target = "prod"\n'),
      expect: ['error fly.toml:3:3 the build target "prod" is no stage of Dockerfile'],
    },
  },
  skipped: {
    'a Dockerfile for another frontend': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: '# syntax=devthefuture/dockerfile-x\nINCLUDE ./base.Dockerfile\n',
      },
      reason: 'Dockerfile is written for another frontend, devthefuture/dockerfile-x',
    },
    'no Dockerfile': {files: {'fly.toml': 'app = "shop"'}, reason: 'there is no Dockerfile'},
  },
})
