import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'

/** Whether a package is known to the project, or may come along with one that is. */
export interface KnownPackages {
  has(name: string): boolean
  /** Lock files say what comes along; without one, that a package is absent is likely at best. */
  isLocked: boolean
}

const bundlers = [
  'vite',
  'webpack',
  'babel',
  'next',
  'nuxt',
  'astro',
  'vue',
  'craco',
  'rspack',
  'rsbuild',
  'rollup',
  'quasar',
]

/** Every package that a package.json or a lock file of the project names, and every alias of tsconfig.json. */
export async function knownPackages(reader: ProjectReader, paths: Files): Promise<KnownPackages> {
  const configurations = bundlers.map((tool) => `${tool}.config.`)
  const wanted = [
    ...paths.named(
      'package.json',
      'package-lock.json',
      'npm-shrinkwrap.json',
      'yarn.lock',
      'pnpm-lock.yaml',
      'bun.lock',
    ),
    // `importMap` of deno.json names a file of its own.
    ...paths.named('deno.json', 'deno.jsonc', 'import_map.json', 'importmap.json', 'import-map.json', '.babelrc'),
    // Rails pins there what the browser fetches, from a gem or from elsewhere; Phoenix bundles that of its dependencies.
    ...paths.named('importmap.rb', 'mix.exs'),
    // `RUN npm install tsx`.
    ...paths.beginning('Dockerfile'),
    ...paths.beginning('jsconfig', 'tsconfig').filter((path) => path.endsWith('.json')),
    ...paths.beginning(...configurations),
    // Where webpacker of Rails and older templates have it.
    ...paths.ending('.js', '.ts').filter((path) => /(?:^|\/)(?:config\/webpack|webpack)\/[^/]+$/.test(path)),
  ].sort()
  const texts = await Promise.all(wanted.map(async (path) => (await reader.text(path))?.text ?? ''))
  texts.push(...(await reader.texts(paths.ending('.prisma'))).map(({text}) => madeByPrisma(text)))
  const isLocked = wanted.some((path) => /lock(\.json|\.yaml)?$|shrinkwrap/.test(path))
  // A name is imported by many files, and a lock file is long.
  const found = new Map<string, boolean>()
  const isNamed = (name: string) => {
    const known = found.get(name) ?? texts.some((text) => names(text, name) || aliases(text, name))
    found.set(name, known)
    return known
  }
  // A lock file that is no text, a page that says where the browser finds packages: nothing is known.
  const isUnknown = !isLocked && (paths.named('bun.lockb').length > 0 || (await hasImportMap(reader, paths)))
  const declared = isLocked ? [] : texts.flatMap(wordsOfNames)
  return {isLocked, has: (name) => isUnknown || isNamed(name) || (!isLocked && mayComeAlong(name, declared))}
}

/**
 * Generators of Prisma write packages into node_modules: where `output` says, and that of type-graphql, without one, where its
 * own default is (typegraphql-prisma, cli/prisma-generator.ts).
 */
const madeByPrisma = (schema: string): string =>
  [
    ...(schema.match(/^\s{0,20}output\s{0,50}=[^\n]{0,300}node_modules\/[^\n]{1,200}$/gm) ?? []),
    /"typegraphql-prisma"|node_modules\/typegraphql-prisma/.test(schema) ? '"@generated/type-graphql"' : '',
  ].join('\n')

async function hasImportMap(reader: ProjectReader, paths: Files): Promise<boolean> {
  const pages = await reader.texts(paths.ending('.html', '.ejs', '.hbs', '.liquid').slice(0, mostPages))
  return pages.some(({text}) => /\bimportmap\b/.test(text))
}
const mostPages = 200

/** Parts of the names that stand in quotes: `react`, `router` of `"@acme/react-router"`. */
const wordsOfNames = (text: string): string[] =>
  [...text.matchAll(/"(@?[a-z][\w./-]{0,100})"/gi)].flatMap(([, name = '']) => partsOf(name))

const partsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((part) => part.length > 2)

/** Packages that hundreds of others bring, so that many count on them without a word. */
const common = new Set(
  (
    'tslib debug semver lodash chalk uuid glob yargs rxjs postcss typescript csstype history clsx classnames qs ws ms ' +
    'node-fetch form-data mime mime-types body-parser cookie yaml js-yaml scheduler undici buffer events util process ' +
    'stream-browserify prop-types tiny-invariant isbot cross-fetch graphql iconv-lite react react-dom react-is ' +
    'esbuild rollup vite acorn magic-string estree-walker source-map picocolors zod ajv express fastify commander ' +
    'dotenv inherits safe-buffer bytes ip picomatch micromatch minimatch rimraf mkdirp nanoid cheerio axios follow-redirects ' +
    'mongodb bson joi validator gaxios lit engine.io moment jws jwa node-addon-api multer path-to-regexp send retry async ' +
    'bluebird redux reselect immer eventemitter3 lru-cache tough-cookie htmlparser2 entities highlight.js prismjs h3 ofetch ' +
    'ufo defu pathe consola unified vfile bn.js long protobufjs sharp busboy joycon punycode readable-stream tar ini'
  ).split(' '),
)
/** … and families of packages, of which one brings the others. */
const families =
  /^(?:@types\/|@babel\/|@codemirror\/|@lezer\/|@floating-ui\/|@opentelemetry\/|@smithy\/|@vue\/|d3-|prosemirror-|rehype|remark|unist-|mdast-|hast-|micromark|lodash|google-|p-[a-z]|is-[a-z]|fast-|es-)/

/** Without a lock file: what many bring, types, and what is called like something that the project names. */
const mayComeAlong = (name: string, declared: readonly string[]): boolean =>
  common.has(name) || families.test(name) || partsOf(name).some((part) => declared.includes(part))

/** `"@main/*": ["./src/(main)/*"]` of tsconfig.json, `'@main': …` of a bundler. */
function aliases(text: string, name: string): boolean {
  const [scope] = name.split('/')
  return (
    name.startsWith('@') &&
    [`"${scope}/*"`, `'${scope}/*'`, `"${scope}"`, `'${scope}'`].some((each) => text.includes(each))
  )
}

/** Whether a text has the name by itself: not as a part of `polaris-types`. */
function names(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + name.length]]
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true
  }
  return false
}
