import multiStage from '../../../checks/dockerfile/multi-stage.ts'
import {testCheck} from '../../harness.ts'

const project = (Dockerfile: string) => ({files: {'fly.toml': 'app = "shop"\n', Dockerfile}})

testCheck(multiStage, {
  clean: {
    'only in the builder': project(
      'FROM debian AS builder\nRUN apt-get install -y gcc\nFROM debian\nCOPY --from=builder /app /app\n',
    ),
    'removed again': project('FROM debian\nRUN apt-get install -y gcc && make && apt-get purge -y --auto-remove gcc\n'),
    'an Alpine group removed again': project(
      'FROM alpine\nRUN apk add --virtual .build gcc musl-dev && apk del .build\n',
    ),
    'only where a condition holds': project(
      'FROM debian\nARG DEV\nRUN if [ "$DEV" = 1 ]; then apt-get install -y gcc; fi\n',
    ),
    'a base image that brings them': project('FROM python:3.12\n'),
  },
  flagged: {
    'in the only stage, at the command that installs them': {
      ...project('FROM debian\nRUN apt-get update && \\\n    apt-get install -y curl build-essential libpq-dev\n'),
      expect: ['info Dockerfile:3:5 the final stage installs what only a build needs: build-essential, libpq-dev'],
    },
    'in a stage that the final one is built on': {
      ...project('FROM debian AS base\nRUN apt-get install -y g++\nFROM base\nCMD ["app"]\n'),
      expect: ['info Dockerfile:2:5 the final stage installs what only a build needs: g++'],
    },
  },
})
