import check from '../../../checks/dockerfile/lock-platform.ts'
import {testCheck} from '../../harness.ts'

const parts = (name: string, ...locked: string[]) => {
  const all = ['darwin-arm64', 'linux-x64-gnu', 'linux-x64-musl'].map((each) => `${name}-${each}`)
  return {
    optionalDependencies: Object.fromEntries(all.map((each) => [each, '4.1.0'])),
    locked: Object.fromEntries(
      locked.map((each) => [`node_modules/${name}-${each}`, {version: '4.1.0', optional: true}]),
    ),
  }
}
const lock = (locked: string[], {vite = '7.1.0', more = {}, dev = false} = {}) => {
  const rollup = parts('@rollup/rollup', ...locked)
  return JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': {},
      'node_modules/vite': {version: vite},
      'node_modules/rollup': {version: '4.50.0', dev, optionalDependencies: rollup.optionalDependencies},
      ...rollup.locked,
      ...more,
    },
  })
}
const project = (
  file: string,
  {image = 'node:22-alpine', run = 'npm ci && npm run build', build = 'vite build', before = ''} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${image}\nWORKDIR /app\n${before}COPY . .\nRUN ${run}\n`,
    'package.json': JSON.stringify({scripts: {build}, devDependencies: {vite: '^7.0.0'}}),
    'package-lock.json': file,
  },
})
const oxide = parts('@tailwindcss/oxide', 'darwin-arm64')
const css = parts('lightningcss', 'darwin-arm64')
const tailwind = {
  'node_modules/@tailwindcss/postcss': {version: '4.1.0'},
  'node_modules/@tailwindcss/oxide': {version: '4.1.0', optionalDependencies: oxide.optionalDependencies},
  ...oxide.locked,
  'node_modules/lightningcss': {version: '1.30.0', optionalDependencies: css.optionalDependencies},
  ...css.locked,
}
const onMac = lock(['darwin-arm64'])

testCheck(check, {
  clean: {
    'all parts': project(lock(['darwin-arm64', 'linux-x64-gnu', 'linux-x64-musl'])),
    'the part for glibc, in an image of Debian': project(lock(['linux-x64-gnu']), {image: 'node:22-slim'}),
    'nothing loads it': project(onMac, {build: 'tsc'}),
    'it is brought by its name': project(onMac, {
      run: 'npm ci && npm i --no-save @rollup/rollup-linux-x64-musl && npm run build',
    }),
    'it is installed once more': project(onMac, {run: 'npm ci && npm install --no-save rollup && npm run build'}),
    'the lock file is thrown away': project(onMac, {run: 'rm package-lock.json && npm install && npm run build'}),
    'npm is told to go past it': project(onMac, {run: 'npm install --no-package-lock && npm run build'}),
    'npm looks for newer ones': project(onMac, {run: 'npm ci && npm update && npm run build'}),
    'no lock file is copied': project(onMac, {before: 'COPY package.json ./\nRUN npm install\n', run: 'npm run build'}),
    'Vite 8 has no Rollup': project(lock(['darwin-arm64'], {vite: '8.0.1'})),
    'the development dependencies are left out': project(lock(['darwin-arm64'], {dev: true}), {
      run: 'npm ci --omit=dev && npx -y vite build',
    }),
    bun: project(onMac, {image: 'oven/bun:1', run: 'bun install && bun run build'}),
    'an image that nobody knows': project(onMac, {image: 'shop/base:1'}),
    'a package that has no part for this system': project(
      JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': {},
          'node_modules/vite': {version: '5.0.0'},
          'node_modules/rollup': {version: '4.0.0', optionalDependencies: {'@rollup/rollup-darwin-arm64': '4.0.0'}},
        },
      }),
    ),
  },
  flagged: {
    'written on a Mac': {
      ...project(onMac),
      expect: [
        'warning Dockerfile:4:5 package-lock.json has rollup without its part for node:22-alpine, @rollup/rollup-linux-x64-musl: npm leaves that out, and vite build is likely to stop',
      ],
    },
    'written in Debian, built in Alpine': {
      ...project(lock(['linux-x64-gnu'])),
      expect: [
        'warning Dockerfile:4:5 package-lock.json has rollup without its part for node:22-alpine, @rollup/rollup-linux-x64-musl: npm leaves that out, and vite build is likely to stop',
      ],
    },
    'Tailwind 4 with Next.js': {
      ...project(lock(['linux-x64-gnu', 'linux-x64-musl'], {more: tailwind}), {
        build: 'next build',
        image: 'node:22-slim',
      }),
      expect: [
        'warning Dockerfile:4:5 package-lock.json has @tailwindcss/oxide without its part for node:22-slim, @tailwindcss/oxide-linux-x64-gnu (and of 1 more): npm leaves that out, and next build is likely to stop',
      ],
    },
  },
})
