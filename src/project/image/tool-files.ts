import type {Command} from './shell.ts'
import {programOf} from './shell.ts'

/** A file that a command reads: any one of these, relative to the folder that it runs in. */
export interface Read {
  files: readonly string[]
  /** What becomes of the command without it; undefined: it stops. */
  without?: string
  /** A folder above may have it too. */
  above?: boolean
  /** The command stops only where none of these is there either; else `without` is told. */
  unless?: readonly string[]
}

/** What a command is called in a message, and what it reads. */
export interface Reader {
  name: string
  reads: readonly Read[]
}

type Words = readonly string[]

const scripts = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts']
const config = (name: string, endings: Words = scripts) => endings.map((ending) => `${name}.${ending}`)
const defaults = 'goes on without it, with its defaults'
const styles: Read[] = [
  {files: config('postcss.config'), without: 'makes the styles without its plugins'},
  {files: config('tailwind.config'), without: 'makes the styles without what it sets'},
]

/** The value of a flag, in either spelling. */
function flag(words: Words, ...names: string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    const [name = '', value] = word.split(/=(.*)/s)
    if (names.includes(name)) return value ?? words[index + 1]
  }
  return undefined
}

/** The words that are no flags; what stands behind one of `valued` is its value. */
function plain(words: Words, valued: Words = []): string[] {
  return words.filter((word, index) => !word.startsWith('-') && !valued.includes(words[index - 1] ?? ''))
}

const named = (file: string | undefined): Read[] => (file ? [{files: [file]}] : [])
const either = (file: string | undefined, otherwise: Read): Read[] => (file ? named(file) : [otherwise])

/** Interpreters, with the flags whose value is no script. */
const interpreters = new Map<string, Words>([
  ['node', ['-r', '--require', '--import', '--loader', '--experimental-loader', '--env-file', '-C', '--conditions']],
  ['tsx', ['--tsconfig', '--env-file', '--import']],
  ['ts-node', ['-P', '--project', '-r', '--require', '-O', '--compiler-options']],
  ['php', ['-d', '-c']],
  ['ruby', ['-r', '-I']],
  ['bash', ['-o', '-O']],
  ['sh', ['-o']],
])

/** The script that an interpreter is given; a bare name may be something that it finds elsewhere. */
function script(program: string, words: Words): Read[] {
  if (words.some((word) => /^(-\w*[cepsm]|--eval|--print|--check|--test|--run|--watch)$/.test(word))) return []
  const file = plain(words, interpreters.get(program) ?? [])[0]
  if (!file || !/\.\w+$|\//.test(file)) return []
  return program === 'node' ? [{files: [file, `${file}.js`, `${file}/index.js`]}] : [{files: [file]}]
}

/** `tsc`, and what reads tsconfig.json as it does; given files it reads none. */
function tsc(words: Words): Read[] {
  if (words.some((word) => /^(--init|--version|-v|--help|-h|--all)$/.test(word))) return []
  const project = flag(words, '-p', '--project')
  if (project) return [{files: [project, `${project}/tsconfig.json`]}]
  const rest = plain(words, [
    '--outDir',
    '--target',
    '-t',
    '--module',
    '-m',
    '--rootDir',
    '--moduleResolution',
    '--jsx',
  ])
  if (words.some((word) => /^(-b|--build)$/.test(word))) {
    return rest.length > 0
      ? rest.map((each) => ({files: [each, `${each}/tsconfig.json`]}))
      : [{files: ['tsconfig.json']}]
  }
  return rest.length > 0 ? [] : [{files: ['tsconfig.json'], above: true}]
}

function vite(words: Words): Read[] {
  const [, folder] = plain(words, viteFlags)
  if (words[0] !== 'build' || folder) return []
  const given = flag(words, '--config', '-c')
  if (given) return [...named(given), ...styles]
  return [
    {files: config('vite.config'), without: defaults, ...(!words.includes('--ssr') && {unless: ['index.html']})},
    ...styles,
  ]
}
const viteFlags = [
  '--config',
  '-c',
  '--mode',
  '-m',
  '--outDir',
  '--base',
  '--ssr',
  '--logLevel',
  '-l',
  '--sourcemap',
  '--minify',
]

/** A program's own files, by its name, the words behind it told. Each stands in the documentation of the tool. */
const tools: Readonly<Record<string, (words: Words) => Read[]>> = {
  vite,
  tsc,
  'vue-tsc': tsc,
  'tsc-alias': tsc,
  next: ([verb, folder]) =>
    verb !== 'build' || (folder && !folder.startsWith('-'))
      ? []
      : [
          {files: ['app', 'pages', 'src/app', 'src/pages']},
          {files: config('next.config'), without: defaults},
          ...styles,
        ],
  nuxt: ([verb]) => (/^(build|generate)$/.test(verb ?? '') ? [{files: config('nuxt.config'), without: defaults}] : []),
  nuxi: (words) => tools.nuxt?.(words) ?? [],
  astro: ([verb]) => (verb === 'build' ? [{files: config('astro.config'), without: defaults}] : []),
  ng: ([verb]) => (verb === 'build' ? [{files: ['angular.json'], above: true}] : []),
  nest: (words) =>
    words[0] === 'build' ? either(flag(words, '-p', '--path'), {files: ['tsconfig.json', 'tsconfig.build.json']}) : [],
  'react-scripts': ([verb]) =>
    verb === 'build'
      ? [{files: ['public/index.html']}, {files: ['js', 'jsx', 'ts', 'tsx'].map((each) => `src/index.${each}`)}]
      : [],
  'vue-cli-service': ([verb]) => (verb === 'build' ? [{files: config('vue.config'), without: defaults}] : []),
  remix: ([verb]) => (verb === 'vite:build' ? [{files: config('vite.config')}] : []),
  'react-router': ([verb]) => (verb === 'build' ? [{files: config('vite.config')}, ...styles] : []),
  webpack: (words) => either(flag(words, '--config', '-c'), {files: config('webpack.config'), without: defaults}),
  rollup: (words) => {
    const index = words.findIndex((word) => /^(-\w*c|--config)$/.test(word))
    const next = words[index + 1]
    return index < 0 ? [] : either(next?.startsWith('-') ? undefined : next, {files: config('rollup.config')})
  },
  esbuild: (words) =>
    plain(words)
      .filter((word) => /^[\w./-]+\.[cm]?[jt]sx?$/.test(word))
      .map((file) => ({files: [file]})),
  parcel: ([verb, ...rest]) =>
    verb === 'build'
      ? plain(rest, ['--dist-dir', '--target', '--public-url', '-d']).map((file) => ({files: [file]}))
      : [],
  tailwindcss: (words) => [
    ...named(flag(words, '-i', '--input')?.replace(/^-$/, '')),
    ...either(flag(words, '-c', '--config'), styles[1] as Read),
  ],
  'graphql-codegen': (words) =>
    either(flag(words, '--config', '-c'), {
      files: config('codegen', ['ts', 'js', 'cjs', 'mjs', 'yml', 'yaml', 'json']),
    }),
  turbo: () => [{files: ['turbo.json', 'turbo.jsonc'], above: true}],
  lerna: () => [{files: ['lerna.json']}],
  gulp: () => [{files: config('gulpfile')}],
  grunt: () => [{files: config('Gruntfile', ['js', 'cjs', 'coffee', 'ts'])}],
  'patch-package': (words) => [
    {
      files: [flag(words, '--patch-dir') ?? 'patches'],
      without: 'finds no patches, so that the packages stay as they are published',
    },
  ],
  mkdocs: (words) =>
    words[0] === 'build' ? either(flag(words, '-f', '--config-file'), {files: ['mkdocs.yml', 'mkdocs.yaml']}) : [],
  trunk: ([verb]) => (verb === 'build' ? [{files: ['index.html']}] : []),
  make: (words) =>
    words.some((word) => /^-\w*[fC]|^--(file|makefile|directory)/.test(word))
      ? []
      : [{files: ['Makefile', 'makefile', 'GNUmakefile']}],
  rake: () => [{files: ['Rakefile', 'rakefile', 'Rakefile.rb'], above: true}],
  mvn: (words) => either(flag(words, '-f', '--file'), {files: ['pom.xml']}),
  mvnw: () => [{files: ['.mvn/wrapper/maven-wrapper.properties']}],
  gradlew: () => [
    {files: ['gradle/wrapper/gradle-wrapper.properties']},
    {files: ['gradle/wrapper/gradle-wrapper.jar']},
  ],
  dotnet: ([verb, ...rest]) =>
    /^(restore|build|publish|test)$/.test(verb ?? '')
      ? rest
          .filter((word) => /^[^-][^=]*\.(cs|fs|vb)proj$|^[^-][^=]*\.slnx?$/.test(word))
          .map((file) => ({files: [file.replaceAll('\\', '/')]}))
      : [],
  mix: ([task]) => mixReads.get(task ?? '') ?? [],
  chmod: (words) =>
    plain(words)
      .slice(1)
      .filter(isPlainPath)
      .map((file) => ({files: [file]})),
  cp: (words) =>
    plain(words)
      .slice(0, -1)
      .filter(isPlainPath)
      .map((file) => ({files: [file]})),
  mv: (words) =>
    plain(words)
      .slice(0, -1)
      .filter(isPlainPath)
      .map((file) => ({files: [file]})),
}

const isPlainPath = (word: string): boolean => /^[\w./@-]+$/.test(word)

/** esbuild and tailwind run in assets/, as Phoenix configures them. */
const mixReads = new Map<string, Read[]>([
  ['esbuild', [{files: ['assets']}]],
  ['tailwind', [{files: ['assets']}]],
  [
    'release',
    [
      {files: ['rel'], without: 'makes the release without its scripts, bin/server and bin/migrate among them'},
      {files: ['config/runtime.exs'], without: 'makes the release without what it sets when it starts'},
    ],
  ],
])

/** What a command of the build reads of the project; undefined for a program that is not known. */
export function toolReads(command: Pick<Command, 'words'>): Reader | undefined {
  const program = programOf(command)
  const [written = '', ...words] = command.words
  if (!program || words.includes(undefined)) return undefined
  const rest = words as string[]
  if (program === 'bundle' && rest[0] === 'exec') return toolReads({words: rest.slice(1)})
  const own = written.includes('/') && !written.startsWith('/') ? named(written) : []
  const bun = program === 'bun' && rest[0] === 'run' ? script('tsx', rest.slice(1)) : []
  const run = interpreters.has(program) || /^python[\d.]*$/.test(program) ? script(program, rest) : []
  const tool = Object.hasOwn(tools, program) ? (tools[program]?.(rest) ?? []) : []
  const reads = [...own, ...bun, ...run, ...tool]
  if (reads.length === 0) return undefined
  const verb = rest[0] && /^[a-z][\w:.-]*$/.test(rest[0]) ? ` ${rest[0]}` : ''
  return {
    name: own.length > 0 ? written : `${program}${bun.length + run.length > 0 ? ` ${plain(rest).at(-1)}` : verb}`,
    reads,
  }
}
