import {truth, type Value} from '../../../database/value.ts'
import type {TextFile} from '../../../files/text.ts'
import {settingsModule} from '../../../python/django/settings-module.ts'
import {executed, textsOf} from '../../../python/django/settings-values.ts'
import {moduleConstants} from '../../../python/imports/module-constants.ts'
import {type AppCode, placeOf, type Refusal} from './refusal.ts'

export async function djangoRefusals({paths, reader, given}: AppCode): Promise<(Refusal | undefined)[]> {
  const file = await settingsModule(paths, reader, given)
  if (!file) return []
  const {names} = await executed(file, paths, reader, given)
  // A secret may tell otherwise of a redirect; the middleware may be of a file that this one imports with a star.
  const redirects = file.text.includes('SECURE_SSL_REDIRECT') ? names.get('SECURE_SSL_REDIRECT') : undefined
  return refusalsOf(file, given, redirects, textsOf(names.get('MIDDLEWARE')))
}

/** `env.list("HOSTS", default=["a"])`, `config("HOSTS", default="a,b", cast=Csv())`, `os.environ.get("HOSTS", "a,b").split(",")`. */
const hostsOf =
  /^ALLOWED_HOSTS\s{0,9}=\s{0,9}(?:env\.list|config|env|os\.environ\.get|os\.getenv)\(\s{0,99}["'](\w{1,100})["']\s{0,9},\s{0,99}(?:default\s{0,9}=\s{0,9})?(?:\[([\s\w"'.,*-]{0,2000})\]|["']([\w.,*\s-]{0,1000})["'])\s{0,99}(?:,\s{0,99}cast\s{0,9}=\s{0,9}Csv\(\)\s{0,9},?\s{0,9})?\)(\.split\(\s{0,9}["'],["']\s{0,9}\))?[ \t]*(?=#|\r?$)/m

/**
 * The hosts that a variable says, else the code. Where the code names real ones it is meant for production, and nobody need set the
 * variable there; where it has those of a laptop alone, somebody does.
 */
function readHosts(
  text: string,
  given: (name: string) => string | undefined,
): {names: string[]; match: RegExpExecArray} | undefined {
  const match = hostsOf.exec(text)
  const [, variable = '', list, words = ''] = match ?? []
  if (!match || (text.match(/\bALLOWED_HOSTS\b/g) ?? []).length !== (variable === 'ALLOWED_HOSTS' ? 2 : 1))
    return undefined
  const set = given(variable)
  const written =
    list === undefined ? words.split(',') : [...list.matchAll(/["']([^"']*)["']/g)].map(([, name = '']) => name)
  const names = (set?.split(',') ?? written).map((name) => name.trim()).filter(Boolean)
  // Of `*.fly.dev` Django knows nothing: that is no name either.
  const isReal = names.some(
    (name) =>
      /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(name) && !/\.(?:local|localhost|test|internal)$/.test(name),
  )
  return set !== undefined || isReal ? {names, match} : undefined
}

function refusalsOf(
  file: TextFile,
  given: (name: string) => string | undefined,
  redirects: Value | undefined,
  middleware: readonly string[] | undefined,
): (Refusal | undefined)[] {
  const {text} = file
  const constants = moduleConstants(text)
  const read = readHosts(text, given)
  const hosts = read
    ? {start: read.match.index, end: read.match.index + read.match[0].trimEnd().length}
    : constants.get('ALLOWED_HOSTS')
  const listed = constants.get('ALLOWED_HOSTS')?.value
  const names: (string | undefined)[] =
    read?.names ??
    (listed?.kind === 'tuple' ? listed.items.map((item) => (item.kind === 'string' ? item.value : undefined)) : [])
  // What is appended later, or computed, may be the machine's address.
  const closed =
    names.length > 0 && !names.includes(undefined) && !/ALLOWED_HOSTS\s*(?:\+=|\.(?:append|extend|insert))/.test(text)
  const always = /^SECURE_SSL_REDIRECT\s*=\s*True\s*$/m.exec(text)
  const evaluated = redirects && truth(redirects) === true
  const redirect = always ?? (evaluated ? /^[ \t]*SECURE_SSL_REDIRECT\s*=(?!=)[^\n]{0,300}/m.exec(text) : null)
  const exempt = /SECURE_REDIRECT_EXEMPT\s*=\s*\[([^\]]{0,2000})\]/.exec(text)?.[1] ?? ''
  const once = (text.match(/\bSECURE_SSL_REDIRECT\b/g) ?? []).length === 1
  const written = middleware?.map((name) => `"${name}"`).join()
  const own = /["'][\w.]*(?:[Hh]ealth|Heartbeat|Probe)\w*["']/.test(
    written ?? /MIDDLEWARE\s{0,99}=\s{0,99}\[[^[\]]{0,2000}\]/.exec(text)?.[0] ?? '',
  )
  if (own) return []
  const runs = (name: string) => !written || written.includes(name)
  return [
    // It is this one that asks each request for its host (process_request of django/middleware/common.py).
    hosts && closed && !names.includes('*') && runs('CommonMiddleware')
      ? {
          by: 'Django',
          kind: 'host',
          believesHeader: false,
          exempt: names.join(' '),
          at: file.span(hosts.start, hosts.end),
        }
      : undefined,
    redirect && (once || evaluated) && runs('SecurityMiddleware')
      ? {
          by: 'Django',
          kind: 'redirect',
          believesHeader: text.includes('SECURE_PROXY_SSL_HEADER'),
          exempt,
          at: placeOf(file, redirect),
        }
      : undefined,
  ]
}
