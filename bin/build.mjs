#!/usr/bin/env node
// Makes dist: the command line as one file, which node reads faster than two hundred, its help alone, and the library.
import {execFileSync} from 'node:child_process'
import {readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const made = join(root, 'dist.new')
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
}

/** Without what src loads on demand: that is no part of what prints the help, and seven eighths of the program. */
const withoutLoaded = {
  name: 'without-loaded',
  setup({onResolve}) {
    onResolve({filter: /^\./}, ({kind, path, importer}) =>
      kind === 'dynamic-import' && importer.startsWith(join(root, 'src')) ? {path, external: true} : undefined,
    )
  },
}
const program = (file, plugins) =>
  build({
    ...shared,
    entryPoints: ['src/main.ts'],
    format: 'cjs',
    outfile: join(made, file),
    plugins,
    // Half of a short run is reading what is compiled, and names are a good part of that.
    minify: true,
    define: {'import.meta.url': '__url'},
    banner: {js: "const __url = require('node:url').pathToFileURL(__filename).href;"},
  })

const results = await Promise.all([
  program('preflight.cjs', []),
  program('help.cjs', [withoutLoaded]),
  build({
    ...shared,
    entryPoints: ['src/preflight.ts', 'src/check.ts', 'src/testing/index.ts'],
    format: 'esm',
    splitting: true,
    outbase: root,
    outdir: made,
    chunkNames: 'chunks/[name]-[hash]',
    banner: {
      js: "import {createRequire as __createRequire} from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  }),
])
// In ASCII, one character is one byte, and node need not decode four megabytes.
const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
for (const file of ['preflight.cjs', 'help.cjs'].map((name) => join(made, name))) {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, escaped))
}
// Where oclif looks for the commands; they are those of the file that already runs: all, and each by itself.
writeFileSync(
  join(made, 'commands.cjs'),
  "const {commands} = (require.cache[require.resolve('./help.cjs')]?.exports ?? require('./preflight.cjs'))\n" +
    'module.exports = {commands}\n' +
    'for (const name in commands) module.exports[name] = {[name]: commands[name]}\n',
)
writeFileSync(join(made, 'licenses.txt'), licenses(results.flatMap(({metafile}) => Object.keys(metafile.inputs))))
// At once, so that nobody runs half of it.
rmSync(join(root, 'dist'), {recursive: true, force: true})
renameSync(made, join(root, 'dist'))
// For who installs the package; npm runs `prepare` last, so that no other script can add them.
if (/^(pack|publish)$/.test(process.env.npm_command ?? '')) {
  execFileSync('npx', ['tsc', '-p', 'src/tsconfig.types.json'], {cwd: root, stdio: 'inherit'})
}

/** The licences of all packages that are part of the files, which their licences ask for. */
function licenses(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []))
  return [...folders]
    .sort()
    .map((folder) => {
      const {name, version, license} = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
      const file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each))
      const text = file ? `\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n` : ''
      return `${name} ${version}: ${license}\n${text}`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}
