/** `next build`, as it checks the sources once it has compiled them. */
import type {BuildCommand} from '../../image/build-commands.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Project} from './tsconfig.ts'

/** Whether `next build` surely ends in the making of its static pages. */
export function makesPages(command: BuildCommand): boolean {
  const words = [programOf(command), ...command.words.slice(1)]
  const isKnown = !command.conditional && command.decisive && words.every((word) => word !== undefined)
  return isKnown && /^next build\b(?!.*--(?:experimental|help|profile))/.test(words.join(' '))
}

/** And whether it checks the sources before, which further words may switch off. */
export const checksSources = (command: BuildCommand): boolean =>
  makesPages(command) && command.words.slice(2).every((word) => /^--turbo(?:pack)?$/.test(word ?? ''))

const configs = ['ts', 'mjs', 'js', 'cjs', 'mts'].map((ending) => `next.config.${ending}`)

/** Whether settings of Next.js may speak of a word: a part of them may come from elsewhere. */
export async function nextMaySet(word: RegExp, {reader, paths}: Project): Promise<boolean> {
  const texts = await reader.texts(paths.named(...configs))
  return texts.some(({text}) => word.test(text) || /\.\.\./.test(text))
}
