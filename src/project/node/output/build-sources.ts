/** The sources that a command of the build finds, where they are those of the project. */
import {posix} from 'node:path'
import type {Tracked} from '../../files/files.ts'
import {type BuildCommand, commandsBefore, mayRemove, mayRewrite} from '../../image/build-commands.ts'
import {originOf, unchangedAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'

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

/** Programs that write no sources, or only what they are asked for by name. */
const harmless = new Set(
  'npm pnpm yarn bun npx bunx corepack apt-get apt apk dnf yum rm rimraf mkdir chown chmod cd echo printf export set test [ : true ls cat pwd which env cross-env dotenv turbo tsc vue-tsc vite next eslint tailwindcss prisma adduser addgroup useradd groupadd usermod husky patch-package esbuild tsup nest remix astro react-router tsc-alias pip pip3 curl wget update-ca-certificates'.split(
    ' ',
  ),
)

/** Whether one of the commands may write sources that the repository does not have: a program of which nothing is known. */
export const mayWriteSources = (commands: readonly BuildCommand[]): boolean =>
  commands.some(
    (each) =>
      (!harmless.has(programOf(each) ?? '') && !isFollowed(each, commands)) || each.words.includes('run-script'),
  )

/** A program of the project, and what makes sources of something else. */
const mayGenerate = ({words}: BuildCommand): boolean =>
  /^(?:node|tsx|ts-node|bun|deno|python3?) (?:run )?\S+\.\w+(?: |$)|^(?!(?:npx )?prisma generate)(?:.{0,200}[\s:-])?(?:codegen|generate|gen|orval|kubb|openapi[\w-]*|protoc|buf)(?![\w.])/.test(
    words.join(' '),
  )
