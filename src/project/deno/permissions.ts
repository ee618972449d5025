/**
 * What a program of Deno is not allowed: it may use the network and variables only as the command says, and without a
 * terminal nobody is asked (docs.deno.com/runtime/fundamentals/security).
 */

import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {codeOf} from '../code/code.ts'
import {rootImage} from '../dockerfile/parse.ts'
import {isTable} from '../documents/document.ts'
import {parseLoosely} from '../documents/json.ts'
import {escapePattern} from '../escape-pattern.ts'
import {noFiles, type Tracked} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import {plainName} from '../image/base/base-images.ts'
import type {Build} from '../image/build.ts'
import {type Command, programOf} from '../image/shell/command.ts'
import {shellCommands} from '../image/shell/shell-commands.ts'
import type {Inputs} from '../inputs.ts'
import {importSpecifiers} from '../node/imports/import-specifiers.ts'

/** A permission that the started program needs at once and does not have. */
export interface MissingPermission {
  by: string
  at: FileLocation
  /** `main.ts`, and where it does what it may not. */
  script: string
  use: FileLocation
  /** `Deno.serve`. */
  call: string
  flag: '--allow-net' | '--allow-env' | '--unstable-kv' | '--unstable-cron'
  /** It stands at the top of the program, which does it in any case. */
  certain: boolean
}

const uses: readonly {flag: MissingPermission['flag']; short: string; top: RegExp; anywhere: RegExp}[] = [
  {
    flag: '--allow-net',
    short: 'N',
    top: /^(?:(?:export )?(?:const|let|var) [\w$]+ = |await )?(Deno\.(?:serve|listen))\(/m,
    anywhere: /\b(Deno\.(?:serve|listen))\(/,
  },
  {
    flag: '--allow-env',
    short: 'E',
    top: /^(?:export )?(?:const|let|var) [\w$]+ = (?:\w+\()?(Deno\.env\.(?:get|toObject))\(/m,
    anywhere: /(?!)/,
  },
]

/** What Deno has only where a flag, or `unstable` of deno.json, asks for it (docs.deno.com/runtime/reference/cli/unstable_flags). */
const unstable: readonly {flag: MissingPermission['flag']; name: string; call: string}[] = [
  {flag: '--unstable-kv', name: 'kv', call: 'Deno.openKv'},
  {flag: '--unstable-cron', name: 'cron', call: 'Deno.cron'},
]

/** How many braces are open behind a text. */
const depthOf = (text: string): number => text.split('{').length - text.split('}').length

/** More modules than these are not followed. */
const mostModules = 100

export async function loadDenoPermissions(inputs: Inputs, facts: FactStore): Promise<Fact<MissingPermission[]>> {
  const [[build, processes], flyConfig, files] = await Promise.all([
    facts.needAll('build', 'processes'),
    facts.value('flyConfig'),
    facts.value('files'),
  ])
  const {started} = processes.read
  const isDeno = /^denoland\/deno(?::|$)/.test(plainName(rootImage(build.final.stage) ?? ''))
  const tracked = files ?? noFiles
  const found: MissingPermission[] = []
  for (const {by, command, certain, folder} of started) {
    if (!certain || folder === undefined) continue
    for (const words of await denoCommands(command, folder, by === 'CMD' && isDeno)) {
      const given = permissionsOf(words)
      const path = given && sourceOf(build, posix.resolve(folder, given.script), tracked)
      const file = await inputs.reader.text(path)
      const code = file && codeOf(file)
      if (!given || !file || !code) continue
      for (const {flag, short, top, anywhere} of uses) {
        const match = top.exec(code.text) ?? anywhere.exec(code.text)
        if (!match || given.flags.some((each) => allows(each, flag, short))) continue
        const call = match[1] as string
        const start = match.index + match[0].indexOf(call)
        const isTop = top.test(code.text)
        found.push({
          by,
          at: command.at,
          script: given.script,
          use: file.span(start, start + call.length),
          call,
          flag,
          certain: isTop,
        })
      }
      // DENO_UNSTABLE_KV and the like may stand in for the flags.
      const variables = [...build.final.config.env.keys(), ...Object.keys(flyConfig?.config.env ?? {})]
      if (variables.some((name) => name.startsWith('DENO_UNSTABLE'))) continue
      if (given.flags.some((each) => /^--unstable$|^--(?:permission-set|config)(?:=|$)|^-c$/.test(each))) continue
      for (const {flag, name, call} of unstable) {
        const used = given.flags.includes(flag) || (await asksFor(name)) ? undefined : await useOf(call, file.path)
        if (used) found.push({by, at: command.at, script: given.script, call, flag, ...used})
      }
    }
  }
  return known(found)

  /** Where a program calls it, in the modules that it surely loads. */
  async function useOf(call: string, script: string): Promise<Pick<MissingPermission, 'use' | 'certain'> | undefined> {
    const modules = new Set([script])
    let found: Pick<MissingPermission, 'use' | 'certain'> | undefined
    for (const path of modules) {
      const file = modules.size > mostModules ? undefined : await inputs.reader.text(path)
      const code = file && codeOf(file)
      if (!file || !code) continue
      for (const {text, isDynamic} of importSpecifiers(file.text)) {
        const next = posix.join(posix.dirname(path), text)
        if (!isDynamic && /^\.{1,2}\//.test(text) && tracked.has(next)) modules.add(next)
      }
      // `Deno.openKv?.(…)`, `if (Deno.openKv)` and `"openKv" in Deno` ask first, and `Deno.openKv = …` brings it.
      if (new RegExp(`\\b${escapePattern(call)}(?!\\()|\\bin\\s+Deno\\b`).test(code.text)) return undefined
      const {bare} = code
      const index = bare.search(new RegExp(`\\b${escapePattern(call)}\\(`))
      if (index < 0) continue
      const top = new RegExp(
        `^(?:(?:export )?(?:const|let|var) [\\w$]+(?:: [\\w.]+)? = )?(?:await )?${escapePattern(call)}\\(`,
        'm',
      )
      const isOutside = depthOf(bare.slice(0, bare.search(top))) === 0
      const certain = top.test(bare) && isOutside
      if (!found || (certain && !found.certain)) found = {use: file.span(index, index + call.length), certain}
    }
    return found
  }

  /** What a configuration of the project asks for: of several it is not looked for the one that counts. */
  async function asksFor(name: string): Promise<boolean> {
    const files = await inputs.reader.texts(tracked.named('deno.json', 'deno.jsonc'))
    return files.some(({text}) => {
      const value = parseLoosely(text)?.unstable
      return Array.isArray(value) && value.includes(name)
    })
  }

  /** The commands of deno itself, those of its tasks among them. */
  async function denoCommands(command: Command, folder: string, isSubcommand: boolean): Promise<string[][]> {
    // The image's entry point puts deno before what is none of the system's programs.
    const words =
      isSubcommand && /^(?:run|task)$/.test(command.words[0] ?? '') ? ['deno', ...command.words] : command.words
    if (programOf({words}) !== 'deno' || words.includes(undefined)) return []
    const [, verb, name, more] = words as string[]
    if (verb !== 'task') return [words as string[]]
    const task = more === undefined && name !== undefined ? await taskOf(name, folder) : undefined
    const inside =
      task === undefined
        ? []
        : (shellCommands(
            task,
            () => undefined,
            () => command.at,
          ) ?? [])
    return inside.flatMap((each) =>
      programOf(each) === 'deno' && !each.conditional && !each.words.includes(undefined) && each.words[1] !== 'task'
        ? [each.words as string[]]
        : [],
    )
  }

  async function taskOf(name: string, folder: string): Promise<string | undefined> {
    const paths = ['deno.json', 'deno.jsonc'].flatMap(
      (each) => sourceOf(build, posix.join(folder, each), tracked) ?? [],
    )
    const file: TextFile | undefined = await inputs.reader.text(paths[0])
    const tasks = parseLoosely(file?.text ?? '')?.tasks
    const task = isTable(tasks) && Object.hasOwn(tasks, name) ? tasks[name] : undefined
    const text = isTable(task) ? task.command : task
    return typeof text === 'string' ? text : undefined
  }
}

/** The file of the project that lies in the image under a path. */
function sourceOf({final}: Build, path: string, tracked: Tracked): string | undefined {
  const entry = final.files.get(path)
  return entry?.kind === 'file' && tracked.has(entry.source) ? entry.source : undefined
}

/** The flags of `deno run` before its script; deno serve may use the network as it is. */
function permissionsOf([, verb, ...rest]: readonly string[]): {flags: string[]; script: string} | undefined {
  if (verb !== 'run') return undefined
  const index = rest.findIndex((word) => !word.startsWith('-'))
  const script = rest[index]
  return script !== undefined && /\.[cm]?[jt]sx?$/.test(script) ? {flags: rest.slice(0, index), script} : undefined
}

/** A set of permissions of deno.json is not followed. A list behind the flag is taken for the right one. */
const allows = (word: string, flag: string, short: string): boolean =>
  /^--(?:allow-all|permission-set)(?:=|$)/.test(word) ||
  word.split('=')[0] === flag ||
  (/^-[A-Za-z]/.test(word) && new RegExp(`[${short}AP]`).test(word.split('=')[0] ?? ''))
