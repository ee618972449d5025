import check from '../../../checks/image/native-modules.ts'
import {testCheck} from '../../harness.ts'

const lockOf = (name: string, version: string, more = {}) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {[`node_modules/${name}`]: {version, hasInstallScript: true, ...more}},
  })
const project = (
  {
    from = 'node:22',
    last = 'node:22-alpine',
    behind = '',
    name = 'bcrypt',
    version = '5.1.1',
    code = "require('bcrypt')\n",
  } = {},
  more: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${from} AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nFROM ${last}\nWORKDIR /app\nCOPY --from=build /app .\n${behind}CMD ["node", "server.js"]\n`,
    'package.json': JSON.stringify({dependencies: {[name]: version}}),
    'package-lock.json': lockOf(name, version),
    'server.js': code,
    ...more,
  },
})
const told = (from: string, last: string, libc: string, name = 'bcrypt 5.1.1') =>
  `Dockerfile:6:1 ${name} is installed on ${from}, and its native part does not load on ${last}, whose C library is ${libc}`

testCheck(check, {
  clean: {
    'both on Debian': project({last: 'node:22-slim'}),
    'both on Alpine': project({from: 'node:22-alpine'}),
    'built anew in the last stage': project({behind: 'RUN npm rebuild\n'}),
    'installed in the last stage': project({behind: 'RUN rm -rf node_modules && npm ci --omit=dev\n'}),
    'a version that brings both': project({version: '6.0.0'}),
    'a package that brings both': project({name: 'sharp', version: '0.33.5', code: "require('sharp')\n"}),
    'for development alone': project({}, {'package-lock.json': lockOf('bcrypt', '5.1.1', {dev: true})}),
    'glibc beside musl': project({behind: 'RUN apk add --no-cache gcompat\n'}),
    'of glibc alone, on Debian': project({name: 'onnxruntime-node', version: '1.21.0', last: 'node:22-slim'}),
    'of glibc alone, with a glibc beside musl': project({
      from: 'node:22-alpine',
      name: 'onnxruntime-node',
      version: '1.21.0',
      behind: 'RUN apk add --no-cache gcompat\n',
    }),
    'an image of which nothing is known': project({from: 'acme/node:22'}),
  },
  flagged: {
    'of glibc alone': {
      ...project({
        from: 'node:22-alpine',
        name: 'onnxruntime-node',
        version: '1.21.0',
        code: "require('onnxruntime-node')\n",
      }),
      expect: [
        'error Dockerfile:6:1 onnxruntime-node 1.21.0 has a native part for glibc alone, and it does not load on node:22-alpine, whose C library is musl',
      ],
    },
    'of glibc alone, which another package brings, in one stage': {
      files: {
        ...project().files,
        Dockerfile:
          'FROM node:22-alpine\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "server.js"]\n',
        'package-lock.json': lockOf('uWebSockets.js', '20.57.0', {hasInstallScript: undefined}),
        'server.js': "require('@colyseus/uwebsockets-transport')\n",
      },
      expect: [
        'warning Dockerfile:1:1 uWebSockets.js 20.57.0 has a native part for glibc alone, and it does not load on node:22-alpine, whose C library is musl',
      ],
    },
    'of glibc on musl': {
      ...project(),
      expect: [`error ${told('node:22', 'node:22-alpine', 'musl')}`],
    },
    'of musl on glibc': {
      ...project({from: 'node:22-alpine', last: 'node:22-slim'}),
      expect: [`error ${told('node:22-alpine', 'node:22-slim', 'glibc')}`],
    },
    'not seen to be loaded': {
      ...project({code: ''}),
      expect: [`warning ${told('node:22', 'node:22-alpine', 'musl')}`],
    },
    'loaded where the code can do without': {
      ...project({name: 'canvas', version: '2.11.2', code: "try {\n  require('canvas')\n} catch {}\n"}),
      expect: [`warning ${told('node:22', 'node:22-alpine', 'musl', 'canvas 2.11.2')}`],
    },
  },
})
