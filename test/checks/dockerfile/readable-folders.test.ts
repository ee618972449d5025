import check from '../../../checks/dockerfile/readable-folders.ts'
import {testCheck} from '../../harness.ts'

const closed = {error: 'EACCES'}
const project = {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM node:22\nCOPY . .\n', 'src/server.js': ''}
const says = (path: string) =>
  `${path}/ cannot be read (EACCES) and COPY brings it: the build ends when the folder is sent to the builder`

testCheck(check, {
  clean: {
    'folders that can be read': {files: project},
    'one that .dockerignore leaves out is not looked at': {
      files: {...project, '.dockerignore': 'pgdata\n', 'pgdata/': closed},
    },
    'one that no COPY names': {
      files: {...project, Dockerfile: 'FROM node:22\nCOPY src src\n', 'pgdata/': closed},
    },
    'one that only a stage copies that is not built': {
      files: {
        ...project,
        Dockerfile: 'FROM node:22 AS test\nCOPY . .\nFROM node:22\nCOPY src src\n',
        'pgdata/': closed,
      },
    },
  },
  flagged: {
    'the data of a database': {
      files: {...project, '.gitignore': 'pgdata\n', 'pgdata/': closed},
      expect: [`warning Dockerfile ${says('pgdata')}`],
    },
    'one level below': {
      files: {...project, '.dockerignore': 'node_modules\n', 'docker/pgdata/': closed},
      expect: [`warning .dockerignore ${says('docker/pgdata')}`],
    },
    'in the folder that COPY names': {
      files: {...project, Dockerfile: 'FROM node:22\nCOPY src src\n', 'src/data/': closed},
      expect: [`warning Dockerfile ${says('src/data')}`],
    },
  },
})
