import type {InspectedProject} from '../../../src/inspect/project.ts'
import type {Checked} from '../reports.ts'

/** Checks of every outcome and severity in which everything is called like this. */
export const checksOf = (name: string): Checked[] => [
  ...(['error', 'warning', 'info'] as const).map(
    (severity): Checked => ({
      id: `${severity}/${name}`,
      title: name,
      findings: [
        {
          severity,
          message: name,
          hint: name,
          location: {file: name, line: 1, column: 3, endLine: 1, endColumn: 9},
          related: [{live: name, subject: name}],
          fix: {title: name, edits: [{file: name, line: 1, column: 1, endLine: 1, endColumn: 2, text: name}]},
        },
      ],
      ignored: [{finding: {message: name}, reason: name}],
    }),
  ),
  {id: 'a/skipped', title: name, outcome: 'skipped', reason: name},
  {id: 'a/unverified', title: name, outcome: 'unverified', reason: name, failsAt: 'boot'},
  {id: 'a/passed', title: name},
]

/** A project in which everything is called like this: several routes, stages and lines of revisions. */
export function projectOf(name: string): InspectedProject {
  const at = {file: name, line: 1}
  const revision = (id: number, parents: number[]) => ({
    id: `${id}${name}`,
    title: name,
    parents: parents.map((parent) => `${parent}${name}`),
    dependsOn: [name],
    labels: [name],
    isHead: id === 0,
    isNew: id === 0,
    at: {file: name},
  })
  return {
    routes: ['web', name].map((group) => ({
      service: name,
      protocol: name,
      ports: [name, '443 (http, tls)'],
      internalPort: 8080,
      group,
      command: name,
      listens: {server: name, addresses: [name]},
      at: {service: at, port: at, server: at, code: null},
    })),
    stages: [0, 1, 2].map((index) => ({
      index,
      name,
      base: name,
      system: name,
      built: index !== 1,
      isFinal: index === 2,
      takes: [
        {from: name, how: 'COPY', paths: [name], at},
        ...(index > 0 ? [{from: index - 1, how: 'mount' as const, paths: [name], at}] : []),
      ],
      packages: [name],
      pythonPackages: 2,
      config: index === 2 ? {user: name, folder: name, command: name, ports: [name]} : null,
      at,
      lastLine: 1,
    })),
    migrations: [
      {
        config: name,
        scripts: name,
        versions: [name],
        count: 40,
        heads: [name],
        bases: [name],
        undetermined: [name],
        faults: [{message: name, at}],
        upgradeHead: 'fails',
        outcome: name,
        brought: name,
        since: {ref: name, commit: name, isMergeBase: true},
        upgrade: {by: name, command: name, at, certain: true},
        graph: {
          rows: [
            {kind: 'revision', lane: 0, revision: revision(0, [1, 2])},
            {kind: 'revision', lane: 1, revision: revision(1, [3])},
            {kind: 'more', lane: 0, count: 37},
            {kind: 'revision', lane: 0, revision: revision(3, [])},
          ],
          edges: [
            {from: 0, to: 2, lane: 0},
            {from: 0, to: 1, lane: 1},
            {from: 1, to: 3, lane: 1},
            {from: 2, to: 3, lane: 0},
          ],
          lanes: 2,
        },
      },
    ],
  }
}
