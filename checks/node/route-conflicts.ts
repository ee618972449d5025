import {defineCheck, type Facts} from '../../src/check.ts'

type RouteConflict = Facts['routeConflicts'][number]

export default defineCheck({
  id: 'node/route-conflicts',
  title: 'routes of Next.js do not contradict each other',
  why: 'The folders are the paths. Where two files have one, or a parameter has two names, the build or the server stops.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['routeConflicts'],
  uses: ['buildsElse', 'listeners'],
  *run({routeConflicts, buildsElse, listeners}) {
    const isServed = listeners !== undefined && [...listeners.values()].some(isOfNext)
    for (const conflict of routeConflicts) {
      const {file, other, by, command, when} = conflict
      const isCertain = !buildsElse && (when === 'build' || isServed)
      if (conflict.kind === 'hidden') {
        yield {
          message: `${conflict.what} has two pages: Next.js shows ${other}, and never this one`,
          at: {file},
          related: [...(other === undefined ? [] : [{file: other}]), command],
          hint: cures.path,
          failsAt: 'silent',
          severity: 'warning',
        }
        continue
      }
      yield {
        message: `${when === 'build' ? `${by} stops` : laterOn}: ${describe(conflict)}`,
        at: {file},
        related: [...(other === undefined ? [] : [{file: other}]), command],
        hint: cures[conflict.kind],
        failsAt: when,
        ...(!isCertain && {severity: 'warning' as const}),
      }
    }
  },
})

/** Parameters are sorted then (sorted-routes of Next.js): 15 answers each request with 500, and 16 ends. */
const laterOn = 'the server of Next.js fails as it starts, where the build has not stopped before'
const isOfNext = ({server, certain}: {server: string; certain: boolean}): boolean =>
  certain && /^(?:Next\.js|next(?: start)?)$/.test(server)

function describe({kind, what, other}: RouteConflict): string {
  switch (kind) {
    case 'hidden':
    case 'path':
      return `${what} has two pages, this one and ${other}`
    case 'route':
      return `${what} is both a page and a route handler, this file and ${other}`
    case 'router':
      return `${what} is both in app and in pages, this file and ${other}`
    case 'names':
      return `one parameter of the path has two names, ${what}, here and in ${other}`
    case 'twice':
      return `the path has two parameters that are both called ${what}`
    case 'behind':
      return `the path goes on behind ${what}, which takes all the rest`
  }
}

const cures: Readonly<Record<RouteConflict['kind'], string>> = {
  hidden: '',
  path: 'Remove one, or move it to another folder: a folder in (brackets) is no part of the path.',
  route: 'Move the route handler to another folder, such as one below api.',
  router: 'Remove one of them.',
  names: 'Give the folders one name, and take that in params.',
  twice: 'Rename one of the folders.',
  behind: 'Let it be the last folder of the path.',
}
