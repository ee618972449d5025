import readFolder from '../../../checks/image/read-folder.ts'
import {testCheck} from '../../harness.ts'

const node = (copy: string, code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY package.json app.js ./\n${copy}CMD ["node", "app.js"]\n`,
    'package.json': '{"name": "shop"}',
    'app.js': code,
    'public/a.css': '',
    'migrations/1.js': '',
    ...more,
  },
})
/** It names the folder, and reads a file of it by that name. */
const readsAssets = (then = '') =>
  `const fs = require('fs'), path = require('path')\nfunction load() {\n  const folder = path.join(process.cwd(), 'assets', 'care')\n  ${then}\n  return fs.readFileSync(path.join(folder, 'manifest.json'))\n}\n`
const assets = {'assets/care/manifest.json': '{}'}
const python = (copy: string, code: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /srv\nCOPY requirements.txt ./\nCOPY app ./app\n${copy}CMD ["uvicorn", "app.main:app"]\n`,
    'requirements.txt': 'fastapi\n',
    'app/__init__.py': '',
    'app/main.py': code,
    'templates/a.html': '',
    'app/static/a.css': '',
  },
})
const migrates = (source: string) =>
  `package main\n\nimport "github.com/golang-migrate/migrate/v4"\n\nfunc main() {\n\tm, err := migrate.New(${source}, url)\n}\n`
const go = (copy: string, code: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/server .\nFROM scratch\nWORKDIR /app\nCOPY --from=b /out/server /app/server\n${copy}CMD ["/app/server"]\n`,
    'go.mod': 'module example.com/shop\n',
    'main.go': code,
    'templates/a.html': '',
    'migrations/1_init.up.sql': '',
  },
})

const drizzle = (copy: string) =>
  node(
    copy,
    "const {drizzle} = require('drizzle-orm/postgres-js')\nconst {migrate} = require('drizzle-orm/postgres-js/migrator')\nmigrate(drizzle(sql), {migrationsFolder: './migrations'})\n",
  )

/** An app of Rails, of which .dockerignore leaves something out. */
const rails = (
  ignored: string,
  release = './bin/rails db:prepare',
  copy = 'COPY . .\n',
  cmd = '["./bin/rails", "server"]',
) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${release}"\n`,
    Dockerfile: `FROM ruby:3.4-slim\nWORKDIR /rails\n${copy}RUN bundle install && bundle exec bootsnap precompile app/ config/\nCMD ${cmd}\n`,
    '.dockerignore': `.git\n${ignored}\n`,
    'config.ru': '',
    'bin/rails': '',
    'config/application.rb': '',
    'config/master.key': '',
    'app.tar.gz': '',
    'app/models/order.rb': '',
    'db/migrate/1_orders.rb': '',
  },
})
const laravel = (ignored: string, command = '["php", "artisan", "serve"]') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM php:8.3-cli\nWORKDIR /app\nCOPY . .\nCMD ${command}\n`,
    '.dockerignore': `${ignored}\n`,
    artisan: '',
    'bootstrap/app.php': '',
    'routes/web.php': '',
    'public/index.php': '',
  },
})

/** Skills that the code finds by the name of their file, and what .dockerignore leaves out. */
const skills = (ignored: string, code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "-m", "shop"]\n',
    '.dockerignore': `${ignored}\n`,
    'shop/__init__.py': '',
    'shop/__main__.py': 'from shop import skills\n',
    'shop/skills.py': code,
    'shop/builtin/mail/SKILL.md': '',
    'shop/builtin/pdf/SKILL.md': '',
    'README.md': '',
    ...more,
  },
})
const scan = 'def find(base, name):\n    path = base / name / "SKILL.md"\n    return path if path.is_file() else None\n'

/** A last stage with a tool for migrations, which the release command runs, and without their folder. */
const migrating = (command: string, more: Record<string, string> = {}, copies = '') => ({
  files: {
    'fly.toml': `app = "shop"\n\n[deploy]\n  release_command = "${command}"\n`,
    Dockerfile: `FROM node:22 AS b\nWORKDIR /src\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=b /src/node_modules node_modules\nCOPY --from=b /src/dist dist\n${copies}CMD ["node", "dist/main.js"]\n`,
    'package.json': '{"scripts": {"build": "tsc", "migrate": "node-pg-migrate up"}}',
    'db/migrations/1_orders.sql': '',
    'migrations/1_orders.sql': '',
    ...more,
  },
})

/** A class of the app, beside a folder that is left out. */
const laravelFile = (code: string) => ({
  files: {...laravel('docs').files, 'app/Schema.php': `<?php\n\n${code}\n`, 'docs/orders.json': '{}'},
})

/** The program is copied into a folder, by its name. */
const intoFolder = (run: string, source: string, target = './') => {
  const {files} = go('', `package main\n\nfunc main() {\n\ttemplate.ParseGlob("templates/*.html")\n}\n`)
  return {
    files: {
      ...files,
      Dockerfile: `FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN ${run}\nFROM alpine:3.22\nWORKDIR /app\nCOPY --from=b ${source} ${target}\nCMD ["./server"]\n`,
    },
  }
}

const compiled = (copy: string, code: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx tsc\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/dist ./dist\n${copy}CMD ["node", "dist/main.js"]\n`,
    'package.json': '{"name": "shop"}',
    'package-lock.json': '{}',
    'src/main.ts': code,
    'public/a.css': '',
    'views/a.ejs': '',
  },
})
const withClient = (copies: string, code: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS client\nWORKDIR /app/client\nCOPY client ./\nRUN npm ci && npx vite build\nFROM node:22-slim\nWORKDIR /app\nCOPY package.json app.js ./\n${copies}CMD ["node", "app.js"]\n`,
    'package.json': '{"name": "shop"}',
    'app.js': code,
    'client/package.json': '{"devDependencies": {"vite": "*"}}',
    'client/package-lock.json': '{}',
    'client/index.html': '',
  },
})
const rust = (copy: string, code: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM rust:1.90 AS b\nWORKDIR /app\nCOPY server ./server\nCOPY client ./client\nRUN cargo build --release --manifest-path server/Cargo.toml\nFROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=b /app/server/target/release/shop /usr/local/bin/shop\n${copy}CMD ["shop"]\n`,
    'server/Cargo.toml': '[package]\nname = "shop"\n',
    'server/src/main.rs': code,
    'server/assets/maps/a.json': '{}',
    'client/index.html': '',
  },
})
const builtAt = 'let maps = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/maps").to_string();'
const serves = (before: string, argument: string) =>
  `fn main() {\n    ${before}\n    app(ServeDir::new(${argument}));\n}\n`

/** A program of a workspace, whose other crate reads a folder at the top. */
const workspace = (copy: string, manifest = 'webapp = { path = "../webapp" }\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM rust:1.90 AS b\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nFROM fedora:42\nCOPY --from=b /app/target/release/shop /bin\n${copy}CMD ["/bin/shop"]\n`,
    'Cargo.toml': '[workspace]\nmembers = ["shop", "webapp"]\n',
    'shop/Cargo.toml': `[package]\nname = "shop"\n[dependencies]\n${manifest}`,
    'shop/src/bin/shop.rs': 'fn main() {\n    webapp::run();\n}\n',
    'webapp/Cargo.toml': '[package]\nname = "webapp"\n',
    'webapp/src/lib.rs': 'pub fn run() {\n    app(ServeDir::new("assets"));\n}\n',
    'assets/main.js': '',
  },
})

/** A project of ASP.NET Core whose code reads a file of its own. */
const dotnet = (read: string, {items = '', lines = '', check = '', output = '/app/publish'} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish Shop.Web/Shop.Web.csproj -c Release -o /app/publish\nFROM mcr.microsoft.com/dotnet/aspnet:8.0\nWORKDIR /app\nCOPY --from=build ${output} .\n${lines}ENTRYPOINT ["dotnet", "Shop.Web.dll"]\n`,
    'Shop.Web/Shop.Web.csproj': `<Project Sdk="Microsoft.NET.Sdk.Web">\n  <ItemGroup>\n    <ProjectReference Include="..\\Shop.Core\\Shop.Core.csproj" />\n${items}  </ItemGroup>\n</Project>\n`,
    'Shop.Core/Shop.Core.csproj': '<Project Sdk="Microsoft.NET.Sdk">\n</Project>\n',
    'Shop.Core/Mail.cs': `class Mail\n{\n    ${check}private static readonly string Text = ${read};\n}\n`,
    'Shop.Web/Templates/mail.html': '',
    'Shop.Web/mail.json': '{}',
  },
})
const mail = 'File.ReadAllText(Path.Combine(Environment.CurrentDirectory, "Templates/mail.html"))'

/** A program of .NET that hands out a folder as it starts. */
const provider = (path: string, {items = '', lines = '', before = '', mount = ''} = {}) => {
  const {files} = dotnet('""', {items, lines})
  return {
    files: {
      ...files,
      'fly.toml': `app = "shop"\n${mount}`,
      'Shop.Web/Program.cs': `var app = builder.Build();\n${before}app.UseStaticFiles(new StaticFileOptions\n{\n    FileProvider = new PhysicalFileProvider(\n        Path.Combine(${path})),\n});\napp.Run();\n`,
    },
  }
}
const uploads = 'Directory.GetCurrentDirectory(), "Uploads"'

testCheck(readFolder, {
  clean: {
    'Rust: a folder of a workspace that is brought': workspace('COPY assets /assets\n'),
    'Rust: a crate of which the program knows nothing': workspace('', ''),
    'a folder that COPY brings to the folder of the app': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22 AS web\nWORKDIR /web\nCOPY web .\nRUN ./build.sh\nFROM node:22-slim\nWORKDIR /app\nCOPY server.js package.json ./\nCOPY --from=web /web/out static/root\nCMD ["node", "server.js"]\n',
        'package.json': '{}',
        'web/build.sh': '',
        'server.js':
          "const express = require('express')\nconst app = express()\napp.use(express.static('static/root'))\n",
      },
    },
    'a folder of .NET that the code makes': provider(uploads, {before: 'Directory.CreateDirectory("Uploads");\n'}),
    'a folder of .NET that the last stage makes': provider(uploads, {lines: 'RUN mkdir -p /app/Uploads\n'}),
    'a folder of .NET that is published': provider(uploads, {items: '<Content Include="Uploads/a.txt" />'}),
    'a folder of .NET that is a volume': provider(uploads, {
      mount: '[mounts]\nsource = "data"\ndestination = "/app/Uploads"\n',
    }),
    'a folder of .NET that is always published': provider('Directory.GetCurrentDirectory(), "wwwroot", "images"'),
    'a folder of .NET that the code looks for': provider(uploads, {before: 'if (Directory.Exists("Uploads"))\n'}),
    'a folder of .NET beside the image’s own': provider('AppContext.BaseDirectory, "../Client/dist"', {
      lines: 'COPY Client/dist /Client/dist\n',
    }),
    'a path of the code, which is copied': node('COPY assets assets\n', readsAssets(), assets),
    'a path of the code, which may be missing': node('', readsAssets('if (!fs.existsSync(folder)) return {}'), assets),
    'a path of the code, which writes there': node('', `${readsAssets()}fs.mkdirSync(folder)\n`, assets),
    'a path of the code, and the project has no such folder': node('', readsAssets()),
    'a path of the code, whose failure is caught': node('', `try {\n${readsAssets()}} catch (error) {}\n`, assets),
    'a file that the project file takes along': dotnet(mail, {
      items: '    <Content Update="Templates\\**" CopyToPublishDirectory="PreserveNewest" />\n',
    }),
    'a pattern that may be for it': dotnet(mail, {
      items: '    <None Include="$(All)/*.*" CopyToOutputDirectory="Always" />\n',
    }),
    'a file of .NET that is written, for development, or of another folder': {
      files: {
        ...dotnet('""').files,
        'Shop.Web/Program.cs': `if (app.Environment.IsDevelopment())\n{\n    var text = ${mail};\n}\n#if DEBUG\nvar more = ${mail};\n#endif\n`,
      },
    },
    'a folder that the program goes to': dotnet(mail, {
      check: 'void Go() { Directory.SetCurrentDirectory("/data"); }\n    ',
    }),
    ...Object.fromEntries(
      [
        '<None Update="**/*.html" CopyToPublishDirectory="Always" />\n',
        '<None Update="@(Mails)" CopyToPublishDirectory="Always" />\n',
        '</ItemGroup><Import Project="common.props" /><ItemGroup>\n',
      ].map((items) => [`a file of .NET that ${items} may take along`, dotnet(mail, {items})]),
    ),
    'a file of .NET that the last stage copies': dotnet(mail, {lines: 'COPY Shop.Web/Templates Templates\n'}),
    'a file of .NET that dotnet publish takes by itself': dotnet('File.ReadAllText("mail.json")'),
    'a file of .NET that is looked for first': dotnet(mail, {
      check: 'bool Has = File.Exists("Templates/mail.html");\n    ',
    }),
    'a folder that is not what dotnet publish writes': dotnet(mail, {output: '/src/Shop.Web'}),
    'a file of .NET beside the program': dotnet(
      'File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Templates/mail.html"))',
    ),
    'Rails without its key': rails('config/master.key'),
    'a program of Rack alone': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM ruby:3.4-slim\nWORKDIR /app\nCOPY . .\nRUN bundle install\nCMD ["puma"]\n',
        '.dockerignore': 'config\n',
        'config.ru': 'require "./server"\n',
        'config/application.rb': '',
      },
    },
    'puma starts another app': rails('config', 'true', undefined, '["puma", "status.ru"]'),
    'a task of another Rakefile': rails('config', 'rake -f tasks.rake go', undefined, '["sleep", "inf"]'),
    'Rails is asked for its version': rails('config', './bin/rails --version', undefined, '["sleep", "inf"]'),
    'a word that names Rails': rails('config', 'echo no rails here', undefined, '["node", "rails-proxy.js"]'),
    'Rails without its migrations, which nothing runs': rails('db/migrate', './bin/rails runner true'),
    'a folder of Rails that an archive brings': rails('app', undefined, 'COPY . .\nADD app.tar.gz ./\n'),
    'a gem with a config.ru of its own': {
      files: {
        ...rails('app').files,
        'test/dummy/config.ru': '',
        'test/dummy/config/application.rb': '',
      },
    },
    'files of a name of which some come through': skills('**/mail/*.md', scan),
    'files of a name that the code only prints': skills('**/*.md', 'print("see SKILL.md")\nopen("a.txt")\n'),
    'files of a name in another folder than the code': skills('docs', scan.replace('SKILL', 'PAGE'), {
      'docs/a/PAGE.md': '',
    }),
    'migrations of drizzle that are copied': drizzle('COPY migrations migrations\n'),
    'migrations that are copied': migrating('npx node-pg-migrate up', {}, 'COPY migrations migrations\n'),
    'migrations in a folder that is worked out': migrating('npx graphile-migrate migrate', {
      '.gmrc.cjs': 'module.exports = {migrationsFolder: process.env.MIGRATIONS}\n',
    }),
    'migrations that another variable names': {
      files: {
        ...migrating('dbmate up').files,
        'fly.toml':
          'app = "shop"\n\n[deploy]\n  release_command = "dbmate up"\n\n[env]\n  DBMATE_MIGRATIONS_DIR = "/sql"\n',
      },
    },
    'migrations of which there are two folders': {
      files: {
        ...migrating('npx knex migrate:latest --knexfile dist/knexfile.js').files,
        'dist/knexfile.js': '',
        'a/dist/migrations/1.js': '',
        'b/dist/migrations/1.js': '',
      },
    },
    'a tool that only says what is to be done': migrating('dbmate status'),
    'a file of Laravel that the code looks for first': laravelFile(
      "if (! is_file($path = base_path('docs/orders.json'))) { return []; }",
    ),
    'a file of Laravel that only a task of Artisan reads': {
      files: {
        ...laravelFile('').files,
        'app/Console/Commands/Import.php': "<?php\n\n$schema = file_get_contents(base_path('docs/orders.json'));\n",
      },
    },
    'a file of Laravel that is named in a comment, and one that the project has not': laravelFile(
      "// base_path('docs/orders.json')\n$log = base_path('docs/other.json');",
    ),
    'a worker of Laravel without the pages': laravel('public', '["php", "artisan", "queue:work"]'),
    'Laravel with all of it': laravel('node_modules'),
    'Go: a folder that the program is laid into': intoFolder(
      'mkdir /out && cp -r templates /out && go build -o /out .',
      '/out',
    ),
    'Go: a folder of programs': intoFolder('go build -o /out ./...', '/out'),
    'Go: the whole folder of the build': intoFolder('go build -o server .', '/src'),
    'Rust: where the crate lay, copied to the same place': rust(
      'COPY --from=b /app/server/assets ./server/assets\n',
      serves(builtAt, 'maps'),
    ),
    'Rust: beside the crate': rust(
      'COPY client ./client\n',
      serves('let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../client");', 'dir'),
    ),
    'Rust: a variable first': rust(
      '',
      serves(
        'let maps = std::env::var("MAPS").unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/maps").into());',
        'maps',
      ),
    ),
    'Rust: for a build of the developer': rust('', `#[cfg(debug_assertions)]\n${serves(builtAt, 'maps')}`),
    'Rust: for a feature': rust('', `#[cfg(not(feature = "embedded"))]\n${serves(builtAt, 'maps')}`),
    'Rust: the name has two values': rust('', serves(`${builtAt}\n    let maps = "/srv/maps";`, 'maps')),
    'Rust: one stage': {
      files: {
        ...rust('', serves(builtAt, 'maps')).files,
        Dockerfile:
          'FROM rust:1.90\nWORKDIR /app\nCOPY . .\nRUN cargo build --release --manifest-path server/Cargo.toml\nCMD ["server/target/release/shop"]\n',
      },
    },
    'the folder of the client, where the code looks for it': withClient(
      'COPY --from=client /app/client/dist ./client/dist\n',
      'app.use(express.static(path.join(__dirname, "client/dist")))\n',
    ),
    'a page of the client, with the folder above': withClient(
      'COPY --from=client /app/client ./client\n',
      'app.get("*", (_, res) => res.sendFile(path.join(__dirname, "client/dist/index.html")))\n',
    ),
    'the folder of the client, under another name': withClient(
      'COPY --from=client /app/client/dist ./public\n',
      'app.use(express.static("public"))\n',
    ),
    'a folder that no build here writes': withClient('', 'app.use(express.static("web/dist"))\n'),
    'beside the compiled program': compiled(
      'COPY public ./public\n',
      'app.useStaticAssets(join(__dirname, "..", "public"))\n',
    ),
    'what else a server of this name does': node('', 'import {serve} from "@hono/node-server"\nserve("public")\n'),
    'another setting of express': node('', 'const app = require("express")()\napp.set("title", "public")\n'),
    'Vite takes public/ along into its own folder': node('', 'app.use(express.static("public"))\n', {
      Dockerfile:
        'FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx vite build\nFROM node:22-slim\nWORKDIR /app\nCOPY package.json app.js ./\nCOPY --from=build /app/dist ./dist\nCMD ["node", "app.js"]\n',
      'package.json': '{"name": "shop", "devDependencies": {"vite": "7.0.0"}}',
      'package-lock.json': '{}',
      'index.html': '',
    }),
    'the folder is copied': node('COPY public ./public\n', 'app.use(express.static("public"))\n'),
    'what the project does not have is made elsewhere': node('', 'app.use(express.static("dist"))\n'),
    'a volume': {
      ...node('', 'app.use(express.static("public"))\n', {
        'fly.toml': 'app = "shop"\n[mounts]\nsource = "d"\ndestination = "/app/public"\n',
      }),
    },
    'a path that a variable decides': node('', 'app.use(express.static(process.env.PUBLIC))\n'),
    'read in a branch that may be for development': node(
      '',
      'if (dev) {\n  template = fs.readFileSync("public/a.css")\n}\n',
    ),
    'read in a function, in a file that catches what fails': node(
      '',
      'export function page() {\n  try {\n    return fs.readFileSync("public/a.css")\n  } catch {\n    return ""\n  }\n}\n',
    ),
    'a page below a root that the call names': node(
      '',
      'app.get("/", (_, res) => res.sendFile("a.css", {root: dir}))\n',
    ),
    'a file without which Go goes on': go(
      '',
      'package main\n\nimport "os"\n\nfunc main() {\n\tpage, err := os.ReadFile("templates/a.html")\n\tif err != nil {\n\t\tpage = nil\n\t}\n}\n',
    ),
    'a table that the program writes itself': python(
      '',
      'import pandas as pd\nx = pd.read_csv("templates/a.html")\nx.to_csv("templates/a.html")\n',
    ),
    'it asks whether the file is there': node(
      '',
      'if (fs.existsSync("public/a.css")) x()\nfs.readFileSync("public/a.css")\n',
    ),
    'another folder of migrations, which is there': node(
      'COPY migrations ./db\n',
      'import migrate from "migrate"\nmigrate.load({migrationsDirectory: "db"}, run)\n',
    ),
    'a page that is asked for before': python(
      '',
      'P = Path(__file__).parents[1] / "templates"\ndef page():\n    if not (P / "a.html").is_file():\n        return None\n    return FileResponse(P / "a.html")\n',
    ),
    'a file that is written, and one whose folder only Flask knows': python(
      '',
      'P = Path(__file__).parents[1]\ndef f():\n    open(P / "templates" / "a.html", "w")\n    return send_file("templates/a.html")\n',
    ),
    'a path that is only named': python('', 'RULES = Path(__file__).parents[1] / "templates" / "a.html"\n'),
    'a path that may be made': python(
      '',
      'X = Path(__file__).parents[1] / "templates"\nX.mkdir(exist_ok=True)\nx = X.read_text()\n',
    ),
    'what users bring, in a folder that the code makes': {
      files: {
        ...python('', 'FOLDER = Path("uploads")\nFOLDER.mkdir(exist_ok=True)\nx = StaticFiles(directory="uploads")\n')
          .files,
        'uploads/one.png': '',
      },
    },
    'a folder that the project does not have, and that is made before': python(
      '',
      'os.makedirs("media", exist_ok=True)\napp.mount("/media", StaticFiles(directory="media"))\n',
    ),
    'one that is wanted in a function': python('', 'def f():\n    return StaticFiles(directory="media")\n'),
    'one that need not be there': python('', 'x = StaticFiles(directory="media", check_dir=False)\n'),
    'one that a script of the project names': {
      files: {...python('', 'x = StaticFiles(directory="media")\n').files, 'build.sh': 'mkdir media\n'},
    },
    'one of which nothing but the name is known': python('', 'x = StaticFiles(directory=FOLDER)\n'),
    'beside the module': python('', 'x = StaticFiles(directory=Path(__file__).parent / "static")\n'),
    'read where it is there': python(
      '',
      'X = Path(__file__).parents[1] / "templates"\nif X.exists():\n    x = (X / "a.html").read_text()\n',
    ),
    'read where it is there, by another way of asking': python(
      '',
      'X = Path(__file__).parents[1] / "templates"\nx = (X / "a.html").read_text() if X.is_dir() else ""\n',
    ),
    'read by a path without a name where it is there': python(
      '',
      'x = Path("templates/a.html").read_text() if Path("templates/a.html").exists() else ""\n',
    ),
    'opened to be written': python('', 'with Path("templates/a.html").open("w") as page:\n    page.truncate()\n'),
    'read in a try': python(
      '',
      'X = Path(__file__).parents[1] / "templates" / "a.html"\ntry:\n    x = X.read_text()\nexcept FileNotFoundError:\n    x = ""\n',
    ),
    'a variable comes first': python(
      '',
      'X = Path(os.environ.get("T") or Path(__file__).parents[1] / "templates")\nx = X.read_text()\n',
    ),
    'mounted where it is there': python(
      '',
      'T = Path(__file__).parents[1] / "templates"\nif T.exists():\n    app.mount("/t", StaticFiles(directory=T))\n',
    ),
    'mounted where it is there, os.path': python(
      '',
      'if os.path.isdir("templates"):\n    app.mount("/t", StaticFiles(directory="templates"))\n',
    ),
    'embedded templates of fiber': go(
      '',
      'package main\nimport "github.com/gofiber/template/html/v2"\n//go:embed templates\nvar files embed.FS\nvar engine = html.NewFileSystem(http.FS(files), ".html")\nfunc main() {\n\ttemplate.ParseGlob("templates/*.html")\n}\n',
    ),
    'embedded in the program': go(
      '',
      'package main\n//go:embed templates\nvar files embed.FS\nvar t = template.ParseFS(files, "templates/*")\n',
    ),
    'migrations of migrate that are copied': go('COPY migrations ./migrations\n', migrates('"file://migrations"')),
    'migrations of migrate that are in the program': go('', migrates('"iofs://migrations"')),
    'migrations of migrate at a place that a variable names': go('', migrates('"file://" + os.Getenv("MIGRATIONS")')),
  },
  flagged: {
    'Rust: a folder at the top of a workspace, which another crate reads': {
      ...workspace(''),
      expect: [
        'warning Dockerfile:6:1 CMD runs webapp/src/lib.rs, where ServeDir reads assets, but nothing brings it to /assets in the image',
      ],
    },
    'several folders that one stage does not copy': {
      ...node('', "app.use(express.static('public'))\napp.use('/m', express.static('migrations'))\n"),
      expect: [
        'warning Dockerfile:3:1 CMD runs app.js, where express.static reads public, but nothing brings it to /app/public in the image (and so for migrations)',
      ],
    },
    'several folders that one line leaves out': {
      ...node('COPY . .\n', "app.use(express.static('web/public'))\napp.use('/a', express.static('web/assets'))\n", {
        '.dockerignore': 'web\n',
        'web/public/a.css': '',
        'web/assets/a.js': '',
      }),
      expect: [
        'warning .dockerignore:1:1 CMD runs app.js, where express.static reads web/public, but .dockerignore leaves it out of the build (and so for web/assets)',
      ],
    },
    'a folder that COPY brings to the root of the image': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22 AS web\nWORKDIR /web\nCOPY web .\nRUN ./build.sh\nFROM node:22-slim\nWORKDIR /app\nCOPY server.js package.json ./\nCOPY --from=web /web/out /static/root\nCMD ["node", "server.js"]\n',
        'package.json': '{}',
        'web/build.sh': '',
        'server.js':
          "const express = require('express')\nconst app = express()\napp.use(express.static('static/root'))\n",
      },
      expect: [
        'warning Dockerfile:8:1 CMD runs server.js, where express.static reads /app/static/root, and COPY brings it to the same path below the root of the image',
      ],
    },
    'a folder of .NET that dotnet publish does not write': {
      ...provider(uploads),
      expect: [
        'warning Shop.Web/Program.cs:4:20 ENTRYPOINT runs Shop.Web/Program.cs, where PhysicalFileProvider opens /app/Uploads, and nothing brings that folder into the image: the app stops when it starts',
      ],
    },
    'a folder of .NET that lies elsewhere in the project': {
      ...provider('AppDomain.CurrentDomain.BaseDirectory, "../../../../Client/dist"'),
      expect: [
        'error Shop.Web/Program.cs:4:20 ENTRYPOINT runs Shop.Web/Program.cs, where PhysicalFileProvider opens /Client/dist, and nothing brings that folder into the image: the app stops when it starts',
      ],
    },
    'a path of the code, which it reads elsewhere': {
      ...node('', readsAssets('if (!fs.existsSync(folder)) throw new Error(folder)'), assets),
      expect: [
        'warning Dockerfile:3:1 CMD runs app.js, where the code reads assets/care, but nothing brings it to /app/assets/care in the image',
      ],
    },
    'a file that dotnet publish leaves out': {
      ...dotnet(mail),
      expect: [
        'warning Dockerfile:7:1 ENTRYPOINT runs Shop.Core/Mail.cs, where File.ReadAllText reads Shop.Web/Templates/mail.html, but dotnet publish leaves it out: nothing brings it to /app/Templates/mail.html in the image',
      ],
    },
    'migrations of migrate that stay behind': {
      ...go('', migrates('"file://migrations"')),
      expect: [
        'warning Dockerfile:7:1 CMD runs main.go, where migrate reads migrations, but nothing brings it to /app/migrations in the image',
      ],
    },
    'migrations of migrate, by a constant': {
      ...go('', `${migrates('source')}\nconst source = "file://./migrations"\n`),
      expect: [
        'warning Dockerfile:7:1 CMD runs main.go, where migrate reads migrations, but nothing brings it to /app/migrations in the image',
      ],
    },
    'templates that are read beside migrations that are embedded': {
      ...go(
        '',
        'package main\n//go:embed migrations\nvar files embed.FS\nfunc main() {\n\ttemplate.Must(template.ParseGlob("templates/*.html"))\n}\n',
      ),
      expect: [
        'warning Dockerfile:7:1 CMD runs main.go, where html/template reads templates, but nothing brings it to /app/templates in the image',
      ],
    },
    'the settings of Rails': {
      ...rails('config'),
      expect: [
        'error .dockerignore:2:1 release_command starts Rails, which loads config, but .dockerignore leaves it out of the build: the app stops when it starts',
      ],
    },
    'the code of Rails': {
      ...rails('app'),
      expect: [
        'warning .dockerignore:2:1 release_command starts Rails, which loads app, but .dockerignore leaves it out of the build',
      ],
    },
    'the migrations of Rails': {
      ...rails('db'),
      expect: [
        'warning .dockerignore:2:1 release_command starts Rails, which loads db/migrate, but .dockerignore leaves it out of the build',
      ],
    },
    'a folder of Rails that nothing copies': {
      ...rails('', undefined, 'COPY config.ru ./\nCOPY bin bin\nCOPY config config\nCOPY db db\n'),
      expect: [
        'warning Dockerfile:6:1 release_command starts Rails, which loads app, but nothing brings it to /rails/app in the image',
      ],
    },
    'files that the code finds by their name': {
      ...skills('**/*.md', scan),
      expect: [
        'warning .dockerignore:1:1 CMD runs shop/skills.py, where the code reads shop/builtin/mail/SKILL.md, but .dockerignore leaves it out of the build (and so for shop/builtin/pdf/SKILL.md)',
      ],
    },
    'the migrations of a tool that the release command starts': {
      ...migrating('npm run migrate', {}, 'COPY package.json ./\n'),
      expect: [
        'warning Dockerfile:9:1 release_command starts node-pg-migrate, which loads migrations, but nothing brings it to /app/migrations in the image',
      ],
    },
    'migrations that a command names, and those that a variable does not': {
      ...migrating('sh -c \\"migrate -path ./migrations -database $DATABASE_URL up && dbmate up\\"'),
      expect: [
        'warning Dockerfile:8:1 release_command starts migrate, which loads migrations, but nothing brings it to /app/migrations in the image (and so for db/migrations)',
      ],
    },
    'migrations that a configuration names': {
      ...migrating('npx knex migrate:latest', {
        'knexfile.js':
          "module.exports = {\n  migrations: {directory: './db/migrations'},\n  seeds: {directory: './db/seeds'},\n}\n",
      }),
      expect: [
        'warning Dockerfile:8:1 release_command starts knex, which loads db/migrations, but nothing brings it to /app/db/migrations in the image',
      ],
    },
    'migrations of drizzle, given a database that is made in the call': {
      ...drizzle(''),
      expect: [
        'warning Dockerfile:3:1 CMD runs app.js, where drizzle reads migrations, but nothing brings it to /app/migrations in the image',
      ],
    },
    'migrations where a configuration has a comment alone': {
      ...migrating('npx graphile-migrate migrate --config ./gmrc.cjs', {
        'gmrc.cjs': "module.exports = {\n  // migrationsFolder: './sql',\n}\n",
      }),
      expect: [
        'warning Dockerfile:8:1 release_command starts graphile-migrate, which loads migrations, but nothing brings it to /app/migrations in the image',
      ],
    },
    'a file of Laravel that the code needs': {
      ...laravelFile(
        "$path = base_path('docs/orders.json');\n\nif (! is_file($path)) {\n    throw new RuntimeException('not found');\n}",
      ),
      expect: [
        'warning .dockerignore:1:1 CMD runs app/Schema.php, where base_path reads docs/orders.json, but .dockerignore leaves it out of the build',
      ],
    },
    'the start of Laravel': {
      ...laravel('bootstrap'),
      expect: [
        'error .dockerignore:1:1 CMD starts Laravel, which loads bootstrap, but .dockerignore leaves it out of the build: the app stops when it starts',
      ],
    },
    'the routes and pages of Laravel': {
      ...laravel('routes\npublic'),
      expect: [
        'warning .dockerignore:1:1 CMD starts Laravel, which loads routes, but .dockerignore leaves it out of the build',
        'warning .dockerignore:2:1 CMD starts Laravel, which loads public, but .dockerignore leaves it out of the build',
      ],
    },
    'Go: a program that is copied into a folder brings itself alone': {
      ...intoFolder('CGO_ENABLED=0 go build -ldflags="-s -w" -o /src/bin/server .', '/src/bin/server'),
      expect: [
        'warning Dockerfile:7:1 CMD runs main.go, where html/template reads templates, but nothing brings it to /app/templates in the image',
      ],
    },
    'Rust: a program that is copied into a folder brings itself alone': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM rust:1.90 AS b\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=b /src/target/release/shop .\nCMD ["./shop"]\n',
        'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\n',
        'src/main.rs': 'fn main() {\n    let files = ServeDir::new("static");\n}\n',
        'static/a.css': '',
      },
      expect: [
        'warning Dockerfile:7:1 CMD runs src/main.rs, where ServeDir reads static, but nothing brings it to /app/static in the image',
      ],
    },
    'Rust: where the crate lay when it was built': {
      ...rust('', serves(builtAt, 'maps')),
      expect: [
        'warning Dockerfile:8:1 CMD runs server/src/main.rs, where ServeDir reads server/assets/maps, but nothing brings it to /app/server/assets/maps in the image',
      ],
    },
    'Rust: where the crate lay, copied to another place': {
      ...rust('COPY server/assets ./assets\n', serves('', 'Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/maps")')),
      expect: [
        'warning Dockerfile:9:1 CMD runs server/src/main.rs, where ServeDir reads server/assets/maps, but nothing brings it to /app/server/assets/maps in the image',
      ],
    },
    'the client lies elsewhere than the code looks for it': {
      ...withClient(
        'COPY --from=client /app/client/dist ./public\n',
        'app.use(express.static(path.join(__dirname, "client/dist")))\n',
      ),
      expect: [
        'warning Dockerfile:8:1 CMD runs app.js, where express.static reads client/dist, which vite build writes, but nothing brings it to /app/client/dist in the image',
      ],
    },
    'beside the compiled program, and not copied': {
      ...compiled('', 'app.useStaticAssets(join(__dirname, "..", "public"))\n'),
      expect: [
        'warning Dockerfile:7:1 CMD runs src/main.ts, where NestJS reads public, but nothing brings it to /app/public in the image',
      ],
    },
    'templates, where express looks for them by itself': {
      ...compiled('', 'import express from "express"\nconst app = express()\napp.set("view engine", "ejs")\n'),
      expect: [
        'warning Dockerfile:7:1 CMD runs src/main.ts, where express reads views, but nothing brings it to /app/views in the image',
      ],
    },
    'templates in a folder that is set': {
      ...node('', 'const app = require("express")()\napp.set("views", "templates")\n', {'templates/a.ejs': ''}),
      expect: [
        'warning Dockerfile:3:1 CMD runs app.js, where express reads templates, but nothing brings it to /app/templates in the image',
      ],
    },
    'sirv, which lists the folder at once': {
      ...node('', 'import sirv from "sirv"\nconst files = sirv("public")\n'),
      expect: [
        'error Dockerfile:3:1 CMD runs app.js, where sirv reads public, but nothing brings it to /app/public in the image: the app stops when it starts',
      ],
    },
    'koa-static': {
      ...node('', 'const serve = require("koa-static")\napp.use(serve(__dirname + "/public"))\n'),
      expect: [
        'warning Dockerfile:3:1 CMD runs app.js, where koa-static reads public, but nothing brings it to /app/public in the image',
      ],
    },
    '@fastify/static': {
      ...node('', 'app.register(require("@fastify/static"), {root: path.join(__dirname, "public")})\n'),
      expect: [
        'warning Dockerfile:3:1 CMD runs app.js, where @fastify/static reads public, but nothing brings it to /app/public in the image',
      ],
    },
    Hono: {
      ...node(
        '',
        'import {serveStatic} from "@hono/node-server/serve-static"\napp.use("/*", serveStatic({root: "./public"}))\n',
      ),
      expect: [
        'warning Dockerfile:3:1 CMD runs app.js, where serveStatic reads public, but nothing brings it to /app/public in the image',
      ],
    },
    'a folder of gin': {
      ...go(
        '',
        'package main\nimport "github.com/gin-gonic/gin"\nfunc main() {\n\tr := gin.Default()\n\tr.Static("/assets", "./templates")\n}\n',
      ),
      expect: [
        'warning Dockerfile:7:1 CMD runs main.go, where Static reads templates, but nothing brings it to /app/templates in the image',
      ],
    },
    'a file that is read at once, in an image that installs packages': {
      ...node('RUN npm install\n', 'const css = fs.readFileSync("public/a.css", "utf8")\n'),
      expect: [
        'warning Dockerfile:3:1 CMD runs app.js, where readFileSync reads public/a.css, but nothing brings it to /app/public/a.css in the image',
      ],
    },
    'express.static': {
      ...node('', 'app.use(express.static(path.join(__dirname, "public")))\n'),
      expect: [
        'warning Dockerfile:3:1 CMD runs app.js, where express.static reads public, but nothing brings it to /app/public in the image',
      ],
    },
    'the folder that a tool looks in when it is not told another': {
      ...node('COPY src ./src\n', 'import run from "./src/migrations.js"\n', {
        'src/migrations.js': 'import migrate from "migrate"\nmigrate.load({stateStore: ".migrate"}, run)\n',
      }),
      expect: [
        'warning Dockerfile:4:1 CMD runs src/migrations.js, where migrate reads migrations, but nothing brings it to /app/migrations in the image',
      ],
    },
    '.dockerignore leaves it out': {
      ...node('COPY . .\n', 'app.use(express.static("public"))\n', {'.dockerignore': 'node_modules\npublic\n'}),
      expect: [
        'warning .dockerignore:2:1 CMD runs app.js, where express.static reads public, but .dockerignore leaves it out of the build',
      ],
    },
    'a path beside the module, by a name': {
      ...python(
        '',
        'RULES = Path(__file__).resolve().parents[1] / "templates"\n\ndef f(name):\n    return (RULES / name).read_text()\n',
      ),
      expect: [
        'warning Dockerfile:4:1 CMD runs app/main.py, where the code reads templates, but nothing brings it to /srv/templates in the image',
      ],
    },
    'a file that is read by a path without a name': {
      ...python('', 'PAGE = (Path(__file__).resolve().parents[1] / "templates" / "a.html").read_text()\n'),
      expect: [
        'warning Dockerfile:4:1 CMD runs app/main.py, where the code reads templates/a.html, but nothing brings it to /srv/templates/a.html in the image',
      ],
    },
    'a file that is read from where the program runs': {
      ...python('', 'with Path("templates/a.html").open() as page:\n    PAGE = page.read()\n'),
      expect: [
        'warning Dockerfile:4:1 CMD runs app/main.py, where the code reads templates/a.html, but nothing brings it to /srv/templates/a.html in the image',
      ],
    },
    'a file that a function reads': {
      ...node('', 'app.get("/", async (_, res) => res.send(await fs.readFile("public/a.css")))\n'),
      expect: [
        'warning Dockerfile:3:1 CMD runs app.js, where the code reads public/a.css, but nothing brings it to /app/public/a.css in the image',
      ],
    },
    'a page that Express sends': {
      ...node('', 'app.get("/", (_, res) => res.sendFile(path.join(__dirname, "public", "a.css")))\n'),
      expect: [
        'warning Dockerfile:3:1 CMD runs app.js, where sendFile reads public/a.css, but nothing brings it to /app/public/a.css in the image',
      ],
    },
    'a file without which Go ends': {
      ...go(
        '',
        'package main\n\nimport "os"\n\nfunc main() {\n\tpage, err := os.ReadFile("templates/a.html")\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n}\n',
      ),
      expect: [
        'warning Dockerfile:7:1 CMD runs main.go, where the code reads templates/a.html, but nothing brings it to /app/templates/a.html in the image',
      ],
    },
    'a table of pandas': {
      ...python('', 'import pandas as pd\ndef rows():\n    return pd.read_csv("templates/a.html")\n'),
      expect: [
        'warning Dockerfile:4:1 CMD runs app/main.py, where the code reads templates/a.html, but nothing brings it to /srv/templates/a.html in the image',
      ],
    },
    'a page that a function answers with': {
      ...python(
        '',
        'import os\nBASE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))\ndef page():\n    return FileResponse(os.path.join(BASE, "templates", "a.html"))\n',
      ),
      expect: [
        'warning Dockerfile:4:1 CMD runs app/main.py, where FileResponse reads templates/a.html, but nothing brings it to /srv/templates/a.html in the image',
      ],
    },
    'a file that is opened by a path from os.path': {
      ...python(
        '',
        'import os\nBASE = os.path.dirname(os.path.dirname(__file__))\nwith open(os.path.join(BASE, "templates", "a.html")) as f:\n    page = f.read()\n',
      ),
      expect: [
        'warning Dockerfile:4:1 CMD runs app/main.py, where open reads templates/a.html, but nothing brings it to /srv/templates/a.html in the image',
      ],
    },
    'a path that a function puts together': {
      ...python(
        '',
        'def f():\n    root = Path(__file__).resolve().parent.parent\n    path = root / "templates" / "a.html"\n    return open(path).read()\n',
      ),
      expect: [
        'warning Dockerfile:4:1 CMD runs app/main.py, where the code reads templates/a.html, but nothing brings it to /srv/templates/a.html in the image',
      ],
    },
    'StaticFiles, and the project has no such folder': {
      ...python('', 'app.mount("/media", StaticFiles(directory="media"))\n'),
      expect: [
        'warning app/main.py:1:21 CMD runs app/main.py, where StaticFiles wants the folder media, and the project has none: the app stops when it starts',
      ],
    },
    'StaticFiles, and the module makes the folder': {
      ...python('', 'os.makedirs("templates", exist_ok=True)\napp.mount("/s", StaticFiles(directory="templates"))\n'),
      expect: [
        'warning Dockerfile:4:1 CMD runs app/main.py, where StaticFiles reads templates, but nothing brings it to /srv/templates in the image',
      ],
    },
    'StaticFiles, and another module makes the folder': {
      files: {
        ...python('', 'from app import folders\napp.mount("/s", StaticFiles(directory="templates"))\n').files,
        'app/folders.py': 'from pathlib import Path\nPath("templates").mkdir(exist_ok=True)\n',
      },
      expect: [
        'warning Dockerfile:4:1 CMD runs app/main.py, where StaticFiles reads templates, but nothing brings it to /srv/templates in the image',
      ],
    },
    'StaticFiles looks at once': {
      ...python('', 'app.mount("/static", StaticFiles(directory="templates"))\n'),
      expect: [
        'error Dockerfile:4:1 CMD runs app/main.py, where StaticFiles reads templates, but nothing brings it to /srv/templates in the image: the app stops when it starts',
      ],
    },
    'a folder above the module': {
      ...python(
        '',
        'BASE = Path(__file__).resolve().parent.parent\nt = Jinja2Templates(directory=str(BASE / "templates"))\n',
      ),
      expect: [
        'warning Dockerfile:4:1 CMD runs app/main.py, where Jinja2Templates reads templates, but nothing brings it to /srv/templates in the image',
      ],
    },
    'templates of Go': {
      ...go('', 'package main\nfunc main() {\n\tt := template.Must(template.ParseGlob("templates/*.html"))\n}\n'),
      expect: [
        'warning Dockerfile:7:1 CMD runs main.go, where html/template reads templates, but nothing brings it to /app/templates in the image',
      ],
    },
    'a folder of Go with a name that is only known then': {
      ...go(
        '',
        'package main\nfunc show(name string) {\n\tconst root = "./templates"\n\tt := template.Must(template.New(name).ParseFiles(path.Join(root, name)))\n}\nfunc main() { show("a.html") }\n',
      ),
      expect: [
        'warning Dockerfile:7:1 CMD runs main.go, where html/template reads templates, but nothing brings it to /app/templates in the image',
      ],
    },
    'a page beside those that are copied, and not beside the migrations': {
      files: {
        ...go(
          'COPY --from=b /src/home.html .\nCOPY --from=b /src/migrations ./migrations\n',
          'package main\nfunc all(w http.ResponseWriter, r *http.Request) {\n\thttp.ServeFile(w, r, "welcome.html")\n}\nfunc main() {}\n',
        ).files,
        'home.html': '',
        'welcome.html': '',
      },
      expect: [
        'warning Dockerfile:8:1 CMD runs main.go, where http.ServeFile reads welcome.html, but nothing brings it to /app/welcome.html in the image',
      ],
    },
    'what http.ServeFile of Go sends': {
      ...go(
        '',
        'package main\nfunc all(w http.ResponseWriter, r *http.Request) {\n\thttp.ServeFile(w, r, filepath.Join("templates", r.URL.Path))\n}\nfunc main() {}\n',
      ),
      expect: [
        'warning Dockerfile:7:1 CMD runs main.go, where http.ServeFile reads templates, but nothing brings it to /app/templates in the image',
      ],
    },
  },
})
