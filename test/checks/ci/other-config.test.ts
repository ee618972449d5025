import check from '../../../checks/ci/other-config.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const web = {'fly.web.toml': 'app = "shop-web"\n'}
const project = (calls: readonly string[], files: Record<string, string>) =>
  workflow({steps: `${checkout}${setup}${calls.map((each) => `      - run: ${each}\n${token}`).join('')}`, files})

/** Its only configuration is in another folder than that in which flyctl runs. */
const below = (calls: readonly string[], files: Record<string, string> = {}) => {
  const {files: all} = project(calls, {'api/fly.toml': 'app = "shop-api"\n', Dockerfile: 'FROM nginx:1\n', ...files})
  const {'fly.toml': _, ...others} = all as Record<string, string>
  return {files: others, options: {config: 'api/fly.toml'}}
}

testCheck(check, {
  clean: {
    'the file of another folder, by its name': below(['flyctl deploy -a shop-api -c api/fly.toml']),
    'a step lays it there': below(['cp api/fly.toml .', 'flyctl deploy -a shop-api']),
    'it is deployed, too': below(['flyctl deploy -a shop-api', 'flyctl deploy api']),
    'back to the image before': below([
      'BEFORE=$(flyctl releases -a shop-api --image --json | jq -r .[1].ImageRef) && flyctl deploy -a shop-api --image "$BEFORE"',
    ]),
    'another app without a file': below(['flyctl deploy -a shop-web']),
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
    'no file where flyctl runs, and one elsewhere': {
      ...below(['flyctl deploy . -a shop-api']),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 shop-api is deployed from a folder without fly.toml: flyctl takes the settings that the app has on Fly.io, and nothing of api/fly.toml',
      ],
    },
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
