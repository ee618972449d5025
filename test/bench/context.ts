import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Measurement} from './bench.ts'
import {inTurns, memoryOf, program, withProject} from './run.ts'

const folders = 500
const files = 100
/** Of pictures and pages mostly, as in a project that has so many: none of it is read. */
const endings = 'png jpg svg webp woff2 css html json map bin'.split(' ')
const listing = `
  const {readdirSync} = require('node:fs')
  const walk = (folder) => readdirSync(folder, {withFileTypes: true}).forEach((each) => each.isDirectory() && walk(folder + '/' + each.name))
  walk('.')
`
const project = {
  'fly.toml': 'app = "shop"\n\n[build]\ndockerfile = "Dockerfile"\n',
  Dockerfile: 'FROM debian:12\nCOPY . /srv\nCMD ["sh"]\n',
  '.dockerignore': '.git\n*.log\n**/__pycache__\nnode_modules\n',
}

/** A build context of many files is listed, not read. Outside of git, whose own time for them is not preflight's. */
export function context(): Promise<Measurement | string> {
  return withProject(project, (small) =>
    withProject(project, (large): Measurement | string => {
      for (let index = 0; index < folders; index++) {
        const below = join(large, 'data', String(index))
        mkdirSync(below, {recursive: true})
        for (let file = 0; file < files; file++) {
          writeFileSync(join(below, `${file}.${endings[file % endings.length]}`), '')
        }
      }
      const node = process.execPath
      const check = [program, '--offline', '--json']
      const {preflight, without, walk, bare} = inTurns(
        {
          preflight: [node, check, large],
          without: [node, check, small],
          walk: [node, ['-e', listing], large],
          bare: [node, ['-e', '0'], large],
        },
        9,
      )
      // Each is the difference of two times, which nothing else the machine does may outweigh.
      if (preflight[0] <= without[0] || walk[0] <= bare[0]) return 'the machine is too busy to tell'
      const memory = memoryOf(check.slice(1), large)
      return {
        what: `what ${folders * files} files in the build context add to a run, against a plain recursive listing`,
        took: [preflight[0] - without[0], preflight[1] - without[0]] as const,
        against: walk[0] - bare[0],
        budget: 1.5,
        ...(memory !== undefined && {memory: {took: memory, budget: 150}}),
      }
    }),
  )
}
