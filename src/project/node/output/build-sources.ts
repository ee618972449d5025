/** The sources that a command of the build finds, where they are those of the project. */
import {posix} from 'node:path'
import type {Tracked} from '../../files.ts'
import {type BuildCommand, commandsBefore, mayRemove, mayRewrite} from '../../image/build-commands.ts'
import {originOf, unchangedAt} from '../../image/moment.ts'

export interface BuildSources {
  /** The folder of the project that it runs in, as the image has it: `` for the top. */
  origin: string
  /** Whether a file of the project stands there as it is in the repository. */
  has(path: string): boolean
}

/** undefined where something before the command may write other sources, or it cannot be told where it runs. */
export function buildSources(
  commands: readonly BuildCommand[],
  index: number,
  paths: Tracked,
): BuildSources | undefined {
  const command = commands[index]
  const origin = command && originOf(command.moment, command.folder, paths)
  if (!command || origin === undefined) return undefined
  const before = commandsBefore(commands, index)
  if (mayRewrite(before) || before.some((each) => mayGenerate(each) && !isFollowed(each, before))) return undefined
  const has = (path: string) => {
    const place = posix.resolve(command.folder, posix.relative(origin, path))
    return unchangedAt(command, place, paths) === path && !mayRemove(before, place)
  }
  return {origin, has}
}

/** A script of package.json whose own commands are among them. */
const isFollowed = ({words: [manager], at}: BuildCommand, commands: readonly BuildCommand[]): boolean =>
  /^(?:npm|pnpm|yarn)$/.test(manager ?? '') && commands.some((inner) => inner.by !== undefined && inner.at === at)

/** A program of the project, and what makes sources of something else. */
const mayGenerate = ({words}: BuildCommand): boolean =>
  /^(?:node|tsx|ts-node|bun|deno|python3?) (?:run )?\S+\.\w+(?: |$)|^(?!(?:npx )?prisma generate)(?:.{0,200}[\s:-])?(?:codegen|generate|gen|orval|kubb|openapi[\w-]*|protoc|buf)(?![\w.])/.test(
    words.join(' '),
  )
