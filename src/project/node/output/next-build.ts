/** `next build`, as it checks the sources once it has compiled them. */
import type {BuildCommand} from '../../image/build-commands.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Project} from './tsconfig.ts'

/** With no more words than say which compiler it takes: others may leave the checks out. */
export function isNextBuild(command: BuildCommand): boolean {
  const words = [programOf(command), ...command.words.slice(1)]
  return words.every((word) => word !== undefined) && /^next build(?: --turbo(?:pack)?)?$/.test(words.join(' '))
}

const configs = ['ts', 'mjs', 'js', 'cjs', 'mts'].map((ending) => `next.config.${ending}`)

/** Whether settings of Next.js may speak of a word: a part of them may come from elsewhere. */
export async function nextMaySet(word: RegExp, {reader, paths}: Project): Promise<boolean> {
  const texts = await reader.texts(paths.named(...configs))
  return texts.some(({text}) => word.test(text) || /\.\.\./.test(text))
}
