import compiledAssets from '../../../checks/image/compiled-assets.ts'
import {testCheck} from '../../harness.ts'

interface Shape {
  lines?: string
  build?: string
  options?: object
  start?: string
  more?: Record<string, string>
}
const project = (
  source: string,
  {lines = '', build = 'tsc', options = {rootDir: 'src'}, start = 'dist/server.js', more = {}}: Shape = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:24-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n\nFROM node:24-slim\nWORKDIR /app\nCOPY --from=build /app/dist ./dist\n${lines}CMD ["node", "${start}"]\n`,
    'package.json': JSON.stringify({scripts: {build}}),
    'tsconfig.json': JSON.stringify({compilerOptions: {outDir: 'dist', ...options}}),
    'src/server.ts': source,
    'src/schema.sql': '',
    'src/views/home.ejs': '',
    'src/jobs/mail.ts': '',
    'public/index.html': '',
    ...more,
  },
})
const schema = "const schema = readFileSync(path.join(__dirname, 'schema.sql'))\n"
const views = "function views(app) {\n  app.set('views', path.join(__dirname, 'views'))\n}\n"

const nest = (assets: unknown[], name = 'schema.sql', other: unknown[] = [], options: object = {}) =>
  project(
    name === 'views' ? "const views = resolve(path.join(__dirname, 'views'))\n" : schema.replace('schema.sql', name),
    {
      build: 'nest build',
      start: 'dist/server',
      options: {},
      more: {'nest-cli.json': JSON.stringify({compilerOptions: {assets: [...assets, ...other], ...options}})},
    },
  )

const typeorm = (entities: string) =>
  `import {DataSource} from 'typeorm'\nexport const db = new DataSource({\n  type: 'postgres',\n  entities: ${entities},\n})\n`
const noEntity = (pattern: string) =>
  `warning src/server.ts:4:3 TypeORM finds no entity that node can load by ${pattern}: CMD runs what tsc writes to dist, which are files of JavaScript ("No metadata for … was found")`

testCheck(compiledAssets, {
  clean: {
    'entities of both endings': project(typeorm("[__dirname + '/**/*.entity{.ts,.js}']")),
    'entities of what tsc writes': project(typeorm("['dist/**/*.entity.js']")),
    'entities of both, one by one': project(typeorm("['src/**/*.ts', 'dist/**/*.js']")),
    'entities by name': project(typeorm('[User]')),
    'entities for one environment': project(typeorm("[process.env.TS ? 'src/**/*.ts' : 'dist/**/*.ts']")),
    'entities that Nest finds': project(
      "import {TypeOrmModule} from '@nestjs/typeorm'\nTypeOrmModule.forRoot({entities: ['src/**/*.ts'], autoLoadEntities: true})\n",
    ),
    'entities of another library': project("const options = {entities: ['src/**/*.ts']}\n"),
    'the build copies it': project(schema, {build: 'tsc && cp src/schema.sql dist/'}),
    'a COPY brings it': project(schema, {lines: 'COPY src/schema.sql dist/\n'}),
    'a RUN may bring it': project(schema, {lines: 'RUN cp -r /src/* dist/\n'}),
    'the code asks whether it is there': project(`if (existsSync(file)) {}\n${schema}`),
    'a folder of code is there': project("const jobs = path.join(__dirname, 'jobs')\n"),
    'a module of JSON is copied': project("const file = path.join(__dirname, 'a.json')\n", {
      options: {rootDir: 'src', resolveJsonModule: true},
      more: {'src/a.json': '{}'},
    }),
    'nobody has it': project("const file = path.join(__dirname, 'made.sql')\n"),
    'by the folder that the app runs in': project("const file = path.join(process.cwd(), 'src/schema.sql')\n"),
    'what is beside both': project("const pages = path.join(__dirname, '../public')\n", {
      lines: 'COPY public public\n',
    }),
    'for development': project(
      `if (process.env.NODE_ENV !== 'production') {\n  serve(path.join(__dirname, '../public'))\n}\n`,
    ),
    'a bundler': project(schema, {build: 'tsup'}),
    'what image/read-folder tells': project("app.use(express.static(path.join(__dirname, '../public')))\n"),
    'Nest copies the file': nest(['schema.sql']),
    'Nest copies the folder': nest([], 'views', ['views']),
    'Nest copies files of the folder': nest([], 'views', ['**/*.ejs']),
    'Nest, and all that is below': nest(['**/*']),
    'Nest, by braces': nest(['**/*.{sql,ejs}']),
    'Nest leaves some out, which is not read here': nest([{include: '**/*.sql', exclude: 'old/*'}]),
    'Nest to a folder that is named': nest([{include: '*.sql', outDir: 'dist'}]),
    'Nest with webpack': nest([], 'schema.sql', [], {webpack: true}),
  },
  flagged: {
    'entities of TypeScript alone': {
      ...project(typeorm("['src/**/*.entity.ts']")),
      expect: [noEntity('src/**/*.entity.ts')],
    },
    'entities of TypeScript beside the code': {
      ...project(typeorm("[join(__dirname, '**', '*.entity.ts')]").replace("'**', '*.entity.ts'", "'**/*.entity.ts'")),
      expect: [noEntity('**/*.entity.ts')],
    },
    'Nest, and no asset is named': {
      ...nest([]),
      expect: [
        'warning src/server.ts:1:29 this file reads src/schema.sql by its own folder, which is in dist when CMD runs it, and nothing brings it to /app/dist/schema.sql: the app stops when it starts',
      ],
    },
    'Nest, and the asset is another': {
      ...nest([], 'views', ['**/*.hbs', 'pages/**/*']),
      expect: [
        'warning src/server.ts:1:23 this file reads src/views by its own folder, which is in dist when CMD runs it, and nothing brings it to /app/dist/views',
      ],
    },
    'Nest to another folder': {
      ...nest([{include: 'schema.sql', outDir: 'dist/src'}]),
      expect: [
        'warning src/server.ts:1:29 this file reads src/schema.sql by its own folder, which is in dist when CMD runs it, and nothing brings it to /app/dist/schema.sql: the app stops when it starts',
      ],
    },
    'a file that is read at the start': {
      ...project(schema),
      expect: [
        'warning src/server.ts:1:29 this file reads src/schema.sql by its own folder, which is in dist when CMD runs it, and nothing brings it to /app/dist/schema.sql: the app stops when it starts',
      ],
    },
    'a folder, in a module that it imports': {
      ...project("import {views} from './app'\n", {more: {'src/app.ts': views}}),
      expect: [
        'warning src/app.ts:2:20 this file reads src/views by its own folder, which is in dist when CMD runs it, and nothing brings it to /app/dist/views',
      ],
    },
    'by the address of the module': {
      ...project("const schema = readFileSync(new URL('./schema.sql', import.meta.url))\n", {options: {}}),
      expect: [
        'warning src/server.ts:1:29 this file reads src/schema.sql by its own folder, which is in dist when CMD runs it, and nothing brings it to /app/dist/schema.sql: the app stops when it starts',
      ],
    },
    'a folder beside the sources': {
      ...project("const pages = path.join(__dirname, '../public')\n", {more: {'public/app.js': ''}}),
      expect: [
        'warning src/server.ts:1:15 this file reads public by its own folder, which is in dist when CMD runs it, and nothing brings it to /app/public',
      ],
    },
    'a folder that the depth of dist moves': {
      ...project("app.use(express.static(path.join(__dirname, '../public')))\n", {
        options: {rootDir: '.'},
        start: 'dist/src/server.js',
        lines: 'COPY public public\n',
      }),
      expect: [
        'warning src/server.ts:1:24 this file reads public by its own folder, which is in dist when CMD runs it, and nothing brings it to /app/dist/public',
      ],
    },
  },
})
