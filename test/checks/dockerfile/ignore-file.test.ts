import check from '../../../checks/dockerfile/ignore-file.ts'
import {testCheck} from '../../harness.ts'

const project = {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM node:22\nCOPY . .\n'}
const patterns = 'node_modules\n.env\n'
const wide = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))

testCheck(check, {
  clean: {
    'UTF-8': {files: {...project, '.dockerignore': patterns}},
    'a byte order mark of UTF-8, which Docker takes off': {files: {...project, '.dockerignore': `\ufeff${patterns}`}},
    'a comment in another encoding: Docker compares bytes': {
      files: {...project, '.dockerignore': new Uint8Array(Buffer.from(`# für den Bau\n${patterns}`, 'latin1'))},
    },
    'one that does not count beside that of the Dockerfile': {
      files: {...project, '.dockerignore': wide('a['), 'Dockerfile.dockerignore': patterns},
    },
    'a [ that is escaped, or closed': {files: {...project, '.dockerignore': 'pages/\\[id\n[ab].txt\n'}},
    none: {files: project},
  },
  flagged: {
    'a [ that is never closed': {
      files: {...project, '.dockerignore': '.env\n a[ \n'},
      expect: ['error .dockerignore:2:2 .dockerignore has a pattern that Docker cannot read: a['],
    },
    'a ! alone': {
      files: {...project, '.dockerignore': '!\n'},
      expect: ['error .dockerignore:1:1 .dockerignore has a pattern that Docker cannot read: !'],
    },
    'UTF-16': {
      files: {...project, '.dockerignore': wide(patterns)},
      expect: [
        'warning .dockerignore:1:1 .dockerignore is saved as UTF-16 (as PowerShell does), not as UTF-8: Docker finds no pattern in it, and leaves nothing out of the image',
      ],
    },
    'that of the Dockerfile': {
      files: {...project, 'Dockerfile.dockerignore': wide(patterns), '.dockerignore': patterns},
      expect: [
        'warning Dockerfile.dockerignore:1:1 Dockerfile.dockerignore is saved as UTF-16 (as PowerShell does), not as UTF-8: Docker finds no pattern in it, and leaves nothing out of the image',
      ],
    },
  },
})
