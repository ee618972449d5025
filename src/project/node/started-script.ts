import {programOf} from '../image/shell.ts'
import type {Started} from '../processes.ts'

/** `node -r dotenv/config build/index.js`, and a server program with the file that it serves. */
export function startedScript({command}: Pick<Started, 'command'>): string | undefined {
  const [first, ...words] = command.words
  const own = first === 'npx' ? words : command.words
  const [, ...rest] = own
  if (!/^(?:node|react-router-serve|remix-serve)$/.test(programOf({words: own}) ?? '')) return undefined
  const index = rest.findIndex(
    (word, place) =>
      word === undefined || (!word.startsWith('-') && !/^(?:-r|--require|--import)$/.test(rest[place - 1] ?? '')),
  )
  return rest[index]
}

/** Flags by which node finds files in a way of its own; NODE_OPTIONS may hold them, too. */
const loaders =
  /^(?:-r|--require|--import|--loader|--experimental-(?!strip-types|transform-types)\S+|--es-module\S*|--conditions|-C|--preserve-symlinks\S*)\b/

/** `node --enable-source-maps server.js`; undefined where it is not plain what is started, and how. */
export function plainScript({command}: Pick<Started, 'command'>): string | undefined {
  const [, ...rest] = command.words
  if (!/^(?:node|bun|tsx)$/.test(programOf(command) ?? '') || rest.some((word) => loaders.test(word ?? '')))
    return undefined
  const words = programOf(command) === 'bun' && rest[0] === 'run' ? rest.slice(1) : rest
  const script = words.find((word) => !word?.startsWith('-'))
  return script && /^[\w@./-]+\.[cm]?[jt]s$/.test(script) ? script : undefined
}
