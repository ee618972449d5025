import baseImage from '../../../checks/dockerfile/base-image.ts'
import {testCheck} from '../../harness.ts'

const from = (Dockerfile: string, files: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile, ...files},
})

testCheck(baseImage, {
  clean: {
    'a patch level of old, and a number alone': from('FROM ruby:2.0.0-p648\nFROM node:20\n'),
    'each image in its own order': from(
      'FROM node:22-bookworm-slim AS node\nFROM python:3.12-slim-bookworm\nCOPY --from=node /a /a\n',
    ),
    'an old tag is kept': from('FROM node:14-buster-slim\n'),
    'newer than the table': from('FROM python:3.99-slim AS a\nFROM node:22-alpine3.99\nCOPY --from=a /a /a\n'),
    'Ubuntu where there are images of it': from('FROM eclipse-temurin:21-jre-noble\n'),
    'Ubuntu of an image that the table does not have': from('FROM example/node:22-noble\n'),
    'a release candidate': from('FROM ruby:3.5-rc-slim\n'),
    'jdk is what openjdk is without it': from('FROM openjdk:17-jdk-slim\n'),
    'the newest one, and that of a variant': from('FROM node:latest AS a\nFROM node:slim\nCOPY --from=a /a /a\n'),
    'latest of an image that the table does not have': from('FROM oven/bun:latest-slim\n'),
    'images of others': from('FROM rust/cross\nFROM node/latest:1\n'),
    'a stage with the name of a version': from('FROM node:22 AS node22\nFROM node22\n'),
    'names with numbers of others': from('FROM example/python3.12\nFROM r-base3\n'),
    'a whole major version': from('FROM python:3-slim\n'),
    'by its digest': from(`FROM python:3.12-bookworm-slim@sha256:${'0'.repeat(64)}\n`),
    'releases of Debian and Ubuntu at their own images': from(
      'FROM debian:bookworm-20240701-slim\nFROM debian:12.10-slim AS a\nFROM ubuntu:noble-20240605\nCOPY --from=a /a /a\n',
    ),
    'an image of the same name from elsewhere': from('FROM example.com/python:3.12-bookworm-slim\n'),
    'the tag that the deploy of the project passes': from('ARG V=17\nFROM openjdk:${V}-jre\n', {
      'deploy.sh': 'flyctl deploy --build-arg V=11\n',
    }),
    'a stage whatever the case, and images': from(
      'FROM node:22 AS Build\nFROM alpine\nCOPY --from=build /a /a\nCOPY --from=composer /b /b\nCOPY --from=0 /c /c\n',
    ),
    'images of Elixir by the Hex team': from(
      [
        '1.18.4-erlang-27.3.4-debian-bookworm-20250520-slim',
        // Branches, candidates, and what only may be too old.
        '1.18-erlang-27.3-debian-bookworm-20260316-slim',
        '1.18.0-rc.0-erlang-27.1.2-debian-bookworm-20240926',
        '1.20.0-rc.1-erlang-28.0-rc1-debian-trixie-20250428-slim',
        '1.17.3-erlang-27.1-debian-bookworm-20240904-slim',
        '1.14.3-erlang-25.2.1-debian-bullseye-20221004-slim',
        '1.15.7-erlang-26.1.2-alpine-3.18.4',
        '1.17.3-erlang-27.2-ubuntu-noble-20241118.1',
        'main-erlang-27.2-ubuntu-noble-20241118.1',
      ]
        .map((tag) => `FROM hexpm/elixir:${tag}\n`)
        .join(''),
    ),
    'days of Debian that are newer than the table, or of a release without one': from(
      'FROM debian:bookworm-20991201-slim AS a\nFROM debian:forky-20240702-slim AS b\nFROM debian:bullseye-20240701\nCOPY --from=a /a /a\nCOPY --from=b /a /a\n',
    ),
    'a stage that is not built': from('FROM golang:1.22-slim AS old\nFROM golang:1.22\n'),
  },
  flagged: {
    'a version of Bitnami': {
      files: {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM bitnami/node:18\nCMD ["node"]\n'},
      expect: [
        'warning Dockerfile:1:1 bitnami/node:18 is not likely to exist: Bitnami took its versions away in September 2025, and left them in bitnamilegacy as they were',
      ],
    },
    'a version without its colon': {
      ...from('FROM node20-alpine AS a\nFROM python3.12\nCOPY --from=a /a /a\n'),
      expect: [
        'error Dockerfile:1:1 node20-alpine does not exist: Docker Hub has no image of this name, and a tag stands behind a colon',
        'error Dockerfile:2:1 python3.12 does not exist: Docker Hub has no image of this name, and a tag stands behind a colon',
      ],
    },
    'a tag behind a slash': {
      ...from('FROM rust/latest AS a\nFROM node/20-alpine\nCOPY --from=a /a /a\n'),
      expect: [
        'warning Dockerfile:1:1 rust/latest is not likely to exist: a tag stands behind a colon',
        'warning Dockerfile:2:1 node/20-alpine is not likely to exist: a tag stands behind a colon',
      ],
    },
    'a variant of latest': {
      ...from('FROM rust:latest AS a\nFROM debian:latest-slim\nCOPY --from=a /a /a\n'),
      expect: ['error Dockerfile:2:1 debian:latest-slim does not exist: latest has no variants'],
    },
    'a release of Ubuntu, where all is built on Debian and Alpine': {
      ...from('FROM node:22-noble\n'),
      expect: ['error Dockerfile:1:1 node:22-noble does not exist: there is no variant noble'],
    },
    'a stage by another name': {
      ...from('FROM node:22 AS builder\nRUN npm ci\nFROM node:22-slim\nCOPY --from=build /app /app\n'),
      expect: ['error Dockerfile:4:1 build does not exist: no stage has this name, and Docker Hub has no image of it'],
    },
    'a FROM of a stage that is gone': {
      ...from('FROM node:22-slim AS deps\nFROM base\nCOPY --from=deps /app /app\n'),
      expect: ['error Dockerfile:2:1 base does not exist: no stage has this name, and Docker Hub has no image of it'],
    },
    'an image of that name, which the project itself makes': {
      ...from('FROM shop-base\n', {Makefile: 'base:\n\tdocker build -t shop-base -f Dockerfile.base .\n'}),
      expect: [
        'warning Dockerfile:1:1 shop-base does not exist: no stage has this name, and Docker Hub has no image of it, and a build by Fly.io has no images and contexts of this computer',
      ],
    },
    'a context that a build of Compose is handed': {
      ...from('FROM node:22-slim\nCOPY --from=assets /a /a\n', {
        'compose.yml': 'services:\n  app:\n    build:\n      additional_contexts:\n        assets: ./assets\n',
      }),
      expect: [
        'warning Dockerfile:2:1 assets does not exist: no stage has this name, and Docker Hub has no image of it, and a build by Fly.io has no images and contexts of this computer',
      ],
    },
    'a build on the computer of who deploys': {
      ...from('FROM base\n', {'deploy.sh': 'flyctl deploy --local-only\n'}),
      expect: [
        'warning Dockerfile:1:1 base does not exist: no stage has this name, and Docker Hub has no image of it, and a build by Fly.io has no images and contexts of this computer',
      ],
    },
    'the other order': {
      ...from('FROM docker.io/library/python:3.12-bookworm-slim\n'),
      expect: [
        'error Dockerfile:1:1 docker.io/library/python:3.12-bookworm-slim does not exist: there is no variant bookworm-slim',
      ],
    },
    'versions as the languages write them': {
      ...from('FROM ruby:3.1.2p20\n'),
      expect: [
        'error Dockerfile:1:1 ruby:3.1.2p20 does not exist: its tags have versions as numbers alone, without p20',
      ],
    },
    '… with a v before it': {
      ...from('FROM node:v20-slim\n'),
      expect: ['error Dockerfile:1:1 node:v20-slim does not exist: its tags have versions as numbers alone, without v'],
    },
    'a release that came too late': {
      ...from('FROM node:22-buster\n'),
      expect: ['error Dockerfile:1:1 node:22-buster does not exist: buster was never built for 22'],
    },
    'a release of Ubuntu at the image of Debian': {
      ...from('ARG DEBIAN_VERSION=ubuntu-noble-20240605\nFROM debian:${DEBIAN_VERSION}\n'),
      expect: ['error Dockerfile:2:1 debian:ubuntu-noble-20240605 does not exist: ubuntu is no release of Debian'],
    },
    'a release of Debian at the image of Ubuntu, and a slim one': {
      ...from('FROM ubuntu:22.04-slim AS a\nFROM ubuntu:bookworm\nCOPY --from=a /a /a\n'),
      expect: [
        'error Dockerfile:1:1 ubuntu:22.04-slim does not exist: Ubuntu has no slim images',
        'error Dockerfile:2:1 ubuntu:bookworm does not exist: bookworm is no release of Ubuntu',
      ],
    },
    'a day of which Debian has no images': {
      ...from(
        'ARG DEBIAN_VERSION=bookworm-20240702-slim\nARG BUILDER_IMAGE="hexpm/elixir:1.16.3-erlang-26.2.5-debian-${DEBIAN_VERSION}"\nARG RUNNER_IMAGE="debian:${DEBIAN_VERSION}"\nFROM ${BUILDER_IMAGE} AS build\nFROM ${RUNNER_IMAGE}\nCOPY --from=build /a /a\n',
      ),
      expect: [
        'error Dockerfile:1:1 hexpm/elixir:1.16.3-erlang-26.2.5-debian-bookworm-20240702-slim does not exist: Debian has no images of 20240702',
      ],
    },
    '… of Debian itself': {
      ...from('FROM debian:trixie-20260101-slim\n'),
      expect: ['error Dockerfile:1:1 debian:trixie-20260101-slim does not exist: Debian has no images of 20260101'],
    },
    'tags that the images of the Hex team do not have': {
      ...from(
        [
          '1.18',
          'latest',
          '1.18.4-erlang-27.3.4',
          '1.17.3-erlang-27.2-debian-bookworm-slim',
          '1.17.3-erlang-27.2-ubuntu-noble',
          '1.17.3-erlang-27.2-alpine-3.20',
          '1.14.3-erlang-27.2-alpine-3.20.3',
          '1.17.3-erlang-27.1-debian-bookworm-20240701-slim',
          '1.18.0-erlang-26.2.5-debian-bookworm-20241016-slim',
        ]
          .map((tag, index) => `FROM hexpm/elixir:${tag}${index < 8 ? ` AS s${index}` : ''}\n`)
          .join('') + Array.from({length: 8}, (_, index) => `COPY --from=s${index} /a /a\n`).join(''),
      ),
      expect: [
        ...['1.18', 'latest', '1.18.4-erlang-27.3.4'].map(
          (tag, index) =>
            `error Dockerfile:${index + 1}:1 hexpm/elixir:${tag} does not exist: its tags name Elixir, Erlang and a system, as 1.18.4-erlang-27.3.4-debian-bookworm-20250520-slim does`,
        ),
        'error Dockerfile:4:1 hexpm/elixir:1.17.3-erlang-27.2-debian-bookworm-slim does not exist: it has none for debian-bookworm-slim, only with the whole version, as debian-bookworm-20250520-slim',
        'error Dockerfile:5:1 hexpm/elixir:1.17.3-erlang-27.2-ubuntu-noble does not exist: it has none for ubuntu-noble, only with the whole version, as ubuntu-noble-20250127',
        'error Dockerfile:6:1 hexpm/elixir:1.17.3-erlang-27.2-alpine-3.20 does not exist: it has none for alpine-3.20, only with the whole version, as alpine-3.21.3',
        'error Dockerfile:7:1 hexpm/elixir:1.14.3-erlang-27.2-alpine-3.20.3 does not exist: Elixir 1.14 is made for Erlang 23 to 26',
        'error Dockerfile:8:1 hexpm/elixir:1.17.3-erlang-27.1-debian-bookworm-20240701-slim does not exist: Erlang 27.1 is newer than the Debian of 20240701, and is built only on those from then on',
        'error Dockerfile:9:1 hexpm/elixir:1.18.0-erlang-26.2.5-debian-bookworm-20241016-slim does not exist: Elixir 1.18.0 is newer than the Debian of 20241016, and is built only on those from then on',
      ],
    },
    'a version between two that there are': {
      ...from('FROM ruby:3.5-slim\n'),
      expect: ['error Dockerfile:1:1 ruby:3.5-slim does not exist: there was never a version 3.5'],
    },
    'of COPY --from': {
      ...from('FROM alpine:3.22\nCOPY --from=golang:1.22-slim /usr/local/go /usr/local/go\n'),
      expect: ['error Dockerfile:2:1 golang:1.22-slim does not exist: there is no variant slim'],
    },
    'a deploy passes what is not known': {
      ...from('ARG V=17\nFROM openjdk:${V}-jre\n', {'deploy.sh': 'flyctl deploy --build-arg V="$JAVA"\n'}),
      expect: [
        'info Dockerfile:2:1 openjdk:17-jre does not exist: jre was never built for 17, unless --build-arg says another V',
      ],
    },
    'a deploy passes what the default is made of': {
      ...from('ARG V=17\nARG BASE="openjdk:${V}-jre"\nFROM ${BASE}\n', {
        'deploy.sh': 'flyctl deploy --build-arg V="$JAVA"\n',
      }),
      expect: [
        'info Dockerfile:3:1 openjdk:17-jre does not exist: jre was never built for 17, unless --build-arg says another V',
      ],
    },
    'a deploy passes another variable': {
      ...from('ARG V=17\nFROM openjdk:${V}-jre\n', {'deploy.sh': 'flyctl deploy --build-arg COMMIT=abc\n'}),
      expect: ['error Dockerfile:2:1 openjdk:17-jre does not exist: jre was never built for 17'],
    },
  },
})
