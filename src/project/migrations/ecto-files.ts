/** Files of priv/repo/migrations that Ecto refuses, or passes over. */
import {posix} from 'node:path'
import type {FileLocation, Location} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {groupBy} from '../../group-by.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

export interface EctoFileFault {
  /**
   * Two files with one version or one name; two that define one module; `ex`: the ending of a file that is passed over.
   * `option`: what a foreign key is told to do is none of what Ecto knows.
   */
  kind: 'version' | 'name' | 'module' | 'ex' | 'option'
  what: string
  at: FileLocation
  others: FileLocation[]
  by: string | undefined
  command: Location[]
}

/** Words of SQL, Rails and Django; `references` takes :nothing, :delete_all, :nilify_all and :restrict (check_on_delete!). */
const unknownOption =
  /^[^\n#]{0,300}\breferences\([^()\n]{1,200}\b(on_delete|on_update): :(cascade|delete|nilify|nullify|set_null|set_default|no_action|destroy|update)\b/gm

const name = /^(\d{1,30})_(.{1,200})\.exs?$/

/**
 * "migrations can't be executed, migration version 1 is duplicated", of those that are to run (Ecto.Migrator,
 * ensure_no_duplication!); a file that ends with .ex is none (extract_migration_info).
 */
export async function loadEctoFileFaults({reader}: Inputs, facts: FactStore): Promise<Fact<EctoFileFault[]>> {
  const paths = ((await facts.value('files')) ?? noFiles).only((path) => !isApart(path))
  const named = paths
    .ending('.exs', '.ex')
    .filter((path) => /(?:^|\/)priv\/\w{1,60}\/migrations\//.test(path))
    .flatMap((path) => {
      const [, version, title = ''] = name.exec(posix.basename(path)) ?? []
      // Those of a folder and of the folders in it are one list.
      const list = path.slice(0, path.indexOf('/migrations/'))
      return version === undefined ? [] : [{path, list, version: String(BigInt(version)), title}]
    })
  // A script that `mix run` starts defines no module, and Ecto is not told to look there.
  const modules = new Set(
    (await reader.texts(named.map(({path}) => path)))
      .filter(({text}) => /\bdefmodule\b/.test(text))
      .map(({path}) => path),
  )
  const files = named.filter(({path}) => modules.has(path))
  if (files.length === 0) return absent('no folder has migrations of Ecto')
  const run = (await facts.value('processes'))?.find(/migrat/i)
  const found: EctoFileFault[] = []
  const tell = async (kind: EctoFileFault['kind'], what: string, all: readonly string[]) => {
    const [at, ...others] = (await reader.texts(all.toSorted().reverse())).map(({whole}) => whole)
    if (at) found.push({kind, what, at, others, by: run?.by, command: run ? [run.at] : []})
  }
  for (const {path} of files) if (path.endsWith('.ex')) await tell('ex', posix.basename(path), [path])
  for (const of of groupBy(
    files.filter(({path}) => path.endsWith('.exs')),
    ({list}) => list,
  ).values()) {
    const told = new Set<string>()
    for (const kind of ['version', 'name'] as const) {
      for (const [what, all] of groupBy(of, (each) => (kind === 'version' ? each.version : each.title))) {
        if (all.length < 2) continue
        for (const {path} of all) told.add(path)
        await tell(
          kind,
          what,
          all.map(({path}) => path),
        )
      }
    }
    const byModule = groupBy(
      (await reader.texts(of.map(({path}) => path))).flatMap((file) => {
        const [, module] = /^defmodule\s{1,20}([\w.]{1,300})\s{1,20}do\b/m.exec(file.text) ?? []
        return module === undefined ? [] : [{path: file.path, module}]
      }),
      ({module}) => module,
    )
    for (const [module, all] of byModule)
      if (all.length > 1 && !all.some(({path}) => told.has(path)))
        await tell(
          'module',
          module,
          all.map(({path}) => path),
        )
  }
  for (const file of await reader.texts(files.map(({path}) => path).filter((path) => path.endsWith('.exs')))) {
    for (const {0: whole, 1: option = '', 2: value = '', index} of file.text.matchAll(unknownOption)) {
      const end = index + whole.length
      const at = file.span(end - `${option}: :${value}`.length, end)
      found.push({
        kind: 'option',
        what: `${option}: :${value}`,
        at,
        others: [],
        by: run?.by,
        command: run ? [run.at] : [],
      })
    }
  }
  if (found.length === 0) return known([])
  // What the database has behind it is not loaded again.
  const since = await facts.value('since')
  return known(found.filter(({at, others}) => ![at, ...others].every(({file}) => since?.had(file))))
}
