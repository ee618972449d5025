import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

/** A value that is given as sslmode, and that no client of Postgres knows. */
export interface WrongSslMode {
  value: string
  /** `DB_SSLMODE in [env]`, `config/database.php`. */
  by: string
  /** The variable that a secret may set to another value. */
  variable: string | undefined
  at: FileLocation
}

/**
 * What is written for one that there is: libpq knows disable, allow, prefer, require, verify-ca and verify-full
 * (postgresql.org/docs/current/libpq-ssl.html), and other clients know one or two of their own beside these.
 */
const wrong =
  /^(?:required|requires|true|false|on|off|yes|no|enabled?|disabled|none|ssl|tls|verify|verify[_ ]?full|verify[_ ]?ca|full|optional|always|never)$/i

const isWrong = (value: string): boolean => wrong.test(value)

export async function loadSslModes({reader}: Inputs, facts: FactStore): Promise<Fact<WrongSslMode[]>> {
  const [files, flyConfig] = [(await facts.value('files')) ?? noFiles, await facts.value('flyConfig')]
  const env = new Map(Object.entries(flyConfig?.config.env ?? {}).map(([name, value]) => [name, String(value)]))
  const found: WrongSslMode[] = []
  // node-postgres, postgres.js and Postgrex go on with what they do not know (pg-connection-string, a switch without default).
  const isLenient =
    ['package.json', 'mix.exs', 'deno.json'].some((name) => files.has(name)) &&
    !['Gemfile', 'composer.json', 'requirements.txt', 'pyproject.toml', 'go.mod', 'Cargo.toml'].some((name) =>
      files.has(name),
    )
  for (const [name, value] of flyConfig && !isLenient ? env : []) {
    const [, mode = ''] = /^postgres(?:ql)?(?:\+\w+)?:\/\/.*[?&]sslmode=([\w -]*)/s.exec(value) ?? []
    const given = name === 'PGSSLMODE' ? value : mode
    if (isWrong(given) && flyConfig)
      found.push({value: given, by: `${name} in [env]`, variable: undefined, at: flyConfig.at('env', name)})
  }
  // Laravel has one in its connection to Postgres alone, Rails in that with the adapter.
  const php =
    files.has('config/database.php') &&
    isPostgres(env.get('DB_CONNECTION')) &&
    (await reader.text('config/database.php'))
  const line =
    /^[ \t]{0,200}'sslmode'\s{0,200}=>\s{0,200}(?:env\(\s{0,200}'(\w{1,200})'\s{0,200}(?:,\s{0,200}'([\w -]{0,200})')?\s{0,200}\)|'([\w -]{0,200})')/m
  const match = php ? line.exec(php.text) : undefined
  if (php && match) {
    const [, variable, fallback = '', literal] = match
    const set = variable === undefined ? undefined : env.get(variable)
    const value = set ?? literal ?? fallback
    if (isWrong(value)) {
      const at =
        set !== undefined && variable !== undefined && flyConfig
          ? flyConfig.at('env', variable)
          : php.lineSpan(php.position(match.index).line)
      found.push({
        value,
        by: set === undefined ? php.path : `${variable} in [env]`,
        variable: set === undefined ? variable : undefined,
        at,
      })
    }
  }
  const yml = files.has('config/database.yml') ? await reader.text('config/database.yml') : undefined
  const written = yml && /^[ \t]+sslmode:[ \t]*["']?([\w-]+)["']?[ \t]*$/m.exec(yml.text)
  if (yml && written && isWrong(written[1] as string) && /adapter:\s*["']?postg/.test(yml.text))
    found.push({
      value: written[1] as string,
      by: yml.path,
      variable: undefined,
      at: yml.lineSpan(yml.position(written.index).line),
    })
  return known(found)
}

const isPostgres = (connection: string | undefined): boolean => connection === undefined || connection === 'pgsql'
