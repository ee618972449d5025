import phpPackages from '../../../checks/dockerfile/php-packages.ts'
import {testCheck} from '../../harness.ts'

const build = (from: string, ...runs: string[]) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM ${from}\n${runs.map((run) => `RUN ${run}\n`).join('')}`},
})

testCheck(phpPackages, {
  clean: {
    'libraries for extensions that are compiled': build(
      'php:8.3-apache',
      'apt-get update && apt-get install -y libpng-dev && docker-php-ext-install gd',
    ),
    'the PHP of Debian, on Debian': build(
      'debian:bookworm',
      'apt-get update && apt-get install -y php8.2-fpm php-imagick',
    ),
    'an image that is made of the one of PHP': build('acme/php:8.3', 'apt-get install -y php-imagick'),
    'where the pin is taken away': build(
      'php:8.3-fpm',
      'rm /etc/apt/preferences.d/no-debian-php && apt-get update && apt-get install -y php-imagick',
    ),
    'from a release that is named': build('php:8.3-fpm', 'apt-get install -t bookworm php-imagick'),
    'another program that is named after it': build('php:8.3-alpine', 'apk add phpmyadmin'),
    'an extension by pecl': build('php:8.3-alpine', 'pecl install redis && docker-php-ext-enable redis'),
  },
  flagged: {
    'of Debian': {
      ...build('php:8.3-fpm', 'apt-get update && apt-get install -y git php-imagick php8.3-mysql'),
      expect: [
        'error Dockerfile:2:23 php:8.3-fpm has a PHP of its own, and forbids apt another one: apt-get finds no php-imagick, and stops',
      ],
    },
    'where a failure is expected': {
      ...build('php:8.3-cli', 'apt-get install -y php-redis; true'),
      expect: [
        'warning Dockerfile:2:5 php:8.3-cli has a PHP of its own, and forbids apt another one: apt-get finds no php-redis, and stops',
      ],
    },
    'of Alpine': {
      ...build('php:8.3-fpm-alpine', 'apk add --no-cache nginx php83-pecl-imagick'),
      expect: [
        'warning Dockerfile:2:5 php83-pecl-imagick is for the PHP of Alpine, and php:8.3-fpm-alpine runs another one, in /usr/local, which never loads it',
      ],
    },
  },
})
