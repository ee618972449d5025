/** Health checks of a view that Django, Flask-Login or a guard of NestJS show to nobody but who has signed in. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../apart.ts'
import type {Path} from '../documents/document.ts'
import type {Files} from '../files.ts'
import {httpChecks} from '../fly-config/health-checks.ts'
import type {Inputs} from '../inputs.ts'
import type {ProjectReader} from '../reader.ts'
import type {TextFile} from '../text.ts'
import {argumentsAt, codeOf, textOf} from './code.ts'

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
const middleware = 'django.contrib.auth.middleware.LoginRequiredMiddleware'
const decorator = /^@(?:\w+\.){0,3}(login_required|staff_member_required|permission_required|user_passes_test)\b/

export async function loadGuardedChecks({reader}: Inputs, facts: FactStore): Promise<Fact<GuardedCheck[]>> {
  const [config, routes, files] = await facts.needAll('flyConfig', 'routes', 'files')
  const found: GuardedCheck[] = []
  for (const {check, path, groups} of httpChecks(config)) {
    const asks = (check.path ?? '').replace(/[?#].*$/s, '')
    const signsIn = Object.keys(check.headers ?? {}).some((name) => /^(?:authorization|cookie)$/i.test(name))
    const app = groups.length === 1 ? routes.get(groups[0] as string) : undefined
    if (!app || signsIn || !/^(?:Django|Flask|NestJS)$/.test(app.framework)) continue
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
      app.framework === 'Flask'
        ? guardedRoute(file, offsetOf(file, route.at))
        : await guardedView(file, route.at, {files, reader}, code)
    if (guard) found.push({path, asks, ...guard})
  }
  return known(found)
}

type Guard = Pick<GuardedCheck, 'guard' | 'at' | 'cure'>

/** What stands between the decorator of a route and its function is around the function: above it, it is not. */
function guardedRoute(file: TextFile, start: number): Guard | undefined {
  if (
    !/^from flask_login import\b[^\n]{0,300}\blogin_required\b|^from flask_login import \([^)]{0,500}\blogin_required\b/m.test(
      file.text,
    )
  )
    return undefined
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

async function guardedView(
  file: TextFile,
  at: FileLocation,
  project: {files: Files; reader: ProjectReader},
  code: readonly TextFile[],
): Promise<Guard | undefined> {
  const source = codeOf(file)
  const start = offsetOf(file, at)
  const open = source?.bare.indexOf('(', start) ?? -1
  const [, second] = source && open >= 0 ? argumentsAt(source, open) : []
  const target = source && second ? textOf(source, second).trim() : ''
  if (/^login_required\(/.test(target))
    return {
      guard: 'login_required(…)',
      at: file.span(second?.start ?? start, (second?.start ?? start) + 14),
      cure: 'Name the view itself.',
    }
  const [, name = ''] = /^(?:\w+\.)?(\w+)(?:\.as_view\(\))?$/.exec(target) ?? []
  const view = name ? await viewOf(file, target.split('.as_view')[0] ?? '', project) : undefined
  if (!view) return undefined
  const {text, path, decorators, bases, from} = view
  const guard = decorators.map((each) => decorator.exec(each.text) && each).find(Boolean)
  if (guard) {
    const word = guard.text.split('(')[0] ?? guard.text
    return {
      guard: word,
      at: text.span(guard.from, guard.from + word.length),
      cure: `Take ${word} from the view of the check.`,
    }
  }
  if (/\bLoginRequiredMixin\b/.test(bases))
    return {
      guard: 'LoginRequiredMixin',
      at: text.span(from, from + 5),
      cure: 'Take the mixin from the view of the check.',
    }
  const settings = code.filter((each) => each.text.includes(middleware))
  const [only, other] = settings
  const isFree = decorators.some((each) =>
    /^@(?:\w+\.)?(?:login_not_required|method_decorator\(login_not_required)/.test(each.text),
  )
  if (!only || other || isFree || path === undefined) return undefined
  const found = new RegExp(`^[ \\t]{2,20}["']${middleware.replaceAll('.', '\\.')}["'],?[ \\t]*$`, 'm').exec(only.text)
  if (!found || /login_not_required\(/.test(file.text)) return undefined
  const begin = found.index + found[0].search(/["']/)
  return {
    guard: 'LoginRequiredMiddleware',
    at: only.span(begin, begin + middleware.length + 2),
    cure: 'Mark the view of the check: @login_not_required (django.contrib.auth.decorators).',
  }
}

interface View {
  text: TextFile
  path: string | undefined
  decorators: {text: string; from: number}[]
  bases: string
  from: number
}

/** The function or class that a route names: of the module itself, or of one that it imports by a plain name. */
async function viewOf(
  file: TextFile,
  target: string,
  {files, reader}: {files: Files; reader: ProjectReader},
): Promise<View | undefined> {
  const [owner = '', member] = target.split('.')
  const name = member ?? owner
  const own = member === undefined ? defined(file, name) : undefined
  if (own) return own
  const module = importedFrom(file.text, owner, member !== undefined)
  if (module === undefined) return undefined
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1)
  const end = `${module.replace(/^\.+/, '').replaceAll('.', '/')}.py`
  const [only, another] = module.startsWith('.')
    ? [`${folder}${end}`].filter((path) => files.has(path))
    : files.named(end)
  const text = only !== undefined && another === undefined ? await reader.text(only) : undefined
  return text && defined(text, name)
}

/** `.views` of `from . import views` and of `from .views import health`. */
function importedFrom(text: string, name: string, isModule: boolean): string | undefined {
  for (const [, module = '', names = ''] of text.matchAll(
    /^from[ \t]+([.\w]{1,200})[ \t]+import[ \t]+(\([^)]{0,2000}\)|[^\n]{1,500})/gm,
  )) {
    if (!new RegExp(`(?:^|[\\s,(])${name}(?=$|[\\s,)])(?!\\s+as\\b)`).test(names.replace(/#[^\n]*/g, ''))) continue
    return isModule ? `${module}${/\.$/.test(module) ? '' : '.'}${name}` : module
  }
  return undefined
}

function defined(text: TextFile, name: string): View | undefined {
  const found = [
    ...text.text.matchAll(
      new RegExp(`^((?:@[^\\n]{1,300}\\n){0,10})((?:async )?def|class) ${name}\\b(\\([^)]{0,300}\\))?`, 'gm'),
    ),
  ]
  const [only, another] = found
  if (!only || another) return undefined
  const [, above = '', kind, bases = ''] = only
  let from = only.index
  const decorators = above
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const each = {text: line, from}
      from += line.length + 1
      return each
    })
  return {text, path: text.path, decorators, bases: kind === 'class' ? bases : '', from}
}

const offsetOf = (file: TextFile, {line = 1, column = 1}: FileLocation): number => file.offset(line, column)
