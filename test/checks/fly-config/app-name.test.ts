import {expect, it} from 'vitest'
import appName from '../../../checks/fly-config/app-name.ts'
import {checkOne, testCheck} from '../../harness.ts'

const nameless = {'fly.toml': '[http_service]\ninternal_port = 8080\n'}

testCheck(appName, {
  clean: {
    'in fly.toml': {files: {'fly.toml': 'app = "shop"'}},
    'by -a': {files: nameless, options: {app: 'shop'}},
    'by FLY_APP': {files: nameless, options: {env: {FLY_APP: 'shop'}}},
    'in a file that cannot be decoded: flyctl keeps the name': {files: {'fly.toml': 'app = "shop"\nbuild = 1'}},
    'digits and dashes': {files: {'fly.toml': 'app = "shop-2-api"'}},
    'a placeholder, with the name on the command line': {files: {'fly.toml': 'app = "<app>"'}, options: {app: 'shop'}},
  },
  flagged: {
    'a placeholder': {
      files: {'fly.toml': 'primary_region = "fra"\napp = "${APP_NAME}"'},
      expect: [
        'error fly.toml:2:1 the app is called "${APP_NAME}", but no app of Fly.io can be: names are lower-case letters, digits and dashes',
      ],
    },
    'an underscore': {
      files: {'fly.toml': 'app = "my_shop"'},
      expect: [
        'error fly.toml:1:1 the app is called "my_shop", but no app of Fly.io can be: names are lower-case letters, digits and dashes',
      ],
    },
    'a placeholder that the workflow replaces': {
      files: {
        'fly.toml': 'app = "APP_NAME"',
        '.github/workflows/deploy.yml': 'steps:\n  - run: flyctl deploy -a shop\n',
      },
      expect: [
        'warning fly.toml:1:1 the app is called "APP_NAME", but no app of Fly.io can be: names are lower-case letters, digits and dashes',
      ],
    },
    'a placeholder that the workflow fills in': {
      files: {
        'fly.toml': 'app = "APP_NAME"',
        '.github/workflows/deploy.yml':
          'steps:\n  - run: |\n      sed -e "s/APP_NAME/shop-$PR/" \\\n        fly.toml > fly.pr.toml\n      flyctl deploy -c fly.pr.toml\n',
      },
      expect: [
        'warning fly.toml:1:1 the app is called "APP_NAME", but no app of Fly.io can be: names are lower-case letters, digits and dashes',
      ],
    },
    'a name that the workflow passes, for a configuration that it chooses': {
      files: {
        'fly.toml': 'primary_region = "fra"',
        '.github/workflows/deploy.yml':
          'steps:\n  - run: flyctl deploy --config ./${{ inputs.file }}.toml --app ${{ inputs.app }} --remote-only\n',
      },
      expect: ['info fly.toml:1:1 fly.toml names no app'],
    },
    'a name that a workflow above passes, for a configuration that it chooses from the top': {
      files: {
        'fly.toml': 'primary_region = "fra"',
        '../.git/HEAD': '',
        '../.github/workflows/deploy.yml':
          'steps:\n  - run: flyctl deploy --config project/${{ inputs.file }} --app ${{ inputs.app }}\n',
      },
      expect: ['info fly.toml:1:1 fly.toml names no app'],
    },
    'a name that a workflow of somebody else is told': {
      files: {
        'fly.production.toml': 'primary_region = "fra"',
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    uses: acme/workflows/.github/workflows/deploy-to-fly.yaml@v1\n    with:\n      fly_app_name: shop\n      fly_config_file_path: fly.production.toml\n',
      },
      options: {config: 'fly.production.toml'},
      expect: ['info fly.production.toml:1:1 fly.production.toml names no app'],
    },
    'a name that stands before the verb': {
      files: {
        'fly.toml': 'primary_region = "fra"',
        '.github/workflows/deploy.yml': 'steps:\n  - run: flyctl -a $APP --verbose deploy --remote-only\n',
      },
      expect: ['info fly.toml:1:1 fly.toml names no app'],
    },
    'capital letters': {
      files: {'fly.toml': 'app = "Shop"'},
      expect: ['warning fly.toml:1:1 the app is called "Shop", but names of apps have no upper-case letters'],
    },
    'a dash at the end': {
      files: {'fly.toml': 'app = "shop-"'},
      expect: [
        'warning fly.toml:1:1 the app is called "shop-", which can be no part of a host name such as shop-….fly.dev',
      ],
    },
    nowhere: {files: nameless, expect: ['error fly.toml:1:1 fly.toml names no app']},
    'an empty FLY_APP': {
      files: nameless,
      options: {env: {FLY_APP: ''}},
      expect: ['error fly.toml:1:1 fly.toml names no app'],
    },
    'an empty name': {files: {'fly.toml': 'app = ""'}, expect: ['error fly.toml:1:1 fly.toml names no app']},
    'only in the workflow: that deploy works': {
      files: {
        ...nameless,
        '.github/workflows/deploy.yml': 'steps:\n  - run: flyctl deploy --remote-only -a $FLY_APP\n',
      },
      expect: ['info fly.toml:1:1 fly.toml names no app'],
    },
    'only by the action that makes an app for each pull request': {
      files: {
        ...nameless,
        '.github/workflows/review.yml':
          'steps:\n  - uses: superfly/fly-pr-review-apps@1.5.0\n    with:\n      config: fly.toml\n',
      },
      expect: ['info fly.toml:1:1 fly.toml names no app'],
    },
    'by that action for another configuration': {
      files: {
        ...nameless,
        'fly.review.toml': '',
        '.github/workflows/review.yml':
          'steps:\n  - uses: superfly/fly-pr-review-apps@1.5.0\n    with:\n      config: fly.review.toml\n',
      },
      expect: ['error fly.toml:1:1 fly.toml names no app'],
    },
    'in a workflow, but commented out': {
      files: {...nameless, '.github/workflows/deploy.yml': 'steps:\n  # - run: flyctl deploy -a shop\n'},
      expect: ['error fly.toml:1:1 fly.toml names no app'],
    },
  },
})

it.each([
  ['fly.toml', '[env]\n', 'Add app = "NAME" above the first [table], or pass -a NAME.'],
  ['fly.json', '{"env": {}}', 'Add "app": "NAME", or pass -a NAME.'],
  ['fly.yaml', 'env: {}\n', 'Add app: NAME, or pass -a NAME.'],
])('fly-config/app-name writes the cure as %s is written', async (file, text, hint) => {
  const {findings} = await checkOne({files: {[file]: text}}, appName)
  expect(findings.map((each) => each.hint)).toEqual([hint])
})

it.each([
  ['shop-CHANGEME', 'Write the name of the app, or pass it'],
  ['YOUR_APP_NAME', 'Write the name of the app, or pass it'],
  ['Shop', 'Write "shop".'],
  ['my_shop', 'Is "my-shop" meant?'],
])('fly-config/app-name tells what %s stands for', async (name, hint) => {
  const {findings} = await checkOne({files: {'fly.toml': `app = "${name}"\n`}}, appName)
  expect(findings.map((each) => each.hint?.startsWith(hint))).toEqual([true])
})
