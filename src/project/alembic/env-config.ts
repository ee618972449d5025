import type {TextFile} from '../files/text.ts'
import type {LogicalLine} from '../python/source/logical-lines.ts'
import type {Fault} from './fault.ts'
import {type ConfigOptions, everyCommandReads} from './options.ts'

/** `fileConfig(config.config_file_name)` wants logging sections, also when it is asked whether there is a name. */
export function loggingFaults(file: TextFile, lines: readonly LogicalLine[], options: ConfigOptions): Fault[] {
  const [first] = options.lacksForLogging
  const call = lines.find(({code}) =>
    /(?:^|[^\w.])(?:logging\.config\.)?fileConfig\s*\(\s*config\.config_file_name\b/.test(code),
  )
  if (first === undefined || !call) return []
  const before = lines.filter(({start}) => start < call.start)
  const around = before.findLast(({indent}) => indent < call.indent)
  const isPlain =
    call.indent === 0 ||
    (around?.indent === 0 && /^if\s+(?:config\.)?config_file_name|^if\s+config\.config_file_name/.test(around.code))
  if (!isPlain) return []
  const isToml = options.at.file.endsWith('.toml')
  return [
    {
      topic: 'config',
      message: isToml
        ? 'env.py sets up logging from alembic.ini, and there is none: upgrade stops at fileConfig()'
        : `env.py sets up logging from ${options.at.file}, which has no [${first}]: upgrade stops with KeyError '${first}'`,
      at: options.at,
      related: [file.span(call.start, call.end)],
      hint: 'Add the logging sections that alembic init writes, or take fileConfig(…) out of env.py.',
      ends: 'upgrade',
      proven: true,
    },
  ]
}

/** `get_section` reads every key of the section, `get_main_option` one: a lone % in it ends the upgrade. */
export function interpolationFaults(file: TextFile, lines: readonly LogicalLine[], options: ConfigOptions): Fault[] {
  const calls = (pattern: RegExp) =>
    lines.filter(({code}) => pattern.test(code)).map(({start, end}) => file.text.slice(start, end))
  const readsAll = calls(/\bget_section\s*\(/).length > 0
  const names = (texts: readonly string[], key: string) =>
    texts.some((text) => /["']/.test(text) && text.toLowerCase().includes(key.toLowerCase()))
  const sets = calls(/\bset_(?:main|section)_option\s*\(/)
  const gets = calls(/\bget_(?:main|section)_option\s*\(/)
  return options.unreadable
    .filter(({key}) => !everyCommandReads.has(key) && !names(sets, key) && (readsAll || names(gets, key)))
    .filter(({invalid}) => {
      // `config.set_section_option(section, "DB_USER", …)` gives `%(DB_USER)s` its value.
      const missing = /^%\((.+)\)s names no key/.exec(invalid)?.[1]
      return missing === undefined || !names(sets, missing)
    })
    .map(({key, invalid, at}) => ({
      topic: 'config',
      message: `${key} cannot be read: ${invalid}`,
      at,
      hint: 'Write a % as %%; what comes from the environment is set in env.py.',
      ends: 'upgrade',
      proven: false,
    }))
}
