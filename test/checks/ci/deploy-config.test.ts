import check from '../../../checks/ci/deploy-config.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const only = {'fly.toml': undefined as never, 'fly.production.toml': 'app = "shop"\n'}
const withOnly = (parts: Parameters<typeof workflow>[0]) => {
  const project = workflow(parts)
  const {'fly.toml': _, ...files} = {...project.files, ...only}
  return {files, options: {config: 'fly.production.toml'}}
}

testCheck(check, {
  clean: {
    'fly.toml is where flyctl runs': workflow(),
    'the configuration is named': withOnly({run: 'flyctl deploy -c fly.production.toml'}),
    '-a names the app, whose configuration flyctl takes from Fly.io': withOnly({
      run: 'flyctl deploy -a shop',
      files: {Dockerfile: 'FROM debian\n'},
    }),
    '-a and a ready image': withOnly({run: 'flyctl deploy -a shop --image example.com/shop:1'}),
    'FLY_APP names it': withOnly({job: '    env:\n      FLY_APP: shop\n'}),
    'an earlier step makes it': withOnly({
      steps: `${checkout}${setup}      - run: cp fly.production.toml fly.toml\n      - run: flyctl deploy\n${token}`,
    }),
    'the same script makes it': withOnly({run: 'envsubst < a > fly.toml && flyctl deploy'}),
    'a program of the project makes it': withOnly({
      run: 'node scripts/config.mjs && flyctl deploy -c fly.preview.toml',
      files: {'scripts/config.mjs': 'writeFileSync(`fly.${process.env.STAGE}.toml`, text)\n'},
    }),
    'a script of package.json makes it': withOnly({
      steps: `${checkout}${setup}      - run: npm run config\n      - run: flyctl deploy\n${token}`,
      files: {
        'package.json': '{"scripts": {"config": "tsx tools/config.ts"}}',
        'tools/config.ts': 'writeFileSync("fly.toml", text)\n',
      },
    }),
    'the folder of the step is not there, which is told as that': workflow({
      steps: `${checkout}${setup}      - run: flyctl deploy\n        working-directory: api\n${token}      - run: flyctl deploy\n${token}`,
    }),
    'it is in the folder of the step': workflow({
      steps: `${checkout}${setup}      - run: flyctl deploy\n        working-directory: api\n${token}`,
      files: {'api/fly.toml': 'app = "api"\n'},
    }),
    'cd goes to it': workflow({run: 'cd api && flyctl deploy', files: {'api/fly.toml': 'app = "api"\n'}}),
    'cd in a step of its own, and the deploy has a folder of its own': workflow({
      steps: `${checkout}${setup}      - run: cd api\n      - run: flyctl deploy\n        working-directory: api\n${token}`,
      files: {'api/fly.toml': 'app = "api"\n'},
    }),
    'cd in a step of its own, to a folder without a configuration': workflow({
      steps: `${checkout}${setup}      - run: cd docs\n      - run: flyctl deploy\n${token}`,
      files: {'docs/index.md': '# Shop\n'},
    }),
    'what a script is given is not known': withOnly({
      run: './deploy.sh',
      files: {'deploy.sh': '#!/bin/sh\nexec flyctl deploy "$@"\n'},
    }),
    'the folder is an argument': workflow({run: 'flyctl deploy api', files: {'api/fly.toml': 'app = "api"\n'}}),
    'a matrix says which': withOnly({run: 'flyctl deploy -c ${{ matrix.config }}'}),
    'the repository is checked out elsewhere': withOnly({
      steps: `${checkout}        with:\n          path: src\n${setup}      - run: flyctl deploy\n${token}`,
    }),
    'another workflow deploys this configuration; the lost one is not about it': {
      ...workflow(),
      files: {
        ...workflow().files,
        '.github/workflows/other.yml': `on: push\njobs:\n  x:\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy -c gone.toml\n`,
      },
    },
  },
  flagged: {
    'another workflow deploys this configuration, and one still asks for fly.toml beside it': {
      ...withOnly({
        run: 'flyctl deploy -c fly.production.toml',
        files: {
          '.github/workflows/other.yml': `on: push\njobs:\n  x:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: flyctl deploy --remote-only\n`,
        },
      }),
      expect: [
        'warning .github/workflows/other.yml:7:9 flyctl deploy finds no fly.toml, and no -c or -a says what to deploy: flyctl then stops with "missing an app name"',
      ],
    },
    'cd in a step of its own': {
      ...workflow({
        steps: `${checkout}${setup}      - run: cd api\n      - run: flyctl deploy -a shop\n${token}`,
        files: {'fly.toml': undefined as never, 'api/fly.toml': 'app = "shop"\n', 'api/Dockerfile': 'FROM debian\n'},
      }),
      options: {config: 'api/fly.toml'},
      expect: [
        'warning .github/workflows/deploy.yml:9:9 flyctl deploy finds neither fly.toml nor a Dockerfile beside it: cd api of the step before holds for that step alone, and has nothing to build',
      ],
    },
    'the configuration lies below, and preflight runs beside it': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '../.github/workflows/deploy.yml': `${workflow().files?.['.github/workflows/deploy.yml']}`,
      },
      expect: [
        'warning ../.github/workflows/deploy.yml:8:9 flyctl deploy finds no ../fly.toml, and no -c or -a says what to deploy: flyctl then stops with "missing an app name"',
      ],
    },
    'cd in a step of its own, and another app where the deploy then runs': {
      ...workflow({
        steps: `${checkout}      - run: cd bot\n${setup}      - run: flyctl deploy\n${token}`,
        files: {'bot/fly.toml': 'app = "bot"\n'},
      }),
      expect: [
        'warning .github/workflows/deploy.yml:9:9 flyctl deploy reads fly.toml, and not bot/fly.toml: cd bot of the step before holds for that step alone',
      ],
    },
    'only a configuration of another name': {
      ...withOnly({}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl deploy finds no fly.toml, and no -c or -a says what to deploy: flyctl then stops with "missing an app name"',
      ],
    },
    'a configuration of the same name that another deploy reads': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl deploy -c apps/web/fly.toml\n${token}      - run: flyctl deploy -c apps/api/fly.toml\n${token}`,
        files: {'fly.toml': undefined as never, 'apps/web/fly.toml': 'app = "web"\n'},
      }),
      options: {config: 'apps/web/fly.toml'},
      expect: [
        'warning .github/workflows/deploy.yml:11:9 flyctl deploy reads apps/api/fly.toml, which the repository does not have',
      ],
    },
    'a program before that has nothing to do with it': {
      ...withOnly({
        run: 'node scripts/lint.mjs && flyctl deploy',
        files: {'scripts/lint.mjs': 'check()\n'},
      }),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl deploy finds no fly.toml, and no -c or -a says what to deploy: flyctl then stops with "missing an app name"',
      ],
    },
    'a path from the top, in a step that runs below': {
      ...withOnly({
        steps: `${checkout}${setup}      - run: flyctl deploy -c api/fly.toml\n        working-directory: api\n${token}`,
        files: {'api/fly.toml': 'app = "api"\n'},
      }),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl deploy reads api/api/fly.toml, which the repository does not have',
      ],
    },
    'beside the deploy of this configuration, a folder that is not there': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl deploy\n${token}      - run: flyctl deploy ./services/mail\n${token}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:11:9 flyctl deploy finds no services/mail/fly.toml, and no -c or -a says what to deploy: flyctl then stops with "missing an app name"',
      ],
    },
    'in the old action, working-directory does nothing': {
      ...withOnly({
        steps: `${checkout}      - uses: superfly/flyctl-actions@1.5\n        working-directory: api\n        with:\n          args: deploy --remote-only\n${token}`,
        files: {'api/fly.toml': 'app = "api"\n'},
      }),
      expect: [
        'warning .github/workflows/deploy.yml:10:11 flyctl deploy finds no fly.toml, and no -c or -a says what to deploy: flyctl then stops with "missing an app name"',
      ],
    },
  },
})
