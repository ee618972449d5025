import {expect, it} from 'vitest'
import secretsFile from '../../../checks/env/secrets-file.ts'
import {run} from '../../../src/preflight.ts'
import {pretty} from '../../../src/report/pretty.ts'
import {check, testCheck} from '../../harness.ts'
import {memoryFileSystem, root} from '../../memory.ts'

const toml = '[secrets]\nenv-file = ".env.production"\n'
const project = (env: string, more: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"\n', 'preflight.toml': toml, '.env.production': env, ...more},
})
const told = (env: string, message: string, more: Record<string, string> = {}) => ({
  ...project(env, more),
  expect: [`warning .env.production:1:1 ${message}`],
})
const long = 'b1946ac92492d2347c6235b4d2611184'

testCheck(secretsFile, {
  clean: {
    'real values': project(
      `JWT_SECRET=${long}\nSTRIPE_KEY="sk_live_4eC39HqLyjWDarjtT1zdp7dc"\nDATABASE_URL=postgres://u:p4ssw0rdX@db.flycast:5432/shop\n`,
    ),
    'values that are no secrets': project(
      'PORT=8080\nLOG_LEVEL=debug\nAPP_NAME=example\nBUCKET=my-shop\nPUBLIC_KEY=pk\nDEBUG=test\nTITLE=start here\n',
    ),
    'an empty one, which the code may do without': project('SENTRY_DSN=\n'),
    'an encrypted one': project('JWT_SECRET=encrypted:BOvsFEql\n'),
    'a comment': project('# JWT_SECRET=changeme\n'),
    'an address of the app itself': project('APP_URL=http://localhost:8080\n'),
    'a key of Phoenix, long enough': project(`SECRET_KEY_BASE=${long}${long}\n`, {'mix.exs': ''}),
    'Rails asks for no length': project(`SECRET_KEY_BASE=${long}\n`, {'config/application.rb': ''}),
    'a key of Laravel': project('APP_KEY=base64:hkh1sfMfWkPCQRbWpMIYjgQjXv0LTvGT5n0lVlMPiLU=\n', {artisan: ''}),
    'a key of Fernet': project('FERNET_KEY=cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=\n'),
    'several programs in one machine': project('REDIS_URL=redis://localhost:6379\n', {
      'fly.toml': 'app = "shop"\n[processes]\napp = "supervisord -n"\n',
    }),
  },
  flagged: {
    'a placeholder': told('STRIPE_KEY=your-stripe-key-here\n', 'STRIPE_KEY still holds a placeholder'),
    'to be changed': told('SECRET_KEY="change-me"\n', 'SECRET_KEY still holds a placeholder'),
    'an example of a secret': told('API_KEY=my-key\n', 'API_KEY still holds a placeholder'),
    'in angle brackets': told('MAIL_HOST=<smtp host>\n', 'MAIL_HOST still holds a placeholder'),
    'crosses behind a prefix': told('STRIPE_KEY=sk_test_xxxxxxxxxxxx\n', 'STRIPE_KEY still holds a placeholder'),
    'in an address': told(
      'DATABASE_URL=postgres://user:password@host:5432/db\n',
      'DATABASE_URL still holds a placeholder',
    ),
    'a database on localhost': told(
      'DATABASE_URL=postgresql://shop:shop@localhost:5432/shop\n',
      'DATABASE_URL points to localhost:5432, where nothing listens in a machine of Fly.io',
    ),
    'a host of docker compose alone': told(
      'REDIS_HOST=127.0.0.1\n',
      'REDIS_HOST points to 127.0.0.1, where nothing listens in a machine of Fly.io',
    ),
    'the key that Django wrote': told(
      "SECRET_KEY='django-insecure-4$x!2k0v9q7m3n8b6c5l1j_h&g#f@d=s+a'\n",
      'SECRET_KEY is one that everybody tries first',
    ),
    'a key of tutorials': told(
      'JWT_SECRET_KEY=my-super-secret-key\n',
      'JWT_SECRET_KEY is one that everybody tries first',
    ),
    'too short for HS256': told(
      'JWT_SECRET=a1b2c3d4e5f60718293a\n',
      'JWT_SECRET is shorter than the 32 bytes that HS256 demands: some libraries refuse it, and it can be found by trying',
    ),
    'too short for Phoenix': told(
      `SECRET_KEY_BASE=${long}\n`,
      'SECRET_KEY_BASE is shorter than the 64 bytes that Phoenix demands: every page with a session fails',
      {'mix.exs': ''},
    ),
    'too short for Laravel': told(
      'APP_KEY=base64:aGFsbG8gd2VsdA==\n',
      'APP_KEY has not the 32 bytes that Laravel demands: every page fails with "incorrect key length"',
      {artisan: ''},
    ),
    'no key of Fernet': told(
      `FERNET_KEY=${long}\n`,
      'FERNET_KEY is no key of Fernet, which are 32 bytes in base64: what reads it stops',
    ),
    'short for any key': told(
      'SESSION_SECRET=k8#vQ2\n',
      'SESSION_SECRET is shorter than 16 bytes: it can be found by trying',
    ),
  },
  skipped: {
    'no file is named': {
      files: {'fly.toml': 'app = "shop"\n', '.env.production': 'A=changeme\n'},
      reason: 'preflight.toml names no secrets.env-file',
    },
    'a checkout without the file': {
      files: {'fly.toml': 'app = "shop"\n', 'preflight.toml': toml},
      reason: '.env.production, which preflight.toml names, is not here',
    },
  },
})

it('a file that cannot be read leaves it unverified', async () => {
  const report = await check({
    files: {'fly.toml': 'app = "shop"\n', 'preflight.toml': toml, '.env.production/x': ''},
    options: {only: ['env/secrets-file']},
  })
  expect(report.checks[0]).toMatchObject({
    outcome: 'unverified',
    reason: '.env.production, which preflight.toml names, is a folder, not a file',
  })
})

it('no value is in the report, whatever is wrong with it', async () => {
  const values = ['hunter2hunter2', 'k8#vQ2-shop', 'p4ss-w0rd-Xy', 'django-insecure-zzz', 'your-key-here-qqq', 'Zq9']
  const names = ['LOGIN', 'SESSION_SECRET', 'JWT_SECRET', 'SECRET_KEY', 'API_KEY', 'PIN']
  const env = `${names.map((name, index) => `${name}=${values[index]}`).join('\n')}\nDATABASE_URL=postgres://joe:s3cr3tJoe@localhost/x\n`
  const report = await check({
    files: {...project(env).files, 'app.py': 'import os\nos.environ["JWT_SECRET"]\n'},
    git: '# branch.oid 3f0c7a1d9be84c25f6a7b8c9d0e1f2a3b4c5d6e7\n# branch.head main\n',
  })
  const text = JSON.stringify(report)
  expect(text).toContain('SESSION_SECRET')
  for (const value of [...values, 's3cr3tJoe']) expect(text).not.toContain(value)
})

it('no line of the file is shown beside a finding', async () => {
  const {files} = project('LOGIN=hunter2hunter2\nSESSION_SECRET=k8#vQ2\n')
  const {report, reader} = await run({root, env: {}, offline: true}, {fs: memoryFileSystem(files)})
  const text = await pretty(report, {
    color: false,
    width: 100,
    strict: false,
    prefix: '',
    file: (path) => reader.shown(path),
    page: async () => undefined,
  })
  expect(text).toContain('.env.production:2:1')
  expect(text).not.toMatch(/hunter2|k8#/)
})
