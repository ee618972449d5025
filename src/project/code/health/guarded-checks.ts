/** Health checks of a view that Django, Flask-Login, a guard of NestJS, Express or Spring Security show to nobody but who has signed in. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Path} from '../../documents/document.ts'
import {isApart} from '../../files/apart.ts'
import type {TextFile} from '../../files/text.ts'
import {httpChecks} from '../../fly-config/health-checks.ts'
import type {Inputs} from '../../inputs.ts'
import {springGuard} from '../../java/spring-guards.ts'
import {boundImports} from '../../python/imports/bound-imports.ts'
import {djangoGuard} from './django-guards.ts'

export interface GuardedCheck {
  /** Of the check, in fly.toml. */
  path: Path
  asks: string
  /** `@login_required`, and where it stands. */
  guard: string
  at: FileLocation
  /** What makes an exception of a view. */
  cure: string
  /** `401`; undefined: a redirect, or that. */
  answer?: string
}

/** By these the check may be somebody, or nobody need be. */
const opens = /\bLOGIN_DISABLED\b|\brequest_loader\b|\bREMOTE_USER\b|RemoteUserMiddleware/

export async function loadGuardedChecks({reader}: Inputs, facts: FactStore): Promise<Fact<GuardedCheck[]>> {
  const [config, routes, files] = await facts.needAll('flyConfig', 'routes', 'files')
  const found: GuardedCheck[] = []
  for (const {check, path, groups} of httpChecks(config)) {
    const asks = (check.path ?? '').replace(/[?#].*$/s, '')
    const signsIn = Object.keys(check.headers ?? {}).some((name) => /^(?:authorization|cookie)$/i.test(name))
    const app = groups.length === 1 ? routes.get(groups[0] as string) : undefined
    // Where something else may answer, the routes of Express are not known; which of them stand behind what, is.
    if (!signsIn && (app?.framework ?? 'Express') === 'Express' && (await usesExpress())) {
      const {expressGuard} = await import('./express-guards.ts')
      const guard = await expressGuard(asks, {files, reader})
      if (guard) found.push({path, asks, ...guard})
      continue
    }
    if (!app || signsIn || !/^(?:Django|Flask|NestJS|Spring)$/.test(app.framework)) continue
    if (app.framework === 'Spring') {
      const guard = await springGuard(asks, {files, reader})
      if (guard) found.push({path, asks, ...guard})
      continue
    }
    const [route, another] = app.routes.filter((each) => each.path === asks)
    const isPattern = (each: string) =>
      /[<{(*]|\/:/.test(each.replace(/<(?:int|uuid):\w+>/g, '')) && each.split('/').length === asks.split('/').length
    if (
      !route ||
      another ||
      app.routes.some((each) => (each.open && asks.startsWith(each.path)) || isPattern(each.path))
    )
      continue
    if (app.framework === 'NestJS') {
      // With the parser, which is large.
      const {nestGuard} = await import('./nest-guards.ts')
      const guard = nestGuard(app.files ?? [], route.at)
      if (guard) found.push({path, asks, ...guard, answer: '401'})
      continue
    }
    const file = await reader.text(route.at.file)
    const code = (await reader.texts(files.ending('.py').filter((each) => !isApart(each)))).filter(({text}) =>
      /login/i.test(text),
    )
    if (!file || code.some(({text}) => opens.test(text))) continue
    const guard =
      app.framework === 'Flask' ? flaskGuard(file, route.at) : await djangoGuard(file, route.at, {files, reader}, code)
    if (guard) found.push({path, asks, ...guard})
  }
  return known(found)

  async function usesExpress(): Promise<boolean> {
    const manifests = await reader.texts(files.named('package.json').filter((path) => !isApart(path)))
    return manifests.some(({text}) => text.includes('"express"'))
  }
}

/** What is to be told of one. */
export type Guard = Pick<GuardedCheck, 'guard' | 'at' | 'cure'>

/** What stands between the decorator of a route and its function is around the function: above it, it is not. */
function flaskGuard(file: TextFile, route: FileLocation): Guard | undefined {
  if (boundImports(file.text).get('login_required') !== 'flask_login.login_required') return undefined
  const start = file.startOf(route)
  const below = /^[\s\S]{0,2000}?(?=^(?:async )?def )/m.exec(file.text.slice(start))?.[0] ?? ''
  const match = /^@login_required\b/m.exec(below)
  if (!match) return undefined
  const from = start + match.index
  return {
    guard: '@login_required',
    at: file.span(from, from + match[0].length),
    cure: `Take ${match[0]} from the view of the check.`,
  }
}
