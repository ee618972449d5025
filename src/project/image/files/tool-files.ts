import {javascriptTools} from '../programs/javascript-tools.ts'
import {type Command, programOf} from '../shell/command.ts'
import {either, flag, named, plain, type Read, type Tools, type Words} from '../shell/tool-words.ts'
import {goTargets} from './go-words.ts'

/** What a command is called in a message, and what it reads. */
export interface Reader {
  name: string
  reads: readonly Read[]
}

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
  const file = plain(words, interpreters.get(program) ?? [])[0]
  if (!file || !/\.\w+$|\//.test(file)) return []
  // What stands behind the script is the script's: `node build.mjs --check`.
  const flags = words.slice(0, words.indexOf(file))
  if (flags.some((word) => /^(-\w*[cepsm]|--eval|--print|--check|--test|--run|--watch)$/.test(word))) return []
  return program === 'node' ? [{files: [file, `${file}.js`, `${file}/index.js`]}] : [{files: [file]}]
}

/** A program's own files, by its name, the words behind it told. Each stands in the documentation of the tool. */
const tools: Tools = {
  ...javascriptTools,
  mkdocs: (words) =>
    words[0] === 'build' ? either(flag(words, '-f', '--config-file'), {files: ['mkdocs.yml', 'mkdocs.yaml']}) : [],
  trunk: ([verb]) => (verb === 'build' ? [{files: ['index.html']}] : []),
  make: (words) =>
    words.some((word) => /^-\w*[fC]|^--(file|makefile|directory)/.test(word))
      ? []
      : [{files: ['Makefile', 'makefile', 'GNUmakefile']}],
  rake: () => [{files: ['Rakefile', 'rakefile', 'Rakefile.rb'], above: true}],
  mvn: (words) =>
    words.some((word) => mavenPhases.test(word)) && !words.some((word) => /^(?:-v|--version|-h|--help)$/.test(word))
      ? either(flag(words, '-f', '--file'), {files: ['pom.xml']})
      : [],
  mvnw: () => [{files: ['.mvn/wrapper/maven-wrapper.properties']}],
  gradlew: () => [
    {files: ['gradle/wrapper/gradle-wrapper.properties']},
    {files: ['gradle/wrapper/gradle-wrapper.jar']},
  ],
  dotnet: ([verb, ...rest]) =>
    /^(restore|build|publish|test)$/.test(verb ?? '')
      ? plain(rest, ['--configfile', '--settings', '-s', '-o', '--output'])
          .filter((word) => /^[^-][^=]*\.(cs|fs|vb)proj$|^[^-][^=]*\.slnx?$/.test(word))
          .map((file) => ({files: [file.replaceAll('\\', '/')]}))
      : [],
  go: ([verb, ...rest]) =>
    /^(build|install|run)$/.test(verb ?? '') && !rest.some((word) => /^-(?:C|overlay|modfile)/.test(word))
      ? goFolders(goTargets(verb, rest))
      : [],
  mix: ([task]) => mixReads.get(task ?? '') ?? [],
  chmod: (words) =>
    plain(words)
      .slice(1)
      .filter(isPlainPath)
      .map((file) => ({files: [file]})),
  cat: (words) =>
    plain(words)
      .filter(isPlainPath)
      .map((file) => ({files: [file]})),
  ls: (words) =>
    plain(words)
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

/** What asks for a project; `archetype:generate` and `dependency:get` do not. */
const mavenPhases =
  /^(?:clean|validate|compile|test|package|verify|install|deploy|(?:process|generate|test)-[a-z-]+|dependency:(?:go-offline|resolve[\w-]*|copy-dependencies))$/

/** The folders of packages that are named: `./cmd/shop`. */
const goFolders = (words: Words): Read[] =>
  words.filter((word) => /^\.{1,2}\/[\w./-]*\w$/.test(word)).map((file) => ({files: [file]}))

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
      {files: ['priv/repo/migrations'], without: 'makes the release without its migrations, so that none is run'},
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
  const [started] = [...bun, ...run]
  const verb = rest[0] && /^[a-z][\w:.-]*$/.test(rest[0]) ? ` ${rest[0]}` : ''
  return {
    name: own.length > 0 ? written : `${program}${started ? ` ${started.files[0]}` : verb}`,
    reads,
  }
}
