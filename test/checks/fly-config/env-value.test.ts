import {expect, it} from 'vitest'
import envValue from '../../../checks/fly-config/env-value.ts'
import {checkOne, testCheck} from '../../harness.ts'

const env = (text: string) => ({files: {'fly.toml': `[env]\n${text}\n`}})
const hosts = (text: string) => ({files: {'fly.toml': `app = "shop"\n[env]\n${text}\n`}})

testCheck(envValue, {
  clean: {
    'the value itself': env('LOG_LEVEL = "info"'),
    'a text that the script of the start gives to a shell': {
      files: {
        'fly.toml': 'app = "shop"\n[env]\nPG_URL = "${DATABASE_URL#postgres://}"\n',
        Dockerfile: 'FROM alpine\nCOPY start.sh /\nCMD ["sh", "/start.sh"]\n',
        'start.sh': 'eval "export PG_URL=$PG_URL"\nexec /server\n',
      },
    },
    'the host of the app': hosts('API_URL = "https://shop.fly.dev"'),
    'a host of Fly.io': hosts(
      'FLAPS = "https://api.machines.fly.io"\nPROM = "https://api.fly.io/prometheus"\nDOCS = "fly.io/docs"',
    ),
    'the host of another app': hosts('API_URL = "https://shop-api.fly.io"'),
    'another host': hosts('API_URL = "https://shop.fly.io.example.com"'),
    'a price': env('PRICE = "$5"'),
    'a reference within a text, which some programs fill in': env('SPRING_URL = "jdbc:mysql://${DB_HOST}/shop"'),
    'a default that programs other than a shell know': env('ENDPOINT = "https://${HOST:-localhost}/${PATH}"'),
    'a pattern of names': env('FORMAT = "${name}#${id/2}"'),
    'a name of Fly.io, which is told by itself': env('FLY_APP_NAME = "${APP}"'),
    'Spring Boot fills it in, whose sources are elsewhere': env('"spring.application.name" = "${FLY_APP_NAME}"'),
    'Spring Boot fills it in': {
      files: {...env('SPRING_DATA_REDIS_URL = "${UPSTASH_URL}"').files, 'pom.xml': '<project/>'},
    },
    'the deploy fills it in': {
      files: {...env('A = "$A"').files, 'scripts/deploy.sh': 'envsubst < fly.toml > fly.live.toml\n'},
    },
    'a build argument': env('A = "b"\n[build.args]\nRELEASE = "2.1"\nPRICE = "$5"'),
    'a build argument that the deploy names itself': {
      files: {
        'fly.toml': '[build.args]\nRELEASE = "$SHA"\n',
        'scripts/deploy.sh': 'fly deploy --build-arg RELEASE=$(git rev-parse HEAD)\n',
      },
    },
    JSON: env(`FLAGS = '{"a": "b"}'`),
    'two quoted words': env(`HOSTS = '"a" "b"'`),
  },
  flagged: {
    'the app under the name of Fly.io': {
      ...hosts('API_URL = "https://shop.fly.io:445"\n[build.args]\nVITE_URL = "wss://shop.fly.io/ws"'),
      expect: [
        'warning fly.toml:3:11 API_URL has the host shop.fly.io, and apps are at fly.dev: under that name nobody answers',
        'warning fly.toml:5:12 VITE_URL has the host shop.fly.io, and apps are at fly.dev: under that name nobody answers',
      ],
    },
    'a table': {
      ...env('[env.Api]\ndescription = "where it is"'),
      expect: ['warning fly.toml:2:2 Api is a table, which flyctl writes into one text: the app gets map[…]'],
    },
    'a variable': {
      ...env('REDIS_URL = "${UPSTASH_URL}"'),
      expect: [
        'warning fly.toml:2:13 REDIS_URL refers to another value, but flyctl fills nothing in: the app gets the text as it stands',
      ],
    },
    'a part of a variable': {
      ...env('DATABASE_URL = "postgresql+asyncpg://${PG_URL#postgres://}"'),
      expect: [
        'warning fly.toml:2:16 DATABASE_URL has what only a shell fills in, and flyctl starts none: the app gets the text as it stands',
      ],
    },
    'what other tools write': {
      ...env('A = "secret:A"\nB = "${{ secrets.B }}"\nC = "$C"'),
      expect: [
        'warning fly.toml:2:5 A refers to another value, but flyctl fills nothing in: the app gets the text as it stands',
        'warning fly.toml:3:5 B refers to another value, but flyctl fills nothing in: the app gets the text as it stands',
        'warning fly.toml:4:5 C refers to another value, but flyctl fills nothing in: the app gets the text as it stands',
      ],
    },
    'a build argument': {
      ...env('A = "b"\n[build.args]\nRELEASE = "$SOURCE_COMMIT"'),
      expect: [
        'warning fly.toml:4:11 the build argument RELEASE refers to another value, but flyctl fills nothing in: the build gets the text as it stands',
      ],
    },
    'quotes within quotes': {
      ...env(`MODE = '"prod"'`),
      expect: ['info fly.toml:2:8 the value of MODE has quotes around it, which are then part of what the app gets'],
    },
  },
})

it('never shows what may be a password', async () => {
  const {findings} = await checkOne(env('PASSWORD = "$ecret123"\nTOKEN = "secret:hunter2"'), envValue)
  expect(findings).toEqual([])
})
