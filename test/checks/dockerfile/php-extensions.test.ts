import phpExtensions from '../../../checks/dockerfile/php-extensions.ts'
import {testCheck} from '../../harness.ts'

const project = (
  {run = 'composer install --no-dev', before = '', image = 'php:8.4-apache'},
  manifest: Record<string, unknown> = {require: {'ext-intl': '*'}},
  packages: unknown[] = [],
  development: unknown[] = [],
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${image}\n${before}WORKDIR /app\nCOPY . .\nRUN ${run}\n`,
    'composer.json': JSON.stringify(manifest),
    'composer.lock': JSON.stringify({
      packages,
      'packages-dev': development,
      platform: manifest.require ?? {},
      'platform-dev': manifest['require-dev'] ?? {},
    }),
  },
})
const needs = (name: string, ...extensions: string[]) => ({
  name,
  require: Object.fromEntries(extensions.map((each) => [`ext-${each}`, '*'])),
})

const twoStages = (after: string, run: string) => {
  const {files} = project({image: 'composer:2 AS vendor', run}, {require: {'ext-gd': '*'}})
  const Dockerfile = `${files.Dockerfile}FROM php:8.4-fpm\n${after}COPY --from=vendor /app /app\n`
  return {files: {...files, Dockerfile}}
}

const laravel = (
  connection: string,
  before = '',
  config = `'${connection}' => [\n'driver' => '${connection}',\n]`,
) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\nDB_CONNECTION = "${connection}"\n`,
    Dockerfile: `FROM php:8.4-fpm\n${before}WORKDIR /app\nCOPY . .\n`,
    artisan: '#!/usr/bin/env php\n',
    'config/database.php': `<?php return ['connections' => [${config}]];\n`,
  },
})

/** As `fly launch` writes it for Laravel: PHP of Ubuntu, by a list. */
const launched = (list: string, more: Record<string, string> = {}, lines = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `ARG PHP_VERSION=8.4\nFROM ubuntu:22.04 AS base\nARG PHP_VERSION\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nADD .fly/php/packages/\${PHP_VERSION}.txt /tmp/php-packages.txt\nRUN apt-get update \\\n    && apt-get -y --no-install-recommends install $(cat /tmp/php-packages.txt) \\\n    && rm -rf /tmp/*\n${lines}COPY . /var/www/html\nWORKDIR /var/www/html\nRUN composer install --no-dev\n`,
    '.fly/php/packages/8.4.txt': list,
    artisan: '<?php\n',
    'composer.json': '{"require": {"laravel/framework": "^11.0"}}',
    ...more,
  },
})
const plain = (call: string, before = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM php:8.4-apache\n${before}COPY . /var/www/html/\n`,
    'index.php': `<?php\n${call}\n`,
  },
})
const redis = {'composer.json': '{"require": {"ext-redis": "*"}}'}
const imagick = {
  'config/image.php': "<?php return [\n    'driver' => \\Intervention\\Image\\Drivers\\Imagick\\Driver::class,\n];\n",
}

testCheck(phpExtensions, {
  clean: {
    ...Object.fromEntries(
      [
        'RUN xargs apt-get install -y < more.txt',
        'RUN apt-get install -y $(cat more.txt)',
        'RUN make extensions',
        'RUN /extensions',
        'RUN apt-get install -y php8.4-$EXTENSION',
      ].map((line) => [`what ${line} may bring`, launched('php8.4-cli\n', redis, `${line}\n`)]),
    ),
    'a list with a pattern': launched('php8.4-*\n', redis),
    'a list that has it': launched('php8.4-cli\nphp8.4-redis\n', redis),
    'a package beside the list': launched(
      'php8.4-cli\n',
      imagick,
      'RUN apt-get install -y php${PHP_VERSION}-imagick imagemagick\n',
    ),
    'a list, and pecl': launched('php8.4-cli\n', redis, 'RUN pecl install redis\n'),
    'a list, and the PHP of another image': launched(
      'php8.4-cli\n',
      redis,
      'COPY --from=php:8.4-cli /usr/local /usr/local\n',
    ),
    'an extension that packages of PHP bring along': launched('php8.4-cli\n', {
      'composer.json': '{"require": {"ext-exif": "*", "ext-sockets": "*"}}',
    }),
    'pictures with a library of the list': launched('php8.4-cli\nphp8.4-gd\n', {
      'config/image.php': "<?php return [\n    'driver' => \\Intervention\\Image\\Drivers\\Gd\\Driver::class,\n];\n",
    }),
    'the scheme of an address counts for Doctrine, not the driver beside it': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM php:8.4-apache\nRUN docker-php-ext-install pdo_pgsql\nCOPY . .\n',
        'config/packages/doctrine.yaml':
          "doctrine:\n  dbal:\n    driver: 'pdo_mysql'\n    url: '%env(resolve:DATABASE_URL)%'\n",
      },
    },
    'PHP itself has it': project({}, {require: {'ext-mbstring': '*', 'ext-curl': '*', 'ext-sodium': '*'}}),
    'the driver that code connects with is installed': plain(
      '$db = new PDO("pgsql:host=db;dbname=shop");',
      'RUN apt-get update && apt-get install -y libpq-dev && docker-php-ext-install pdo_pgsql\n',
    ),
    'the driver of SQLite, which every image has': plain('$db = new PDO("sqlite:/data/shop.db");'),
    'code that asks which drivers there are': plain(
      'if (extension_loaded("pdo_pgsql")) { $db = new PDO("pgsql:host=db"); }',
    ),
    'the driver of SQLite is there': laravel('sqlite'),
    'the driver of the connection is installed': laravel('pgsql', 'RUN docker-php-ext-install pdo_pgsql\n'),
    'a connection with a name of its own': laravel('pgsql', '', "'pgsql' => [\n'driver' => 'sqlite']"),
    'it is installed': project({before: 'RUN docker-php-ext-install intl\n'}),
    'with a compiler for each core, and the installer of composer': project({
      before: 'RUN docker-php-ext-install -j$(nproc) intl\nRUN curl -sS https://getcomposer.org/installer | php\n',
    }),
    'it is installed in the same step': project({run: 'docker-php-ext-install -j2 intl && composer install'}),
    'from pecl, with its version': project(
      {before: 'RUN pecl install redis-6.0.2 && docker-php-ext-enable redis\n'},
      {require: {'ext-redis': '^6'}},
    ),
    'by an argument': project({before: 'ARG EXTENSIONS="intl zip"\nRUN install-php-extensions $EXTENSIONS\n'}),
    'extensions are copied': project({
      before: 'COPY --from=base /usr/local/lib/php/extensions/ /usr/local/lib/php/extensions/\n',
    }),
    'a script may install it': project({before: 'COPY setup.sh /\nRUN sh /setup.sh\n'}),
    'the demand is left out': project({run: 'composer install --ignore-platform-reqs'}),
    'of that one alone': project({run: 'composer install --ignore-platform-req=ext-intl'}),
    'by a variable': project({before: 'ENV COMPOSER_IGNORE_PLATFORM_REQS=1\n'}),
    'composer believes it is there': project({}, {require: {'ext-intl': '*'}, config: {platform: {'ext-intl': '1.0'}}}),
    'a package takes its place': project({}, {require: {'ext-intl': '*'}}, [
      {name: 'acme/intl', provide: {'ext-intl': '*'}},
    ]),
    'for development alone': project({}, {'require-dev': {'ext-xdebug': '*'}}, [], [needs('acme/dev', 'pcov')]),
    'an image with extensions of its own': project({image: 'serversideup/php:8.4-fpm-nginx'}),
    'the image of composer has zip': project({image: 'composer:2'}, {require: {'ext-zip': '*'}}),
    'the image that runs has it': twoStages(
      'RUN docker-php-ext-install gd\n',
      'composer install --ignore-platform-reqs',
    ),
    'the lock file is older than the demand': {
      files: {...project({}).files, 'composer.lock': '{"packages": [], "packages-dev": [], "platform": []}'},
    },
    'composer does not run': project({run: 'composer dump-autoload'}),
  },
  flagged: {
    'a list without what composer asks for': {
      ...launched('php8.4-cli\nphp8.4-mbstring\n', redis),
      expect: [
        'warning Dockerfile:11:5 ubuntu:22.04 has no ext-redis, which composer.json requires: composer may stop here',
      ],
    },
    'a list without the library of pictures': {
      ...launched('php8.4-cli\nphp8.4-gd\n', imagick),
      expect: [
        'warning Dockerfile:2:1 ubuntu:22.04 has no ext-imagick, which config/image.php requires: what uses it ends with an error in the machine',
      ],
    },
    'a script that is only made executable brings none': {
      ...laravel('mysql', 'COPY start.sh /start.sh\nRUN sed -i "s/\\r$//" /start.sh && chmod +x /start.sh\n'),
      expect: [
        'warning Dockerfile:1:1 php:8.4-fpm has no ext-pdo_mysql, which DB_CONNECTION = "mysql" requires: what uses it ends with an error in the machine',
      ],
    },
    'the driver that code connects with': {
      ...plain('$db = new PDO("pgsql:host=db;dbname=shop");'),
      expect: [
        'warning Dockerfile:1:1 php:8.4-apache has no ext-pdo_pgsql, which index.php requires: what uses it ends with an error in the machine',
      ],
    },
    'mysqli, which the image of PHP does not have': {
      ...plain('$db = mysqli_connect($host, $user, $password);'),
      expect: [
        'warning Dockerfile:1:1 php:8.4-apache has no ext-mysqli, which index.php requires: what uses it ends with an error in the machine',
      ],
    },
    'the driver of the connection that Laravel is told': {
      ...laravel('pgsql', 'RUN docker-php-ext-install pdo pdo_sqlite\n'),
      expect: [
        'warning Dockerfile:1:1 php:8.4-fpm has no ext-pdo_pgsql, which DB_CONNECTION = "pgsql" requires: what uses it ends with an error in the machine',
      ],
    },
    'the driver that Doctrine is told': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM php:8.4-apache\nCOPY . .\n',
        'config/packages/doctrine.yaml': "doctrine:\n  dbal:\n    driver: 'pdo_mysql'\n",
      },
      expect: [
        'warning Dockerfile:1:1 php:8.4-apache has no ext-pdo_mysql, which config/packages/doctrine.yaml requires: what uses it ends with an error in the machine',
      ],
    },
    'the image that runs has it not': {
      ...twoStages('', 'composer install --ignore-platform-reqs'),
      expect: [
        'warning Dockerfile:5:1 php:8.4-fpm has no ext-gd, which composer.json requires: what uses it ends with an error in the machine',
      ],
    },
    'there is no lock file': {
      files: Object.fromEntries(Object.entries(project({}).files).filter(([name]) => name !== 'composer.lock')),
      expect: [
        'error Dockerfile:4:5 php:8.4-apache has no ext-intl, which composer.json requires: composer stops here',
      ],
    },
    'composer.json requires it': {
      ...project({}),
      expect: [
        'error Dockerfile:4:5 php:8.4-apache has no ext-intl, which composer.json requires: composer stops here',
      ],
    },
    'packages require it': {
      ...project(
        {run: 'composer install'},
        {require: {}},
        [needs('acme/money', 'bcmath', 'json')],
        [needs('acme/dev', 'pcov')],
      ),
      expect: [
        'error Dockerfile:4:5 php:8.4-apache has no ext-bcmath, ext-pcov, which acme/money requires or a package does: composer stops here',
      ],
    },
    'another is installed': {
      ...project({before: 'RUN docker-php-ext-install pdo_mysql\n'}, {require: {'ext-mysqli': '*'}}),
      expect: [
        'error Dockerfile:5:5 php:8.4-apache has no ext-mysqli, which composer.json requires: composer stops here',
      ],
    },
    'the image of composer': {
      ...project({image: 'composer:2 AS vendor'}, {require: {'ext-gd': '*'}}),
      expect: ['warning Dockerfile:4:5 composer:2 has no ext-gd, which composer.json requires: composer may stop here'],
    },
  },
})
