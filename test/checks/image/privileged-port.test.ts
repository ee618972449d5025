import {expect, it} from 'vitest'
import privilegedPort from '../../../checks/image/privileged-port.ts'
import {checkOne, testCheck} from '../../harness.ts'

const app = (port: number | string, dockerfile: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = ${port}\n`,
    Dockerfile: dockerfile,
    ...files,
  },
})
const rails = 'FROM ruby:3.4-slim\nUSER 1000:1000\nCMD ["./bin/thrust", "./bin/rails", "server"]\n'
const lock = (version: string) => ({
  Gemfile: 'source "https://rubygems.org"\ngem "thruster", require: false\n',
  'Gemfile.lock': `GEM\n  remote: https://rubygems.org/\n  specs:\n    thruster (${version}-x86_64-linux)\n\nPLATFORMS\n  x86_64-linux\n\nDEPENDENCIES\n  thruster\n`,
})

testCheck(privilegedPort, {
  clean: {
    'a port for everybody': app(8080, 'FROM node:22\nUSER node\nCMD ["node", "server.js"]\n'),
    root: app(80, 'FROM node:22\nCMD ["node", "server.js"]\n'),
    'root again': app(80, 'FROM node:22\nUSER node\nRUN npm ci\nUSER root\nCMD ["node", "server.js"]\n'),
    'a user that a variable names': app(80, 'FROM node:22\nUSER $WHO\nCMD ["node", "server.js"]\n'),
    'nginx, which is root and gives its workers to another user': app(80, 'FROM nginx:1.27\n'),
    'another user in an earlier stage': app(
      80,
      'FROM node:22 AS build\nUSER node\nRUN npm ci\nFROM nginx:1.27\nCOPY --from=build /a /a\n',
    ),
    'a program that is given the right': app(
      80,
      'FROM debian:12\nRUN setcap cap_net_bind_service=+ep /app/server\nUSER app\nCMD ["/app/server"]\n',
    ),
    'a server on another port, which image/listen-port tells': app(
      80,
      'FROM python:3.13-slim\nUSER app\nCMD ["gunicorn", "-b", "0.0.0.0:8000", "shop.wsgi"]\n',
    ),
    'an image whose program may have it': app(80, 'FROM caddy:2\nUSER caddy\n'),
    'Puma behind a Thruster that is told another port': app(8080, rails, {
      ...lock('0.1.17'),
      'fly.toml': 'app = "shop"\n[env]\nHTTP_PORT = 8080\n[http_service]\ninternal_port = 8080\n',
    }),
    'Puma on its own port, where Thruster goes on without its own': app(3000, rails, lock('0.1.15')),
  },
  flagged: {
    'another user than root': {
      ...app(80, 'FROM node:22-slim\nUSER node\nCMD ["node", "server.js"]\n'),
      expect: [
        'warning fly.toml:3:3 internal_port is 80, but only root may listen on ports below 1024 of a machine, and the image runs as USER node: nothing can listen there',
      ],
    },
    'by its number, in a stage that this one is built on': {
      ...app(
        443,
        'FROM ruby:3.4-slim AS base\nUSER 1000:1000\nFROM base\nCMD ["./bin/thrust", "./bin/rails", "server"]\n',
      ),
      expect: [
        'warning fly.toml:3:3 internal_port is 443, but only root may listen on ports below 1024 of a machine, and the image runs as USER 1000:1000: nothing can listen there',
      ],
    },
    'a Thruster that ends, and takes Puma with it': {
      ...app(3000, rails, lock('0.1.16')),
      expect: [
        'warning Dockerfile:3:1 Thruster listens on port 80 and ends there: only root may listen on ports below 1024 of a machine, and the image runs as USER 1000:1000',
      ],
    },
  },
})

it('names what tells Thruster its port', async () => {
  const {findings} = await checkOne(app(80, rails, lock('0.1.15')), privilegedPort)
  expect(findings.map(({hint}) => hint)).toEqual([
    'Write HTTP_PORT = "8080" under [env], and internal_port = 8080 for the service.',
  ])
})
