import check from '../../../checks/ci/shared-app.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const shop = 'app = "shop"\n'
const project = (first: string, second: string, files: Record<string, string>) =>
  workflow({
    steps: `${checkout}${setup}      - run: ${first}\n${token}      - run: ${second}\n${token}`,
    files,
  })

testCheck(check, {
  clean: {
    'an app for each': project('flyctl deploy', 'flyctl deploy web', {'web/fly.toml': 'app = "shop-web"\n'}),
    'a name from the command line': project('flyctl deploy', 'flyctl deploy web -a shop-web', {'web/fly.toml': shop}),
    'one file that is deployed twice': project('flyctl deploy', 'flyctl deploy', {}),
    'one file that is deployed from its folder and from the top': {
      files: {
        'fly.toml': shop,
        '../.git/HEAD': '',
        '../.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n${checkout}${setup}      - run: cd project && flyctl deploy\n${token}      - run: flyctl deploy --config project/fly.toml\n${token}`,
      },
    },
    'a part of the app': project('flyctl deploy', 'flyctl deploy -c fly.worker.toml --process-groups worker', {
      'fly.worker.toml': shop,
    }),
    'a copy that nothing deploys': workflow({files: {'web/fly.toml': shop}}),
    'another environment, of which fly-config/same-app tells': project(
      'flyctl deploy',
      'flyctl deploy -c fly.staging.toml',
      {'fly.staging.toml': shop},
    ),
    'the one that is right': {
      ...project('flyctl deploy shop', 'flyctl deploy web', {'shop/fly.toml': shop, 'web/fly.toml': shop}),
      options: {config: 'shop/fly.toml'},
    },
  },
  flagged: {
    'a copy in another folder': {
      ...project('flyctl deploy', 'flyctl deploy web', {'web/fly.toml': shop}),
      expect: [
        'warning fly.toml:1:1 workflows deploy fly.toml and web/fly.toml to one app, shop: each deploy replaces what the other one left there',
      ],
    },
    'a part of the app in a file of its own, deployed as a whole': {
      ...project('flyctl deploy', 'flyctl deploy -c fly.worker.toml', {'fly.worker.toml': shop}),
      expect: [
        'warning fly.toml:1:1 workflows deploy fly.toml and fly.worker.toml to one app, shop: each deploy replaces what the other one left there',
      ],
    },
  },
})
