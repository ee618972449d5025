import buildDatabase from '../../../checks/dockerfile/build-database.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"',
    Dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\n${run}\n`,
    'package.json': '{}',
    ...files,
  },
})

testCheck(buildDatabase, {
  clean: {
    'it only says what it would do': project('RUN php bin/console doctrine:schema:update --dump-sql'),
    'a script that is only written': project('RUN echo "cd /app; python manage.py migrate" > /migrate.sh'),
    'it only generates': project('RUN npx prisma generate'),
    'a script called prisma that generates': project(
      'ENV DATABASE_URL=file:/data/app.db\nRUN npm run prisma generate',
      {'fly.toml': 'app = "shop"\n[mounts]\n  source = "data"\n  destination = "/data"\n'},
    ),
    'a database in a file': project('ENV DATABASE_URL=file:/data/app.db\nRUN npx prisma migrate deploy'),
    'only when it is asked for': project('ARG URL\nRUN if [ -n "$URL" ]; then npx prisma migrate deploy; fi'),
    'with a secret that is handed over': project('RUN --mount=type=secret,id=DATABASE_URL npx prisma migrate deploy'),
    'the deploy hands over where it is': project('ARG DATABASE_URL\nRUN npx prisma migrate deploy', {
      'deploy.sh': 'flyctl deploy --build-arg DATABASE_URL="$URL"\n',
    }),
    'a database of its own': project('RUN service postgresql start && npx prisma migrate deploy'),
    'a stage that is not built': {
      files: {
        'fly.toml': 'app = "shop"',
        Dockerfile: 'FROM node:22 AS test\nRUN npx prisma migrate deploy\nFROM node:22\n',
      },
    },
  },
  flagged: {
    'an ARG that no deploy hands over': {
      ...project('ARG DATABASE_URL\nRUN npx prisma migrate deploy', {'deploy.sh': 'flyctl deploy\n'}),
      expect: [
        'warning Dockerfile:5:5 prisma migrate deploy needs a database, and the build has neither secrets nor the private network',
      ],
    },
    'types of queries that the database is asked for': {
      ...project('RUN npx prisma generate --sql'),
      expect: [
        'warning Dockerfile:4:5 prisma generate --sql needs a database, and the build has neither secrets nor the private network',
      ],
    },
    'with the programs of other frameworks': {
      ...project(
        'RUN php bin/console doctrine:migrations:migrate --no-interaction && php leaf link\nRUN bin/shop eval Shop.Release.migrate',
      ),
      expect: [
        'warning Dockerfile:4:5 php bin/console doctrine:migrations:migrate --no-interaction needs a database, and the build has neither secrets nor the private network',
        'warning Dockerfile:5:5 bin/shop eval Shop.Release.migrate needs a database, and the build has neither secrets nor the private network',
      ],
    },
    'a database on a volume, which the build does not have': {
      ...project('ENV DATABASE_URL=file:/data/app.db\nRUN npx prisma migrate deploy', {
        'fly.toml': 'app = "shop"\n[mounts]\n  source = "data"\n  destination = "/data"\n',
      }),
      expect: [
        'warning Dockerfile:5:5 prisma migrate deploy changes "file:/data/app.db", which is on a volume: the build has none, and the machine lays its own over what is made here',
      ],
    },
    'a path on a volume': {
      ...project('ENV DATABASE_PATH=/data/shop.db\nRUN mix ecto.migrate', {
        'fly.toml': 'app = "shop"\n[mounts]\n  source = "data"\n  destination = "/data"\n',
      }),
      expect: [
        'warning Dockerfile:5:5 mix ecto.migrate changes "/data/shop.db", which is on a volume: the build has none, and the machine lays its own over what is made here',
      ],
    },
    'a script called prisma, of a package.json that another stage makes': {
      files: {
        'fly.toml': 'app = "shop"\n[mounts]\n  source = "data"\n  destination = "/data"\n',
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /build\nRUN make-deployment\nFROM node:22\nWORKDIR /app\nCOPY --from=build /build/out .\nENV DATABASE_URL=file:/data/app.db\nRUN npm run prisma migrate deploy\n',
      },
      expect: [
        'warning Dockerfile:8:5 npm run prisma migrate deploy changes "file:/data/app.db", which is on a volume: the build has none, and the machine lays its own over what is made here',
      ],
    },
    'a migration in a RUN': {
      ...project('RUN npx prisma migrate deploy'),
      expect: [
        'warning Dockerfile:4:5 prisma migrate deploy needs a database, and the build has neither secrets nor the private network',
      ],
    },
    'through a script of package.json': {
      ...project('RUN npm run build', {'package.json': '{"scripts": {"build": "drizzle-kit push && tsc"}}'}),
      expect: [
        'warning Dockerfile:4:5 drizzle-kit push, which npm run build runs, needs a database, and the build has neither secrets nor the private network',
      ],
    },
    'behind bundle exec': {
      ...project('RUN bundle exec rails db:migrate'),
      expect: [
        'warning Dockerfile:4:5 rails db:migrate needs a database, and the build has neither secrets nor the private network',
      ],
    },
  },
})
