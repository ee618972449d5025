import {expect, it} from 'vitest'
import sameApp from '../../../checks/fly-config/same-app.ts'
import {check, testCheck} from '../../harness.ts'

const shop = 'app = "shop"\n'
const staging = {options: {config: 'fly.staging.toml'}}

testCheck(sameApp, {
  clean: {
    'an app for each': {files: {'fly.toml': shop, 'fly.staging.toml': 'app = "shop-staging"\n'}, ...staging},
    'the file that names no environment': {files: {'fly.toml': shop, 'fly.staging.toml': shop}},
    'an app whose name says the environment': {
      files: {'fly.toml': 'app = "shop-stage"\n', 'fly.staging.toml': 'app = "shop-stage"\n'},
      ...staging,
    },
    'the name of production in the file of production': {
      files: {'fly.production.toml': shop, 'fly.staging.toml': shop},
      options: {config: 'fly.production.toml'},
    },
    'two files for one environment': {
      files: {'fly.staging.toml': shop, 'fly.stage.toml': shop},
      ...staging,
    },
    'the file of another part': {files: {'fly.worker.toml': shop, 'fly.staging.toml': shop}, ...staging},
    'a name that is filled in before the deploy': {
      files: {'fly.production.toml': 'app = "<NAME>"\n', 'fly.staging.toml': 'app = "<NAME>"\n'},
      ...staging,
    },
    'a name from the command line': {
      files: {'fly.toml': shop, 'fly.staging.toml': shop},
      options: {config: 'fly.staging.toml', app: 'shop-staging'},
    },
    "a name that the project's own deploy passes": {
      files: {
        'fly.toml': shop,
        'fly.staging.toml': shop,
        '.github/workflows/staging.yml': 'steps:\n  - run: flyctl deploy -c fly.staging.toml -a shop-staging\n',
      },
      ...staging,
    },
    'a file that does not parse': {files: {'fly.toml': 'app = shop', 'fly.staging.toml': shop}, ...staging},
  },
  flagged: {
    'copied, with its name': {
      files: {'fly.toml': shop, 'fly.staging.toml': `# staging\n${shop}`},
      ...staging,
      expect: [
        'warning fly.staging.toml:2:1 fly.staging.toml deploys to shop, and so does fly.toml: a staging deploy replaces what runs there',
      ],
    },
    'production with the name of staging': {
      files: {'fly.prod.toml': 'app = "shop-staging"\n', 'fly.staging.toml': 'app = "shop-staging"\n'},
      options: {config: 'fly.prod.toml'},
      expect: [
        'warning fly.prod.toml:1:1 fly.prod.toml deploys to shop-staging, and so does fly.staging.toml: a production deploy replaces what runs there',
      ],
    },
    'of one part, in a folder': {
      files: {'deploy/fly.worker.toml': shop, 'deploy/fly.worker-dev.toml': shop, 'deploy/fly.toml': shop},
      options: {config: 'deploy/fly.worker-dev.toml'},
      expect: [
        'warning deploy/fly.worker-dev.toml:1:1 deploy/fly.worker-dev.toml deploys to shop, and so does deploy/fly.worker.toml: a development deploy replaces what runs there',
      ],
    },
    'a preview, which may be named later': {
      files: {'fly.toml': shop, 'fly.review.toml': shop},
      options: {config: 'fly.review.toml'},
      expect: [
        'info fly.review.toml:1:1 fly.review.toml deploys to shop, and so does fly.toml: a preview deploy replaces what runs there',
      ],
    },
  },
})

it('calls no comment unused that stands in the other file', async () => {
  const files = {
    'fly.toml': shop,
    'fly.staging.toml': `# preflight-ignore fly-config/same-app -- one app for both\n${shop}`,
  }
  const report = await check({files, options: {offline: true}})
  expect(report.checks.find(({id}) => id === 'settings/unused-ignore')?.findings).toEqual([])
})
