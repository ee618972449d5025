import endOfLife from '../../../checks/dockerfile/end-of-life.ts'
import {testCheck} from '../../harness.ts'

const from = (...images: string[]) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `${images.map((image) => `FROM ${image}\n`).join('')}CMD ["true"]\n`,
  },
})

testCheck(endOfLife, {
  clean: {
    'a version that is kept up': from('node:24-slim'),
    'no version is named': from('node:lts-slim'),
    'a version that is not in the list': from('python:3.15'),
    'one that begins like an old one': from('php:8.10-fpm'),
    'the image that builds is another matter': from('node:18 AS build', 'nginx:1.29'),
    'an image that is not known': from('ghcr.io/acme/node:18'),
    'long-term support goes on': from('debian:bookworm-slim'),
    'Alpine that is kept up': from('python:3.13-alpine3.23'),
  },
  flagged: {
    'Node.js': {
      ...from('node:24 AS build', 'node:18.20-alpine'),
      expect: ['info Dockerfile:2:1 node:18.20-alpine is Node.js 18, which has had no security fixes since 2025-04-30'],
    },
    'behind a name of its own': {
      ...from('python:3.9-slim AS base', 'base'),
      expect: ['info Dockerfile:1:1 python:3.9-slim is Python 3.9, which has had no security fixes since 2025-10-31'],
    },
    'the system under the language': {
      ...from('ruby:3.4-bullseye'),
      expect: [
        'info Dockerfile:1:1 ruby:3.4-bullseye is Debian bullseye, which has had no security fixes since 2026-08-31',
      ],
    },
    '.NET': {
      ...from('mcr.microsoft.com/dotnet/aspnet:7.0'),
      expect: [
        'info Dockerfile:1:1 mcr.microsoft.com/dotnet/aspnet:7.0 is .NET 7, which has had no security fixes since 2024-05-14',
      ],
    },
  },
})
