import jsonForm from '../../../checks/dockerfile/json-form.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, flyToml = '') => ({
  files: {'fly.toml': `app = "shop"\n${flyToml}`, Dockerfile: `FROM node:22-slim\n${dockerfile}`},
})

testCheck(jsonForm, {
  clean: {
    'JSON, over several lines, too': project(
      'RUN ["npm", "ci"]\nENTRYPOINT [ "tini", "--" ]\nCMD ["node", \\\n  "app.js"]\n',
    ),
    'a line': project("CMD node 'app.js'\n"),
    'a test of the shell': project('RUN [ -f app.js ]\nRUN [ "$A" ]\nRUN [ "a" = "b" ] || true\nRUN [[ -f app.js ]]\n'),
    'a test before a command': project('CMD [ -f app.js ] && node app.js\n'),
    'a stage that is not built': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          "FROM node:22 AS other\nRUN ['npm', 'ci']\nCMD ['node']\nFROM node:22\nCMD [\"node\", \"app.js\"]\n",
      },
    },
    'of each group fly.toml says what it starts': project(
      "CMD ['node', 'app.js']\n",
      '[processes]\n  app = "node app.js"\n',
    ),
    'another CMD behind it': project('CMD [\'node\', \'app.js\']\nCMD ["node", "app.js"]\n'),
    'ENTRYPOINT as a line drops it': project("ENTRYPOINT node app.js\nCMD ['a']\n"),
  },
  flagged: {
    'single quotes': {
      ...project("CMD ['node', 'app.js']\n"),
      expect: [
        `error Dockerfile:2:1 the list of CMD, ['node', 'app.js'], is no JSON: its words are in single quotes, so that it is a line for the shell, which does not find a program "[node,"`,
      ],
    },
    'with blanks': {
      ...project("CMD [ 'node', 'app.js' ]\n"),
      expect: [
        `error Dockerfile:2:1 the list of CMD, [ 'node', 'app.js' ], is no JSON: its words are in single quotes, so that it is a line for the shell, which takes it for a test`,
      ],
    },
    'of a RUN, and quotes of a word processor': {
      ...project('RUN [“npm”, “ci”]\nCMD ["node", "app.js"]\n'),
      expect: [
        `error Dockerfile:2:1 the list of RUN, [“npm”, “ci”], is no JSON: its quotes are not the plain ones, so that it is a line for the shell, which does not find a program "[“npm”,"`,
      ],
    },
    'a comma too many, one too few, and no bracket': {
      ...project('RUN ["npm", "ci",]\nRUN ["npm" "run", "build"]\nENTRYPOINT ["node", "app.js"\n'),
      expect: [
        `error Dockerfile:2:1 the list of RUN, ["npm", "ci",], is no JSON: a comma stands behind its last word, so that it is a line for the shell, which does not find a program "[npm,"`,
        `error Dockerfile:3:1 the list of RUN, ["npm" "run", "build"], is no JSON: a comma is missing, so that it is a line for the shell, which does not find a program "[npm"`,
        `error Dockerfile:4:1 the list of ENTRYPOINT, ["node", "app.js", is no JSON: the last bracket is missing, so that it is a line for the shell, which does not find a program "[node,"`,
      ],
    },
    'without quotes, behind a script that may not ask for it': {
      ...project('ENTRYPOINT ["/start.sh"]\nCMD [node, app.js]\n'),
      expect: [
        `warning Dockerfile:3:1 the list of CMD, [node, app.js], is no JSON: its words are not in quotes, so that it is a line for the shell, which does not find a program "[node,"`,
      ],
    },
  },
})
