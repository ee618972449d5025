import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {isNear, noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

/** The one database that an app of Elixir or Rails has a library for, where that is SQLite: a file. */
export interface FileDatabase {
  /** `ecto_sqlite3`, and where the project asks for it. */
  library: string
  at: FileLocation
  /** Functions of modules that a release is told to evaluate and that migrate: `Shop.Release.setup`. */
  migrates: readonly string[]
}

const otherOfEcto =
  /\{:(?:postgrex|myxql|tds|ecto_libsql|libsql|mongodb_ecto|ecto_ch|ecto\d?_mnesia|ecto_foundationdb|ecto_qlc|etso)\b/
/** Clients and adapters of other databases. */
const otherGems =
  /^(?:pg|mysql2|trilogy|mongoid|clickhouse-activerecord|libsql_activerecord|activerecord-libsql|activerecord-[\w-]+-adapter)$/

export async function loadFileDatabase({reader}: Inputs, facts: FactStore): Promise<Fact<FileDatabase>> {
  const files = ((await facts.value('files')) ?? noFiles).only(isNear)
  const [manifest, other] = files.named('mix.exs')
  const mix = other === undefined ? await reader.text(manifest) : undefined
  const declared =
    /^[ \t]{0,100}(?!#)[[ ]{0,20}(\{:ecto_sqlite3\b)(?![^}\n]{0,200}\bonly:(?![^}\n]{0,100}:prod))/m.exec(
      mix?.text ?? '',
    )
  if (mix && declared && !otherOfEcto.test(mix.text)) {
    const start = declared.index + declared[0].length - (declared[1]?.length ?? 0)
    return known({library: 'ecto_sqlite3', at: mix.lineSpan(mix.position(start).line), migrates: await migrators()})
  }
  const gems = (await facts.value('gems'))?.get('Gemfile.lock')?.gems
  const sqlite = gems?.get('sqlite3')?.named
  if (sqlite && gems.has('activerecord') && ![...gems.keys()].some((name) => otherGems.test(name)))
    return known({library: 'sqlite3', at: sqlite, migrates: []})
  return absent('the project may have a database that is no file')

  /** Of the modules that call Ecto.Migrator: a function of them may do it through another one. */
  async function migrators(): Promise<string[]> {
    const sources = await reader.texts(
      files.ending('.ex').filter((path) => /(?:^|\/)release[\w/]{0,200}\.ex$/.test(path)),
    )
    return sources.flatMap(({text}) => {
      const [, module = ''] = /^defmodule ([\w.]+) do/m.exec(text) ?? []
      return text.includes('Ecto.Migrator.')
        ? [...text.matchAll(/^ {2}def (\w+)/gm)].map(([, name]) => `${module}.${name}`)
        : []
    })
  }
}
