import phpBuilds from '../../../checks/dockerfile/php-builds.ts'
import {testCheck} from '../../harness.ts'

const php = (lines: string, image = 'php:8.3-apache') => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM ${image}\n${lines}\n`},
})
const apt = (names: string) => `RUN apt-get update && apt-get install -y --no-install-recommends ${names}`
const install = (names: string) => `RUN docker-php-ext-install ${names}`
const lacks = (name: string, missing: string, brings: string, program = 'install') =>
  `docker-php-ext-${program} compiles ${name}, and the stage has no ${missing}, which ${brings} brings: the build stops`
const absent = (name: string, since = '') =>
  `the source of PHP has no extension ${name}${since}: docker-php-ext-install stops with "/usr/src/php/ext/${name} does not exist"`

testCheck(phpBuilds, {
  clean: {
    'they need no headers': php(install('-j$(nproc) bcmath pdo_mysql mysqli exif pcntl opcache sockets')),
    'the headers are installed': php(
      `${apt('libpq-dev libzip-dev libicu-dev libpng-dev libonig-dev libxml2-dev')}\n${install('-j "$(nproc)" --ini-name my.ini pdo_pgsql zip intl gd mbstring soap')}`,
    ),
    'in a stage before': php(`${apt('libpq-dev')}\nFROM base\n${install('pgsql')}`, 'php:8.3-fpm AS base'),
    'of Alpine, which it removes again': php(
      'RUN apk add --no-cache -t .build icu-dev libzip-dev && docker-php-ext-install intl zip && apk del .build',
      'php:8.3-fpm-alpine',
    ),
    'a package brings them along': php(`${apt('libfreetype-dev libxslt1-dev')}\n${install('gd intl xml')}`),
    'a package may bring them along': php(`${apt('libmagickwand-dev')}\n${install('gd intl bz2')}`),
    'variables name packages': php(`RUN apk add $DEPS\n${install('intl')}`, 'php:8.3-fpm-alpine'),
    'a script may have installed them': php(`COPY s.sh .\nRUN ./s.sh\n${install('intl')}`),
    'the installer of mlocati': php(
      'COPY --from=mlocati/php-extension-installer /usr/bin/install-php-extensions /usr/local/bin/\nRUN install-php-extensions pdo_pgsql redis intl imagick',
    ),
    'mbstring without regular expressions': php(
      `RUN docker-php-ext-configure mbstring --disable-mbregex\n${install('mbstring')}`,
    ),
    'the folders that gd is told are nothing to it': php(
      `${apt('libpng-dev libjpeg-dev')}\nRUN docker-php-ext-configure gd --with-jpeg=/usr/include/ && docker-php-ext-install gd`,
    ),
    'a source that is put there': php(
      `RUN mkdir -p /usr/src/php/ext/redis && curl -fsSL https://example.com/redis.tgz | tar xz -C /usr/src/php/ext/redis --strip 1\n${install('redis')}`,
    ),
    'a source that is added': php(
      `ADD https://example.com/redis.tgz /usr/src/php/ext/redis\nFROM base\n${install('redis')}`,
      'php:8.3-fpm AS base',
    ),
    'imap was there before 8.4': php(`${apt('libc-client-dev libkrb5-dev')}\n${install('imap')}`, 'php:8.3-fpm'),
    'it may fail': php('RUN docker-php-ext-install redis || true'),
    'an older PHP': php(install('mcrypt zip'), 'php:7.1-fpm'),
    'an image of one’s own': php(install('redis intl'), 'acme/php:8.3-fpm'),
    'a name that is not known': php('ARG EXTENSIONS\nRUN docker-php-ext-install $EXTENSIONS'),
  },
  flagged: {
    'the driver of PostgreSQL without its headers': {
      ...php(`${apt('unzip libzip-dev')}\n${install('zip pdo_pgsql')}`),
      expect: [`error Dockerfile:3:5 ${lacks('pdo_pgsql', 'libpq-fe.h', 'libpq-dev')}`],
    },
    'the library without headers': {
      ...php('RUN apk add --no-cache icu-libs icu-data-full\nRUN docker-php-ext-install intl', 'php:8-fpm-alpine3.20'),
      expect: [`error Dockerfile:3:5 ${lacks('intl', 'icu-uc', 'icu-dev')}`],
    },
    'mbstring, which is built in': {
      ...php(`${apt('git libpng-dev')}\n${install('pdo_mysql mbstring exif pcntl bcmath gd')}`, 'php:fpm'),
      expect: [`error Dockerfile:3:5 ${lacks('mbstring', 'oniguruma', 'libonig-dev')}`],
    },
    'gd with JPEG': {
      ...php(
        `${apt('libpng-dev libfreetype6-dev')}\nRUN docker-php-ext-configure gd --with-freetype --with-jpeg && docker-php-ext-install gd`,
      ),
      expect: [`error Dockerfile:3:5 ${lacks('gd --with-jpeg', 'libjpeg', 'libjpeg62-turbo-dev', 'configure')}`],
    },
    'one of PECL': {
      ...php(install('pdo_mysql redis')),
      expect: [`error Dockerfile:2:5 ${absent('redis')}`],
    },
    'a name that is none': {
      ...php(`${apt('libpq-dev')}\n${install('pdo_postgres')}`, 'php:8.2.10-fpm-bookworm'),
      expect: [`error Dockerfile:3:5 ${absent('pdo_postgres')}`],
    },
    'imap since 8.4': {
      ...php(`${apt('libc-client-dev libkrb5-dev')}\n${install('imap')}`, 'php:8.4-fpm-bookworm'),
      expect: [`error Dockerfile:3:5 ${absent('imap', ' since 8.4')}`],
    },
  },
})
