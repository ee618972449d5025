import {expect, it} from 'vitest'
import check from '../../../checks/ci/unread-workflow.ts'
import {checkOne, testCheck} from '../../harness.ts'

const deploy =
  'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy --remote-only\n'
const project = (files: Record<string, string>) => ({
  files: {'apps/api/fly.toml': 'app = "shop"\n', ...files},
  options: {config: 'apps/api/fly.toml'},
})

testCheck(check, {
  clean: {
    'a folder for those that are not to run': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows_off/deploy.yml': deploy,
        '.github/disabled/a.yml': deploy,
      },
    },
    'another file of .github': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/dependabot.yml': 'version: 2\nupdates: []\n',
        '.github/workflow/notes.yml': 'jobs: fly deploy\n',
      },
    },
    'it is at the top': project({'.github/workflows/deploy.yml': deploy}),
    'one at the top deploys, and another is left over': project({
      '.github/workflows/deploy.yml': deploy.replace('deploy --', 'deploy apps/api --'),
      'apps/api/.github/workflows/fly-deploy.yml': deploy,
    }),
    'it deploys something else': project({'apps/web/.github/workflows/fly-deploy.yml': deploy}),
    'it deploys nothing': project({
      'apps/api/.github/workflows/test.yml':
        'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n',
    }),
    'a part with a configuration of its own': {
      files: {'fly.toml': 'app = "shop"\n', 'web/fly.toml': 'app = "web"\n', 'web/.github/workflows/fly.yml': deploy},
    },
    'a template for other repositories': {
      files: {'templates/api/fly.toml': 'app = "shop"\n', 'templates/api/.github/workflows/deploy.yml': deploy},
      options: {config: 'templates/api/fly.toml'},
    },
  },
  flagged: {
    'below a folder of the app': {
      files: {'fly.toml': 'app = "shop"\n', 'app/.github/workflows/fly.yml': deploy},
      expect: [
        'warning app/.github/workflows/fly.yml:8:14 app/.github/workflows/fly.yml is not in .github/workflows: GitHub never runs it, and a push deploys nothing',
      ],
    },
    'in a folder with a dot of its own': {
      files: {'fly.toml': 'app = "shop"\n', '.github/.workflows/fly.yml': deploy},
      expect: [
        'warning .github/.workflows/fly.yml:8:14 .github/.workflows/fly.yml is not in .github/workflows: GitHub never runs it, and a push deploys nothing',
      ],
    },
    'in a folder whose name is misspelt': {
      files: {'fly.toml': 'app = "shop"\n', '.github/worfklows/deploy.yml': deploy},
      expect: [
        'warning .github/worfklows/deploy.yml:8:14 .github/worfklows/deploy.yml is not in .github/workflows: GitHub never runs it, and a push deploys nothing',
      ],
    },
    'beside the folder': {
      files: {'fly.toml': 'app = "shop"\n', '.github/deploy.yml': deploy},
      expect: [
        'warning .github/deploy.yml:8:14 .github/deploy.yml is not in .github/workflows: GitHub never runs it, and a push deploys nothing',
      ],
    },
    'where fly launch wrote it': {
      ...project({
        '.github/workflows/test.yml': 'on: push\njobs: {}\n',
        'apps/api/.github/workflows/fly-deploy.yml': deploy,
      }),
      expect: [
        'warning apps/api/.github/workflows/fly-deploy.yml:8:14 apps/api/.github/workflows/fly-deploy.yml is not at the top of the repository: GitHub never runs it, and a push deploys nothing',
      ],
    },
  },
})

it('names the folder as a workflow at the top must, from within it, too', async () => {
  const files = {'fly.toml': 'app = "shop"\n', '.github/workflows/fly.yml': deploy, '../.git/HEAD': ''}
  expect((await checkOne({files}, check)).findings[0]?.hint).toContain('working-directory: project.')
})
