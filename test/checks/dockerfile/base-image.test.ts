import baseImage from '../../../checks/dockerfile/base-image.ts'
import {testCheck} from '../../harness.ts'

const from = (Dockerfile: string, files: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile, ...files},
})

testCheck(baseImage, {
  clean: {
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
    'a stage that is not built': from('FROM golang:1.22-slim AS old\nFROM golang:1.22\n'),
  },
  flagged: {
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
