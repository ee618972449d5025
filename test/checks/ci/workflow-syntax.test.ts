import check from '../../../checks/ci/workflow-syntax.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const path = '.github/workflows/deploy.yml'

testCheck(check, {
  clean: {
    'a script with lines that are indented deeper': workflow({
      steps: `${checkout}${setup}      - run: |\n          python3 -c "\n            print(1)\n          "\n          flyctl deploy\n${token}`,
    }),
    'a list whose bracket closes where the key stands': workflow({
      head: 'on:\n  push:\n    branches: [\n      main,\n    ]\n',
    }),
    'a workflow that does not deploy': {
      files: {'fly.toml': 'app = "shop"\n', '.github/workflows/test.yml': 'on: push\njobs:\n  test: {\n'},
    },
    'one in which a comment alone speaks of a deploy': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/test.yml': '# flyctl deploy is called by hand\non: push\njobs:\n  test: {\n',
      },
    },
  },
  flagged: {
    'a dash without a blank behind it': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n    -uses: actions/checkout@v4\n    -run: flyctl deploy\n      env:\n        A: b\n',
      },
      expect: [
        'warning .github/workflows/deploy.yml:7:11 GitHub cannot read this workflow, and deploys nothing: a dash needs a blank behind it, - run: …',
      ],
    },
    'a line of a script at the left': {
      ...workflow({
        steps: `${checkout}${setup}      - run: |\n          V=$(python3 -c "\nimport re\nprint(1)\n")\n          flyctl deploy\n${token}`,
      }),
      expect: [
        `warning ${path}:10:1 GitHub cannot read this workflow, and deploys nothing: a colon is missing: a key stands on one line`,
      ],
    },
    'keys below an item of a list': {
      ...workflow({head: 'on:\n  push:\n    branches:\n      - main\n      paths:\n        - src\n'}),
      expect: [
        `warning ${path}:5:1 GitHub cannot read this workflow, and deploys nothing: this line is indented too little or too far`,
      ],
    },
    'a key that stands twice': {
      ...workflow({steps: `${checkout}${setup}      - run: flyctl deploy\n${token}        env:\n          A: b\n`}),
      expect: [`warning ${path}:11:9 GitHub cannot read this workflow, and deploys nothing: this key stands twice`],
    },
    'a name with a colon and a blank': {
      ...workflow({steps: `${checkout}${setup}      - name: Deploy: api\n        run: flyctl deploy\n${token}`}),
      expect: [
        `warning ${path}:8:15 GitHub cannot read this workflow, and deploys nothing: a second colon on the line: a value with a colon and a blank needs quotes`,
      ],
    },
  },
})
