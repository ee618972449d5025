import baseImages from '../../../checks/policy/base-images.ts'
import {testCheck} from '../../harness.ts'

const project = (Dockerfile: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'preflight.toml': '[policy]\nbase-images = ["python:3.12-slim*", "ghcr.io/acme/*"]\n',
    Dockerfile,
  },
})

testCheck(baseImages, {
  clean: {
    'an allowed image': project('FROM python:3.12-slim\n'),
    'with a digest, from where it comes from': project(
      `FROM docker.io/library/python:3.12-slim@sha256:${'0'.repeat(64)}\n`,
    ),
    'a pattern': project('FROM ghcr.io/acme/base:7\n'),
    'an earlier stage, and nothing at all': project(
      'FROM python:3.12-slim AS build\nFROM build AS more\nFROM scratch\nCOPY --from=more /a /a\n',
    ),
    'a stage that is not built': project('FROM ubuntu AS tools\nFROM python:3.12-slim\n'),
  },
  flagged: {
    'another image': {
      ...project('FROM python:3.13-slim\n'),
      expect: [
        'error Dockerfile:1:1 python:3.13-slim is used here, [policy] allows "python:3.12-slim*" or "ghcr.io/acme/*"',
      ],
    },
    'an image to copy from': {
      ...project('FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/\n'),
      expect: [
        'error Dockerfile:2:1 ghcr.io/astral-sh/uv:0.5 is used here, [policy] allows "python:3.12-slim*" or "ghcr.io/acme/*"',
      ],
    },
    'a build argument in the name: a warning': {
      ...project('ARG VERSION=3.11\nFROM python:${VERSION}-slim\n'),
      expect: [
        'warning Dockerfile:2:1 python:3.11-slim is used here, [policy] allows "python:3.12-slim*" or "ghcr.io/acme/*"',
      ],
    },
  },
  skipped: {
    'no policy': {
      files: {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM debian\n'},
      reason: '[policy] has no base-images',
    },
  },
})
