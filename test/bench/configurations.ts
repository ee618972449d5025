import {cpSync} from 'node:fs'
import {join} from 'node:path'
import type {Measurement} from './bench.ts'
import {preflight, sample, withProject} from './run.ts'

const count = 100

/** A repository of many apps in one run, against a run for one of them. */
export function configurations(): Promise<Measurement> {
  return withProject({}, (folder) => {
    for (let index = 0; index < count; index++) cpSync(sample, join(folder, 'apps', String(index)), {recursive: true})
    return {
      what: `--all on ${count} apps, against one of them`,
      took: preflight(['--all', '--offline', '--json'], folder, 2),
      against: preflight(['--offline', '--json'], join(folder, 'apps', '0'), 5)[0],
      budget: 15,
    }
  })
}
