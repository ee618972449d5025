import composerPackages from '../../../checks/image/composer-packages.ts'
import {testCheck} from '../../harness.ts'

interface More {
  image?: string
  steps?: string
  fly?: string
  ignore?: string
  files?: Record<string, string>
}
const release = '[deploy]\nrelease_command = "php artisan migrate --force"\n'
const requires = "<?php\nrequire __DIR__.'/vendor/autoload.php';\n"
const app = ({image = 'php:8.3-apache', steps = '', fly = release, ignore = 'vendor\n', files = {}}: More = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${fly}`,
    Dockerfile: `FROM composer:2 AS vendor\nWORKDIR /app\nCOPY . .\nRUN composer install\nFROM ${image}\nRUN docker-php-ext-install -j$(nproc) bcmath && a2enmod rewrite\nWORKDIR /var/www/html\nCOPY . .\n${steps}`,
    '.dockerignore': ignore,
    'composer.json': '{}',
    artisan: `#!/usr/bin/env php\n${requires}`,
    'public/index.php': "<?php\nrequire __DIR__.'/../vendor/autoload.php';\n",
    ...files,
  },
})
const lacks = (by: string, file: string) =>
  `${by} ${file}, which requires /var/www/html/vendor/autoload.php, and nothing brings it into the image: PHP stops there`

testCheck(composerPackages, {
  clean: {
    'another stage has them': app({steps: 'COPY --from=vendor /app/vendor vendor\n'}),
    'the whole app of another stage': app({steps: 'COPY --from=vendor /app .\n'}),
    'they are installed in the last one': app({
      steps: 'COPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nRUN composer install --no-dev\n',
    }),
    'a step that is not understood': app({steps: 'RUN make install\n'}),
    'a script of the project installs them': app({
      steps: 'ENTRYPOINT ["/var/www/html/start.sh"]\n',
      files: {'start.sh': '#!/bin/sh\ncomposer install\nexec apache2-foreground\n'},
    }),
    'git has them': app({ignore: '', files: {'vendor/autoload.php': '<?php\n'}}),
    'a volume may have them': app({
      fly: '[mounts]\nsource = "data"\ndestination = "/var/www/html/vendor"\n',
    }),
    'an image of one’s own': app({image: 'acme/php:8.3-apache'}),
    'a condition is around it': app({
      fly: '',
      files: {
        'public/index.php':
          "<?php\nif (is_file(__DIR__.'/../vendor/autoload.php')) {\n  require __DIR__.'/../vendor/autoload.php';\n}\n",
      },
    }),
    'no server of PHP': app({fly: '', image: 'php:8.3-cli'}),
    'a workflow may install them before its deploy': app({
      ignore: '',
      files: {
        '.github/workflows/fly.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: flyctl deploy\n',
      },
    }),
  },
  flagged: {
    'a release command': {
      ...app(),
      expect: [`error artisan:3:1 ${lacks('release_command starts', 'artisan')}`],
    },
    'git has them, and .dockerignore leaves them out': {
      ...app({files: {'vendor/autoload.php': '<?php\n'}}),
      expect: [`error artisan:3:1 ${lacks('release_command starts', 'artisan')}`],
    },
    'every page': {
      ...app({fly: '', steps: 'RUN chown -R www-data:www-data storage\n'}),
      expect: [`error public/index.php:2:1 ${lacks('every request comes to', 'public/index.php')}`],
    },
    'the autoloader of Symfony’s runtime': {
      ...app({
        fly: '',
        image: 'php:8.3-fpm-alpine',
        files: {'public/index.php': "<?php\nrequire_once dirname(__DIR__).'/vendor/autoload_runtime.php';\n"},
      }),
      expect: [
        `error public/index.php:2:1 ${lacks('every request comes to', 'public/index.php').replace('autoload', 'autoload_runtime')}`,
      ],
    },
    'the computer that deploys may have them': {
      ...app({ignore: ''}),
      expect: [`warning artisan:3:1 ${lacks('release_command starts', 'artisan')}`],
    },
  },
})
