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
