import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'image/worker-port',
  title: 'workers of a queue get no requests and no checks',
  why: 'A worker that takes its work from a queue listens on no port: the checks of it fail, and the requests that reach it.',
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig', 'queueWorkers'],
  *run({flyConfig, queueWorkers}) {
    for (const {group, by, name, at} of queueWorkers) {
      const starts = `${by} starts ${name}, which listens on no port`
      const isAlone = flyConfig.groups.length === 1
      for (const {path, header, groups, protocol, strayFrom, ports, internal_port: port} of flyConfig.services) {
        if (!groups.includes(group) || protocol === 'udp' || strayFrom || !(port || ports.length > 0)) continue
        yield {
          message: `${starts}, and ${keyPath(path)} sends it requests: they fail`,
          at: flyConfig.at(...path),
          related: [at],
          hint: isAlone
            ? `Take ${header} out.`
            : `Name the groups that answer requests under ${header}: processes = ["web"], without ${group}.`,
        }
      }
      for (const {path, check, groups} of flyConfig.topLevelChecks) {
        if (!groups.includes(group) || check.port === undefined) continue
        yield {
          message: `${starts}, and ${keyPath(path)} asks port ${check.port} of its machines: it never passes`,
          at: flyConfig.at(...path),
          related: [at],
          hint: isAlone
            ? 'Take the check out: a machine whose worker ends is started again without it.'
            : 'Name the groups that answer it: processes = ["web"].',
        }
      }
    }
  },
})
