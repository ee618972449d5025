import check from '../../../checks/ci/untracked-source.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const files = {
  Dockerfile: 'FROM nginx:1\nCOPY site/ /usr/share/nginx/html/\n',
  'site/index.html': '',
  '.gitignore': 'site/\n',
}
const after = (step: string) =>
  workflow({steps: `${checkout}${step}${setup}      - run: flyctl deploy\n${token}`, files})

testCheck(check, {
  clean: {
    'git has it': workflow({files: {...files, '.gitignore': ''}}),
    'the folder above the context is the context': workflow({files: {Dockerfile: 'FROM nginx:1\nCOPY .. /srv/\n'}}),
    'a step makes it': after('      - run: hugo -d site\n'),
    'a step builds something': after('      - run: npm run build\n'),
    'an artifact of another job': after('      - uses: actions/download-artifact@v4\n'),
    'a ready image': workflow({run: 'flyctl deploy --image shop:1', files}),
    'no workflow deploys this configuration': {
      files: {'fly.toml': 'app = "shop"\n', ...files, '.github/workflows/x.yml': 'flyctl: 1\njobs: {}\n'},
    },
  },
  flagged: {
    'git ignores it, and it is here': {
      ...workflow({files}),
      expect: [
        "warning Dockerfile:2:1 site is here, and git does not have it: in the workflow's checkout COPY does not find it",
      ],
    },
  },
})
