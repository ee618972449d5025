/** Files of settings that are programs: what starts by the name of a tool loads its own from the folder that it runs in. */
import {programOf} from '../../image/shell/command.ts'

/** Each tool with the words behind it, and the name of its file. */
const tools: readonly [tool: RegExp, verb: RegExp, stem: string][] = [
  [/^prisma$/, /^(?:migrate|db|push)$/, 'prisma.config'],
  [/^drizzle-kit$/, /^(?:migrate|db|push)$/, 'drizzle.config'],
  // loadConfig(PHASE_PRODUCTION_SERVER) in next's server; the server of the standalone output has its settings in it.
  [/^next$/, /^start$/, 'next.config'],
  // Nuxt 2 alone has this word.
  [/^nuxt(?:-ts)?$/, /^start$/, 'nuxt.config'],
  [/^vite$/, /^preview$/, 'vite.config'],
  [/^astro$/, /^preview$/, 'astro.config'],
  [/^knex$/, /^(?:migrate|seed):\w+$/, 'knexfile'],
]

const endings = ['ts', 'mts', 'js', 'mjs', 'cjs']

/** The file of settings that a command loads first of all, of those that are there; undefined where the words name another. */
export function loadedSettings(
  words: readonly (string | undefined)[],
  has: (name: string) => boolean,
): string | undefined {
  const starter = /^(?:npx|pnpx|bunx)$/.test(words[0] ?? '')
    ? 1
    : words[0] === 'pnpm' || words[0] === 'yarn'
      ? words[1] === 'exec'
        ? 2
        : 1
      : 0
  const [program, verb = '', ...rest] = words.slice(starter)
  const tool = programOf({words: [program]}) ?? ''
  const isBehindOption = (place: number) => rest[place - 1]?.startsWith('-')
  const isFolder = (word: string | undefined, place: number) =>
    word?.startsWith('-') === false && !isBehindOption(place)
  if (rest.some((word) => /^(?:--config|--knexfile|--cwd|-c$)/.test(word ?? ''))) return undefined
  // `next start apps/web`
  if (/^(?:next|nuxt|vite|astro)/.test(tool) && rest.some(isFolder)) return undefined
  const [, , stem] = tools.find(([name, verbs]) => name.test(tool) && verbs.test(verb)) ?? []
  return stem === undefined ? undefined : endings.map((ending) => `${stem}.${ending}`).find(has)
}
