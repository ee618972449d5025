import {either, flag, named, plain, type Read, type Tools, type Words} from '../shell/tool-words.ts'

const scripts = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts']
const config = (name: string, endings: Words = scripts) => endings.map((ending) => `${name}.${ending}`)
const defaults = 'goes on without it, with its defaults'
const styles: Read[] = [
  {files: config('postcss.config'), without: 'makes the styles without its plugins'},
  {files: config('tailwind.config'), without: 'makes the styles without what it sets'},
]

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

/** Where Prisma looks for the schema, unless --schema, package.json or prisma.config.ts say another place. */
function prisma([verb, ...words]: Words): Read[] {
  const asks =
    /^(?:generate|validate|format)$/.test(verb ?? '') || /^(?:migrate deploy|db push)/.test(`${verb} ${words[0]}`)
  if (!asks || words.some((word) => word.startsWith('--config'))) return []
  return either(flag(words, '--schema'), {files: ['prisma/schema.prisma', 'schema.prisma', 'prisma/schema']})
}

/** Without --config in the folder that it runs in; what is told all by flags asks for none. */
function drizzle([verb, ...words]: Words): Read[] {
  const asks =
    /^(?:generate|migrate|push)$/.test(verb ?? '') && !words.some((word) => /^--(?:dialect|help)\b/.test(word))
  return asks ? either(flag(words, '--config'), {files: config('drizzle.config', [...scripts, 'json'])}) : []
}

const nuxt = ([verb]: Words): Read[] =>
  /^(build|generate)$/.test(verb ?? '') ? [{files: config('nuxt.config'), without: defaults}] : []

/** The tools of JavaScript. What each reads stands in its documentation. */
export const javascriptTools: Tools = {
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
  nuxt,
  nuxi: nuxt,
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
  prisma,
  'drizzle-kit': drizzle,
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
}
