import {defineCheck, keyPath} from '../../src/check.ts'

const examples = {port: 443, start_port: 10000, end_port: 10100}

export default defineCheck({
  id: 'fly-config/port-range',
  title: 'every public port is one from 1 to 65535',
  why: 'No one can connect to a port that does not exist.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {port, path} of flyConfig.services.flatMap(({ports}) => ports)) {
      if (!path) continue
      const {port: single, start_port: first, end_port: last} = port
      const outside = (['port', 'start_port', 'end_port'] as const).filter((key) => {
        const value = port[key]
        return value !== undefined && (value < 1 || value > 65535)
      })
      for (const key of outside) {
        yield {
          message: `${keyPath([...path, key])} is ${port[key]}, it must be from 1 to 65535`,
          at: flyConfig.at(...path, key),
          hint: `Write the port that clients connect to, such as ${flyConfig.setting(key, examples[key])}`,
        }
      }
      if (outside.length > 0) continue
      if (first !== undefined && last !== undefined && first > last) {
        yield {
          message: `${keyPath(path)} has start_port ${first} and end_port ${last}: this range has no port`,
          at: flyConfig.at(...path, 'start_port'),
          related: [flyConfig.at(...path, 'end_port')],
          hint: `The other way round: ${flyConfig.setting('start_port', last)} and ${flyConfig.setting('end_port', first)}`,
        }
      }
      const unlikely = strange(single, first, last)
      if (unlikely) {
        const {key, ...told} = unlikely
        yield {
          ...told,
          message: `${keyPath(path)} ${told.message}`,
          at: flyConfig.at(...path, ...key),
          severity: 'warning',
          failsAt: 'runtime',
        }
      }
    }
  },
})

/** What flyctl takes as it is (fly-go, MachinePort.ContainsPort), and hardly anyone means. */
function strange(port: number | undefined, first: number | undefined, last: number | undefined) {
  const both = 'Write both start_port and end_port, or port alone.'
  if (port === undefined && first === undefined && last === undefined)
    return {
      key: [],
      message: 'has no port, so it takes no traffic',
      hint: 'Write the port that clients connect to, such as port = 443',
    }
  if (first !== undefined && last === undefined)
    return {
      key: ['start_port'],
      message: `has start_port ${first} and no end_port: the range goes up to 65535`,
      hint: both,
    }
  if (first === undefined && last !== undefined)
    return {
      key: ['end_port'],
      message: `has end_port ${last} and no start_port: the range begins with port 1`,
      hint: both,
    }
  if (port !== undefined && first !== undefined)
    return {
      key: ['port'],
      message: `has port ${port} and the range from ${first} to ${last}`,
      hint: 'Write a [[services.ports]] for the port, and another one for the range.',
    }
  return undefined
}
