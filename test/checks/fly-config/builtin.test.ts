import builtin from '../../../checks/fly-config/builtin.ts'
import {testCheck} from '../../harness.ts'

const build = (text: string) => ({'fly.toml': `app = "shop"\n[build]\n${text}\n`})
const nodejs = build('builtin = "nodejs"')
const expected =
  'fly.toml:3:1 build.builtin is "nodejs", it must be "node", "ruby", "deno", "go", "static", "hugo-static" or "python"'

testCheck(builtin, {
  clean: {
    'one that flyctl has': {files: build('builtin = "hugo-static"')},
    'with a Dockerfile, which comes first': {files: {...nodejs, Dockerfile: 'FROM node:22\n'}},
    'with a Dockerfile that another check finds wrong': {files: {...nodejs, Dockerfile: 'FORM node:22\n'}},
    'with buildpacks, which come first': {files: build('builtin = "nodejs"\nbuilder = "heroku/builder:24"')},
    'with an image that is deployed as it is': {files: nodejs, options: {image: 'nginx'}},
  },
  flagged: {
    'a name that flyctl does not have': {files: nodejs, expect: [`error ${expected}`]},
    'another letter case': {
      files: build('builtin = "Node"'),
      expect: [
        'error fly.toml:3:1 build.builtin is "Node", it must be "node", "ruby", "deno", "go", "static", "hugo-static" or "python"',
      ],
    },
    "when the project's own deploy names a Dockerfile": {
      files: {...nodejs, 'deploy.sh': 'flyctl deploy --dockerfile docker/prod\n'},
      expect: [`warning ${expected}`],
    },
  },
})
