import check from '../../../checks/ci/other-environment.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const production = {'fly.production.toml': 'app = "shop"\n', 'fly.toml': 'app = "shop-test"\n'}
const named = (name: string, run = 'flyctl deploy', files: Record<string, string> = production) =>
  workflow({head: `name: ${name}\non: push\n`, run, files})

testCheck(check, {
  clean: {
    'the configuration of production is laid over the other one': named(
      'Deploy to production',
      'cp fly.production.toml fly.toml && flyctl deploy --local-only',
    ),
    'the configuration of production is named': named('Deploy to production', 'flyctl deploy -c fly.production.toml'),
    'a target of make that is told another environment than its own': named(
      'Deploy to production',
      'make deploy ENV=production',
      {
        'fly.production.toml': 'app = "shop"\n',
        'fly.staging.toml': 'app = "shop-staging"\n',
        Makefile: 'ENV ?= staging\ndeploy:\n\tflyctl deploy --config fly.$(ENV).toml\n',
      },
    ),
    'a workflow for tests': named('Deploy to test'),
    'a workflow whose name says nothing': named('Deploy'),
    'names that only look alike': named('Deploy product pages'),
    'the app is another one by -a': named('Deploy to production', 'flyctl deploy -a shop'),
    'there is no other configuration': named('Deploy to production', 'flyctl deploy', {
      'fly.toml': 'app = "shop-test"\n',
    }),
    'a workflow for both': workflow({
      head: 'name: Deploy to production\non: push\n',
      steps: `${checkout}${setup}      - run: flyctl deploy\n${token}      - run: flyctl deploy -c fly.production.toml\n${token}`,
      files: production,
    }),
  },
  flagged: {
    'production gets the test app': {
      ...named('Deploy to production'),
      expect: [
        'warning .github/workflows/deploy.yml:9:9 the workflow Deploy to production deploys shop-test, which by its name is another environment',
      ],
    },
    'a target of make with an environment of its own': {
      ...named('Deploy to production', 'make deploy', {
        'fly.production.toml': 'app = "shop"\n',
        'fly.staging.toml': 'app = "shop-staging"\n',
        Makefile: 'ENV ?= staging\ndeploy:\n\tflyctl deploy --config fly.$(ENV).toml\n',
      }),
      expect: [
        'warning Makefile:3:2 the workflow Deploy to production deploys shop-staging, which by its name is another environment',
      ],
    },
    'staging gets production': {
      ...workflow({
        name: 'deploy-staging.yml',
        files: {'fly.toml': 'app = "shop-prod"\n', 'fly.staging.toml': 'app = "shop-staging"\n'},
      }),
      expect: [
        'warning .github/workflows/deploy-staging.yml:8:9 the workflow deploy-staging deploys shop-prod, which by its name is another environment',
      ],
    },
  },
})
