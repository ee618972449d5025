import {expect, it} from 'vitest'
import envSecret from '../../../checks/fly-config/env-secret.ts'
import {check, checkOne, testCheck} from '../../harness.ts'

const env = (text: string) => ({files: {'fly.toml': `[env]\n${text}\n`}})
const args = (text: string) => ({files: {'fly.toml': `[build.args]\n${text}\n`}})

/** Made up here, and put together so that no scanner takes them for real. */
const random = ['q7Lr2', 'XbN9w', 'Tz4Kd', 'P0mVs', 'H3gYc'].join('')
const hex = '8f2b6c1de09a4b7c93d5f1e2a7b8c9d0'
const github = `ghp_${'a1B2c3D4e5'.repeat(4)}`

testCheck(envSecret, {
  clean: {
    'settings that are about secrets': env(
      'TOKEN_EXPIRATION_HOURS = "168"\nSECRET_KEY_FILE = "/run/key"\nAUTH_MODE = "prod"\nAUTH_ENABLED = "true"\nMAX_TOKENS = "4096"',
    ),
    'keys for the browser': env(
      `NEXT_PUBLIC_API_KEY = "${hex}"\nSTRIPE_PUBLISHABLE_KEY = "${random}"\nSUPABASE_ANON_KEY = "${random}"`,
    ),
    'keys that are public by their form': env(`POSTHOG_KEY = "phc_${random}"\nSTRIPE_KEY = "pk_live_${random}"`),
    'a key to search with': args(`ALGOLIA_SEARCH_API_KEY = "${hex}"`),
    'the client id of an app for Shopify': args(`SHOPIFY_API_KEY = "${hex}"`),
    placeholders: env(
      'SECRET_KEY = "change-me-in-production-please-1"\nAPI_TOKEN = "${API_TOKEN}"\nDB_PASSWORD = "secret:DB_PASSWORD"\nAPI_KEY = "<your key>"\nREDIS_URL = "redis://default:${PASS}@redis.internal"',
    ),
    'plain words': env('ADMIN_PASSWORD = "admin"\nCACHE_KEY = "shop-products-by-category"\nSORT_KEY = "created_at"'),
    'addresses without a password': env(
      `SENTRY_DSN = "https://${hex}@o1.ingest.sentry.io/2"\nDATABASE_URL = "sqlite:////data/shop.db"`,
    ),
    'the database of the developer, which another check tells': env(
      'DATABASE_URL = "postgres://app:app1@localhost:5432/app"',
    ),
    'an address with a port and an @ behind it': env('CDN_URL = "https://cdn.example.com:8443/@shop/app.js"'),
    'ids and models': env(
      `KEY_ID = "${hex}"\nLLM_MODEL = "anthropic/claude-sonnet-4.6"\nS3_ENDPOINT_URL = "https://${hex}.r2.example.com"`,
    ),
    'words in the form of a key': env('MODEL_NAME = "sk-learn-model-server-blue"'),
  },
  flagged: {
    'a random value under a name that says so': {
      ...env(`SECRET_KEY = "${hex}"\nAPI_TOKEN = "${random}"`),
      expect: [
        'warning fly.toml:2:1 SECRET_KEY looks like a secret in plain text, for everybody who can read fly.toml',
        'warning fly.toml:3:1 API_TOKEN looks like a secret in plain text, for everybody who can read fly.toml',
      ],
    },
    'a well-known form under any name': {
      ...env(`DEPLOY = "${github}"`),
      expect: ['warning fly.toml:2:1 DEPLOY holds a GitHub token in plain text, for everybody who can read fly.toml'],
    },
    'a password in an address': {
      ...env('DATABASE_URL = "postgres://shop:hunter2@shop-db.internal:5432/shop"'),
      expect: [
        'warning fly.toml:2:1 DATABASE_URL holds the password of an address in plain text, for everybody who can read fly.toml',
      ],
    },
    'a password of letters': {
      ...env('POSTGRES_PASSWORD = "shop-staging"'),
      expect: [
        'warning fly.toml:2:1 POSTGRES_PASSWORD holds a password in plain text, for everybody who can read fly.toml',
      ],
    },
    'a private key': {
      ...env('JWT_PRIVATE_KEY = """\n-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----"""'),
      expect: [
        'warning fly.toml:2:1 JWT_PRIVATE_KEY holds a private key in plain text, for everybody who can read fly.toml',
      ],
    },
    'what the image keeps': {
      ...args(`NPM_TOKEN = "${random}"`),
      expect: [
        'warning fly.toml:2:1 NPM_TOKEN looks like a secret in plain text, for everybody who can read fly.toml or the image',
      ],
    },
    'a secret that the browser gets': {
      ...args(`VITE_API_SECRET_KEY = "${hex}${hex}"`),
      expect: [
        'warning fly.toml:2:1 VITE_API_SECRET_KEY looks like a secret, and becomes part of the pages that every visitor gets',
      ],
    },
    'in JSON': {
      files: {'fly.json': `{"app": "shop", "env": {"SECRET_KEY": "${hex}"}}`},
      expect: [
        'warning fly.json:1:25 SECRET_KEY looks like a secret in plain text, for everybody who can read fly.json',
      ],
    },
  },
})

it('never shows the value', async () => {
  const values = [hex, random, github, 'hunter2hunter', 'MIIEvQ']
  const project = env(
    `SECRET_KEY = "${hex}"\nAPI_TOKEN = "${random}"\nX = "${github}"\nDATABASE_URL = "postgres://a:hunter2hunter@b/c"`,
  )
  const one = JSON.stringify(await checkOne(project, envSecret))
  const all = JSON.stringify(await check({...project, options: {offline: true}}))
  for (const value of values) {
    expect(one).not.toContain(value)
    expect(all).not.toContain(value)
  }
})
