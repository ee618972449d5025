import sslMode from '../../../checks/env/ssl-mode.ts'
import {testCheck} from '../../harness.ts'

const laravel = (sslmode: string, env = '') => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n${env}`,
    'config/database.php': `<?php return ['pgsql' => [\n  'sslmode' => ${sslmode},\n]];\n`,
  },
})
const ends = 'which no client of Postgres knows: every connection ends with invalid sslmode value'

testCheck(sslMode, {
  clean: {
    'a client that goes on with what it does not know': {
      files: {
        'fly.toml':
          'app = "shop"\n[env]\nPGSSLMODE = "true"\nDATABASE_URL = "postgres://db.internal/shop?sslmode=required"\n',
        'package.json': '{"dependencies": {"pg": "8.16.0"}}',
      },
    },
    'one that there is': laravel("env('DB_SSLMODE', 'require')"),
    'one that [env] gives in place of a wrong one': laravel(
      "env('DB_SSLMODE', 'required')",
      'DB_SSLMODE = "require"\n',
    ),
    'the connection to another database': laravel("'required'", 'DB_CONNECTION = "mysql"\n'),
    'one that the code makes': laravel("env('DB_SSL') ? 'require' : 'disable'"),
    'what a client of Node knows besides': {
      files: {'fly.toml': 'app = "shop"\n[env]\nDATABASE_URL = "postgres://db.example.com/shop?sslmode=no-verify"\n'},
    },
    'the words of MySQL': {files: {'fly.toml': 'app = "shop"\n[env]\nDB_SSL_MODE = "REQUIRED"\n'}},
    'of SQLite in Rails': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'config/database.yml': 'production:\n  adapter: sqlite3\n  sslmode: true\n',
      },
    },
  },
  flagged: {
    'a default of Laravel': {
      ...laravel("env('DB_SSL_MODE', 'required')"),
      expect: [
        `warning config/database.php:2:3 sslmode is "required" in config/database.php, ${ends}, unless DB_SSL_MODE is set`,
      ],
    },
    'a value of [env]': {
      ...laravel("env('DB_SSLMODE', 'prefer')", 'DB_CONNECTION = "pgsql"\nDB_SSLMODE = "true"\n'),
      expect: [`warning fly.toml:4:1 sslmode is "true" in DB_SSLMODE in [env], ${ends}`],
    },
    'the variable of libpq, and an address': {
      files: {
        'fly.toml':
          'app = "shop"\n[env]\nPGSSLMODE = "off"\nDB = "postgresql://db.example.com/shop?sslmode=verify_full&x=1"\n',
      },
      expect: [
        `warning fly.toml:3:1 sslmode is "off" in PGSSLMODE in [env], ${ends}`,
        `warning fly.toml:4:1 sslmode is "verify_full" in DB in [env], ${ends}`,
      ],
    },
    'the configuration of Rails': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'config/database.yml': 'production:\n  adapter: postgresql\n  sslmode: required\n',
      },
      expect: [`warning config/database.yml:3:3 sslmode is "required" in config/database.yml, ${ends}`],
    },
  },
})
