import {redact} from '../../redact.ts'
import {isTable, type Path} from '../documents/document.ts'

/** What flyctl understands of fly.toml, as far as the checks read it. Absent keys are absent here too. */
export interface FlyConfigData {
  app?: string | undefined
  primaryRegion?: string | undefined
  build: {
    image?: string | undefined
    dockerfile?: string | undefined
    target?: string | undefined
    builder?: string | undefined
    builtin?: string | undefined
    /** [build.compose], even empty: the containers come from a compose file. */
    compose: boolean
    args: Record<string, string>
  }
  env: Record<string, string>
  /** Process groups with their commands; without [processes] the one group `app`, whose command is the image's. */
  processes: {group: string; command?: string | undefined; path: Path}[]
  releaseCommand?: string | undefined
  entrypoint?: string[] | undefined
  cmd?: string[] | undefined
  services: {internalPort?: number | undefined; path: Path}[]
}

/** A value that flyctl cannot decode: with one of them it reads nothing but the app's name from the file. */
export interface DecodeProblem {
  path: Path
  message: string
  hint: string
}

/**
 * Reads the generic value as flyctl does: legacy shapes first (internal/appconfig/patches.go), then Go's JSON rules.
 * Keys that no check reads yet are not looked at, so their problems are missed, never invented.
 */
export function decodeFlyConfig(document: Record<string, unknown>): {data: FlyConfigData; problems: DecodeProblem[]} {
  // Go's decoder compares keys without their case, and leaves a null alone. The patches want the exact key: their
  // sections are read as they are written.
  const value = anyCase(withoutNulls(document) as Record<string, unknown>, [
    'app',
    'primary_region',
    'build',
    'deploy',
    'http_service',
  ])
  const problems: DecodeProblem[] = []
  const wrong: Wrong = (path, message, hint) => problems.push({path, message, hint})

  const string = (table: Record<string, unknown>, key: string, path: Path = []): string | undefined => {
    const found = table[key]
    if (found === undefined || typeof found === 'string') return found
    wrong([...path, key], `${key} is ${kind(found)}, it must be a string`, `Write it in quotes: ${key} = "…"`)
    return undefined
  }
  const table = (key: string): Record<string, unknown> => {
    const found = value[key]
    if (found === undefined) return {}
    if (isTable(found)) return found
    wrong([key], `${key} is ${kind(found)}, it must be a table`, `Write [${key}], and its keys below.`)
    return {}
  }

  const build = anyCase(table('build'), ['image', 'dockerfile', 'builder', 'builtin', 'build-target', 'args'])
  const deploy = anyCase(table('deploy'), ['release_command'])
  const experimental = table('experimental')
  const data: FlyConfigData = {
    app: string(value, 'app'),
    primaryRegion: string(value, 'primary_region'),
    build: {
      image: string(build, 'image', ['build']),
      dockerfile: string(build, 'dockerfile', ['build']),
      // `build_target` is renamed and wins (patchBuild).
      target: string(build, 'build_target', ['build']) ?? string(build, 'build-target', ['build']),
      builder: string(build, 'builder', ['build']),
      builtin: string(build, 'builtin', ['build']),
      compose: isTable(build.compose),
      args: textTable(build.args),
    },
    env: environment(value.env, wrong),
    processes: processes(value.processes, wrong),
    releaseCommand: string(deploy, 'release_command', ['deploy']),
    entrypoint: oneOrMore(experimental.entrypoint),
    cmd: oneOrMore(experimental.cmd),
    services: services(value, wrong),
  }
  topLevelChecks(value.checks, wrong)
  return {data, problems}
}

/** The table with these keys in lower case, however they are written; an exact key wins. */
function anyCase(table: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const result = {...table}
  for (const key of keys) {
    const written = key in table ? key : Object.keys(table).find((each) => each.toLowerCase() === key)
    if (written !== undefined) result[key] = table[written]
  }
  return result
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isTable(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => (entry === null ? [] : [[key, withoutNulls(entry)]])),
  )
}

type Wrong = (path: Path, message: string, hint: string) => void

/** `[env]`, or an array of such tables, later ones winning; every value becomes text (patchEnv). */
function environment(env: unknown, wrong: Wrong): Record<string, string> {
  if (env !== undefined && !isTable(env) && !(Array.isArray(env) && env.every(isTable))) {
    wrong(['env'], `env is ${kind(env)}, it must be a table`, 'Write [env], and below it NAME = "value".')
  }
  const tables = Array.isArray(env) ? env : [env]
  return Object.assign({}, ...tables.map(textTable))
}

/** `[processes]`, or the old array of {name, command} (patchProcesses). */
function processes(found: unknown, wrong: Wrong): FlyConfigData['processes'] {
  const groups: FlyConfigData['processes'] = []
  if (isTable(found)) {
    for (const [group, command] of Object.entries(found)) {
      const path = ['processes', group]
      if (typeof command === 'string') groups.push({group, command: command || undefined, path})
      else
        wrong(
          path,
          `the command of process group "${group}" is ${kind(command)}, it must be a string`,
          `Write the whole command as one text: ${group} = "PROGRAM ARGUMENTS"`,
        )
    }
  } else if (Array.isArray(found)) {
    found.forEach((item, index) => {
      if (!isTable(item) || item.name === undefined) return
      groups.push({group: String(item.name), command: text(item.command), path: ['processes', index, 'command']})
    })
  } else if (found !== undefined) {
    wrong(
      ['processes'],
      `processes is ${kind(found)}, it must be a table`,
      'Write [processes], and below it NAME = "COMMAND".',
    )
  }
  return groups.length > 0 ? groups : [{group: 'app', path: ['processes']}]
}

/** `[http_service]`, strict, then `[[services]]` with the leniency of patchServices. */
function services(value: Record<string, unknown>, wrong: Wrong): FlyConfigData['services'] {
  const result: FlyConfigData['services'] = []
  const http = value.http_service
  if (isTable(http)) {
    const port = http.internal_port
    if (port !== undefined && !Number.isInteger(port)) {
      wrong(
        ['http_service', 'internal_port'],
        `internal_port is ${kind(port)}, it must be a whole number`,
        'Write the number without quotes: internal_port = 8080',
      )
    }
    result.push({internalPort: typeof port === 'number' ? port : undefined, path: ['http_service']})
  } else if (http !== undefined) {
    wrong(
      ['http_service'],
      `http_service is ${kind(http)}, it must be one table`,
      'Write [http_service], in single brackets.',
    )
  }
  const list = value.services
  if (isTable(list)) result.push({internalPort: lenientPort(list.internal_port), path: ['services']})
  else if (Array.isArray(list)) {
    list.forEach((service, index) => {
      if (isTable(service)) result.push({internalPort: lenientPort(service.internal_port), path: ['services', index]})
    })
  } else if (list !== undefined) {
    wrong(
      ['services'],
      `services is ${kind(list)}, it must be an array of tables`,
      'Write [[services]], and its keys below.',
    )
  }
  return result
}

/** patchTopLevelChecks: a table of tables, or the old array whose every item has a `name`. */
function topLevelChecks(checks: unknown, wrong: Wrong): void {
  const named = 'Write [checks.NAME] in place of [[checks]].'
  if (checks === undefined || isTable(checks)) return
  if (!Array.isArray(checks)) return void wrong(['checks'], `checks is ${kind(checks)}, it must be tables`, named)
  checks.forEach((check, index) => {
    if (!isTable(check)) wrong(['checks', index], `checks[${index}] is ${kind(check)}, it must be a table`, named)
    else if (typeof check.name !== 'string') {
      wrong(['checks', index], 'this [[checks]] has no name, it must have one', named)
    }
  })
}

/** An integer, a float (cut off) or a numeric string (castToInt). */
function lenientPort(port: unknown): number | undefined {
  const number = typeof port === 'string' && /^[+-]?\d+$/.test(port) ? Number(port) : port
  return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : undefined
}

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value))

function textTable(value: unknown): Record<string, string> {
  if (!isTable(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, String(entry)]))
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []

/** A string becomes one argument; it is not split (patchExperimental). */
function oneOrMore(value: unknown): string[] | undefined {
  if (typeof value === 'string') return value ? [value] : undefined
  const list = strings(value)
  return list.length > 0 ? list : undefined
}

function kind(value: unknown): string {
  if (Array.isArray(value)) return value.some(isTable) ? 'an array of tables' : 'an array'
  if (isTable(value)) return 'a table'
  if (value instanceof Date) return 'a date'
  if (typeof value === 'string') {
    const shown = redact(value)
    return `the string ${JSON.stringify(shown.length > 40 ? `${shown.slice(0, 40)}…` : shown)}`
  }
  return `${typeof value === 'boolean' ? 'the boolean' : 'the number'} ${value}`
}
