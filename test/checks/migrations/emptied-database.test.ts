import emptiedDatabase from '../../../checks/migrations/emptied-database.ts'
import {testCheck} from '../../harness.ts'
import type {MemoryFile} from '../../memory.ts'

const released = (command: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = '${command}'\n`,
    Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
    'server.js': '',
    ...files,
  },
})
const started = (script: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["sh", "start.sh"]\n',
    'start.sh': `#!/bin/sh\n${script}\n`,
  },
})
const folder = (entrypoint: string, scripts: Record<string, MemoryFile>) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM php:8.3-fpm\nWORKDIR /var/www/html\nCOPY . .\nRUN cp deploy/entrypoint.sh /entrypoint\nCOPY deploy/entrypoint.sh /entrypoint\nENTRYPOINT ["/entrypoint"]\n',
    'deploy/entrypoint.sh': `#!/bin/sh\n${entrypoint}\nexec php-fpm\n`,
    ...scripts,
  },
})
const fresh = 'php /var/www/html/artisan migrate:fresh --force'
const taken = (by: string, command: string, when = 'each deploy') =>
  `${by} runs ${command}, which takes all that is in the database away: ${when} begins with none of it`

/** An app of Spring Boot with Hibernate, with the profile prod. */
const spring = (hibernate: string, more: Record<string, string> = {}, env = '') => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n  SPRING_PROFILES_ACTIVE = "prod"\n${env}`,
    Dockerfile: 'FROM eclipse-temurin:21-jre\nCOPY app.jar /app.jar\nCMD ["java", "-jar", "/app.jar"]\n',
    'app.jar': '',
    'build.gradle.kts':
      'plugins { id("org.springframework.boot") version "3.5.0" }\ndependencies { runtimeOnly("org.postgresql:postgresql") }\n',
    'src/main/resources/application.yml': `spring:\n  jpa:\n    hibernate:\n      ${hibernate}\n`,
    ...more,
  },
})
const dotnet = (code: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY . .\nCMD ["dotnet", "Shop.dll"]\n',
    'Shop.dll': '',
    'Program.cs': code,
  },
})

testCheck(emptiedDatabase, {
  clean: {
    'Rails prepares the database': started('bundle exec rails db:prepare db:seed'),
    'commands that only add': released('npx prisma migrate deploy'),
    'Laravel adds': released('php artisan migrate --force'),
    'one step back, and ahead again': released('alembic downgrade -1'),
    'a rollback of one batch': released('npx knex migrate:rollback'),
    'what asks, and gets no answer': released('php artisan migrate:fresh --seed'),
    'Prisma asks, too': released('npx prisma migrate reset'),
    'Django asks, too': released('python manage.py flush'),
    'where a variable wants it': started(
      'if [ "$RESET" = 1 ]; then npx prisma migrate reset --force; fi\nnode server.js',
    ),
    'where a question is answered': started('[ -n "$RESET" ] && php artisan migrate:fresh --force\nnode server.js'),
    'it is only named': started('echo "never run: npx prisma migrate reset --force"\nnode server.js'),
    'a script that nothing starts': released('npx prisma migrate deploy', {
      'package.json': '{"scripts": {"reset": "prisma migrate reset --force"}}',
    }),
    'goose of another meaning': released('goose status'),
    'a loop over scripts that may not be run': folder(
      'for f in scripts/*.sh; do\n  if [ -n "$RESET" ]; then\n    bash "$f"\n  fi\ndone',
      {'scripts/10-reset.sh': fresh},
    ),
    'a loop over scripts that only prepares them': folder('for f in scripts/*.sh; do chmod +x "$f"; done', {
      'scripts/10-reset.sh': fresh,
    }),
    'a loop over other files': folder('for f in scripts/*.sh; do bash "$f"; done', {'scripts/10-reset.txt': fresh}),
    'a script of the loop that asks first': folder('for f in scripts/*.sh; do bash "$f"; done', {
      'scripts/10-reset.sh': `if [ -n "$RESET" ]; then\n  ${fresh}\nfi\n`,
    }),
    'a loop that goes into folders': folder('for d in packages/*; do cd "$d" && npm start; done', {
      'packages/a/package.json': `{"scripts": {"start": "${fresh}"}}`,
    }),
    'a name that run-parts leaves out': folder('run-parts start.d', {'start.d/tables.sh': `#!/bin/sh\n${fresh}\n`}),
    'a pattern of run-parts': folder("run-parts --regex '^web' start.d", {'start.d/tables': `#!/bin/sh\n${fresh}\n`}),
    'a file that run-parts may not execute': folder('run-parts start.d', {
      'start.d/tables': {text: `#!/bin/sh\n${fresh}\n`, executable: false},
    }),
    'run-parts that only tells': folder('run-parts --test start.d', {'start.d/tables': `#!/bin/sh\n${fresh}\n`}),
    'a hidden file, and one of another language': folder('for f in start.d/*; do "$f"; done', {
      'start.d/.tables': `#!/bin/sh\n${fresh}\n`,
      'start.d/told': `#!/usr/bin/perl\n${fresh};\n`,
    }),
    'a loop over names': folder('for f in migrate:fresh; do echo php artisan $f --force; done', {}),
    'Hibernate validates': spring('ddl-auto: validate'),
    'Hibernate updates': spring('ddl-auto: update'),
    'another setting in the profile of the deploy': spring('ddl-auto: create', {
      'src/main/resources/application-prod.yml': 'spring:\n  jpa:\n    hibernate:\n      ddl-auto: none\n',
    }),
    'a variable with another value': spring('ddl-auto: create', {}, '  SPRING_JPA_HIBERNATE_DDL_AUTO = "validate"\n'),
    'a database in memory': spring('ddl-auto: create-drop', {
      'build.gradle.kts':
        'plugins { id("org.springframework.boot") version "3.5.0" }\ndependencies { runtimeOnly("com.h2database:h2") }\n',
    }),
    'EnsureDeleted in development': dotnet(
      'if (app.Environment.IsDevelopment())\n{\n    db.Database.EnsureDeleted();\n}\n',
    ),
    EnsureCreated: dotnet('db.Database.EnsureCreated();\n'),
  },
  flagged: {
    'a reset of Rails': {
      ...started('bin/rails db:migrate:reset\nexec bin/rails s'),
      expect: [
        'warning start.sh:2:1 CMD runs bin/rails db:migrate:reset, which takes all that is in the database away, or stops: Rails refuses that in production (ActiveRecord::ProtectedEnvironmentError) but for DISABLE_DATABASE_ENVIRONMENT_CHECK',
      ],
    },
    'Hibernate makes the tables anew': {
      ...spring('ddl-auto: create'),
      expect: [
        'warning src/main/resources/application.yml:4:7 spring.jpa.hibernate.ddl-auto is create, which takes all that is in the database away: each start of a machine begins with none of it',
      ],
    },
    'EnsureDeleted where the app starts': {
      ...dotnet('db.Database.EnsureDeleted();\ndb.Database.EnsureCreated();\n'),
      expect: [
        'warning Program.cs:1:4 Program.cs calls EnsureDeleted, which takes all that is in the database away: each start of a machine begins with none of it',
      ],
    },
    'Prisma makes the database anew': {
      ...released('npx prisma migrate reset --force --skip-seed'),
      expect: [`warning fly.toml:3:1 ${taken('release_command', 'npx prisma migrate reset --force --skip-seed')}`],
    },
    'Prisma pushes into an empty one': {
      ...released('./node_modules/.bin/prisma db push --force-reset'),
      expect: [`warning fly.toml:3:1 ${taken('release_command', './node_modules/.bin/prisma db push --force-reset')}`],
    },
    'a script of package.json': {
      ...released('npm run db:release', {'package.json': '{"scripts": {"db:release": "prisma migrate reset -f"}}'}),
      expect: [`warning package.json:1:14 ${taken('release_command', 'prisma migrate reset -f')}`],
    },
    'a machine that starts': {
      ...started('set -e\nphp artisan migrate:fresh --seed --force\nnode server.js'),
      expect: [
        `warning start.sh:3:1 ${taken('CMD', 'php artisan migrate:fresh --seed --force', 'each start of a machine')}`,
      ],
    },
    'a script of a loop over a folder': {
      ...folder('for f in /var/www/html/.fly/scripts/*.sh; do\n  # All of them.\n  bash "$f" || break\ndone', {
        '.fly/scripts/1_caches.sh': 'php artisan config:cache\n',
        '.fly/scripts/2_tables.sh': `#!/bin/sh\n${fresh}\n`,
      }),
      expect: [`warning .fly/scripts/2_tables.sh:2:1 ${taken('ENTRYPOINT', fresh, 'each start of a machine')}`],
    },
    'a script of run-parts': {
      ...folder('run-parts --exit-on-error /var/www/html/start.d', {'start.d/tables': `#!/bin/sh\n${fresh}\n`}),
      expect: [`warning start.d/tables:2:1 ${taken('ENTRYPOINT', fresh, 'each start of a machine')}`],
    },
    'down and up': {
      ...released('sh -c "uv run alembic downgrade base && uv run alembic upgrade head"'),
      expect: [`warning fly.toml:3:1 ${taken('release_command', 'uv run alembic downgrade base')}`],
    },
    'Django without a question': {
      ...released('python manage.py flush --no-input'),
      expect: [`warning fly.toml:3:1 ${taken('release_command', 'python manage.py flush --no-input')}`],
    },
  },
})
