import user from '../../../checks/image/user.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, more: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: dockerfile, ...more},
})

testCheck(user, {
  clean: {
    root: project('FROM debian:bookworm-slim\nUSER root\n'),
    'a number': project('FROM scratch\nUSER 65532:65532\n'),
    'one that the image has': project('FROM node:22-slim\nUSER node\nRUN npm ci\n', {'package-lock.json': '{}'}),
    'one that an image of Microsoft, and one of Deno, makes for what it runs': project(
      'FROM denoland/deno:2.0.0 AS a\nUSER deno\nRUN deno cache main.ts\nFROM mcr.microsoft.com/dotnet/aspnet:8.0\nUSER app\n',
    ),
    'of Debian': project('FROM debian:bookworm-slim\nUSER www-data\n'),
    'of distroless': project('FROM gcr.io/distroless/static-debian12\nUSER nonroot:nonroot\n'),
    'one that a RUN makes': project('FROM python:3.13-slim\nRUN useradd -m app\nUSER app\n'),
    'in an earlier stage that it is built on': project(
      'FROM python:3.13-slim AS base\nRUN useradd -m app\nFROM base\nUSER app\n',
    ),
    'a name of a variable': project('FROM python:3.13-slim\nARG NAME=app\nRUN useradd "$NAME"\nUSER $NAME\n'),
    'a base image that is not known': project('FROM shop/base\nUSER app\n'),
    'passwd of another stage': project(
      'FROM debian:bookworm-slim AS build\nRUN useradd app\nFROM scratch\nCOPY --from=build /etc/passwd /etc/passwd\nUSER app\n',
    ),
    'an owner that a RUN before makes': project(
      'FROM python:3.13-slim\nRUN useradd -m app\nCOPY --chown=app:app . .\n',
    ),
    'an owner that the image has': project('FROM node:22-slim\nCOPY --chown=node:node . .\n'),
    'an owner of a number, and one of a variable': project(
      'FROM python:3.13-slim\nARG NAME\nCOPY --chown=1000:1000 . .\nADD --chown=$NAME . .\n',
    ),
    'an owner that a script may make': project(
      'FROM debian:bookworm-slim\nCOPY . .\nRUN ./users.sh\nCOPY --chown=app . .\n',
    ),
    'USER that another follows': project('FROM debian:bookworm-slim\nUSER app\nUSER root\n'),
  },
  flagged: {
    'the owner of what is copied': {
      ...project('FROM node:22-slim\nWORKDIR /app\nCOPY --chown=app:app . .\n'),
      expect: [
        'error Dockerfile:3:1 COPY --chown=app: neither node:22-slim nor a RUN before makes this user: the build ends there ("no such user")',
      ],
    },
    'an owner that is made further down': {
      ...project('FROM node:22-alpine\nCOPY --chown=app . .\nRUN adduser -D app\nUSER app\n'),
      expect: [
        'error Dockerfile:2:1 COPY --chown=app stands before the RUN that makes app: the build ends there ("no such user")',
      ],
    },
    'nothing makes it': {
      ...project('FROM python:3.13-slim\nUSER app\nCMD ["python", "main.py"]\n'),
      expect: [
        'error Dockerfile:2:1 USER app: neither python:3.13-slim nor a RUN before makes this user: the machine cannot start anything',
      ],
    },
    'node in another image': {
      ...project('FROM oven/bun:1-alpine\nUSER node\nRUN bun install\n'),
      expect: [
        'error Dockerfile:2:1 USER node: neither oven/bun:1-alpine nor a RUN before makes this user: the next RUN ends the build',
      ],
    },
    'it is made in the other stage': {
      ...project('FROM debian:bookworm-slim AS build\nRUN useradd app\nFROM debian:bookworm-slim\nUSER app\n'),
      expect: [
        'error Dockerfile:4:1 USER app: neither debian:bookworm-slim nor a RUN before makes this user: the machine cannot start anything',
      ],
    },
    'it is made later': {
      ...project('FROM debian:bookworm-slim\nUSER app\nRUN useradd app\n'),
      expect: ['error Dockerfile:2:1 USER app stands before the RUN that makes app: the next RUN ends the build'],
    },
  },
})
