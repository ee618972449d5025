import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import {ignoredPaths} from '../../git/git.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {mayBring} from '../../image/may-hold.ts'
import {sourcesBeside} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands, textOf} from '../../processes/processes.ts'
import {nodeOfBase} from '../../toolchains/other-node.ts'
import {behindSettings} from './started-script.ts'

/** A file of variables that node is told to read when it starts, `--env-file=.env`, and cannot. */
export interface EnvFileFault {
  by: string
  at: FileLocation
  /** As the command names it, and in the image. */
  file: string
  path: string
  /** Of a node that does not know the option. */
  node: string | undefined
  /** The line of .dockerignore that keeps such a file out of every build. */
  rule: FileLocation | undefined
  /** git leaves it out: a fresh checkout has none. */
  isIgnored: boolean
}

export async function loadEnvFiles({reader}: Inputs, facts: FactStore): Promise<Fact<EnvFileFault[]>> {
  const [build, context, flyConfig, deploys, paths] = await Promise.all([
    facts.need('build'),
    facts.value('buildContext'),
    facts.value('flyConfig'),
    facts.value('deployCommands'),
    facts.value('files'),
  ])
  const {stage, files} = build.final
  const {started, scripts, texts} = await startedCommands(facts)
  const version = await nodeOfBase(stage, paths ?? noFiles, reader)
  const node = version !== undefined && isBefore(version) ? version : undefined
  const {mounts = [], files: laid = []} = flyConfig?.config ?? {}
  const found: EnvFileFault[] = []
  for (const {by, command, certain, folder} of started) {
    const words = behindSettings(command.words)
    const program = programOf({words: [...words]})
    const isNode = program === 'node'
    const file = certain && (isNode || program === 'tsx') ? envFileOf(words) : undefined
    if (file === undefined || folder === undefined || mayBeWritten(by)) continue
    const path = posix.resolve('/', folder, file)
    const common = {by, at: command.at, file, path}
    if (isNode && node !== undefined) {
      found.push({...common, node, rule: undefined, isIgnored: false})
      continue
    }
    const isMounted = mounts.some(({destination = ''}) => destination && isBelow(path, destination))
    if (
      files.get(path) ||
      mayBring(build.final, path) ||
      isMounted ||
      laid.some((each) => each.guest_path === path) ||
      isWritten(file)
    )
      continue
    const [source] = sourcesBeside(files, path)
    if (source === undefined || deploys?.makes(source)) continue
    const ignored = await ignoredPaths(reader.root, [source])
    const rule = context?.ruleAgainst(`/${source}`)
    found.push({...common, node: undefined, rule, isIgnored: ignored.has(source)})
  }
  return known(found)

  /** A script that is started before may make it. */
  function isWritten(file: string): boolean {
    const name = posix.basename(file)
    const others = [...texts.map(({text}) => text), ...scripts.map((each) => each.file.text)]
    return others.some((text) => text.includes(name) && /[>]|\b(?:cp|mv|ln|touch|tee|envsubst|writeFile)/.test(text))
  }

  /** Code that is started before, `prestart` for one, may write it; a program that only hands on, or migrates, does not. */
  function mayBeWritten(by: string): boolean {
    return started.some(
      ({by: other, command}) =>
        (other === by || other === 'ENTRYPOINT') &&
        !command.words.some((word) => word?.startsWith('--env-file')) &&
        !handsOn.test(textOf(command)),
    )
  }
}

const handsOn =
  /^(?:\S*\/)?(?:npm|pnpm|yarn|(?:npx |pnpm exec |yarn )?(?:prisma|drizzle-kit|knex|sequelize)|(?:ba|da)?sh|exec|cd|echo|printf|set|export|sleep|mkdir|chown|true|dumb-init|tini|docker-entrypoint\.sh)(?:\s|$)/

/** The option came with 20.6; what a tag says of its minor version decides, and `20` alone is a later one. */
function isBefore(version: string): boolean {
  const [major = 0, minor] = version.split('.').map(Number)
  return major < 20 || (major === 20 && minor !== undefined && minor < 6)
}

/** Of the options before the script, which alone are node's. */
function envFileOf([, ...words]: readonly (string | undefined)[]): string | undefined {
  for (const [index, word] of words.entries()) {
    if (word === undefined) return undefined
    const [, file] = /^--env-file=(.+)$/.exec(word) ?? []
    if (file !== undefined) return file
    if (word === '--env-file') return words[index + 1]
    const isValue = /^(?:-r|--require|--import|--loader|-C|--conditions)$/.test(words[index - 1] ?? '')
    if (!word.startsWith('-') && !isValue && !(index === 0 && word === 'watch')) return undefined
  }
  return undefined
}
