import instructions from '../../../checks/dockerfile/instructions.ts'
import {testCheck} from '../../harness.ts'

const dockerfile = (text: string) => ({files: {'fly.toml': 'app = "shop"', Dockerfile: text}})

testCheck(instructions, {
  clean: {
    'what BuildKit takes': dockerfile(
      'FROM debian AS a\nENV A=1 B="x y"\nENV OLD the rest\nEXPOSE 80 90/udp\nUSER $U\n',
    ),
    'a later stage that nobody needs may be wrong in what it copies': dockerfile(
      'FROM debian AS a\nCOPY --from=b /x /x\nFROM debian AS b\nFROM debian\n',
    ),
    'a base whose variables may be empty': dockerfile(
      'ARG MIRROR\nARG SUFFIX\nFROM ${MIRROR}node:22${SUFFIX} AS a\nFROM ${MIRROR:-docker.io}/node:${VERSION:-22}-slim\nCOPY --from=a /x /x\n',
    ),
    'a base whose name has a part that may be empty': dockerfile(
      'ARG SUFFIX\nARG BUILDER="elixir:1.18${SUFFIX}"\nFROM ${BUILDER}\n',
    ),
    'a base that the platform tells': dockerfile(
      'FROM --platform=$BUILDPLATFORM golang:1.24-$TARGETOS AS a\nFROM debian\n',
    ),
    'a base of which the workflow gives the version': {
      files: {
        ...dockerfile('ARG VERSION\nFROM node:$VERSION-slim\n').files,
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: flyctl deploy --build-arg VERSION=22\n',
      },
    },
    'a base of which fly.toml gives the version': {
      files: {
        Dockerfile: 'ARG VERSION\nFROM node:$VERSION-slim\n',
        'fly.toml': 'app = "shop"\n[build.args]\nVERSION = "22"\n',
      },
    },
    'as many layers as there can be, in each of two stages': dockerfile(
      `FROM debian AS a\n${'RUN true\n'.repeat(500)}ENV A=1\nFROM debian\n${'RUN true\n'.repeat(499)}COPY --from=a /x /x\nCMD ["sh"]\n`,
    ),
    'a layer too many in a stage that nobody needs': dockerfile(
      `FROM debian\n${'RUN true\n'.repeat(501)}FROM debian\n`,
    ),
    'an image of somebody else': dockerfile('FROM debian\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/\n'),
  },
  flagged: {
    'a layer too many, counted from the stage that others are built on': {
      ...dockerfile(
        `FROM debian AS a\n${'RUN true\n'.repeat(300)}FROM a AS b\n${'RUN true\n'.repeat(199)}COPY . .\nENV A=1\nRUN b\nCOPY c d\nFROM b\nRUN true\n`,
      ),
      expect: [
        'error Dockerfile:504:1 RUN makes layer 501 of this stage, and Linux lays no more than 500 on each other',
      ],
    },
    'a comment behind ENV': {
      ...dockerfile('FROM debian\nENV A=1 # one\n'),
      expect: [
        'error Dockerfile:2:1 # is no NAME=value: a # in the middle of a line begins no comment, and a value with blanks needs quotes',
      ],
    },
    'a comment behind EXPOSE': {
      ...dockerfile('FROM debian\nEXPOSE 80 # web\n'),
      expect: ['error Dockerfile:2:1 EXPOSE #: "#" is no port'],
    },
    'a flag with a typing error': {
      ...dockerfile('FROM debian AS a\nFROM debian\nCOPY --form=a /x /x\n'),
      expect: ['error Dockerfile:3:1 COPY does not know the flag --form'],
    },
    'a copy from a later stage': {
      ...dockerfile('FROM debian AS a\nCOPY --from=b /x /x\nFROM debian AS b\nFROM a\n'),
      expect: ['error Dockerfile:2:1 the stage b comes later: it must stand before the one that copies from it'],
    },
    'a stage by a number that there is not': {
      ...dockerfile('FROM debian\nCOPY --from=5 /x /x\n'),
      expect: ['error Dockerfile:2:1 there is no stage 5: the stages are numbered 0 to 0'],
    },
    'a base without a name': {
      ...dockerfile('FROM ${BASE}\n'),
      expect: ['error Dockerfile:1:1 FROM ${BASE} names no image: the variable has no value before the first FROM'],
    },
    'a base without a version': {
      ...dockerfile('ARG VERSION\nFROM node:${VERSION}-slim\n'),
      expect: [
        'warning Dockerfile:2:1 FROM node:${VERSION}-slim names no image but node:-slim where the build is not given VERSION',
      ],
    },
    'a base without a version, and a deploy of the project that gives none': {
      files: {
        ...dockerfile('ARG VERSION\nFROM node:${VERSION}-slim\n').files,
        'deploy.sh': 'fly deploy --build-arg OTHER=1\n',
      },
      expect: [
        'error Dockerfile:2:1 FROM node:${VERSION}-slim names no image but node:-slim: the variable has no value before the first FROM',
      ],
    },
    'a base whose version no ARG lets in': {
      files: {
        Dockerfile: 'FROM node:${VERSION}-slim\n',
        'fly.toml': 'app = "shop"\n[build.args]\nVERSION = "22"\n',
      },
      expect: [
        'error Dockerfile:1:1 FROM node:${VERSION}-slim names no image but node:-slim: the variable has no value before the first FROM',
      ],
    },
    'a base with nothing behind the colon': {
      ...dockerfile('ARG VERSION\nFROM registry.fly.io/shop:$VERSION\n'),
      expect: [
        'warning Dockerfile:2:1 FROM registry.fly.io/shop:$VERSION names no image but registry.fly.io/shop: where the build is not given VERSION',
      ],
    },
    'a heredoc without an end': {
      ...dockerfile('FROM debian\nRUN <<EOF\necho hi\n'),
      expect: ['error Dockerfile:2:1 the heredoc <<EOF never ends'],
    },
    'one word too few': {
      ...dockerfile('FROM debian\nCOPY app\n'),
      expect: ['error Dockerfile:2:1 COPY has no destination, it must have a source and a destination'],
    },
  },
})
