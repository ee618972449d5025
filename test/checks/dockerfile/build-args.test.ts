import buildArgs from '../../../checks/dockerfile/build-args.ts'
import {testCheck} from '../../harness.ts'

const project = (names: string[], dockerfile: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[build.args]\n${names.map((name) => `${name} = "1"\n`).join('')}`,
    Dockerfile: dockerfile,
    ...more,
  },
})

testCheck(buildArgs, {
  clean: {
    'declared in a stage that is built': project(
      ['VERSION'],
      'FROM node:22 AS build\nARG A VERSION=1\nRUN make\nFROM node:22\nCOPY --from=build /x /x\n',
    ),
    'for the name of the base image': project(['NODE_VERSION'], 'ARG NODE_VERSION=22\nFROM node:$NODE_VERSION\n'),
    'for another argument above the first FROM': project(
      ['VERSION'],
      'ARG VERSION=22\nARG BASE=node:${VERSION}-slim\nFROM ${BASE}\n',
    ),
    'repeated in the stage': project(['HOST'], 'ARG HOST\nFROM node:22\nARG HOST\nRUN make\n'),
    'one that BuildKit knows': project(['HTTP_PROXY', 'BUILDKIT_INLINE_CACHE'], 'FROM node:22\n'),
    'a deploy with another Dockerfile': project(['VERSION'], 'FROM node:22\n', {
      Makefile: 'deploy:\n\tfly deploy --dockerfile web.Dockerfile\n',
    }),
  },
  flagged: {
    'above the first FROM alone': {
      ...project(['HOST'], 'ARG HOST=localhost\nARG TAG=22\nFROM node:$TAG\nRUN make\n'),
      expect: [
        'warning fly.toml:3:1 HOST is declared above the first FROM, where only names of images see it, and no FROM has it: its value is lost',
      ],
    },
    'declared nowhere': {
      ...project(['VERSION'], 'FROM node:22\nARG NAME\n'),
      expect: ['warning fly.toml:3:1 no ARG of Dockerfile declares VERSION: its value is lost'],
    },
    'written in another way': {
      ...project(['NODE_VERSIONS'], 'FROM node:22\nARG NODE_VERSION\n'),
      expect: ['warning fly.toml:3:1 no ARG of Dockerfile declares NODE_VERSIONS: its value is lost'],
    },
    'a version that flyctl launch wrote for its own Dockerfile: a piece of advice': {
      ...project(['PHP_VERSION'], 'FROM php:8.4-apache\n'),
      expect: ['info fly.toml:3:1 no ARG of Dockerfile declares PHP_VERSION: its value is lost'],
    },
    'in a stage that is not built': {
      ...project(['VERSION'], 'FROM node:22 AS test\nARG VERSION\nFROM node:22\n'),
      expect: ['warning fly.toml:3:1 VERSION is declared by ARG only in a stage that is not built: its value is lost'],
    },
  },
  skipped: {
    'no arguments': {
      files: {'fly.toml': 'app = "shop"', Dockerfile: 'FROM node:22\n'},
      reason: '[build.args] gives none',
    },
  },
})
