import check from '../../../checks/fly-config/image-name.ts'
import {testCheck} from '../../harness.ts'

const build = (image: string) => ({'fly.toml': `app = "shop"\n[build]\nimage = "${image}"\n`})

testCheck(check, {
  clean: {
    'a name of Docker Hub': {files: build('redis')},
    'a name with a tag in upper case': {files: build('grafana/grafana:11.0.0-RC1')},
    'a registry with a port, and a digest': {
      files: build(
        'Registry.example.com:5000/shop/web@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1',
      ),
    },
    'a name that --image replaces': {files: build('ghcr.io/Acme/web'), options: {image: 'nginx'}},
    'a name that a script fills in': {
      files: {
        ...build('ghcr.io/acme/web:${TAG}'),
        'scripts/deploy.sh': 'envsubst < fly.toml > fly.ready.toml\nflyctl deploy\n',
      },
    },
    'none at all': {files: {'fly.toml': 'app = "shop"\n'}},
  },
  flagged: {
    'the name of an account as GitHub shows it': {
      files: build('ghcr.io/Acme/web:latest'),
      expect: ['error fly.toml:3:1 build.image is "ghcr.io/Acme/web:latest", its name must be lower case'],
    },
    'an address on the web': {
      files: build('https://hub.docker.com/r/grafana/grafana'),
      expect: [
        'error fly.toml:3:1 build.image is "https://hub.docker.com/r/grafana/grafana", it must be the name alone, without its address on the web',
      ],
    },
    'a variable, in a file that may be a template': {
      files: build('ghcr.io/acme/web:${TAG}'),
      expect: [
        'warning fly.toml:3:1 build.image is "ghcr.io/acme/web:${TAG}", which flyctl takes as it is written: it fills in no variables here',
      ],
    },
    'a variable, which nothing fills in before the deploy': {
      files: {...build('ghcr.io/acme/web:${TAG}'), 'scripts/deploy.sh': 'TAG=1 flyctl deploy\n'},
      expect: [
        'error fly.toml:3:1 build.image is "ghcr.io/acme/web:${TAG}", which flyctl takes as it is written: it fills in no variables here',
      ],
    },
    'a colon without a tag': {
      files: build('redis:'),
      expect: ['error fly.toml:3:1 build.image is "redis:", it must have a tag behind the colon'],
    },
    'one that a workflow may replace': {
      files: {
        ...build('ghcr.io/Acme/web'),
        'scripts/deploy.sh': 'flyctl deploy --image registry.fly.io/shop:$TAG\n',
      },
      expect: ['warning fly.toml:3:1 build.image is "ghcr.io/Acme/web", its name must be lower case'],
    },
  },
})
