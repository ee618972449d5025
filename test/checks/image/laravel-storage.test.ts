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

const filesystems =
  "<?php\n\nreturn [\n    'disks' => [\n        'local' => [\n            'driver' => 'local',\n            'root' => storage_path('app/private'),\n        ],\n\n        'public' => [\n            'driver' => 'local',\n            'root' => storage_path('app/public'),\n            'url' => env('APP_URL').'/storage',\n            'visibility' => 'public',\n        ],\n    ],\n];\n"
/** An app that shows what users have uploaded. */
const uploads = (more: Record<string, string> = {}, code = "Storage::disk('public')->url($this->photo)") => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\nRUN composer install --no-dev\n',
    artisan: '<?php\n',
    'config/filesystems.php': filesystems,
    'app/Models/User.php': `<?php\nclass User {\n    public function photo() { return ${code}; }\n}\n`,
    ...more,
  },
})

testCheck(check, {
  clean: {
    'a link that a RUN makes': uploads({
      Dockerfile:
        'FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\nRUN composer install && php artisan storage:link\n',
    }),
    'a link that a script makes': uploads({'.fly/scripts/1.sh': 'php artisan storage:link\n'}),
    'a link that composer makes': uploads({
      'composer.json': '{"scripts": {"post-install-cmd": ["@php artisan storage:link --force"]}}',
    }),
    'a link that a program of the project makes': uploads({'bin/boot': '#!/bin/sh\nphp artisan storage:link\n'}),
    'files that Fly.io serves': uploads({
      'fly.toml': 'app = "shop"\n[[statics]]\nguest_path = "/app/storage/app/public"\nurl_prefix = "/storage/"\n',
    }),
    'an address where one develops': uploads({}, "app()->isLocal() ? Storage::disk('public')->url('a') : ''"),
    'a link by hand': uploads({'start.sh': 'ln -sfn /data/public public/storage\n'}),
    'a link that a script without an ending makes': uploads({
      Dockerfile: 'FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\nENTRYPOINT ["./boot"]\n',
      boot: '#!/bin/sh\nphp artisan storage:link\n',
    }),
    'a link from its own folder': uploads({
      Dockerfile:
        'FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\nRUN cd public && ln -s ../storage/app/public storage\n',
    }),
    'an image that makes it as it starts': uploads({Dockerfile: 'FROM serversideup/php:8.3-fpm-nginx\nCOPY . .\n'}),
    'files that Laravel serves': uploads({
      'config/filesystems.php': filesystems.replace("'visibility'", "'serve' => true,\n            'visibility'"),
    }),
    'a route that answers': uploads({'routes/web.php': "<?php Route::get('/storage/{path}', ShowFile::class);\n"}),
    'files of a bucket': uploads({}, "Storage::disk('s3')->url($this->photo)"),
    'an address for development, as the files lie in a bucket': uploads(
      {'fly.toml': 'app = "shop"\n[env]\n  FILESYSTEM_DISK = "s3"\n'},
      "asset('storage/'.$this->photo)",
    ),
    'an address by the disk': uploads(
      {},
      "config('filesystems.default') === 's3' ? $this->cdn() : asset('storage/'.$this->photo)",
    ),
    'files that only the app reads': uploads({}, "Storage::disk('public')->get($this->photo)"),
    'an address in a comment': uploads({}, "null; // Storage::disk('public')->url('a')"),
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
    'a disk without its link': {
      ...uploads(),
      expect: [
        'warning Dockerfile:4:1 app/Models/User.php gives the address of a file of the disk public, below /storage, and nothing makes the link public/storage: it is answered with 404',
      ],
    },
    'a picture of a page': {
      ...uploads({'resources/views/home.blade.php': '<img src="{{ asset(\'storage/\'.$user->photo) }}">\n'}, 'null'),
      expect: [
        'warning Dockerfile:4:1 resources/views/home.blade.php gives the address of a file of the disk public, below /storage, and nothing makes the link public/storage: it is answered with 404',
      ],
    },
    'nothing makes them': {
      ...project('/var/www/html/storage'),
      expect: [
        'warning fly.toml:4:3 a volume is mounted at /var/www/html/storage, over the folders of framework/ that Laravel writes to, and nothing that is started makes them: “Please provide a valid cache path.”',
      ],
    },
  },
})
