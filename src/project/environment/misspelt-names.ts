/**
 * Names in [env] that nothing reads, and that are one letter beside a name that a runtime reads (`ASPNETCORE_URLSD`), or one
 * word or one letter beside a name that the code reads: `IMAGE_STORAGE_CONTAINER` for `IMAGE_STORAGE_CONTAINER_NAME`.
 */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isSlip, sameLetters} from '../../suggest.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

export interface MisspeltName {
  name: string
  meant: string
  /** Where the code reads the other one. */
  at?: FileLocation
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

/** What libraries and tools read of their own accord, each under many names that differ in a word. */
const ofLibraries =
  /^(?:OTEL|AWS|AZURE|GOOGLE|SENTRY|DD|NEW_RELIC|ELASTIC|LANGCHAIN|LANGSMITH|LANGFUSE|LITELLM|OLLAMA|OPENAI|HF|TRANSFORMERS|CELERY|GUNICORN|UVICORN|HYPERCORN|DJANGO|FLASK|RAILS|PUMA|SPRING|QUARKUS|KC|GF|ASPNETCORE|DOTNET|NODE|NPM|UV|PIP|PYTHON|POSTGRES|PG|MYSQL|REDIS|MONGO|PRISMA|ROCKET|PHX|NUXT|NITRO|NEXT|AUTH)_/

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
  const isSet = (name: string) => name in env || build?.final.config.env.has(name)
  const names = Object.keys(env)
  const found = names.flatMap((name): MisspeltName[] => {
    const meant = meantBy(name)
    return meant === undefined || isSet(meant) || (from?.image && !families.test(name)) ? [] : [{name, meant}]
  })
  const long = from?.image
    ? []
    : names.filter((name) => /^[A-Z]+(?:_[A-Z]+){2,}$/.test(name) && !ofLibraries.test(name))
  const reads = long.length > 0 ? ((await facts.value('environment'))?.reads ?? []) : []
  const unset = new Map(reads.flatMap((read) => (isSet(read.name) ? [] : [[read.name, read.at] as const])))
  for (const name of long.filter((each) => !reads.some((read) => read.name === each))) {
    const [near, another] = [...unset].filter(
      ([each]) => lacksWord(name, each) || lacksWord(each, name) || slipsInWord(name, each),
    )
    if (near && !another) found.push({name, meant: near[0], at: near[1]})
  }
  if (found.length === 0) return known([])
  const all = files ?? noFiles
  const paths = [...new Set([...all.ending(...texts), ...all.beginning('Dockerfile', '.env')])]
  if (paths.length > most) return known([])
  // Its name may stand there for a reason.
  const own = await reader.texts(paths.filter((path) => !/(?:^|\/)fly[^/]*\.toml$/.test(path)))
  return known(
    found.filter(({name, at}) => {
      const pattern = at ? asWhole(name) : written(name)
      return !own.some(({text}) => pattern.test(text))
    }),
  )
}

/** `database_uri` of a class of settings, `spring.profiles.active`, `databaseUri`. */
const written = (name: string): RegExp => new RegExp(name.split('_').filter(Boolean).join('[_.:-]{0,2}'), 'i')

/** The whole name, or what stands behind a prefix that a library puts before it. */
const asWhole = (name: string): RegExp => {
  const [first = '', ...rest] = name.split('_')
  return new RegExp(`(?<![a-z\\d])(?:${first}[_.:-]{0,2})?${rest.join('[_.:-]{0,2}')}(?![a-z\\d_])`, 'i')
}

/** The one has all words of the other, which are three at least and begin alike, but for one. */
function lacksWord(name: string, other: string): boolean {
  const [words, all] = [name.split('_'), other.split('_')]
  if (words.length < 3 || all.length !== words.length + 1 || words[0] !== all[0]) return false
  return all.some((_, index) => all.toSpliced(index, 1).join('_') === name)
}

/** One word has a letter too much, too few or another: `MAX_NUSIC` for `MAX_MUSIC`. Short words are other ones, and so is URI. */
function slipsInWord(name: string, other: string): boolean {
  const [words, all] = [name.split('_'), other.split('_')]
  const wrong = words.flatMap((word, index) => (word === all[index] ? [] : [index]))
  const [index = 0, another] = wrong
  const [word = '', meant = ''] = [words[index], all[index]]
  return words.length === all.length && index > 0 && another === undefined && word.length > 3 && isSlip(word, meant)
}

function meantBy(name: string): string | undefined {
  if (!/^[A-Z_]{7,}$/.test(name) || wellKnown.includes(name)) return undefined
  // URI is another word than URL.
  const isOther = (each: string) => name.length === each.length && !families.test(name) && !sameLetters(name, each)
  const near = wellKnown.filter((each) => isSlip(name, each) && !isOther(each))
  return near.length === 1 ? near[0] : undefined
}
