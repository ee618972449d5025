import check from '../../../checks/ci/other-config.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const web = {'fly.web.toml': 'app = "shop-web"\n'}
const project = (calls: readonly string[], files: Record<string, string>) =>
  workflow({steps: `${checkout}${setup}${calls.map((each) => `      - run: ${each}\n${token}`).join('')}`, files})

testCheck(check, {
  clean: {
    'each with its own': project(
      ['flyctl deploy -a shop -c fly.toml', 'flyctl deploy -a shop-web -c fly.web.toml'],
      web,
    ),
    'an app that no configuration names': project(['flyctl deploy -a shop-two -c fly.web.toml'], web),
    'its own is deployed, too': project(['flyctl deploy', 'flyctl deploy -a shop -c fly.web.toml'], web),
    'the name of the file': project(['flyctl deploy -c fly.web.toml'], web),
    'a file without a name of an app': project(['flyctl deploy -a shop -c fly.part.toml'], {
      'fly.part.toml': '[env]\nA = "b"\n',
    }),
    'a name that is not known': project(['flyctl deploy -a "$APP" -c fly.web.toml'], web),
  },
  flagged: {
    'the configuration of another app, copied': {
      ...project(['flyctl deploy -a shop -c fly.web.toml', 'flyctl deploy -a shop-web -c fly.web.toml'], web),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 shop is deployed with fly.web.toml, which is for shop-web: its own configuration is fly.toml, and no workflow takes that',
      ],
    },
    'seen from the one that is taken': {
      ...project(['flyctl deploy -a shop -c fly.web.toml'], web),
      options: {config: 'fly.web.toml'},
      expect: [
        'warning .github/workflows/deploy.yml:8:9 shop is deployed with fly.web.toml, which is for shop-web: its own configuration is fly.toml, and no workflow takes that',
      ],
    },
  },
})
