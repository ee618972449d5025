import check from '../../../checks/image/idle-command.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, config = '') => ({
  files: {'fly.toml': `app = "shop"\n${config}`, Dockerfile: dockerfile, x: ''},
})
const web = '[http_service]\ninternal_port = 8080\n'
const says = (program: string, base: string) =>
  `the image has no CMD and no ENTRYPOINT, and starts ${program} of ${base}, which has nothing to read and ends at once`

testCheck(check, {
  clean: {
    'a CMD': project('FROM golang:1.24\nCMD ["/shop"]\n'),
    'an ENTRYPOINT of the stage before': project(
      'FROM golang:1.24 AS base\nENTRYPOINT ["/shop"]\nFROM base\nCOPY x x\n',
    ),
    'each group has a command': project('FROM node:22\nCOPY x x\n', '[processes]\napp = "node x"\n'),
    'a base with a server': project('FROM nginx:1.29\nCOPY x x\n'),
    'PHP with Apache': project('FROM php:8.4-apache\nCOPY x x\n'),
    'the command of the configuration': project('FROM node:22\nCOPY x x\n', '[experimental]\ncmd = ["node", "x"]\n'),
    'what the machine executes': project('FROM node:22\nCOPY x x\n', '[experimental]\nexec = ["node", "x"]\n'),
    'the entrypoint of the configuration': project(
      'FROM node:22\nCOPY x x\n',
      '[experimental]\nentrypoint = ["node", "x"]\n',
    ),
    'dotnet chiseled': project('FROM mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled\nCOPY x x\n'),
    'files without a service': project('FROM nginx\nCOPY x x\n', '[[statics]]\nguest_path="/x"\nurl_prefix="/x"\n'),
    'ruby on build': project('FROM ruby:2.3-onbuild\n'),
    'an image that is not known': project('FROM example.com/base:1\nCOPY x x\n'),
  },
  flagged: {
    'a shell': {
      ...project('FROM golang:1.24\nCOPY x x\nRUN make x\n', web),
      expect: [`error Dockerfile:3:1 ${says('bash', 'golang:1.24')}`],
    },
    'the program is named in the stage that builds': {
      ...project('FROM node:22 AS build\nCMD ["node", "x"]\nFROM node:22-slim\nCOPY --from=build /x /x\n', web),
      expect: [`error Dockerfile:4:1 ${says('node', 'node:22-slim')}`],
    },
    'nobody asks the machine, which may be there for its image': {
      ...project('FROM golang:1.24\nCOPY x x\n'),
      expect: [`warning Dockerfile:2:1 ${says('bash', 'golang:1.24')}`],
    },
    'one of two groups': {
      ...project(
        'FROM python:3.13-slim\nCOPY x x\n',
        '[processes]\nweb = "python x"\nworker = ""\n[http_service]\ninternal_port = 80\nprocesses = ["web"]\n',
      ),
      expect: [`error Dockerfile:2:1 ${says('python3', 'python:3.13-slim')}`],
    },
  },
})
