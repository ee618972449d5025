/** Tools of JavaScript that write where a word of the command says: a path without a / in front is below their folder. */
import {posix} from 'node:path'
import {isBelow} from '../files/image-path.ts'
import {flagValue, type OutputRule} from './output.ts'

type Words = readonly (string | undefined)[]

/** The folder that pnpm.io, "pnpm deploy", calls the target directory: the last word. */
function deployed(words: Words): string | undefined {
  const verb = words.indexOf('deploy')
  const target = words.at(-1)
  const isTold = verb > 0 && words.length > verb + 1 && !words.slice(verb).includes(undefined)
  return isTold && target && !target.startsWith('-') ? target : undefined
}

/** Scripts of the project write into its folders, and beside them only what they are told to. */
const harmless = /^\s*(?:[A-Z_]+=\S*\s+){0,9}(?:pnpm|npm|npx|yarn|bun|bunx|corepack|turbo|deno)\b/

const toldPlace = (tool: string, builds: RegExp, target: (words: Words) => string | undefined): OutputRule => ({
  tool,
  builds,
  harmless,
  wanted: /\/[^/*]+\/?$/,
  ownFolder: false,
  async made({words, folder}, wanted) {
    const written = target(words)
    // Below the folder of the command other programs write, too.
    if (written === undefined || !/^[\w./@-]+$/.test(written) || isBelow(wanted, folder)) return undefined
    const path = posix.resolve(folder, written)
    const because = `as ${written} says`
    // What lies in it is there as well: /out/dist is meant as that of ./out.
    const parts = wanted.replace(/\/$/, '').split('/')
    const place = posix.join(path, ...parts.slice(parts.indexOf(posix.basename(path)) + 1 || parts.length))
    return {folder: posix.dirname(place), names: [posix.basename(place)], because, alone: true, likely: true}
  },
})

export const toldPlaces: readonly OutputRule[] = [
  toldPlace('pnpm deploy', /^pnpm (?:\S{1,200} ){0,20}deploy(?= |$)/, deployed),
  toldPlace('bun build', /^bun build\b/, (words) => flagValue(words, '--outfile', '--outdir')),
  toldPlace('deno compile', /^deno compile\b/, (words) => flagValue(words, '-o', '--output')),
]
