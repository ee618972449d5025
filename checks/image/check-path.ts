import {defineCheck, type Facts, type Finding, httpChecks, keyPath, quote} from '../../src/check.ts'

type AppRoutes = NonNullable<ReturnType<Facts['routes']['get']>>
type Check = ReturnType<typeof httpChecks>[number]

export default defineCheck({
  id: 'image/check-path',
  title: 'the app has the route that its health check asks for',
  why: 'Any answer but 2xx fails a health check: the deploy waits for it in vain, and no traffic goes to the machine.',
  // Something in front of the app, or a part of it that is not read, may answer.
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig', 'routes'],
  *run({flyConfig, routes}) {
    const told = new Set<string>()
    for (const {check, path, groups} of httpChecks(flyConfig)) {
      for (const group of groups) {
        const app = routes.get(group)
        const finding = app && check.path && wrong(check, check.path, app)
        if (!finding || told.has(keyPath(path))) continue
        told.add(keyPath(path))
        const [key, instead] = finding.instead
        yield {
          ...finding,
          message: `${keyPath([...path, 'path'])} is ${finding.message}`,
          at: flyConfig.at(...path, key),
          ...(instead === undefined ? {hint: finding.hint} : flyConfig.write([...path, key], instead)),
        }
      }
    }
  },
})

type Wrong = Pick<Finding, 'message' | 'related' | 'hint'> & {instead: [key: 'path' | 'method', value?: string]}

function wrong({method = 'GET'}: Check['check'], written: string, app: AppRoutes): Wrong | undefined {
  const {routes, framework, slash, head, prefix = ''} = app
  const path = written.replace(/[?#].*$/s, '')
  if (!path.startsWith('/')) return undefined
  if (prefix && path !== prefix && !path.startsWith(`${prefix}/`)) return outside(path, prefix, framework)
  if (routes.some((route) => route.open && isBelow(path, route.path, framework))) return undefined
  const fitting = routes.filter((route) => mayBe(path, route.path, app.isWhole))
  if (fitting.length === 0)
    return app.names(path.replace(/(?<=.)\/$/, '')) && path !== '/' ? undefined : missing(path, app)
  const exact = fitting.filter((route) => route.path === path && !isPattern(route.path))
  // Only a route that is written in full, and nothing else that may be meant.
  if (exact.length === fitting.length) {
    const verb = method.toUpperCase()
    const answers = exact.some(
      (route) => !route.method || route.method === verb || (verb === 'HEAD' && head && route.method === 'GET'),
    )
    if (!answers) {
      const others = [...new Set(exact.flatMap((route) => route.method ?? []))]
      const get = others.includes('GET') ? 'GET' : undefined
      return {
        message: `${quote(path)}, which the app answers for ${others.join(' and ')} only: the check asks with ${verb}, and fails`,
        related: exact.map(({at}) => at),
        hint: 'Ask for a path that answers GET with 200.',
        instead: get ? ['method', get] : ['path'],
      }
    }
    return undefined
  }
  const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`
  const twin = fitting.find((route) => route.path === other)
  if (slash !== 'redirect' || path === '/' || !twin || !fitting.every((route) => route.path === other)) return undefined
  return {
    message: `${quote(path)}, which ${framework} answers with a redirect to ${other}: a check does not follow it, and fails`,
    related: [twin.at],
    instead: ['path', other],
  }
}

function outside(path: string, prefix: string, framework: string): Wrong {
  return {
    message: `${quote(path)}, but all paths of the ${framework} app begin with ${prefix}: the check gets 404, and fails`,
    related: [],
    hint: `Ask for ${prefix}${path}, where that is a path of the app.`,
    instead: ['path', `${prefix}${path}`],
  }
}

/** With any prefix before it; the tree of `/docs/` is without /docs for net/http, which sends on to it. */
function isBelow(path: string, folder: string, framework: string): boolean {
  const top = folder.replace(/\/$/, '')
  return `${path}/`.includes(`${top}/`) && !(framework === 'net/http' && top !== folder && path.endsWith(top))
}

function missing(path: string, {routes, framework}: AppRoutes): Wrong {
  const own = routes.filter(
    (route) => route.method === 'GET' || (route.method === undefined && /health|ready|live|ping|up$/.test(route.path)),
  )
  const health = own.find((route) =>
    /^\/(?:api\/)?(?:health|healthz|healthcheck|livez|readyz|ready|live|ping|up|status)\/?$/.test(route.path),
  )
  // The same path behind the prefix that it lacks, or without the one that it has.
  const near = own.find(
    (route) => path !== '/' && (route.path.endsWith(path) || path.endsWith(route.path)) && route.path !== '/',
  )
  const shown = near ?? health ?? own[0] ?? routes[0]
  return {
    message: `${quote(path)}, but no route of the ${framework} app is called so: the check gets 404, and fails`,
    related: shown ? [shown.at] : [],
    hint: `Ask for a path that answers GET with 200, or add the route ${path}.`,
    instead: shown && shown === (near ?? health) ? ['path', shown.path] : ['path'],
  }
}

const isPattern = (path: string): boolean => /[:{<*(?+[\\]/.test(path)

/**
 * Whether a path may be this route: with any prefix before it, and any text where it has a parameter. For Express, fiber
 * and ASP.NET /Health is /health, too.
 */
function mayBe(path: string, route: string, isWhole = false): boolean {
  const wanted = path.toLowerCase().split('/').filter(Boolean)
  const parts = route.toLowerCase().split('/').filter(Boolean)
  // Without a name of its own it is what its prefix says, of which this may be any.
  if (parts.length === 0) return wanted.length === 0
  if (parts.length > wanted.length || (isWhole && parts.length < wanted.length)) return false
  return parts.every((part, index) => isPattern(part) || part === wanted[wanted.length - parts.length + index])
}
