import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isNear, noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

/** A file that a build or a start reads, in which git has left both sides of a merge. */
export interface MergeConflict {
  file: string
  /** From the first mark to the last. */
  at: FileLocation
}

/**
 * What package managers, Docker and mix read before anything else. npm, Yarn and pnpm resolve their own lock files, and
 * of fly.toml and Python another check tells.
 */
const read = [
  ...['Dockerfile', '.dockerignore', 'Procfile', 'Makefile', 'docker-entrypoint', 'entrypoint.sh', 'start.sh'],
  ...[
    'Gemfile',
    'Gemfile.lock',
    'Rakefile',
    'config.ru',
    'package.json',
    'deno.json',
    'composer.json',
    'composer.lock',
  ],
  ...[
    'mix.exs',
    'mix.lock',
    'config.exs',
    'prod.exs',
    'runtime.exs',
    'gleam.toml',
    'Cargo.toml',
    'Cargo.lock',
    'go.mod',
  ],
  ...['go.sum', 'pyproject.toml', 'poetry.lock', 'uv.lock', 'Pipfile', 'requirements.txt', 'pom.xml'],
]

/** The marks as git writes them: each at the beginning of its line, in this order. */
const conflict = /^<{7} \S.*\n(?:(?![<>]{7} ).*\n){0,2000}?={7}\r?\n(?:(?![<>]{7} ).*\n){0,2000}?>{7} \S.*$/m

export async function loadMergeConflicts({reader}: Inputs, facts: FactStore): Promise<Fact<MergeConflict[]>> {
  const paths = ((await facts.value('files')) ?? noFiles).only(isNear).named(...read)
  const files = await reader.texts(paths)
  return known(
    files.flatMap((file) => {
      const match = file.text.includes('<<<<<<< ') ? conflict.exec(file.text) : undefined
      return match ? [{file: file.path, at: file.span(match.index, match.index + match[0].length)}] : []
    }),
  )
}
