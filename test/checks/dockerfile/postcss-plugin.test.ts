import check from '../../../checks/dockerfile/postcss-plugin.ts'
import {testCheck} from '../../harness.ts'

const project = (config: string, version = '^4.0.0', more: Record<string, string> = {}, styles = 'app/main.css') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm install\nRUN npm run build\n',
    'package.json': JSON.stringify({
      name: 'shop',
      scripts: {build: 'next build'},
      dependencies: {next: '16.0.0', tailwindcss: version},
    }),
    'postcss.config.js': config,
    [styles]: '',
    ...more,
  },
})
const lock = (version: string) => ({
  'package-lock.json': JSON.stringify({lockfileVersion: 3, packages: {'node_modules/tailwindcss': {version}}}),
})
const says = (version: string) =>
  `next build, which npm run build runs, stops: tailwindcss ${version} is no plugin of PostCSS, that is @tailwindcss/postcss now`

testCheck(check, {
  clean: {
    'version 3': project('module.exports = {plugins: {tailwindcss: {}}}\n', '^3.4.0'),
    'version 3 of the lock': project('module.exports = {plugins: {tailwindcss: {}}}\n', '>=3', lock('3.4.17')),
    'any version, as no lock tells': project('module.exports = {plugins: {tailwindcss: {}}}\n', 'latest'),
    'the new package': project("module.exports = {plugins: {'@tailwindcss/postcss': {}}}\n"),
    'a comment': project('module.exports = {plugins: {\n  // tailwindcss: {},\n}}\n'),
    'no styles': project('module.exports = {plugins: {tailwindcss: {}}}\n', '^4.0.0', {}, 'app/main.ts'),
    'no configuration': project('module.exports = {plugins: {autoprefixer: {}}}\n'),
  },
  flagged: {
    'a name among the plugins': {
      ...project('module.exports = {\n  plugins: {\n    tailwindcss: {},\n    autoprefixer: {},\n  },\n}\n'),
      expect: [`error postcss.config.js:3:5 ${says('4')}`],
    },
    'a call of it': {
      ...project(
        "module.exports = {plugins: [require('tailwindcss'), require('autoprefixer')]}\n",
        '^4.0.0',
        lock('4.1.2'),
      ),
      expect: [`error postcss.config.js:1:38 ${says('4.1.2')}`],
    },
    'a list of names': {
      ...project("export default {plugins: ['tailwindcss']}\n"),
      expect: [`error postcss.config.js:1:28 ${says('4')}`],
    },
  },
})
