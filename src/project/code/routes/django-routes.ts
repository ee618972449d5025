/** The routes of Django: ROOT_URLCONF, and what it includes (docs.djangoproject.com/en/stable/topics/http/urls). */
import {isApart} from '../../files/apart.ts'
import type {TextFile} from '../../files/text.ts'
import {argumentsAt, codeOf, textOf} from '../code.ts'
import type {AppRoutes, Route} from './routes.ts'
import type {Project} from './sources.ts'

const rootModule = /^ROOT_URLCONF\s{0,20}=\s{0,20}["']([\w.]{1,200})["']/gm
/** Addresses that are put together, and what may answer before any of them. */
const otherwise =
  /\bi18n_patterns\b|\bhandler404\b|\burlpatterns\s{0,20}\+?=(?!\s{0,20}(?:\[|static\())|\bformat_suffix_patterns\b|\[[^\]]{0,300}\*\w|\]\s{0,20}\+\s{0,20}(?!static\()\w|\burlpatterns\.(?:append|extend|insert)\b/
const answersBefore =
  /\brequest\.path(?:_info)?\b|\bget_full_path\b|\bWHITENOISE_ROOT\b|\bPATH_INFO\b|\bFORCE_SCRIPT_NAME\b|["'](?:[\w.]{0,100}(?:health|alive|watchman|heartbeat|probe|ping)[\w.]{0,100})(?:Middleware|middleware)[\w.]{0,100}["']|\bredirects\.middleware\b|\bflatpages\.middleware\b/i

/** Another framework, whose routes may be the ones that are served, or that stands in front. */
const besides =
  /\b(?:FastAPI|Flask|Starlette|Quart|Sanic|DispatcherMiddleware|WSGIMiddleware)\s{0,20}\(|["']http["']\s{0,20}:\s{0,20}(?!get_asgi_application\b|django_asgi_app\b)/

/** Undefined where not every one of them can be told. */
export async function djangoRoutes({reader, paths}: Project): Promise<AppRoutes | undefined> {
  if (paths.named('manage.py').length === 0) return undefined
  const files = await reader.texts(paths.ending('.py').filter((path) => !isApart(path)))
  if (files.some(({text}) => besides.test(text))) return undefined
  const roots = new Set(files.flatMap(({text}) => [...text.matchAll(rootModule)].map(([, name = '']) => name)))
  const [root, another] = roots
  if (root === undefined || another || files.some(({text}) => answersBefore.test(text))) return undefined
  const routes = await included(root, '', [])
  if (!routes || routes.length === 0) return undefined
  const isLoose = files.some(({text}) => /^[ \t]*APPEND_SLASH\s{0,20}=/m.test(text))
  const isCommon = files.some(({text}) => text.includes('django.middleware.common.CommonMiddleware'))
  return {
    framework: 'Django',
    slash: isCommon && !isLoose ? 'redirect' : 'strict',
    head: true,
    routes,
    names(path) {
      // A number may be one that a route takes.
      if (/\/\d{1,20}(?:\/|$)/.test(path)) return true
      const name = path.replace(/^\//, '').replace(/[^\w/]/g, '\\$&')
      const written = new RegExp(`["'/]${name}/?["'$]`, 'i')
      return files.some(({text}) => written.test(text))
    },
  }

  async function included(module: string, prefix: string, around: readonly string[]): Promise<Route[] | undefined> {
    const [only, another] = paths.named(
      `${module.replaceAll('.', '/')}.py`,
      `${module.replaceAll('.', '/')}/__init__.py`,
    )
    const file = only !== undefined && !another && around.length < 8 ? await reader.text(only) : undefined
    if (!file || around.includes(module)) return undefined
    return routesOf(file, prefix, [...around, module])
  }

  async function routesOf(file: TextFile, prefix: string, around: readonly string[]): Promise<Route[] | undefined> {
    const code = codeOf(file)
    if (!code || otherwise.test(code.text)) return undefined
    const found: Route[] = []
    for (const {0: call, 1: kind, index} of code.bare.matchAll(/(?<![\w.])(path|re_path|url)\s{0,20}\(/g)) {
      const open = index + call.length - 1
      const [first, second] = argumentsAt(code, open)
      const [, literal] =
        /^r?(?:"([^"\n]*)"|'([^'\n]*)')$/
          .exec(first ? textOf(code, first) : '')
          ?.filter((each) => each !== undefined) ?? []
      if (literal === undefined || !second || !first) return undefined
      const {path, isWhole} = kind === 'path' ? ofPath(literal) : ofPattern(literal)
      const full = `/${prefix}${path}`
      const at = file.span(index, first.end)
      const target = textOf(code, second)
      const [, module] = /^include\(\s{0,20}\(?\s{0,20}["']([\w.]{1,200})["']/.exec(target) ?? []
      const isOwn = module !== undefined && paths.named(`${module.replaceAll('.', '/')}.py`).length > 0
      if (module !== undefined && isOwn && isWhole) {
        const inside = await included(module, `${prefix}${path}`, around)
        if (!inside) return undefined
        found.push(...inside)
      } else {
        // What a package answers, and a pattern of which only the beginning can be told.
        const isOpen = !isWhole || /^include\b|\burls\b/.test(target)
        found.push({path: full, method: undefined, open: isOpen, at})
      }
    }
    return found
  }
}

/** `<int:id>` takes digits alone; `<path:rest>` all that follows. */
function ofPath(written: string): {path: string; isWhole: boolean} {
  const all = written.search(/<(?:path|(?!int:|str:|slug:|uuid:)\w{1,50}):/)
  const path = (all < 0 ? written : written.slice(0, all)).replace(/<int:\w{1,100}>/g, '#')
  return {path, isWhole: all < 0}
}

function ofPattern(written: string): {path: string; isWhole: boolean} {
  const [, path = '', rest = ''] = /^\^?((?:[\w/-]|\\[.-])*)([\s\S]*)$/.exec(written) ?? []
  return {path: path.replaceAll('\\', ''), isWhole: rest === '' || rest === '$'}
}
