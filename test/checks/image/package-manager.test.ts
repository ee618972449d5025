import packageManager from '../../../checks/image/package-manager.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, script = '') => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: dockerfile, 'start.sh': script},
})

testCheck(packageManager, {
  clean: {
    'apk on Alpine': project('FROM node:22-alpine\nRUN apk add --no-cache curl\n'),
    'apt-get on Debian': project('FROM node:22-slim\nRUN apt-get update && apt-get install -y curl\n'),
    'a digest without a tag, which may be of Alpine': project(
      `FROM golang@sha256:${'0'.repeat(64)}\nRUN apk add --no-cache tzdata\n`,
    ),
    'an image of which nothing is known': project('FROM acme/base:3\nRUN apk add curl\n'),
    'a variant that is neither': project('FROM eclipse-temurin:21-ubi9-minimal\nRUN microdnf install -y tar\n'),
    'a variant of Oracle Linux': project('FROM maven:3.8-openjdk-17\nRUN microdnf install -y tar\n'),
    'it asks first': project(
      'FROM node:22-slim\nRUN if command -v apk; then apk add curl; else apt-get install -y curl; fi\n',
    ),
    'a script that asks first': project(
      'FROM node:22-slim\nCOPY start.sh /\nCMD ["sh", "/start.sh"]\n',
      'if [ -f /etc/alpine-release ]; then\n  apk add curl\nfi\n',
    ),
    'each stage has its own': project(
      'FROM alpine AS a\nRUN apk add curl\nFROM debian\nRUN apt-get update\nCOPY --from=a /usr/bin/curl /x\n',
    ),
    'dnf on CentOS': project('FROM quay.io/centos/centos:stream9\nRUN dnf install -y httpd\n'),
    'one that was installed': project('FROM alpine\nRUN apk add apt\nRUN apt update\n'),
  },
  flagged: {
    'apk on Debian': {
      ...project('FROM node:22-slim AS base\nFROM base\nRUN apk add --no-cache curl\n'),
      expect: [
        'error Dockerfile:3:5 RUN calls apk, which node:22-slim does not have: it is built on Debian, whose program is apt-get',
      ],
    },
    'apt-get on Alpine': {
      ...project('FROM python:3.13-alpine\nRUN apt-get update && apt-get install -y gcc\n'),
      expect: [
        'error Dockerfile:2:5 RUN calls apt-get, which python:3.13-alpine does not have: it is built on Alpine, whose program is apk',
      ],
    },
    'somebody’s image, by its tag': {
      ...project('FROM acme/app:2-alpine\nRUN apt-get update\n'),
      expect: [
        'warning Dockerfile:2:5 RUN calls apt-get, which acme/app:2-alpine does not have: it is built on Alpine, whose program is apk',
      ],
    },
    'apt-get on CentOS': {
      ...project('FROM centos:7\nRUN apt-get update\n'),
      expect: [
        'error Dockerfile:2:5 RUN calls apt-get, which centos:7 does not have: it is built on CentOS, whose program is yum',
      ],
    },
    'in a branch of a script that the machine starts': {
      ...project(
        'FROM maven:3.8-eclipse-temurin-17\nCOPY start.sh /\nCMD ["sh", "/start.sh"]\n',
        'if [ -n "$FLY_MACHINE_ID" ]; then\n  apk add --no-cache aws-cli\nfi\n',
      ),
      expect: [
        'warning start.sh:2:3 CMD comes to apk, which maven:3.8-eclipse-temurin-17 does not have: it is built on Ubuntu, whose program is apt-get',
      ],
    },
  },
})
