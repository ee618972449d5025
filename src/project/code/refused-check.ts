import type {Path} from '../documents/document.ts'
import type {FlyConfig} from '../fly-config/fly-config.ts'
import type {Refusal} from './plain-http.ts'

type HttpCheck = FlyConfig['services'][number]['checks'][number]['check']

/** The first health check whose request is one that the app refuses. */
export const refusedCheck = (flyConfig: FlyConfig, {kind, believesHeader, exempt}: Refusal): Path | undefined =>
  httpChecks(flyConfig).find(({check}) => meets(check, kind, believesHeader) && !leavesOut(exempt, check))?.path

/** Checks over http whose request is sent as it is. */
function httpChecks({services, topLevelChecks}: FlyConfig): {check: HttpCheck; path: Path}[] {
  const all = [
    ...services.flatMap(({checks}) => checks.filter(({type}) => type === 'http')),
    // On another port another program answers: Postgres has its own checks on 5500.
    ...topLevelChecks.filter(
      ({check: {type, port}}) => type === 'http' && services.some((service) => service.internal_port === port),
    ),
  ]
  return all.filter(({check}) => check.path && (check.protocol ?? 'http') === 'http')
}

/** Whether the request is one that the app refuses. */
function meets({headers}: HttpCheck, kind: 'redirect' | 'host', believesHeader: boolean): boolean {
  const names = Object.keys(headers ?? {}).map((name) => name.toLowerCase())
  return kind === 'host' ? !names.includes('host') : !(believesHeader && names.includes('x-forwarded-proto'))
}

const leavesOut = (exempt: string, {path = ''}: HttpCheck): boolean =>
  exempt === '*' || (path.length > 1 && exempt.includes(path.replace(/^\/|\/$/g, '')))
