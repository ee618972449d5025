/** A Rails app whose ENTRYPOINT prepares the database for one command alone, where the machines start another one. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import {machineCommands} from '../image/machine-commands.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes/processes.ts'

export interface UnpreparedStart {
  by: string
  words: readonly string[]
  at: FileLocation
  /** bin/docker-entrypoint, and its condition. */
  script: string
  condition: FileLocation
  /** `./bin/rails server` */
  wanted: string
  /** `db:prepare` */
  task: string
}

const branch =
  /^[ \t]{0,60}if[ \t]{1,20}([^\n]{1,300}?)(?:;[ \t]{0,20}|\n[ \t]{0,60})then\b([\s\S]{1,1500}?)^[ \t]{0,60}(fi|else|elif)\b/gm
const migrates = /\bdb:(?:prepare|migrate|setup)\b/
const byHand =
  /(?:\bprod|deploy|\brelease|\bfly\b)[\s\S]{0,300}\bdb:(?:prepare|migrate|setup)|\bdb:(?:prepare|migrate|setup)[\s\S]{0,300}(?:\bprod|deploy|\brelease|\bfly\b)/i
const comparison =
  /^\[{1,2}[ \t]+(?:"\$([^"]{1,30})"|\$([^"\s]{1,30}))[ \t]+==?[ \t]+(?:"([^"$*?]{1,100})"|([^"\s$*?]{1,100}))[ \t]+\]{1,2}$/

export async function loadUnpreparedStarts({reader}: Inputs, facts: FactStore): Promise<Fact<UnpreparedStart[]>> {
  const [build, flyConfig, files = noFiles] = await Promise.all([
    facts.need('build'),
    facts.value('flyConfig'),
    facts.value('files'),
  ])
  if (flyConfig?.hasContainers || flyConfig?.config.deploy?.release_command) return known([])
  const {final} = build
  const commands = machineCommands(build, flyConfig)
  const entrypoint = commands.find(({by}) => by === 'ENTRYPOINT')
  const [program = '', ...more] = entrypoint?.words ?? []
  const entry = final.files.get(posix.resolve('/', final.config.workingDir, program))
  if (more.length > 0 || entry?.kind !== 'file' || !files.has(entry.source)) return known([])
  const app = posix.dirname(posix.dirname(entry.source))
  const migrations = files.under(posix.join(app, 'db/migrate'))
  const file = migrations.some((path) => path.endsWith('.rb')) ? await reader.text(entry.source) : undefined
  const match = [...(file?.text ?? '').matchAll(branch)].find(([, , inside = '']) => migrates.test(inside))
  const [whole, written = '', body = ''] = match ?? []
  const condition = written.trimEnd()
  const [task] = migrates.exec(body) ?? []
  if (!file || !match || whole === undefined || task === undefined) return known([])
  const rest = file.text.replace(whole, '')
  const asked = alternatives(condition)
  // Another way to them, and a script that takes the words before it compares them.
  if (!asked || migrates.test(rest) || /\b(?:shift|set --|getopts)\b/.test(file.text.slice(0, match.index)))
    return known([])
  const behind = commands.filter((each) => each !== entrypoint)
  if (behind.length === 0 || behind.some(({words}) => asked.some((all) => all.every((each) => each.holds(words)))))
    return known([])
  if (await runElsewhere()) return known([])
  const server = behind.find(({words}) => /\b(?:rails|puma|thrust|rackup|falcon|unicorn)\b/.test(words.join(' ')))
  if (!server) return known([])
  const wanted = asked.map((all) => all.map((each) => each.text).join(' ')).join(' or ')
  const start = match.index + whole.indexOf(condition)
  const place = file.span(start, start + condition.length)
  const {by, words, at} = server
  return known([{by, words, at, script: file.path, condition: place, wanted, task}])

  /** A command, a script or a workflow runs them in another way, or a page tells who deploys to do so. */
  async function runElsewhere(): Promise<boolean> {
    const {scripts} = await startedCommands(facts)
    const texts = [
      ...behind.map(({words}) => words.join(' ')),
      ...scripts.filter(({file: each}) => each.path !== file?.path).map(({file: each}) => each.text),
    ]
    if (texts.some((text) => migrates.test(text) || /\bfly:\w+/.test(text))) return true
    const others = [
      ...files.under('.github/workflows', 'bin', 'script', 'scripts', '.fly'),
      ...files.named('Makefile', 'justfile', 'Procfile'),
    ].filter((path) => path !== file?.path)
    const read = await reader.texts([...new Set(others)])
    if (read.some(({text}) => migrates.test(text) && /\bfly(?:ctl)?\b|\bdeploy|\brelease\b/i.test(text))) return true
    const pages = await reader.texts(files.in('.').filter((path) => /\.md$/i.test(path)))
    if (pages.some(({text}) => byHand.test(text))) return true
    const code = await reader.texts(files.under(posix.join(app, 'config')).filter((path) => path.endsWith('.rb')))
    return code.some(({text}) =>
      /\bMigrationContext\b|\bMigrator\b|\bDatabaseTasks\b|db:(?:prepare|migrate)/.test(text),
    )
  }
}

interface Asked {
  text: string
  holds(words: readonly string[]): boolean
}

/** What a condition asks of the arguments: of one of these lists all; undefined where it asks for anything else. */
function alternatives(condition: string): Asked[][] | undefined {
  const found: Asked[][] = []
  for (const each of condition.split('||')) {
    const all: Asked[] = []
    for (const part of each.split('&&')) {
      const [, quoted, plain, text, bare] = comparison.exec(part.trim()) ?? []
      const wanted = text ?? bare
      const value = argumentsOf((quoted ?? plain ?? '').replace(/^\{|\}$/g, ''))
      if (wanted === undefined || !value) return undefined
      all.push({text: wanted, holds: (words) => value(words) === wanted})
    }
    found.push(all)
  }
  return found
}

/** `1`, `*`, `@: -2:1` in the place of arguments. */
function argumentsOf(name: string): ((words: readonly string[]) => string) | undefined {
  if (/^[1-9]$/.test(name)) return (words) => words[Number(name) - 1] ?? ''
  if (/^[*@]$/.test(name)) return (words) => words.join(' ')
  const [, from, count] = /^[*@]:[ \t]?(?:-|\(-)(\d)\)?(?::(\d))?$/.exec(name) ?? []
  if (from === undefined) return undefined
  return (words) => {
    const start = words.length - Number(from)
    return start < 0 ? '' : words.slice(start, count === undefined ? undefined : start + Number(count)).join(' ')
  }
}
