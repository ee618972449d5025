import {defineCheck, keyPath, quote, refusedCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/check-answer',
  title: 'the app answers its health check, and does not redirect',
  why: 'A health check is a plain request to the address of the machine: an app that wants https or a name of its own redirects or refuses it.',
  // Middleware in front may answer first.
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig', 'refusals'],
  uses: ['interceptedChecks', 'guardedChecks', 'redirectedChecks'],
  *run({flyConfig, refusals, interceptedChecks = [], guardedChecks = [], redirectedChecks = []}) {
    for (const {path, asks, guard, at, cure, answer = 'a redirect to the login or with 401'} of guardedChecks) {
      yield {
        message: `${keyPath(path)} asks for ${quote(asks)} without a session, which ${guard} in ${at.file} answers with ${answer}, and the check fails`,
        at: flyConfig.at(...path, 'path'),
        related: [at],
        hint: cure,
      }
    }
    for (const {path, asks, at} of redirectedChecks) {
      yield {
        message: `${keyPath(path)} asks for ${quote(asks)}, which ${at.file} answers with a redirect: a check does not follow it, and fails`,
        at: flyConfig.at(...path, 'path'),
        related: [at],
        hint: 'Ask for a path that answers GET with 200, as /health, and add it where the app has none.',
      }
    }
    for (const {path, asks, answer, at} of interceptedChecks) {
      yield {
        message: `${keyPath(path)} asks for ${quote(asks)} without a session, which ${at.file} answers with ${answer}, and the check fails`,
        at: flyConfig.at(...path, 'path'),
        related: [at],
        hint: `Let it pass there: if (request.nextUrl.pathname === ${quote(asks)}) return NextResponse.next(); or leave the path out of config.matcher.`,
      }
    }
    for (const refusal of refusals) {
      const {by, kind, believesHeader, at} = refusal
      const path = refusedCheck(flyConfig, refusal)
      if (!path) continue
      const app = flyConfig.config.app ?? 'APP'
      const header = kind === 'host' ? {Host: `${app}.fly.dev`} : {'X-Forwarded-Proto': 'https'}
      const cure = `Add to the check: ${flyConfig.setting('headers', header)}`
      yield {
        message:
          kind === 'host'
            ? `${keyPath(path)} asks the machine by its address, which ${lists[by]}, and the check fails`
            : `${keyPath(path)} asks by http, which ${by} answers with a redirect to https: a check does not follow it, and fails`,
        at: flyConfig.at(...path),
        related: [at],
        hint:
          kind === 'host' && by === 'Rails'
            ? `Leave the path of the check out in production.rb: config.host_authorization = {exclude: ->(request) { request.path == "/up" }}. Or have the check say a name that is allowed there: ${flyConfig.setting('headers', header)}`
            : kind === 'host' || believesHeader
              ? cure
              : `${cure}, and let the app believe it: ${believing[by]}. Without that every request is redirected again and again.`,
      }
    }
  },
})

/** What has a framework believe the proxy. */
const believing: Readonly<Record<string, string>> = {
  Django: 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")',
  Express: "app.set('trust proxy', 1)",
  Phoenix: 'rewrite_on: [:x_forwarded_proto]',
}

/** What does not have the address of the machine, and the answer. */
const lists: Readonly<Record<string, string>> = {
  Rails: 'config.hosts does not have: Rails answers 403',
  Django: 'ALLOWED_HOSTS does not have: Django answers 400',
  Starlette: 'allowed_hosts does not have: TrustedHostMiddleware answers 400',
}
