import check from '../../../checks/dockerfile/ignore-file.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from '../ci/workflows.ts'

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
    'what a \\ takes the meaning of': {files: {...project, '.dockerignore': 'a\\*b\nc\\\\d\npages/\\[id\\]\n\\#x\n'}},
    'a comment on Windows': {files: {...project, '.dockerignore': '# C:\\yarn\n.env\n'}},
    'what a later line takes back on Windows': {files: {...project, '.dockerignore': '.env\n!**\\yarn\n'}},
    'files that are all left out before, so that nothing is asked of it': {
      files: {...project, '.dockerignore': '*\n**\\obj\n!server.js\n'},
    },
    none: {files: project},
  },
  flagged: {
    'folders of Windows': {
      files: {...project, '.dockerignore': 'node_modules\n**\\yarn-error.log*\n'},
      expect: [
        'warning .dockerignore:2:1 the \\ of **\\yarn-error.log* parts folders on Windows alone: on Linux and macOS the build stops at it ("syntax error in pattern")',
      ],
    },
    'folders of Windows, on a runner of GitHub': {
      ...workflow({files: {Dockerfile: 'FROM node:22\nCOPY . .\n', '.dockerignore': 'web\\public\n'}}),
      expect: [
        'error .dockerignore:1:1 the \\ of web\\public parts folders on Windows alone: on the runner of the workflow the build stops at it ("syntax error in pattern")',
      ],
    },
    'another file, which the workflow names': {
      ...workflow({
        run: 'flyctl deploy --remote-only --ignorefile ci.ignore',
        files: {Dockerfile: 'FROM node:22\nCOPY . .\n', '.dockerignore': 'web\\public\n', 'ci.ignore': '.git\n'},
      }),
      expect: [
        'warning .dockerignore:1:1 the \\ of web\\public parts folders on Windows alone: on Linux and macOS the build stops at it ("syntax error in pattern")',
      ],
    },
    'a letter that means something': {
      files: {...project, '.dockerignore': '**\\node_modules\n'},
      expect: [
        'warning .dockerignore:1:1 the \\ of **\\node_modules parts folders on Windows alone: on Linux and macOS it leaves nothing out of the build',
      ],
    },
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
