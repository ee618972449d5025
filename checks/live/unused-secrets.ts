import {defineCheck} from '../../src/check.ts'

/** Libraries, servers and platforms read these by themselves. */
const readByOthers =
  /^(?:AWS|AZURE|GOOGLE|GCP|GCLOUD|SENTRY|OTEL|DD|DATADOG|NEW_RELIC|ELASTIC|HONEYCOMB|APPSIGNAL|BUGSNAG|ROLLBAR|SCOUT|LOG|OPENAI|ANTHROPIC|HF|HUGGING|PG|REDIS|DATABASE|BUCKET|TIGRIS|NODE|NEXT|NUXT|VITE|PUBLIC|NPM|PYTHON|UVICORN|GUNICORN|WEB_CONCURRENCY|DJANGO|FLASK|RAILS|SECRET_KEY|PHX|RELEASE|ERL|POOL|SUPABASE|CLERK|AUTH|NEXTAUTH|DOPPLER|INFISICAL|FLY|LITESTREAM|LITEFS|TS|TAILSCALE|SSH|PORT|TZ|CI)(?:_|$)|_PROXY$/i

/** Of code whose reads of variables are not followed. */
const otherLanguages = '.ex .exs .rb .php .go .rs .java .kt .scala .cs .fs .clj .swift .dart .lua .pl'.split(' ')

export default defineCheck({
  id: 'live/unused-secrets',
  title: 'the code reads every secret that is set',
  why: 'A secret that nothing reads is one more that can leak, or the misspelt name of one that is missed.',
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['app', 'secrets', 'environment', 'settings', 'files'],
  uses: ['flyConfig'],
  appliesTo({environment, files}) {
    if (environment.reads.length === 0) return 'no code was found that reads variables'
    // Their code is not followed far enough to say that nothing reads a variable.
    const other = files.ending(...otherLanguages)[0]
    return !other || `what ${other} reads is not known`
  },
  *run({app, secrets, environment, settings, flyConfig}) {
    const known = new Set([
      ...environment.reads.map(({name}) => name),
      ...settings.requiredSecrets.map(({name}) => name),
      ...settings.recommendedSecrets.map(({name}) => name),
      ...(flyConfig?.config.files ?? []).map(({secret_name: name}) => name),
    ])
    const unread = [...secrets.names].filter((name) => !known.has(name) && !readByOthers.test(name))
    if (unread.length === 0) return
    yield {
      message: `nothing was found that reads ${unread.length === 1 ? 'the secret' : 'the secrets'} ${unread.join(', ')} of ${app.name}`,
      at: {live: 'secrets', subject: unread[0] as string},
      hint: `Compare the names with those that the code reads (preflight inspect environment). No longer needed: flyctl secrets unset ${unread.join(' ')} -a ${app.name}`,
    }
  },
})
