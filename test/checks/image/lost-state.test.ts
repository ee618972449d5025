import lostState from '../../../checks/image/lost-state.ts'
import {testCheck} from '../../harness.ts'

const project = (fly: string, dockerfile = 'FROM debian\nWORKDIR /app\n', files: Record<string, string> = {}) => ({
  files: {'fly.toml': fly, Dockerfile: dockerfile, ...files},
})
const mount = '[[mounts]]\nsource = "data"\ndestination = "/data"\n'
const lost = 'which is on no volume: each deploy begins with an empty one'

const code = (name: string, text: string, more = '', files: Record<string, string> = {}) =>
  project(`app = "shop"\n${more}`, 'FROM python:3.13\nWORKDIR /app\nCOPY . .\n', {[name]: text, ...files})
const kept = (place: string, path: string) =>
  `warning ${place} ${place.split(':')[0]} keeps its database in ${path}, and fly.toml mounts no volume: each deploy begins with an empty one`

const byVariable = (text: string, more = mount, name = 'db.js', dockerfile = '', files: Record<string, string> = {}) =>
  project(`app = "shop"\n${more}`, `FROM node:22-slim\nWORKDIR /app\nCOPY . .\n${dockerfile}CMD ["node", "db.js"]\n`, {
    [name]: text,
    ...files,
  })
const opens = "import Database from 'better-sqlite3'\n"
const folder = `${opens}const DATA_DIR = process.env.DATA_DIR || './data'\nnew Database(path.join(DATA_DIR, 'shop.db'))\n`

const rails = (database: string, fly = '', gem = 'sqlite3', dockerfile = '') =>
  project(`app = "shop"\n${fly}`, `FROM ruby:3.4-slim\nWORKDIR /rails\nCOPY . .\n${dockerfile}`, {
    Gemfile: `gem "rails"\ngem "${gem}"\n`,
    'Gemfile.lock': `GEM\n  specs:\n    ${gem} (2.7.0)\n    sqlite3 (2.7.0)\n`,
    'config/database.yml': `default: &default\n  adapter: sqlite3\nproduction:\n${database}`,
  })
const several =
  '  primary:\n    database: storage/production.sqlite3\n  cache:\n    database: storage/cache.sqlite3\n  queue:\n    database: storage/queue.sqlite3\n'

/** An app with Entity Framework Core. */
const efCore = (options: string, more = '') => ({
  files: {
    'fly.toml': `app = "shop"\n${more}`,
    Dockerfile:
      'FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /app\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nWORKDIR /app\nCOPY --from=build /app .\nCMD ["dotnet", "Shop.dll"]\n',
    'Shop.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web" />\n',
    'Program.cs': `builder.Services.AddDbContext<Shop>(options => ${options});\n`,
    'appsettings.json': '{"ConnectionStrings": {"Shop": "Data Source=shop.db"}}\n',
  },
})

const onVolume = (place: string) => (place ? `[[mounts]]\nsource = "data"\ndestination = "${place}"\n` : '')
const pocketbase = (command: string, place = '') =>
  project(
    `app = "shop"\n${onVolume(place)}`,
    `FROM alpine:3.21\nRUN wget https://github.com/pocketbase/pocketbase/releases/download/v0.25.0/pocketbase.zip && unzip pocketbase.zip -d /pb/\nCMD ${command}\n`,
  )
const ownPocketbase = (place: string, files: Record<string, string> = {}) =>
  project(
    `app = "shop"\n${onVolume(place)}`,
    'FROM golang:1.23 AS build\nWORKDIR /build\nCOPY . .\nRUN CGO_ENABLED=0 go build -o shop .\nFROM scratch\nCOPY --from=build /build/shop .\nENTRYPOINT ["./shop"]\nCMD ["serve", "--http=0.0.0.0:8080"]\n',
    {
      'go.mod': 'module shop\n\ngo 1.23\n\nrequire github.com/pocketbase/pocketbase v0.25.0\n',
      'main.go': 'package main\n\nvar app = pocketbase.New()\n',
      ...files,
    },
  )

testCheck(lostState, {
  clean: {
    'PocketBase: on the volume': pocketbase('["/pb/pocketbase", "serve", "--http=0.0.0.0:8080"]', '/pb/pb_data'),
    'PocketBase: a link to the volume': project(
      `app = "shop"\n${onVolume('/data')}`,
      'FROM alpine:3.21\nCOPY pocketbase /pb/pocketbase\nRUN ln -s /data /pb/pb_data\nCMD ["/pb/pocketbase", "serve"]\n',
      {pocketbase: ''},
    ),
    'PocketBase: a folder of its own': pocketbase('["/pb/pocketbase", "serve", "--dir=/data"]', '/data'),
    'PocketBase: a program of the project that says another folder': ownPocketbase('/data', {
      'main.go': 'package main\n\nvar app = pocketbase.NewWithConfig(pocketbase.Config{DefaultDataDir: "/data"})\n',
    }),
    'a file beside the code, and a volume there': byVariable(
      `${opens}new Database(path.join(__dirname, 'db/shop.db'))\n`,
      '[[mounts]]\nsource = "data"\ndestination = "/app/db"\n',
    ),
    'a file beside the code, or one that a variable names': byVariable(
      `${opens}const file = process.env.DB_PATH\nnew Database(file || path.join(__dirname, 'shop.db'))\n`,
    ),
    'a variable for a cache beside it': byVariable(
      `${opens}new Database(process.env.DATA_CACHE_PATH || 'names.db')\nnew Database('/data/shop.db')\n`,
    ),
    'settings that know the volume': code(
      'shop/settings.py',
      'if Path("/data").exists():\n    BASE_DIR = Path("/data")\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}\n',
      mount,
    ),
    'one of two databases beside the code': byVariable(
      `${opens}const main = new Database(process.argv[2])\nnew Database(path.join(__dirname, 'shop.db'))\n`,
    ),
    'a constant that one of two assignments gives': code(
      'db.py',
      'import sqlite3\nDB = "shop.db"\nif BIG:\n    DB = big()\ndef connect():\n    return sqlite3.connect(DB)\n',
    ),
    'a constant, and one that is worked out': code(
      'db.py',
      'import sqlite3\nDB = "shop.db"\ndef connect():\n    return sqlite3.connect(DB)\ndef other(name):\n    return sqlite3.connect(name)\n',
    ),
    'a script that lays a file beside the code': byVariable(
      `${opens}new Database(path.join(__dirname, 'shop.db'))\n`,
      mount,
      'db.js',
      'ENTRYPOINT ["./run.sh"]\n',
      {'run.sh': '#!/bin/sh\ncp /data/shop.db shop.db\nexec "$@"\n'},
    ),
    'a variable that fly.toml sets': byVariable(folder, `[env]\nDATA_DIR = "/data"\n${mount}`),
    '… that the image sets': byVariable(folder, mount, 'db.js', 'ENV DATA_DIR=/data\n'),
    '… that is a secret': byVariable(folder, mount, 'db.js', '', {'deploy.sh': 'fly secrets set DATA_DIR=/data\n'}),
    '… that a file of variables sets': byVariable(folder, mount, 'db.js', '', {'.env': 'DATA_DIR=/data\n'}),
    'a variable whose default is on the volume': byVariable(folder.replace('./data', '/data')),
    'a volume in the folder of the app': byVariable(folder, '[[mounts]]\nsource = "data"\ndestination = "/app/data"\n'),
    'a link to the volume': byVariable(folder, mount, 'db.js', 'RUN ln -s /data data\n'),
    'a variable of a database elsewhere': byVariable(
      `import pg from 'pg'\n${opens}const file = process.env.DB_PATH || 'shop.db'\nconst url = 'postgres://'\n`,
    ),
    'a file that is no database': byVariable(`${opens}const file = process.env.DATA_FILE || 'shop.json'\n`),
    'a variable for the cache': byVariable(`${opens}const file = process.env.CACHE_FILE || 'cache.db'\n`),
    'a script that goes to the volume': byVariable(folder, mount, 'db.js', 'ENTRYPOINT ["./run.sh"]\n', {
      'run.sh': '#!/bin/sh\ncd /data\nexec "$@"\n',
    }),
    'a database that git has': byVariable(folder, mount, 'db.js', '', {'data/shop.db': ''}),
    'a variable in settings of its own, with no volume': byVariable(opens, '', 'db.js', '', {
      'config.js': "export const file = process.env.DATABASE_PATH || path.join(__dirname, 'shop.db')\n",
    }),
    'a project without SQLite': byVariable("const file = process.env.DB_FILE || 'names.db'\n"),
    'a file under one name of two': code(
      'db.py',
      'import os\nurl = os.getenv("DATABASE_URL")\nengine = create_engine(url) if url else create_engine("sqlite:///./app.db")\n',
    ),
    'Rails on a volume': rails(several, '[[mounts]]\nsource = "data"\ndestination = "/rails/storage"\n'),
    'Rails with addresses beside the paths': rails(
      '  primary:\n    database: storage/production.sqlite3\n  queue:\n    database: storage/queue.sqlite3\n    url: <%= ENV["QUEUE_URL"] %>\n',
      mount,
      'sqlite3',
      'ENV DATABASE_URL=sqlite3:///data/production.sqlite3\n',
    ),
    'Rails with a path that a variable has': rails('  database: <%= ENV["DB"] %>\n'),
    'Rails with another database besides': rails(several, '', 'pg'),
    'Rails with a link to the volume': rails(several, mount, 'sqlite3', 'RUN rm -r storage && ln -s /data storage\n'),
    'Rails, where cache and cable may begin empty': rails(
      '  cache:\n    database: storage/cache.sqlite3\n  cable:\n    database: storage/cable.sqlite3\n',
    ),
    'a file behind or': code(
      'db.py',
      'import os\nSQLALCHEMY_DATABASE_URI = "sqlite:///app.db"\nSQLALCHEMY_DATABASE_URI = os.environ.get("DB", SQLALCHEMY_DATABASE_URI)\n',
    ),
    'a class for development': code(
      'config.py',
      'class Config:\n    SQLALCHEMY_DATABASE_URI = os.environ["DB"]\nclass DevelopmentConfig(Config):\n    SQLALCHEMY_DATABASE_URI = "sqlite:///dev.db"\n',
    ),
    'settings for tests': code('config/test.py', 'SQLALCHEMY_DATABASE_URI = "sqlite:///test.db"\n'),
    'a path that is put in': code(
      'config.py',
      'SQLALCHEMY_DATABASE_URI = "sqlite:///{}".format(os.environ["PLACE"])\n',
    ),
    'a class for tests': code(
      'config.py',
      'class Config:\n    SQLALCHEMY_DATABASE_URI = os.environ["DB"]\nclass Testing(Config):\n    SQLALCHEMY_DATABASE_URI = "sqlite:///x.db"\n',
    ),
    'a default that an assignment below replaces': code(
      'app.py',
      'app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///app.db"\nif os.getenv("DB"):\n    app.config["SQLALCHEMY_DATABASE_URI"] = os.getenv("DB")\n',
    ),
    'settings of Django that another file replaces': code(
      'shop/settings/base.py',
      'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}\n',
      '',
      {
        'shop/settings/prod.py':
          'from .base import *\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}\n',
      },
    ),
    'a database that the image brings': project(
      'app = "shop"\n',
      'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN python build_db.py\n',
      {
        'db.py': 'import sqlite3\nsqlite3.connect("names.db")\n',
        'build_db.py': 'import sqlite3\nsqlite3.connect("names.db")\n',
      },
    ),
    'a database that is downloaded': project(
      'app = "shop"\n',
      'FROM python:3.13\nWORKDIR /app\nCOPY . .\nADD https://x.dev/names.db names.db\n',
      {
        'db.py': 'import sqlite3\nsqlite3.connect("names.db")\n',
      },
    ),
    'a database that a RUN downloads': project(
      'app = "shop"\n',
      'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN curl -o names.db https://x.dev/names.db\n',
      {
        'db.py': 'import sqlite3\nsqlite3.connect("names.db")\n',
      },
    ),
    'in memory, by the code': code(
      'db.py',
      'import sqlite3\nsqlite3.connect(":memory:")\ncreate_engine("sqlite://")\n',
    ),
    'a test of Go': code('db_test.go', 'package x\nvar db, _ = sql.Open("sqlite3", "x.db")\n'),
    'in memory, Go': code('db.go', 'package x\nvar db, _ = sql.Open("sqlite", "file::memory:?cache=shared")\n'),
    'a shared memory name, Go': code(
      'db.go',
      'package x\nvar db, _ = sql.Open("sqlite3", "file:x?mode=memory&cache=shared")\n',
    ),
    'a file for a while': code('db.py', 'import sqlite3\nsqlite3.connect("/tmp/x.db")\n'),
    'a name that an argument gives': code('cli.py', 'import sqlite3\ndef main():\n    sqlite3.connect(args.db)\n'),
    'opened only when the file is run by hand': code(
      'load.py',
      'import sqlite3\nif __name__ == "__main__":\n    db = sqlite3.connect("x.db")\n    print(db)\n',
    ),
    'a name that a caller may give': code(
      'db.ts',
      "import Database from 'better-sqlite3'\nexport const open = (path = 'app.db') => new Database(path)\n",
    ),
    'the settings of a tool': code(
      'drizzle.config.ts',
      "import Database from 'better-sqlite3'\nnew Database('app.db')\n",
    ),
    'a file that a variable may name': code(
      'db.py',
      'engine = create_engine(os.getenv("DATABASE_URL", "sqlite:///./app.db"))\n',
    ),
    'a file that is used if nothing else is set': code(
      'db.js',
      "import Database from 'better-sqlite3'\nnew Database(process.env.DB || 'app.db')\n",
    ),
    'a file of one branch': code('db.py', 'if DEBUG:\n    engine = create_engine("sqlite:///./app.db")\n'),
    'a file beside another database': code(
      'db.py',
      'engine = create_engine("sqlite:///./app.db")\nother = "postgresql://x"\n',
    ),
    'a file that git has': code('db.py', 'import sqlite3\nsqlite3.connect("cities.db")\n', '', {'cities.db': ''}),
    'a file that is only read': code('db.py', 'import sqlite3\nsqlite3.connect("file.db?mode=ro")\n'),
    'a cache': code('db.py', 'import sqlite3\nsqlite3.connect("cache.db")\n'),
    'in memory alone': code('db.py', 'engine = create_engine("sqlite:///:memory:", echo=True)\n'),
    'in a test': code('tests/db.py', 'engine = create_engine("sqlite:///./app.db")\n'),
    'with a volume, in which the program is started': code(
      'db.py',
      'engine = create_engine("sqlite:///./app.db")\n',
      `${mount}[processes]\napp = "sh -c 'cd /data && python /app/db.py'"\n`,
    ),
    'with a volume, to which a script links': code('db.py', 'engine = create_engine("sqlite:///./app.db")\n', mount, {
      'start.sh': 'ln -sf /data/app.db app.db\nexec python db.py\n',
      Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["sh", "start.sh"]\n',
    }),
    'on a volume': code('db.py', 'engine = create_engine("sqlite:////data/app.db")\n', mount),
    'Django with the database of a variable': code(
      'shop/settings.py',
      'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}\nDATABASES["default"] = dj_database_url.config()\n',
    ),
    'Django with settings that a package beside them takes the place of': code(
      'shop/settings.py',
      'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}\n',
      '',
      {'shop/settings/__init__.py': ''},
    ),
    'a database on a volume': project(`[env]\nDATABASE_URL = "sqlite:////data/app.db"\n${mount}`),
    'one that only some libraries look for on the volume': project(
      `[env]\nDATABASE_URL = "sqlite:///data/app.db"\n${mount}`,
    ),
    'a database of ADO.NET on a volume': project(
      `[env]\nConnectionStrings__Default = "Data Source=/data/Shop.db;Cache=Shared"\n${mount}`,
    ),
    'a server of ADO.NET': project(
      '[env]\nConnectionStrings__Default = "Data Source=sql.internal;Initial Catalog=shop"\n',
    ),
    'a database server': project('[env]\nDATABASE_URL = "postgres://db.internal/shop"\n'),
    'a database that the image has': project(
      '[env]\nDB_PATH = "/app/data/cities.db"\n',
      'FROM debian\nWORKDIR /app\nCOPY . .\n',
      {
        'data/cities.db': '',
      },
    ),
    'a database that the build makes': project(
      '[env]\nDB_PATH = "/app/words.sqlite3"\n',
      'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN python build_db.py\n',
      {'build_db.py': ''},
    ),
    'a database that the start brings back': project(
      '[env]\nDB_PATH = "/app/app.db"\n',
      'FROM debian\nWORKDIR /app\nCOPY . .\nCMD ["./run.sh"]\n',
      {'run.sh': '#!/bin/sh\nlitestream restore -if-replica-exists -o $DB_PATH s3://shop\nexec shop\n'},
    ),
    'a copy of a database of Turso': project(
      '[env]\nDB_PATH = "/app/local.db"\nTURSO_DATABASE_URL = "libsql://shop.turso.io"\n',
    ),
    'a secret counts before the image': project(
      'app = "shop"\n',
      'FROM debian\nENV DATABASE_URL=sqlite:////app/build.db\n',
      {
        'README.md': 'fly secrets set DATABASE_URL=postgres://…\n',
      },
    ),
    'a command counts before the image': project(
      `[processes]\napp = "sh -c 'DB_PATH=/data/app.db node app.js'"\n${mount}`,
      'FROM node:22\nWORKDIR /app\nENV DB_PATH=/app/app.db\n',
    ),
    'a folder that is a link to the volume': project(
      `[env]\nDB_PATH = "/app/db/app.db"\n${mount}`,
      'FROM debian\nWORKDIR /app\nRUN ln -s /data /app/db\n',
    ),
    'a database of tests': project('[env]\nTEST_DATABASE_URL = "sqlite:////app/test.db"\n'),
    'a folder that [[files]] fills': project(
      '[env]\nCONFIG_DIR = "/data"\n[[files]]\nguest_path = "/data/shop.json"\nraw_value = "e30="\n',
    ),
    'in memory': project('[env]\nDATABASE_URL = "sqlite:///:memory:"\n'),
    'what may be lost': project('[env]\nCACHE_DB = "/tmp/cache.db"\n', 'FROM debian\nVOLUME /tmp /var/cache/x\n'),
    'another file of the image': project('[env]\nDATABASE_CERT = "/etc/ssl/db.pem"\n'),
    'a VOLUME for caches and logs of Symfony': project(
      'app = "shop"\n',
      'FROM dunglas/frankenphp:1-php8.3\nWORKDIR /app\nVOLUME /app/var/\nCOPY . .\n',
      {'bin/console': '', 'config/bundles.php': ''},
    ),
    'a VOLUME that is mounted': project(mount, 'FROM debian\nVOLUME ["/data/files"]\n'),
    'a VOLUME for other places, where fly.toml keeps the data elsewhere': project(
      '[env]\nDATABASE_PATH = "/litefs/app.sqlite"\n[[mounts]]\nsource = "litefs"\ndestination = "/var/lib/litefs"\n',
      'FROM debian\nVOLUME /app/data\n',
      {'litefs.yml': ''},
    ),
    'a VOLUME of an earlier stage': project('', 'FROM debian AS a\nVOLUME /data\nFROM debian\nCOPY --from=a /x /x\n'),
    'a variable that fly.toml sets to another value': project(
      '[env]\nDB_PATH = "/data/app.db"\n[[mounts]]\ndestination = "/data"\n',
      'FROM debian\nENV DB_PATH=/app/app.db\n',
    ),
    'Litestream, which brings it back': project('[env]\nDB_PATH = "/app/app.db"\n', undefined, {
      'litestream.yml': '',
    }),
    containers: project('machine_config = "m.json"\n[env]\nDB_PATH = "/app/app.db"\n', undefined, {'m.json': '{}'}),
    'a folder of the repository, for development': project('', undefined, {
      'compose.yml': 'services:\n  web:\n    build: .\n    volumes:\n      - ./data:/app/data\n',
      'data/a.json': '{}',
    }),
    'the volume of another container': project('', undefined, {
      'compose.yml': 'services:\n  db:\n    image: postgres\n    volumes:\n      - db:/var/lib/postgresql/data\n',
    }),
    'what is made again': project('', undefined, {
      'compose.yml':
        'services:\n  web:\n    build: .\n    volumes:\n      - cache:/app/cache-data\n      - n:/app/node_modules\n',
    }),
    'a compose file beside a volume': project(mount, undefined, {
      'compose.yml': 'services:\n  web:\n    build: .\n    volumes:\n      - files:/app/files\n',
    }),
    'a folder on the volume': project(`[env]\nUPLOAD_DIR = "/data/uploads"\nDATA_DIR = "/data"\n${mount}`),
    'a folder that holds a volume': project('[env]\nDATA_DIR = "/data"\n[[mounts]]\ndestination = "/data/files"\n'),
    'what can be had again': project('[env]\nCACHE_DIR = "/data/cache"\nMODEL_PATH = "/data/model.bin"\n'),
    'the path of an address': project('[env]\nAPI_PATH = "/data/v1"\nSTORAGE_ROUTE = "/storage"\n'),
    'a folder that the image fills': project(
      '[env]\nGEO_PATH = "/data/geo.mmdb"\n',
      'FROM debian\nRUN mkdir -p /data && curl -o /data/geo.mmdb https://x.dev/geo.mmdb\n',
    ),
    'a folder that the app itself lies in': project(
      '[env]\nDATA_DIR = "/data"\n',
      'FROM debian\nWORKDIR /data\nCOPY seed ./\n',
      {seed: ''},
    ),
    'a folder that a script of the project may fill': project(
      '[env]\nDATA_DIR = "/data"\n',
      'FROM debian\nWORKDIR /app\nCOPY fetch.sh ./\nRUN chmod +x fetch.sh && ./fetch.sh\n',
      {'fetch.sh': ''},
    ),
    'where a bucket has it': project('[env]\nBACKUP_PATH = "/data/backups"\n'),
    'a folder that a COPY fills': project('[env]\nDATA_DIR = "/data"\n', 'FROM debian\nCOPY seed /data\n', {
      'seed/a.json': '{}',
    }),
    'a working directory that is not known': project('[env]\nDATABASE_URL = "file:./dev.db"\n', 'FROM acme/base\n'),
    'a connection string that a variable replaces': efCore(
      'options.UseSqlite(builder.Configuration.GetConnectionString("Shop"))',
      '[env]\n  ConnectionStrings__Shop = "Data Source=/tmp/shop.db"\n',
    ),
    'a connection string for development': efCore(
      'options.UseNpgsql(builder.Configuration.GetConnectionString("Shop"))',
    ),
    'Entity Framework on a volume': efCore(
      'options.UseSqlite("Data Source=/data/shop.db")',
      '[mounts]\n  source = "data"\n  destination = "/data"\n',
    ),
    'Entity Framework, for the tools that write migrations': {
      files: {
        ...efCore('options.UseNpgsql(url)').files,
        'appsettings.json': '{}\n',
        'DesignTimeFactory.cs':
          'class Factory : IDesignTimeDbContextFactory<Shop> {\n  public Shop CreateDbContext(string[] args) =>\n    new(new DbContextOptionsBuilder<Shop>().UseSqlite("Data Source=design.db").Options);\n}\n',
      },
    },
    'Entity Framework in memory': efCore('options.UseSqlite("Data Source=:memory:")'),
    'Entity Framework where a variable says': efCore('options.UseSqlite($"Data Source={folder}/shop.db")'),
  },
  flagged: {
    'PocketBase: a volume elsewhere': {
      ...pocketbase('["/pb/pocketbase", "serve", "--http=0.0.0.0:8080"]', '/pb_data'),
      expect: [
        'warning fly.toml:4:1 Dockerfile keeps its database in /pb/pb_data/data.db, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    'PocketBase: no volume': {
      ...pocketbase('["/pb/pocketbase", "serve", "--http=0.0.0.0:8080"]'),
      expect: [
        'warning Dockerfile:3:1 Dockerfile keeps its database in /pb/pb_data/data.db, and fly.toml mounts no volume: each deploy begins with an empty one',
      ],
    },
    'PocketBase: a program of the project, from where it is started': {
      ...ownPocketbase('/pb/pb_data'),
      expect: [
        'warning fly.toml:4:1 Dockerfile keeps its database in /pb_data/data.db, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    'a constant beside the code, opened in several places': {
      ...code(
        'app.py',
        'import os\nimport aiosqlite\nDB_PATH = os.path.join(os.path.dirname(__file__), "auth.db")\nasync def get():\n    async with aiosqlite.connect(DB_PATH) as db:\n        yield db\nasync def more():\n    async with aiosqlite.connect(DB_PATH) as db:\n        yield db\n',
        mount,
      ),
      expect: [
        'warning app.py:3:1 app.py keeps its database in auth.db, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    'in the folder where the program is started, and the volume elsewhere': {
      ...code('db.py', 'engine = create_engine("sqlite:///./app.db")\n', mount),
      expect: [
        'warning db.py:1:10 db.py keeps its database in ./app.db, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    'a constant, and no volume': {
      ...code('db.py', 'import sqlite3\nDB = "shop.db"\ndef connect():\n    return sqlite3.connect(DB)\n'),
      expect: [kept('db.py:2:1', 'shop.db')],
    },
    'a script that starts something else on the volume': {
      ...byVariable(
        `${opens}new Database(path.join(__dirname, 'shop.db'))\n`,
        mount,
        'db.js',
        'ENTRYPOINT ["./run.sh"]\n',
        {'run.sh': '#!/bin/sh\nredis-server --dir /data --daemonize yes\nexec "$@"\n'},
      ),
      expect: [
        'warning db.js:2:1 db.js keeps its database in shop.db, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    'a database of Entity Framework': {
      ...efCore('options.UseSqlite("Data Source=shop.db")'),
      expect: [
        'warning Program.cs:1:55 Program.cs keeps its database in shop.db, and fly.toml mounts no volume: each deploy begins with an empty one',
      ],
    },
    'a connection string of appsettings.json': {
      ...efCore('options.UseSqlite(builder.Configuration.GetConnectionString("Shop"))'),
      expect: [
        'warning appsettings.json:1:24 appsettings.json keeps its database in shop.db, and fly.toml mounts no volume: each deploy begins with an empty one',
      ],
    },
    'a file beside the code, and the volume elsewhere': {
      ...byVariable(`${opens}const folder = path.join(__dirname)\nnew Database(path.join(folder, 'shop.db'))\n`),
      expect: [
        'warning db.js:3:1 db.js keeps its database in shop.db, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    'the database of Django beside the code, and the volume elsewhere': {
      ...code(
        'shop/settings.py',
        'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}\n',
        mount,
      ),
      expect: [
        'warning shop/settings.py:1:1 shop/settings.py keeps its database in db.sqlite3, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    'a folder that nothing sets, beside the volume': {
      ...byVariable(folder),
      expect: [
        'warning db.js:2:18 DATA_DIR is set nowhere: db.js keeps its database in data/shop.db, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    'a file that nothing sets': {
      ...byVariable(
        "import {DatabaseSync} from 'node:sqlite'\nnew DatabaseSync(process.env.DB_PATH ?? 'shop.sqlite')\n",
      ),
      expect: [
        'warning db.js:2:18 DB_PATH is set nowhere: db.js keeps its database in shop.sqlite, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    'in Python': {
      ...code(
        'db.py',
        'import os, sqlite3\nfrom pathlib import Path\nDATA_DIR = Path(os.getenv("DATA_DIR", "data"))\nsqlite3.connect(DATA_DIR / "shop.db")\n',
        mount,
      ),
      expect: [
        'warning db.py:3:17 DATA_DIR is set nowhere: db.py keeps its database in data/shop.db, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    'the database of Rails': {
      ...rails('  <<: *default\n  database: storage/production.sqlite3\n'),
      expect: [kept('config/database.yml:5:3', '/rails/storage/production.sqlite3')],
    },
    'the jobs of Rails, beside the volume on which DATABASE_URL puts the rest': {
      ...rails(several, mount, 'sqlite3', 'ENV DATABASE_URL=sqlite3:///data/production.sqlite3\n'),
      expect: [
        'warning config/database.yml:9:5 config/database.yml keeps its database in /rails/storage/queue.sqlite3, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    SQLAlchemy: {
      ...code('db.py', 'engine = create_engine("sqlite:///./app.db", echo=True)\n'),
      expect: [kept('db.py:1:10', './app.db')],
    },
    'Flask-SQLAlchemy': {
      ...code('app.py', 'app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///shop.db"\n'),
      expect: [kept('app.py:1:13', 'shop.db')],
    },
    Django: {
      ...code(
        'shop/settings.py',
        'DATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.sqlite3",\n        "NAME": BASE_DIR / "db.sqlite3",\n    }\n}\n',
      ),
      expect: [kept('shop/settings.py:1:1', 'db.sqlite3')],
    },
    'better-sqlite3': {
      ...code('db.js', "import Database from 'better-sqlite3'\nexport const db = new Database('shop.db')\n"),
      expect: [kept('db.js:2:19', 'shop.db')],
    },
    'gorm, outside of the volume': {
      ...code('main.go', 'package main\nvar db, err = gorm.Open(sqlite.Open("/srv/shop.db"), nil)\n', mount),
      expect: [
        'warning main.go:2:25 main.go keeps its database in /srv/shop.db, and no volume is mounted there: each deploy begins with an empty one',
      ],
    },
    'a database of [env]': {
      ...project('[env]\n  DATABASE_URL = "sqlite+aiosqlite:////srv/app.db"\n'),
      expect: [`warning fly.toml:2:3 DATABASE_URL puts the database at /srv/app.db, ${lost}`],
    },
    'one beside the app, outside the volume': {
      ...project(`[env]\nDATABASE_URL = "sqlite:///./app.db"\n${mount}`),
      expect: [`warning fly.toml:2:1 DATABASE_URL puts the database at /app/app.db, ${lost}`],
    },
    "ADO.NET's form": {
      ...project(
        `[env]\nConnectionStrings__Default = "Data Source=/srv/Shop.db"\n${mount}`,
        'FROM mcr.microsoft.com/dotnet/aspnet:9.0\nWORKDIR /app\n',
      ),
      expect: [`warning fly.toml:2:1 ConnectionStrings__Default puts the database at /srv/Shop.db, ${lost}`],
    },
    "Prisma's form": {
      ...project('[env]\nDATABASE_URL = "file:./dev.db"\n'),
      expect: [`warning fly.toml:2:1 DATABASE_URL puts the database at /app/dev.db, ${lost}`],
    },
    'of the image': {
      ...project('app = "shop"\n', 'FROM debian\nENV A=1 \\\n    DB_FILE=/app/shop.sqlite3\n'),
      expect: [`warning Dockerfile:2:1 DB_FILE puts the database at /app/shop.sqlite3, ${lost}`],
    },
    'a folder that is called as volumes are, and none is there': {
      ...project(
        '[env]\nUPLOAD_DIR = "/data/uploads"\n[[mounts]]\nsource = "data"\ndestination = "/app/data"\n',
        'FROM debian\nRUN mkdir -p /data/uploads && chown -R app /data\n',
      ),
      expect: [
        'warning fly.toml:2:1 UPLOAD_DIR is /data/uploads, which is on no volume: what is kept there is gone after each deploy',
      ],
    },
    'a folder of data without any volume': {
      ...project('[env]\nDATA_DIR = "/data"\n'),
      expect: [
        'warning fly.toml:2:1 DATA_DIR is /data, which is on no volume: what is kept there is gone after each deploy',
      ],
    },
    'a volume of the compose file': {
      ...project('app = "shop"\n[http_service]\n  internal_port = 8080\n', undefined, {
        'docker-compose.yml':
          'services:\n  web:\n    build:\n      context: ./\n    volumes:\n      - .:/app\n      - ./user-files:/app/user-files\n',
      }),
      expect: [
        'warning docker-compose.yml:7:9 docker-compose.yml keeps /app/user-files in a volume, but fly.toml mounts none: each deploy begins with an empty one',
      ],
    },
    'a VOLUME, with a database in it': {
      ...project('app = "shop"\n', 'FROM debian\nVOLUME ["/data"]\nENV DATABASE_URL=file:/data/shop.db\n'),
      expect: [
        'warning Dockerfile:2:1 VOLUME says that /data holds what must be kept, but no [[mounts]] of fly.toml is there: each deploy begins with an empty one',
      ],
    },
    'a VOLUME': {
      ...project('app = "shop"\n', 'FROM debian AS base\nVOLUME ["/data"]\nFROM base\n'),
      expect: [
        'warning Dockerfile:2:1 VOLUME says that /data holds what must be kept, but no [[mounts]] of fly.toml is there: each deploy begins with an empty one',
      ],
    },
  },
})
