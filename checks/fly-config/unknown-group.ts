import {defineCheck, keyPath, quote, replace, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/unknown-group',
  title: 'every named process group exists',
  why: 'flyctl refuses a service of a group that is not there; a check, a size or a volume of such a group is dropped in silence.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {config, groups, services} = flyConfig
    const written = Object.keys(config.processes ?? {}).length > 0
    const each = (key: 'restart' | 'vm' | 'mounts' | 'metrics', lost?: string): Entry[] =>
      (config[key] ?? []).map(({processes}, index) => ({path: [key, index], processes, lost}))
    const entries: Entry[] = [
      ...services,
      ...each('restart'),
      ...Object.entries(config.checks ?? {}).map(([name, {processes}]) => ({
        path: ['checks', name],
        processes,
        lost: 'this check never runs',
      })),
      ...each('vm', 'no machine gets this size'),
      ...each('mounts', 'no machine mounts this volume'),
      ...each('metrics', 'nothing reads these metrics'),
    ]
    const there = written ? `the groups are ${groups.join(', ')}` : 'without [processes] the only group is app'
    for (const {path, processes = [], lost} of entries) {
      const someKnown = processes.some((name) => groups.includes(name))
      // Where a group is left that the entry does not name, it may be the one that is meant.
      const namesAll = groups.every((name) => processes.includes(name))
      const then = !lost ? '' : `: ${someKnown ? 'the name counts for nothing' : lost}`
      for (const [index, name] of processes.entries()) {
        // Where nothing is validated, an empty name is the default group (appconfig/processgroups.go).
        if (groups.includes(name) || (lost && name === '')) continue
        const meant = similar(name, groups)
        const at = flyConfig.valueAt(...path, 'processes', index)
        yield {
          message: `${keyPath(path)} names the process group ${quote(name)}, but ${there}${then}`,
          at,
          ...(written && {related: [flyConfig.at('processes')]}),
          hint: meant
            ? `Did you mean ${quote(meant)}?`
            : written
              ? `Write one of ${groups.join(', ')}, or add the group to [processes]: ${flyConfig.setting(name, 'COMMAND')}`
              : `Write ${flyConfig.setting('processes', ['app'])}, or delete the line.`,
          ...(lost && {severity: someKnown && !meant && namesAll ? 'info' : 'warning', failsAt: 'silent'}),
          fix: meant ? replace(at, quote(meant)) : undefined,
        }
      }
    }
  },
})

interface Entry {
  path: readonly (string | number)[]
  processes?: string[] | undefined
  /** What becomes of it, where flyctl does not validate its groups (appconfig/validation.go) and leaves it out. */
  lost?: string | undefined
}

/** Short names are all alike: of web, api and app none is a slip of the other. */
const similar = (name: string, groups: readonly string[]): string | undefined =>
  groups.find((group) => group.toLowerCase() === name.toLowerCase()) ??
  (name.length > 3 ? suggest(name, groups) : undefined)
