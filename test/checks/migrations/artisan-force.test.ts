import check from '../../../checks/migrations/artisan-force.ts'
import {testCheck} from '../../harness.ts'

const shop = (command: string, env = 'APP_ENV = "production"', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n[env]\n${env}\n`,
    Dockerfile: 'FROM php:8.4-cli\nWORKDIR /app\nCOPY . .\nCMD ["php", "-S", "0.0.0.0:8080"]\n',
    artisan: '#!/usr/bin/env php\n',
    ...more,
  },
})
const message = (by: string, command: string) =>
  `${by} runs artisan ${command} without --force: in production it asks, nobody answers, and it ends with exit code 1 and nothing done`

testCheck(check, {
  clean: {
    'with --force': shop('php artisan migrate --force'),
    'with --force in front of others': shop('php /app/artisan migrate --force --seed'),
    'not in production': shop('php artisan migrate', 'APP_ENV = "staging"'),
    'for another environment': shop('php artisan migrate --env=staging'),
    'what never asks': shop('php artisan migrate:status'),
    'a command of its own': shop('php artisan shop:migrate'),
    'where failing is all right': shop("sh -c 'php artisan migrate || true'"),
    'an image with another environment': shop('php artisan migrate', '', {
      Dockerfile: 'FROM php:8.4-cli\nENV APP_ENV=staging\nWORKDIR /app\nCOPY . .\n',
    }),
  },
  flagged: {
    migrate: {
      ...shop('php artisan migrate'),
      expect: [`error fly.toml:3:1 ${message('release_command', 'migrate')}`],
    },
    'seed, behind another one': {
      ...shop("sh -c 'php artisan migrate --force && php artisan db:seed'"),
      expect: [`error fly.toml:3:1 ${message('release_command', 'db:seed')}`],
    },
    'where nothing says which environment it is': {
      ...shop('php artisan migrate', ''),
      expect: [`warning fly.toml:3:1 ${message('release_command', 'migrate')}`],
    },
    'by a script that stops at it': {
      ...shop('php artisan migrate --force', 'APP_ENV = "production"', {
        Dockerfile: 'FROM php:8.4-cli\nWORKDIR /app\nCOPY . .\nCMD ["sh", "start.sh"]\n',
        'start.sh': 'set -e\nphp artisan migrate:fresh --seed\nexec php -S 0.0.0.0:8080\n',
      }),
      expect: [`error start.sh:2:1 ${message('CMD', 'migrate:fresh')}`],
    },
  },
})
