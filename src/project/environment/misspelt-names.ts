/** Names in [env] that are one letter beside a name that a runtime reads: `ASPNETCORE_URLSD`. */
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isSlip, sameLetters} from '../../suggest.ts'
import {noFiles} from '../files.ts'
import type {Inputs} from '../inputs.ts'

export interface MisspeltName {
  name: string
  meant: string
}

/** What servers and frameworks read by themselves, by their documentation: no code of the app need name them. */
const wellKnown = `ASPNETCORE_URLS ASPNETCORE_ENVIRONMENT ASPNETCORE_HTTP_PORTS ASPNETCORE_HTTPS_PORTS
  ASPNETCORE_FORWARDEDHEADERS_ENABLED DOTNET_ENVIRONMENT DOTNET_SYSTEM_GLOBALIZATION_INVARIANT SPRING_PROFILES_ACTIVE
  SPRING_DATASOURCE_URL SPRING_DATASOURCE_USERNAME SPRING_DATASOURCE_PASSWORD SPRING_JPA_HIBERNATE_DDL_AUTO
  JAVA_TOOL_OPTIONS RAILS_ENV RACK_ENV RAILS_LOG_TO_STDOUT RAILS_SERVE_STATIC_FILES RAILS_MAX_THREADS RAILS_MASTER_KEY
  SECRET_KEY_BASE PHX_HOST PHX_SERVER ROCKET_ADDRESS ROCKET_PORT RUST_BACKTRACE NODE_ENV NODE_OPTIONS DATABASE_URL
  DJANGO_SETTINGS_MODULE PYTHONUNBUFFERED PYTHONDONTWRITEBYTECODE WEB_CONCURRENCY GUNICORN_CMD_ARGS`.split(/\s+/)
/** Nobody else's names begin so: they are none of an image whose code is not here. */
const families = /^(?:ASPNETCORE|DOTNET|SPRING|RAILS|PHX|ROCKET)_/

/** Where code, and what starts it, names variables. */
const texts =
  `.cs .fs .vb .java .kt .kts .scala .groovy .properties .rb .erb .rake .ru .ex .exs .eex .py .js .mjs .cjs .jsx .ts .mts
  .cts .tsx .vue .svelte .go .rs .php .sh .bash .json .yml .yaml .toml .conf .template .xml .gradle .env .example`.split(
    /\s+/,
  )
const most = 4000

export async function loadMisspeltNames({reader}: Inputs, facts: FactStore): Promise<Fact<MisspeltName[]>> {
  const [flyConfig, files, build] = await Promise.all([
    facts.value('flyConfig'),
    facts.value('files'),
    facts.value('build'),
  ])
  const {env = {}, build: from} = flyConfig?.config ?? {}
  const found = Object.keys(env).flatMap((name) => {
    const meant = meantBy(name)
    const isSet = meant !== undefined && (meant in env || build?.final.config.env.has(meant))
    return meant === undefined || isSet || (from?.image && !families.test(name)) ? [] : [{name, meant}]
  })
  if (found.length === 0) return known([])
  const all = files ?? noFiles
  const paths = [...new Set([...all.ending(...texts), ...all.beginning('Dockerfile', '.env')])]
  if (paths.length > most) return known([])
  // Its name may stand there for a reason.
  const own = await reader.texts(paths.filter((path) => !/(?:^|\/)fly[^/]*\.toml$/.test(path)))
  return known(found.filter(({name}) => !own.some(({text}) => written(name).test(text))))
}

/** `database_uri` of a class of settings, `spring.profiles.active`, `databaseUri`. */
const written = (name: string): RegExp => new RegExp(name.split('_').filter(Boolean).join('[_.:-]{0,2}'), 'i')

function meantBy(name: string): string | undefined {
  if (!/^[A-Z_]{7,}$/.test(name) || wellKnown.includes(name)) return undefined
  // URI is another word than URL.
  const isOther = (each: string) => name.length === each.length && !families.test(name) && !sameLetters(name, each)
  const near = wellKnown.filter((each) => isSlip(name, each) && !isOther(each))
  return near.length === 1 ? near[0] : undefined
}
