import check from '../../../checks/node/refused-options.ts'
import {testCheck} from '../../harness.ts'

interface Parts {
  typescript?: string
  asked?: string
  build?: string
  files?: Record<string, string>
}

/** What tsc compiles, with the TypeScript of the lock file, or of package.json alone. */
const project = (
  options: object,
  {typescript, asked = '^6.0.0', build = 'tsc', files = {}}: Parts = {typescript: '6.0.3'},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm install && npm run build\nCMD ["node", "dist/main.js"]\n',
    'package.json': JSON.stringify({scripts: {build}, devDependencies: {typescript: asked}}),
    ...(typescript && {
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: {'node_modules/typescript': {version: typescript}},
      }),
    }),
    'tsconfig.json': JSON.stringify({compilerOptions: options, include: ['src']}),
    'src/main.ts': 'export const open = true\n',
    ...files,
  },
})
const node = {module: 'commonjs', moduleResolution: 'node', outDir: 'dist', rootDir: 'src'}
const told = (version: string, what: string, severity = 'error') =>
  `${severity} tsconfig.json:1:1 npm run build stops: TypeScript ${version} ${what}`

testCheck(check, {
  clean: {
    'a configuration of its own': project(
      {outDir: 'dist', rootDir: 'src'},
      {build: 'tsc -p tsconfig.json --outDir out'},
    ),
    'source files without a configuration': project({}, {build: 'tsc src/main.ts --outDir dist'}),
    'an earlier TypeScript': project(node, {typescript: '5.9.3'}),
    'the newest of 5': project(node, {asked: '^5.3.0'}),
    'it is asked to let them be': project({...node, ignoreDeprecations: '6.0'}),
    'what 6 still has': project({
      module: 'nodenext',
      target: 'es2022',
      outDir: 'dist',
      rootDir: 'src',
      esModuleInterop: true,
    }),
    'a bundler builds, and asks no tsc': project(node, {typescript: '6.0.3', build: 'vite build'}),
    'a lock file that does not say': project(node, {files: {'yarn.lock': ''}}),
    'a range of several versions': project(node, {asked: '5 || 6'}),
    'what a package has for all may let them be': project(node, {
      typescript: '6.0.3',
      files: {'tsconfig.json': JSON.stringify({extends: '@acme/tsconfig', compilerOptions: node, include: ['src']})},
    }),
    'a file outside is compiled, too': project(
      {outDir: 'dist'},
      {
        typescript: '6.0.3',
        files: {'src/main.ts': "import {version} from '../package.json'\n\nexport const open = version\n"},
      },
    ),
    'sources beside tsconfig.json': project(
      {outDir: 'dist'},
      {
        typescript: '6.0.3',
        files: {'tsconfig.json': '{"compilerOptions": {"outDir": "dist"}, "include": ["**/*.ts"]}', 'main.ts': ''},
      },
    ),
    'nothing is written': project({outDir: 'dist', noEmit: true}),
    'TypeScript 5 finds the folder by itself': project({outDir: 'dist'}, {typescript: '5.9.3'}),
  },
  flagged: {
    'a key of tsconfig.json on the command line': {
      ...project({}, {build: 'tsc -p tsconfig.json --outDir dist --include "src/**/*"'}),
      expect: [
        'error Dockerfile:4:20 npm run build stops: tsc has no option --include, which is a key of tsconfig.json alone (TS5023)',
      ],
    },
    'a source file beside a configuration': {
      ...project({}, {build: 'tsc -p tsconfig.json src/main.ts'}),
      expect: [
        'error Dockerfile:4:20 npm run build stops: tsc takes no source file beside --project, and is given src/main.ts (TS5042)',
      ],
    },
    'a way to find modules that 6 refuses': {
      ...project(node),
      expect: [told('6.0.3', 'refuses "moduleResolution": "node" as deprecated (TS5107)')],
    },
    'and 7 has no more, whatever lets it be': {
      ...project({...node, ignoreDeprecations: '6.0'}, {typescript: '7.0.2'}),
      expect: [told('7.0.2', 'has "moduleResolution": "node" no more (TS5108)')],
    },
    several: {
      ...project({baseUrl: '.', target: 'es5', rootDir: 'src', outDir: 'dist'}),
      expect: [
        told('6.0.3', 'refuses "baseUrl": "." as deprecated (TS5107)'),
        told('6.0.3', 'refuses "target": "es5" as deprecated (TS5107)'),
      ],
    },
    'what 5.5 has no more': {
      ...project({importsNotUsedAsValues: 'error'}, {typescript: '5.9.3'}),
      expect: [told('5.9.3', 'has "importsNotUsedAsValues": "error" no more (TS5108)')],
    },
    'the newest, as nothing says another': {
      ...project(node, {asked: 'latest'}),
      expect: [told('7, the newest,', 'has "moduleResolution": "node" no more (TS5108)', 'warning')],
    },
    'package.json asks for 6': {
      ...project(node, {}),
      expect: [told('6', 'refuses "moduleResolution": "node" as deprecated (TS5107)')],
    },
    'in what tsconfig.json extends': {
      ...project(node, {
        typescript: '6.0.3',
        files: {
          'tsconfig.base.json': JSON.stringify({compilerOptions: {baseUrl: '.'}}),
          'tsconfig.json': JSON.stringify({
            extends: './tsconfig.base.json',
            compilerOptions: {module: 'nodenext', outDir: 'dist', rootDir: 'src'},
            include: ['src'],
          }),
        },
      }),
      expect: [
        'error tsconfig.base.json:1:1 npm run build stops: TypeScript 6.0.3 refuses "baseUrl": "." as deprecated (TS5107)',
      ],
    },
    'no rootDir where all sources have a folder of their own': {
      ...project({module: 'nodenext', outDir: 'dist'}),
      expect: [told('6.0.3', 'asks for rootDir, as all sources lie in src (TS5011)', 'warning')],
    },
  },
})
