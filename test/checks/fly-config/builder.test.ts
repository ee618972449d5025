import {expect, it} from 'vitest'
import builder from '../../../checks/fly-config/builder.ts'
import {checkOne, testCheck} from '../../harness.ts'

const build = (text: string) => ({'fly.toml': `app = "shop"\n[build]\n${text}\n`})
const Dockerfile = 'FROM node:22\n'

testCheck(builder, {
  clean: {
    'a Dockerfile that is named, which build-strategy tells': {
      files: {
        'fly.toml': '[build]\nbuilder = "shop/builder"\ndockerfile = "Dockerfile"\n',
        Dockerfile: 'FROM debian\n',
      },
    },
    'a builder that is still made': {files: build('builder = "heroku/builder:24"')},
    'the same beside a Dockerfile for other uses': {
      files: {...build('builder = "paketobuildpacks/builder-jammy-full"'), Dockerfile},
    },
    'one of the project': {files: build('builder = "registry.example.com/shop/builder:3"')},
    'a retired one that is let go on': {
      files: build('builder = "heroku/buildpacks:20"\n[build.args]\nALLOW_EOL_SHIMMED_BUILDER = "1"'),
    },
    'one that does not count, since an image is deployed': {files: build('builder = "dockerfile"\nimage = "nginx"')},
    'one that does not count, since --image is': {files: build('builder = "dockerfile"'), options: {image: 'nginx'}},
  },
  flagged: {
    "a word of Railway's": {
      files: {...build('builder = "DOCKERFILE"'), Dockerfile},
      expect: [
        'error fly.toml:3:1 build.builder is "DOCKERFILE", it must be the name of an image with buildpacks, which that is not',
      ],
    },
    'nixpacks, which a flag can rescue': {
      files: build('builder = "nixpacks"'),
      expect: [
        'warning fly.toml:3:1 build.builder is "nixpacks", it must be the name of an image with buildpacks, which that is not',
      ],
    },
    'a word, where the deploy brings its own BuildKit': {
      files: {...build('builder = "dockerfile"'), Makefile: 'deploy:\n\tflyctl deploy --buildkit\n'},
      expect: [
        'warning fly.toml:3:1 build.builder is "dockerfile", it must be the name of an image with buildpacks, which that is not',
      ],
    },
    'Depot, which is chosen without it': {
      files: build('builder = "depot/fly-builder"'),
      expect: [
        'warning fly.toml:3:1 build.builder is "depot/fly-builder", it must be the name of an image with buildpacks, which that is not',
      ],
    },
    "the word, where the project's own deploy passes an image": {
      files: {...build('builder = "docker"'), 'deploy.sh': 'flyctl deploy --image nginx\n'},
      expect: [
        'warning fly.toml:3:1 build.builder is "docker", it must be the name of an image with buildpacks, which that is not',
      ],
    },
    'any image, where a Dockerfile waits': {
      files: {...build('builder = "acme/builder"'), Dockerfile},
      expect: [
        'warning fly.toml:3:1 build.builder is "acme/builder", so flyctl builds with buildpacks, and Dockerfile is not used',
      ],
    },
    'images that are gone': {
      files: build(
        'builder = "gcr.io/paketo-buildpacks/builder:full"\nbuildpacks = ["docker.io/paketobuildpacks/go", "gcr.io/paketo-buildpacks/nodejs"]',
      ),
      expect: [
        "warning fly.toml:3:1 gcr.io/paketo-buildpacks/builder:full cannot be pulled any more: Paketo's images have left gcr.io",
        "warning fly.toml:4:48 gcr.io/paketo-buildpacks/nodejs cannot be pulled any more: Paketo's images have left gcr.io",
      ],
    },
    'builders that are retired': {
      files: build('builder = "docker.io/heroku/builder:20"'),
      expect: [
        'warning fly.toml:3:1 build.builder is "docker.io/heroku/builder:20", which refuses to build since April 2025',
      ],
    },
    'builders that stood still': {
      files: build('builder = "paketobuildpacks/builder:full"'),
      expect: [
        'warning fly.toml:3:1 build.builder is "paketobuildpacks/builder:full", which has had no update since 2023: its languages and its Ubuntu 18.04 are that old',
      ],
    },
  },
})

it.each([
  ['paketobuildpacks/builder:full', 'Write builder = "paketobuildpacks/builder-jammy-full"'],
  ['paketobuildpacks/builder', 'Write builder = "paketobuildpacks/builder-jammy-base"'],
  ['gcr.io/paketo-buildpacks/builder:tiny', 'Write "docker.io/paketobuildpacks/builder-jammy-tiny".'],
  ['heroku/builder-classic:22', 'Write builder = "heroku/builder:24"'],
])('says what to write for %s', async (written, hint) => {
  const {findings} = await checkOne({files: build(`builder = "${written}"`)}, builder)
  expect(findings[0]?.hint).toBe(hint)
})
