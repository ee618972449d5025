import type {Path} from '../../documents/document.ts'
import type {FlyConfig} from '../../fly-config/fly-config.ts'
import {type HttpCheck, httpChecks} from '../../fly-config/health-checks.ts'
import type {Refusal} from './refusals/refusal.ts'

type Check = HttpCheck['check']

/** The first health check whose request is one that the app refuses. */
export const refusedCheck = (flyConfig: FlyConfig, {kind, believesHeader, exempt}: Refusal): Path | undefined =>
  httpChecks(flyConfig).find(
    ({check}) => isPlain(check) && meets(check, kind, believesHeader) && !leavesOut(exempt, check),
  )?.path

/** Its request is sent as it is. */
const isPlain = ({path, protocol = 'http'}: Check): boolean => Boolean(path) && protocol === 'http'

/** Whether the request is one that the app refuses. */
function meets({headers}: Check, kind: 'redirect' | 'host', believesHeader: boolean): boolean {
  const names = Object.keys(headers ?? {}).map((name) => name.toLowerCase())
  return kind === 'host' ? !names.includes('host') : !(believesHeader && names.includes('x-forwarded-proto'))
}

const leavesOut = (exempt: string, {path = ''}: Check): boolean =>
  exempt === '*' || (path.length > 1 && exempt.includes(path.replace(/^\/|\/$/g, '')))
