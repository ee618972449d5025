import openBasedir from '../../../checks/image/open-basedir.ts'
import {testCheck} from '../../harness.ts'

interface More {
  env?: string
  allowed?: string
  steps?: string
  settings?: string
  composer?: string
  entrypoint?: string
}

const project = ({
  env = 'DB_CONNECTION = "sqlite"\n  DB_DATABASE = "/data/database.sqlite"',
  allowed = '/var/www/html:/dev/stdout:/tmp',
  steps = '',
  settings = "'sqlite' => ['driver' => 'sqlite', 'database' => env('DB_DATABASE')]",
  composer = '{}',
  entrypoint = 'php artisan migrate --force\nexec supervisord\n',
}: More = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n  ${env}\n[mounts]\n  source = "data"\n  destination = "/data"\n`,
    Dockerfile: `ARG PHP_VERSION=8.2\nFROM ubuntu:22.04 AS base\nARG PHP_VERSION\nRUN apt-get update && apt-get install -y php8.2-fpm\nCOPY .fly/fpm/ /etc/php/\${PHP_VERSION}/fpm/\nCOPY .fly/entrypoint.sh /entrypoint\nCOPY . /var/www/html\n${steps}FROM base\nENTRYPOINT ["/entrypoint"]\n`,
    '.fly/fpm/pool.d/www.conf': `[www]\nuser = www-data\nphp_admin_value[open_basedir] = ${allowed}\n`,
    '.fly/entrypoint.sh': `#!/bin/sh\n${entrypoint}`,
    artisan: '#!/usr/bin/env php\n',
    'composer.json': composer,
    'config/database.php': `<?php\nreturn ['connections' => [${settings}]];\n`,
  },
})

testCheck(openBasedir, {
  clean: {
    'a folder that is allowed': project({allowed: '/var/www/html:/data'}),
    'a database in the app': project({
      env: 'DB_CONNECTION = "sqlite"\n  DB_DATABASE = "/var/www/html/storage/a.sqlite"',
    }),
    'a name of a database on a server': project({env: 'DB_CONNECTION = "pgsql"\n  DB_DATABASE = "/shop"'}),
    'a name without a path': project({env: 'DB_CONNECTION = "sqlite"\n  DB_DATABASE = "database.sqlite"'}),
    'a step that opens the folder': project({
      steps: "RUN sed -i 's|:/tmp|:/tmp:/data|' /etc/php/8.2/fpm/pool.d/www.conf\n",
    }),
    'a script that takes the line away': project({
      entrypoint: "sed -i '/open_basedir/d' /etc/php/8.2/fpm/pool.d/www.conf\nexec supervisord\n",
    }),
    'a step that links the folder into the app': project({steps: 'RUN ln -s /var/www/html/storage /data\n'}),
    'a line that is a comment': project({
      allowed: '/tmp\n;php_admin_value[open_basedir] = /tmp'.replace('/tmp\n', '/data\n'),
    }),
    'the server of Octane': project({composer: '{"require": {"laravel/octane": "^2.0"}}'}),
    'an app with settings of its own': project({
      settings: "'sqlite' => ['driver' => 'sqlite', 'database' => '/tmp/a']",
    }),
    'the line that stands last opens the folder': project({
      allowed: '/tmp\nphp_admin_value[open_basedir] = /var/www/html:/data',
    }),
    'another server than PHP-FPM': project({entrypoint: 'exec frankenphp run --config /etc/Caddyfile\n'}),
    'a script that the entrypoint finds in a folder': {
      files: {...project().files, '.fly/scripts/paths.sh': "sed -i '/open_basedir/d' /etc/php/*/fpm/pool.d/www.conf\n"},
    },
    'a folder by a variable': project({allowed: '/var/www/html:$DATA'}),
  },
  flagged: {
    'a volume elsewhere': {
      ...project(),
      expect: [
        'warning fly.toml:4:3 DB_DATABASE is /data/database.sqlite, and open_basedir lets requests open files below /var/www/html, /dev/stdout, /tmp alone: each ends with "open_basedir prohibits opening"',
      ],
    },
    'a folder whose name only begins so': {
      ...project({allowed: '/database:/var/www/html'}),
      expect: [
        'warning fly.toml:4:3 DB_DATABASE is /data/database.sqlite, and open_basedir lets requests open files below /database, /var/www/html alone: each ends with "open_basedir prohibits opening"',
      ],
    },
  },
})
