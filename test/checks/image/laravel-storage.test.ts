import check from '../../../checks/image/laravel-storage.ts'
import {testCheck} from '../../harness.ts'

const project = (destination: string, more: Record<string, string> = {}, env = '') => ({
  files: {
    'fly.toml': `app = "shop"\n${env}[mounts]\n  source = "data"\n  destination = "${destination}"\n`,
    Dockerfile: 'FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\n',
    artisan: '<?php\n',
    'bootstrap/app.php': '<?php return Application::configure()->create();\n',
    'resources/views/home.blade.php': '<h1>Shop</h1>\n',
    ...more,
  },
})

testCheck(check, {
  clean: {
    'below it': project('/var/www/html/storage/app'),
    elsewhere: project('/data'),
    'a script makes them': project('/var/www/html/storage', {
      Dockerfile: 'FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\nENTRYPOINT ["sh", "/var/www/html/start.sh"]\n',
      'start.sh': 'mkdir -p storage/framework/views\nexec apache2-foreground\n',
    }),
    'a script of flyctl launch': project('/var/www/html/storage', {'.fly/scripts/1.sh': 'cp -r storage_/. storage\n'}),
    'another folder for pages': project('/var/www/html/storage', {}, '[env]\n  VIEW_COMPILED_PATH = "/tmp/views"\n'),
    'code that makes them': project('/var/www/html/storage', {
      'app/Providers/AppServiceProvider.php': '<?php File::ensureDirectoryExists($path);\n',
    }),
    'another storage path': project('/var/www/html/storage', {
      'bootstrap/app.php': "<?php $app->useStoragePath('/tmp');\n",
    }),
  },
  flagged: {
    'nothing makes them': {
      ...project('/var/www/html/storage'),
      expect: [
        'warning fly.toml:4:3 a volume is mounted at /var/www/html/storage, over the folders of framework/ that Laravel writes to, and nothing that is started makes them: “Please provide a valid cache path.”',
      ],
    },
  },
})
