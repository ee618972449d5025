import {posix} from 'node:path'
import {parseLoosely} from '../../documents/json.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {FileTree} from '../../image/files/file-tree.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Started} from '../../processes/processes.ts'

/**
 * What `cross-env NODE_ENV=production node .` and `env A=1 node server.js` start; the words themselves where nothing like
 * that stands before them, or where it sets how node finds files.
 */
export function behindSettings(words: Words): Words {
  if (!/^(?:cross-env|cross-env-shell|env)$/.test(programOf({words: [...words]}) ?? '')) return words
  const start = words.findIndex((word, index) => index > 0 && !/^\w+=/.test(word ?? ''))
  const settings = words.slice(1, Math.max(start, 1))
  if (start < 0 || words[start]?.startsWith('-') || settings.some((word) => /^NODE_(?:OPTIONS|PATH)=/.test(word ?? '')))
    return words
  return words.slice(start)
}

type Words = readonly (string | undefined)[]

/** `node -r dotenv/config build/index.js`, and a server program with the file that it serves. */
export function startedScript({command}: Pick<Started, 'command'>): string | undefined {
  const all = behindSettings(command.words)
  const [first, ...words] = all
  const own = [...(first === 'npx' ? words : all)]
  const [, ...rest] = own
  if (!/^(?:node|react-router-serve|remix-serve)$/.test(programOf({words: own}) ?? '')) return undefined
  const index = rest.findIndex(
    (word, place) =>
      word === undefined || (!word.startsWith('-') && !/^(?:-r|--require|--import)$/.test(rest[place - 1] ?? '')),
  )
  return rest[index]
}

/** `bun dist/index.js`, `bun run dist/index.js`: without a flag that changes where it is looked for. */
export function bunScript({command}: Pick<Started, 'command'>): string | undefined {
  const [program, ...rest] = command.words
  if (program?.split('/').at(-1) !== 'bun') return undefined
  const [script] = (rest[0] === 'run' ? rest.slice(1) : rest).filter((word) => !/^--(?:bun|smol|hot)$/.test(word ?? ''))
  return script && /^[\w./-]+\/[\w.-]+\.[cm]?js$/.test(script) ? script : undefined
}

/** What bun takes for a file of JavaScript that is not there: a source of its name (tried with 1.3). */
export const sourcesOf = (path: string): string[] =>
  ['.ts', '.tsx', '.jsx', '.mts', '.cts'].map((ending) => path.replace(/\.[cm]?js$/, ending))

/** Flags by which node finds files in a way of its own; NODE_OPTIONS may hold them, too. */
const loaders =
  /^(?:-r|--require|--import|--loader|--experimental-(?!strip-types|transform-types)\S+|--es-module\S*|--conditions|-C|--preserve-symlinks\S*)\b/

/** `node --enable-source-maps server.js`; undefined where it is not plain what is started, and how. */
export function plainScript(started: Pick<Started, 'command'>): string | undefined {
  const script = plainWord(started)
  return script && hasEnding.test(script) ? script : undefined
}

const hasEnding = /\.[cm]?[jt]s$/

/** How many words stand before the program in `npx -y tsx`, `pnpm exec tsx`, `yarn tsx`. */
function runnerWords([first, second]: Words): number {
  if (first === 'npx' || first === 'bunx') return /^(?:-y|--yes)$/.test(second ?? '') ? 2 : 1
  return first === 'pnpm' || first === 'yarn' ? (second === 'exec' ? 2 : 1) : 0
}

/** What `npx tsx server.js` starts: tsx. */
export function behindRunner(words: Words): Words {
  const count = runnerWords(words)
  return words[count] === 'tsx' ? words.slice(count) : words
}

const translators =
  /^(?:tsx(?:\/(?:esm|cjs))?|ts-node\/(?:register(?:\/(?:transpile-only|files))?|esm)|@swc-node\/register|esbuild-register)$/
const preloads = /^(?:-r|--require|--import|--loader|--experimental-loader)$/

/**
 * `tsx FILE` for what runs a file of TypeScript as it stands in the same way: `node --import tsx FILE`, `ts-node FILE`; the
 * words themselves for all else, and where a flag is not known.
 */
export function asTsx(words: Words): Words {
  const own = behindSettings(words)
  const rest = own.slice(runnerWords(own))
  const program = programOf({words: [...rest]})
  if (program === 'ts-node' || program === 'ts-node-esm') {
    const start = rest.findIndex(
      (word, index) =>
        index > 0 && !/^(?:-T|--transpile-only|--esm|--files|--swc|-F|--ignoreDiagnostics)$/.test(word ?? ''),
    )
    return start > 0 && !rest[start]?.startsWith('-') ? ['tsx', ...rest.slice(start)] : words
  }
  if (program !== 'node' || !preloads.test(rest[1] ?? '') || !translators.test(rest[2] ?? '')) return words
  return rest[3]?.startsWith('-') === false ? ['tsx', ...rest.slice(3)] : words
}

function plainWord({command}: Pick<Started, 'command'>): string | undefined {
  const own = [...behindRunner(behindSettings(command.words))]
  const program = programOf({words: own}) ?? ''
  const [, ...rest] = own
  if (!/^(?:node|bun|tsx)$/.test(program) || rest.some((word) => loaders.test(word ?? ''))) return undefined
  const words = program === 'bun' && rest[0] === 'run' ? rest.slice(1) : rest
  const script = words.find((word) => !word?.startsWith('-'))
  return script && /^[\w@./-]+$/.test(script) ? script : undefined
}

/**
 * The same, as node finds it: `node dist/main` starts dist/main.js, `node .` what package.json names as `main`, or else
 * index.js (Module._findPath; so it is with `"type": "module"`, too).
 */
export async function foundScript(
  started: Pick<Started, 'command'>,
  workingDir: string,
  {files, reader}: {files: FileTree; reader: ProjectReader},
): Promise<string | undefined> {
  const word = plainWord(started)
  const program = programOf({words: [...behindSettings(started.command.words)]})
  if (word === undefined || hasEnding.test(word) || program !== 'node') return plainScript(started)
  const path = posix.resolve(workingDir, word)
  const held = files.get(path)
  if (held?.kind === 'file') return undefined
  if (held?.kind !== 'folder') return word.endsWith('/') ? undefined : `${word}.js`
  const entry = files.get(posix.join(path, 'package.json'))
  const manifest = entry?.kind === 'file' ? await reader.text(entry.source) : undefined
  const main = manifest && parseLoosely(manifest.text)?.main
  const named = typeof main === 'string' && main ? posix.join(path, main) : undefined
  const places = named === undefined ? [posix.join(path, 'index.js')] : [named, `${named}.js`, `${named}/index.js`]
  const found = places.find((each) => files.get(each)?.kind === 'file') ?? places[0]
  return found && hasEnding.test(found) ? found : undefined
}
