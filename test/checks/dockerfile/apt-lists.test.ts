import check from '../../../checks/dockerfile/apt-lists.ts'
import {testCheck} from '../../harness.ts'

const image = (from: string, ...lines: string[]) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM ${from}\n${lines.map((line) => `${line}\n`).join('')}`},
})
const slim = (...lines: string[]) => image('python:3.12-slim', ...lines)
const without = (command: string, from: string, name: string) =>
  `${command} install finds no package ${name}: ${from} comes without lists of packages, and no apt-get update is before it`
const gone = (name: string) =>
  `apt-get install finds no package ${name}: its lists of packages are gone, as a RUN before removes them`
const clean = 'rm -rf /var/lib/apt/lists/*'

testCheck(check, {
  clean: {
    'in the same RUN': slim('RUN apt-get update && apt-get install -y ffmpeg'),
    'in a RUN before': slim('RUN apt update', 'RUN apt install -y ffmpeg'),
    'in the stage that it is built on': image(
      'debian:12 AS base',
      'RUN apt-get -qq update',
      'FROM base',
      'RUN apt-get install -y curl',
    ),
    'a flag of apt before it': slim('RUN apt-get -o Acquire::Retries=3 update && apt-get install -y ffmpeg'),
    'again, behind an rm': slim(`RUN apt-get update && ${clean}`, 'RUN apt-get update && apt-get install -y jq'),
    'a script that may fetch them': slim(
      'RUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash -',
      'RUN apt-get install -y nodejs',
    ),
    'another repository, whose lists come with all others': image(
      'ubuntu:24.04',
      'RUN add-apt-repository ppa:deadsnakes/ppa',
      'RUN apt-get install -y jq',
    ),
    'a cache of the builder, which may have them': slim(
      'RUN --mount=type=cache,target=/var/lib/apt apt-get install -y ffmpeg',
    ),
    'an image of which nothing is known': image('acme/base:1', 'RUN apt-get install -y ffmpeg'),
    'what a full image has': image('python:3.12', 'RUN apt-get install -y curl git libpq-dev'),
    'what an earlier RUN has brought': slim(
      `RUN apt-get update && apt-get install -y curl && ${clean}`,
      'RUN apt-get install -y curl',
    ),
    'a package that lies there': slim('COPY tool.deb .', 'RUN apt-get install -y ./tool.deb'),
    'an install that may fail': slim('RUN apt-get install -y jq || true'),
    'a branch': slim('RUN if [ -n "$DEBUG" ]; then apt-get install -y vim; fi'),
    'packages of a variable': slim('ARG PACKAGES', 'RUN apt-get install -y $PACKAGES'),
    Alpine: image('node:22-alpine', 'RUN apt-get install -y ffmpeg'),
    'files of another image over all': slim('COPY --from=acme/base / /', 'RUN apt-get install -y ffmpeg'),
  },
  flagged: {
    'no update at all': {
      ...slim('RUN apt-get install -y --no-install-recommends ffmpeg'),
      expect: [`error Dockerfile:2:5 ${without('apt-get', 'python:3.12-slim', 'ffmpeg')}`],
    },
    'of a plain image, told once': {
      ...image('debian:bookworm', 'WORKDIR /app', 'RUN apt install -y git', 'RUN apt install -y jq'),
      expect: [`error Dockerfile:3:5 ${without('apt', 'debian:bookworm', 'git')}`],
    },
    'a full image': {
      ...image('golang:1.24', 'RUN apt-get install -y curl ffmpeg'),
      expect: [`error Dockerfile:2:5 ${without('apt-get', 'golang:1.24', 'ffmpeg')}`],
    },
    'behind an rm in another RUN': {
      ...slim(`RUN apt-get update && apt-get install -y curl && ${clean}`, 'RUN apt-get install -y git'),
      expect: [`error Dockerfile:3:5 ${gone('git')}`],
    },
    'behind an rm in the stage that it is built on': {
      ...image('node:22-slim AS base', `RUN apt-get update && ${clean}`, 'FROM base', 'RUN apt-get install -y sqlite3'),
      expect: [`error Dockerfile:4:5 ${gone('sqlite3')}`],
    },
  },
})
