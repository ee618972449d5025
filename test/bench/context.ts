import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Measurement} from './bench.ts'
import {memoryOf, preflight, timed, withProject} from './run.ts'

const folders = 500
const files = 100
const listing = `
  const {readdirSync} = require('node:fs')
  const walk = (folder) => readdirSync(folder, {withFileTypes: true}).forEach((each) => each.isDirectory() && walk(folder + '/' + each.name))
  walk('.')
`

/** A build context of many files is listed, not read. */
export function context(): Promise<Measurement> {
  const project = {
    'fly.toml': 'app = "shop"\n\n[build]\ndockerfile = "Dockerfile"\n',
    Dockerfile: 'FROM debian:12\nCOPY . /srv\nCMD ["sh"]\n',
  }
  return withProject(project, (folder) => {
    const [without] = preflight(['--offline', '--json'], folder, 5)
    const [bare] = timed(process.execPath, ['-e', '0'], folder, 5)
    for (let index = 0; index < folders; index++) {
      const below = join(folder, 'data', String(index))
      mkdirSync(below, {recursive: true})
      for (let file = 0; file < files; file++) writeFileSync(join(below, `${file}.bin`), '')
    }
    const [best, worst] = preflight(['--offline', '--json'], folder, 3)
    const memory = memoryOf(['--offline', '--json'], folder)
    return {
      what: `what ${folders * files} files in the build context add to a run, against a plain recursive listing`,
      took: [best - without, worst - without] as const,
      against: timed(process.execPath, ['-e', listing], folder, 5)[0] - bare,
      budget: 1.5,
      ...(memory !== undefined && {memory: {took: memory, budget: 150}}),
    }
  })
}
