import check from '../../../checks/ci/unattended.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from './workflows.ts'

const run = (command: string) => workflow({run: command})

testCheck(check, {
  clean: {
    'the answer is a flag': run('flyctl scale count 2 --yes'),
    'its short form': run('flyctl scale count 2 -y'),
    'a login with all that it asks': run('flyctl auth login --email $MAIL --password $PASSWORD'),
    'a login that may fail': run('flyctl auth login || true'),
    'a deploy asks nothing': run('flyctl deploy'),
    'all that volumes create asks': run('flyctl volumes create data --yes --region fra'),
    'a word that may be the flag': run('flyctl scale count 2 $FLAGS'),
    'an answer by a variable': workflow({
      job: '    env:\n      FLY_ORG: acme\n',
      run: 'flyctl apps create shop-pr',
    }),
    'two volumes, of which flyctl does not warn': run('flyctl volumes create data --count 2 --region fra'),
    'a shared address': run('flyctl ips allocate-v4 --shared'),
    'a launch with the configuration that is there': run('flyctl launch --copy-config --no-deploy --name shop-pr'),
    'a launch where there is none': run('cd web && flyctl launch --no-deploy'),
    'a failure that is let pass': run('flyctl apps destroy shop || true'),
    'a machine that is updated without a question': run('flyctl machine update 148e --image shop:2 -y'),
    'all that a Redis asks': run(
      'flyctl redis create --org acme --name cache --region fra --no-replicas --disable-eviction --enable-prodpack=false',
    ),
    'a Redis with replicas': run(
      'flyctl redis create -o acme -n cache -r fra --replica-regions ams --enable-eviction --enable-prodpack',
    ),
  },
  flagged: {
    'a login with a browser': {
      ...run('flyctl auth login --access-token "$FLY_API_TOKEN" && flyctl deploy'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl auth login waits for somebody to log in with a browser, and a workflow has nobody',
      ],
    },
    'a name that is filled in': {
      ...workflow({
        job: '    env:\n      APP_NAME: shop-pr-${{ github.event.number }}\n',
        run: 'flyctl app destroy $APP_NAME',
      }),
      expect: [
        'warning .github/workflows/deploy.yml:10:9 flyctl apps destroy asks for --yes, and stops where nobody can answer',
      ],
    },
    'a launch with a configuration that is there': {
      ...run('flyctl launch --no-deploy --name shop-pr'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl launch asks what to do with "fly.toml", which is there already, and stops where nobody can answer',
      ],
    },
    'an organization, which flyctl takes by itself where there is one alone': {
      ...run('flyctl apps create shop-pr'),
      expect: [
        'info .github/workflows/deploy.yml:8:9 flyctl apps create asks for --org, and stops where nobody can answer',
      ],
    },
    'a machine that is updated': {
      ...run('flyctl machines update 148e --metadata restarted=1'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl machine update asks for --yes, and stops where nobody can answer',
      ],
    },
    'an address that costs': {
      ...run('flyctl ips allocate-v4'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl ips allocate-v4 asks for --yes, and stops where nobody can answer',
      ],
    },
    'a volume without its region': {
      ...run('flyctl volumes create data --yes'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl volumes create asks for --region, and stops where nobody can answer',
      ],
    },
    'an answer that is piped, which flyctl does not read': {
      ...run('yes | flyctl scale count 2'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl scale count asks for --yes as soon as there is something to change, and stops where nobody can answer',
      ],
    },
    'what is made where it is not there yet': {
      ...run(
        '|\n          if ! flyctl redis list | grep -wq cache; then\n            echo N | flyctl redis create --org acme --name cache --region fra --no-replicas --disable-eviction || true\n          fi',
      ),
      expect: [
        'warning .github/workflows/deploy.yml:10:13 flyctl redis create asks for --enable-prodpack, and stops where nobody can answer',
      ],
    },
    'what is switched off': {
      ...run('flyctl apps destroy shop --yes=false'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl apps destroy asks for --yes, and stops where nobody can answer',
      ],
    },
    'scale count': {
      ...run('flyctl scale count 2'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl scale count asks for --yes as soon as there is something to change, and stops where nobody can answer',
      ],
    },
    'apps create without a name': {
      ...run('flyctl apps create'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl apps create asks for a name and --org, and stops where nobody can answer',
      ],
    },
  },
})
