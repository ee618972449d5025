import check from '../../../checks/env/laravel-names.ts'
import {testCheck} from '../../harness.ts'

const php = (name: string, variable: string, list: string, keys: string) => ({
  [`config/${name}.php`]: `<?php\nreturn [\n  'default' => env('${variable}', 'x'),\n  // '${list}' => [],\n  '${list}' => [\n${keys}  ],\n  'redis' => ['client' => ['a' => 1]],\n];\n`,
})
const database = php(
  'database',
  'DB_CONNECTION',
  'connections',
  "    // 'old' => [],\n    'pgsql' => [\n      'driver' => 'pgsql', // 'x' => [\n      'options' => extension_loaded('pdo') ? array_filter(['b' => 2]) : [],\n    ],\n    'tenant' => ['driver' => 'mysql'],\n",
)
const disks = php('filesystems', 'FILESYSTEM_DISK', 'disks', "    'b2' => ['driver' => 's3'],\n")
const project = (env: string, files: Record<string, string>, release = '', packages: string[] = []) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n  ${env}\n${release && `[deploy]\n  release_command = "${release}"\n`}`,
    Dockerfile: 'FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\n',
    artisan: '<?php\n',
    'composer.json': '{}',
    'composer.lock': JSON.stringify({packages: packages.map((name) => ({name})), 'packages-dev': []}),
    ...files,
  },
})
const queue = php('queue', 'QUEUE_CONNECTION', 'connections', "    'database' => ['driver' => 'database'],\n")

testCheck(check, {
  clean: {
    'a connection of the file': project('DB_CONNECTION = "tenant"', database),
    'one of the framework': project('DB_CONNECTION = "mariadb"', database),
    'a package that may bring it': project('QUEUE_CONNECTION = "rabbitmq"', queue, '', ['acme/laravel-queue-rabbitmq']),
    'code that adds it': project('QUEUE_CONNECTION = "jobs"', {
      ...queue,
      'app/Providers/AppServiceProvider.php': "<?php config(['queue.connections.jobs' => []]);\n",
    }),
    'code that adds a driver': project('FILESYSTEM_DISK = "drive"', {
      ...disks,
      'app/Providers/AppServiceProvider.php': "<?php Storage::extend('drive', fn () => 1);\n",
    }),
    'keys that are put together': project('QUEUE_CONNECTION = "jobs"', {
      ...php('queue', 'QUEUE_CONNECTION', 'connections', "    ...$more,\n    'database' => [],\n"),
    }),
    'a key that is no text': project('QUEUE_CONNECTION = "jobs"', {
      ...php('queue', 'QUEUE_CONNECTION', 'connections', "    env('NAME') => [],\n    'database' => [],\n"),
    }),
    'a file that reads another variable': project('QUEUE_CONNECTION = "jobs"', {
      'config/queue.php': "<?php return ['default' => 'sync', 'connections' => ['sync' => []]];\n",
    }),
    'a value with a blank, as other checks tell': project('QUEUE_CONNECTION = " "', queue),
    'no lock file': project('QUEUE_CONNECTION = "jobs"', {...queue, 'composer.lock': ''}),
  },
  flagged: {
    'a connection that nobody has': {
      ...project('DB_CONNECTION = "postgres"', database),
      expect: [
        'warning fly.toml:3:3 DB_CONNECTION is "postgres", and config/database.php has no such connection: “Database connection [postgres] not configured.”',
      ],
    },
    'a connection that the release asks for': {
      ...project('DB_CONNECTION = "old"', database, 'php artisan migrate --force'),
      expect: [
        'error fly.toml:3:3 DB_CONNECTION is "old", and config/database.php has no such connection: “Database connection [old] not configured.”, with which the release command stops',
      ],
    },
    'a disk': {
      ...project('FILESYSTEM_DISK = "r2"', disks),
      expect: [
        'warning fly.toml:3:3 FILESYSTEM_DISK is "r2", and config/filesystems.php has no such disk: “Disk [r2] does not have a configured driver.”',
      ],
    },
    'a queue': {
      ...project('QUEUE_CONNECTION = "rabbitmq"', queue),
      expect: [
        'warning fly.toml:3:3 QUEUE_CONNECTION is "rabbitmq", and config/queue.php has no such connection: “The [rabbitmq] queue connection has not been configured.”',
      ],
    },
  },
})
