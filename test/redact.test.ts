import {describe, expect, it} from 'vitest'
import {redact, redactSettings} from '../src/redact.ts'

describe('redact takes the values of secrets out, and nothing else', () => {
  it.each([
    [
      'a Fly token',
      'token FlyV1 fm2_lJPECAAAAAAAAc3VwZXJzZWNyZXQ=,fm2_abcdefgh was refused',
      'token [secret] was refused',
    ],
    [
      'a password in a URL',
      'postgres://shop:hunter2@db.flycast:5432/shop',
      'postgres://shop:[secret]@db.flycast:5432/shop',
    ],
    ['a TOML value', '  SECRET_KEY = "s3cr3t"', '  SECRET_KEY = "[secret]"'],
    ['a Dockerfile value', 'ENV API_TOKEN=abc123 PORT=8080', 'ENV API_TOKEN=[secret] PORT=8080'],
    ['a default in Python', '    jwt_secret: str = "dev-secret"', '    jwt_secret: str = "[secret]"'],
    ['a YAML value', '  stripe_api_key: live', '  stripe_api_key: [secret]'],
    ['a JSON value', '{"db_password": "x y"}', '{"db_password": "[secret]"}'],
    ['a password with @ and /', 'postgres://app:p@ss/w0rd@db/x', 'postgres://app:[secret]@db/x'],
    ['a key in an address', 'https://0123456789abcdef@sentry.io/1', 'https://[secret]@sentry.io/1'],
    ['a value for the build alone stays', 'RUN LOCKBOX_MASTER_KEY=dummy …', 'RUN LOCKBOX_MASTER_KEY=dummy …'],
    ['the old form of ENV', 'ENV SECRET_KEY hunter2', 'ENV SECRET_KEY [secret]'],
    [
      'names that end like a secret',
      'DB_PASS=a RAILS_MASTER_KEY=b SALT=c',
      'DB_PASS=[secret] RAILS_MASTER_KEY=[secret] SALT=[secret]',
    ],
    ['a hash that begins with a dollar', "ADMIN_PASSWORD='$2b$12$abcdefgh'", "ADMIN_PASSWORD='[secret]'"],
    ['a value with a comma', 'SECRET_KEY=abc,def#ghi', 'SECRET_KEY=[secret]'],
    ['a header', 'curl -H "Authorization: Bearer abcdefgh12345"', 'curl -H "Authorization: Bearer [secret]"'],
    [
      'a header of git',
      'extraheader = AUTHORIZATION: basic eDpnaHNfYWJj',
      'extraheader = AUTHORIZATION: basic [secret]',
    ],
    ['an option', 'psql --password hunter2', 'psql --password [secret]'],
    ['an AWS key', 'use AKIAABCDEFGHIJKLMNOP', 'use [secret]'],
    ['a GitHub token', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789', '[secret]'],
    ['a line of a private key', `  ${'MIIEvQIB'.repeat(8)}`, '[secret]'],
    ['a private key that is cut off', '-----BEGIN RSA PRIVATE KEY-----\nMIIE', '[secret]'],
  ])('%s', (_, text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  it.each([
    'the secret SECRET_KEY is not set on shop',
    'Fly.io refuses the token: it is expired, revoked or incomplete',
    'flyctl secrets set SECRET_KEY=… -a shop',
    '    secret_key: str',
    'token = os.environ["TOKEN"]',
    'password = get_password()',
    'FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}',
    'https://fly.io/docs/flyctl/install',
    'SECRET_KEY = ""',
    'git+https://github.com/example/lib.git@main#egg=lib',
    'flyctl secrets set SECRET_KEY=<value> -a shop',
    'SECRET_KEY=$SECRET_KEY python app.py',
    'sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.Text(), primary_key=True)])',
  ])('leaves %s', (text) => {
    expect(redact(text)).toBe(text)
  })
})

describe('redactSettings takes every value of a setting out: for lines shown only for orientation', () => {
  it.each([
    ['  MODE = "s3"', '  MODE = "…"'],
    ['ENV GREETING="hello world"', 'ENV GREETING="…"'],
    ["- REGION: 'fra'", "- REGION: '…'"],
    ['internal_port = 8080', 'internal_port = 8080'],
    ['  dockerfile = "Dockerfile"', '  dockerfile = "Dockerfile"'],
  ])('%s', (text, expected) => {
    expect(redactSettings(text)).toBe(expected)
  })
})
