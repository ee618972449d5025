/** What of Django shows a view to nobody but who has signed in: a decorator, a mixin, a middleware (docs.djangoproject.com/en/stable/topics/auth/default). */
import type {FileLocation} from '../../../check.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {boundImports} from '../../python/imports/bound-imports.ts'
import {argumentsAt, codeOf, textOf} from '../code.ts'
import type {Guard} from './guarded-checks.ts'

const middleware = 'django.contrib.auth.middleware.LoginRequiredMiddleware'
const decorator = /^@(?:\w+\.){0,3}(login_required|staff_member_required|permission_required|user_passes_test)\b/

/** `route`: the line of urls.py that names the view. */
export async function djangoGuard(
  file: TextFile,
  route: FileLocation,
  project: {files: Files; reader: ProjectReader},
  code: readonly TextFile[],
): Promise<Guard | undefined> {
  const source = codeOf(file)
  const start = file.startOf(route)
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
  const bound = boundImports(file.text).get(owner)
  // `.views` of `from . import views`, and of `from .views import health`.
  const module = member === undefined ? bound?.replace(/\.\w+$/, '') : bound
  if (!module) return undefined
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1)
  const end = `${module.replace(/^\.+/, '').replaceAll('.', '/')}.py`
  const [only, another] = module.startsWith('.')
    ? [`${folder}${end}`].filter((path) => files.has(path))
    : files.named(end)
  const text = only !== undefined && another === undefined ? await reader.text(only) : undefined
  return text && defined(text, name)
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
