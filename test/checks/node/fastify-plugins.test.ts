import fastifyPlugins from '../../../checks/node/fastify-plugins.ts'
import {testCheck} from '../../harness.ts'

const project = (
  versions: Record<string, string>,
  server = "const app = require('fastify')()\nconst cors = require('@fastify/cors')\napp.register(cors)\n",
  more: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
    'package.json': JSON.stringify({name: 'shop', dependencies: {'@fastify/cors': '*', fastify: '*'}}),
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: Object.fromEntries(
        Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, {version}]),
      ),
    }),
    'server.js': server,
    ...more,
  },
})
const unlocked = (fastify: string, cors: string) => {
  const {'package-lock.json': _, ...files} = project({}).files
  const dependencies = {'@fastify/cors': cors, fastify}
  const dockerfile = files.Dockerfile.replace('npm ci', 'npm install')
  return {files: {...files, Dockerfile: dockerfile, 'package.json': JSON.stringify({name: 'shop', dependencies})}}
}
const pnpm = (fastify: string, cors: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN pnpm install\nCMD ["node", "server.js"]\n',
    'package.json': JSON.stringify({name: 'shop', type: 'module', dependencies: {'@fastify/cors': '*', fastify: '*'}}),
    'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\npackages:\n\n  '@fastify/cors@${cors}':\n    resolution: {}\n\n  fastify@${fastify}:\n    resolution: {}\n`,
    'server.js': "import Fastify from 'fastify'\nimport cors from '@fastify/cors'\n",
  },
})
const told = (name: string, version: string, of: number, fastify: string) =>
  `CMD loads ${name} ${version}, which is for Fastify ${of}, and Fastify ${fastify} is installed: it refuses the plugin, and the app stops`

testCheck(fastifyPlugins, {
  clean: {
    'without a lock file, for the same version': unlocked('^4.28.1', '^9.0.1'),
    'without a lock file, and any version': unlocked('>=4', '^10.0.1'),
    'Fastify 4 and a plugin for it': project({fastify: '4.28.1', '@fastify/cors': '9.0.1'}),
    'Fastify 5 and a plugin for it': project({fastify: '5.6.2', '@fastify/cors': '11.1.0'}),
    'Fastify 3, of which the table knows nothing': project({fastify: '3.29.5', '@fastify/cors': '10.0.0'}),
    'a newer Fastify than the table': project({fastify: '6.0.0', '@fastify/cors': '11.1.0'}),
    'several of Fastify': project({
      fastify: '4.28.1',
      '@fastify/cors': '10.0.0',
      '@fastify/cors/node_modules/fastify': '5.0.0',
    }),
    'installed, and loaded by nothing': project(
      {fastify: '4.28.1', '@fastify/cors': '10.0.0'},
      "const app = require('fastify')()\n",
    ),
    'a plugin that the table does not have': project(
      {fastify: '4.28.1', '@fastify/unknown': '10.0.0'},
      "const unknown = require('@fastify/unknown')\n",
    ),
    'of pnpm': pnpm('5.6.2', '11.1.0'),
  },
  flagged: {
    'without a lock file': {
      ...unlocked('^4.28.1', '^10.0.1'),
      expect: [`warning server.js:2:23 ${told('@fastify/cors', '10', 5, '4')}`],
    },
    'a plugin for 5 at Fastify 4': {
      ...project({fastify: '4.28.1', '@fastify/cors': '10.0.1'}),
      expect: [`warning server.js:2:23 ${told('@fastify/cors', '10.0.1', 5, '4.28.1')}`],
    },
    'a plugin for 4 at Fastify 5': {
      ...project({fastify: '5.6.2', '@fastify/cors': '9.0.1'}),
      expect: [`warning server.js:2:23 ${told('@fastify/cors', '9.0.1', 4, '5.6.2')}`],
    },
    'of pnpm, in an ES module': {
      ...pnpm('4.28.1', '10.0.1'),
      expect: [`warning server.js:2:19 ${told('@fastify/cors', '10.0.1', 5, '4.28.1')}`],
    },
  },
})
