import buildStrategy from '../../../checks/fly-config/build-strategy.ts'
import {testCheck} from '../../harness.ts'

const build = (text: string) => ({'fly.toml': `app = "shop"\n[build]\n${text}\n`})
const Dockerfile = 'FROM node:22\n'

testCheck(buildStrategy, {
  clean: {
    'one way': {
      files: {...build('dockerfile = "Dockerfile"\nbuild-target = "prod"\n[build.args]\nA = "1"'), Dockerfile},
    },
    'buildpacks in their builder': {files: build('builder = "heroku/builder:24"\nbuildpacks = ["heroku/nodejs"]')},
    'an empty [build]': {files: build('')},
    'empty values': {files: build('image = "nginx"\nbuildpacks = []\nbuiltin = ""')},
    'a builtin, without a Dockerfile': {files: build('builtin = "node"')},
    'a compose file, which decides itself': {
      files: build('dockerfile = "Dockerfile"\nimage = "nginx"\n[build.compose]'),
    },
    'what --image replaces': {files: build('builtin = "node"\ndockerfile = "x"'), options: {image: 'nginx'}},
    'the ignorefile that is read anyway': {files: build('ignorefile = ".dockerignore"')},
    'the ignorefile that belongs to the Dockerfile': {
      files: build('dockerfile = "prod.Dockerfile"\nignorefile = "prod.Dockerfile.dockerignore"'),
    },
    'an ignorefile for buildpacks, which read it': {
      files: build('builder = "heroku/builder:24"\nignorefile = "deploy/ignore"'),
    },
  },
  flagged: {
    'an image and more': {
      files: build('image = "nginx"\nbuilder = "heroku/builder:24"\ndockerfile = "Dockerfile"'),
      expect: [
        'warning fly.toml:4:1 build.builder is not used: image "nginx" is deployed as it is, and nothing is built',
        'warning fly.toml:5:1 build.dockerfile is not used: image "nginx" is deployed as it is, and nothing is built',
      ],
    },
    'buildpacks and a Dockerfile': {
      files: {...build('dockerfile = "Dockerfile"\nbuilder = "heroku/builder:24"'), Dockerfile},
      expect: ['warning fly.toml:3:1 build.dockerfile is not used: builder builds the image with buildpacks'],
    },
    'a builtin beside a Dockerfile that nobody names': {
      files: {...build('builtin = "node"'), Dockerfile},
      expect: ['warning fly.toml:3:1 build.builtin is not used: there is Dockerfile, which comes first'],
    },
    'a builtin and a Dockerfile': {
      files: build('builtin = "node"\ndockerfile = "prod.Dockerfile"'),
      expect: ['warning fly.toml:3:1 build.builtin is not used: dockerfile comes first'],
    },
    'buildpacks with nothing to run them in': {
      files: {...build('buildpacks = ["heroku/nodejs"]'), Dockerfile},
      expect: ['warning fly.toml:3:1 build.buildpacks is not used: without builder there is no image to run them in'],
    },
    'an ignorefile that no builder reads': {
      files: {...build('ignorefile = "deploy/ignore"'), Dockerfile},
      expect: [
        'warning fly.toml:3:1 build.ignorefile is not read by the builders that flyctl uses, so what deploy/ignore leaves out is sent and may be in the image',
      ],
    },
    'the .dockerignore of another folder': {
      files: {'backend/fly.toml': 'app = "shop"\n[build]\nignorefile = ".dockerignore"\n', Dockerfile},
      options: {config: 'backend/fly.toml'},
      expect: [
        'warning backend/fly.toml:3:1 build.ignorefile is not read by the builders that flyctl uses, so what .dockerignore leaves out is sent and may be in the image',
      ],
    },
  },
})
