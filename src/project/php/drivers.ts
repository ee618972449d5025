import type {FactStore} from '../../facts.ts'
import {withoutSlashComments} from '../code/comments.ts'
import {isApart} from '../files/apart.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import type {Demand} from './extensions.ts'

/** The extension of PDO for each connection of Laravel; that of SQLite is in the image of PHP. */
const connections = new Map([
  ['pgsql', 'pdo_pgsql'],
  ['mysql', 'pdo_mysql'],
  ['mariadb', 'pdo_mysql'],
  ['sqlsrv', 'pdo_sqlsrv'],
])

/**
 * What the app asks of PHP when it connects to its database, which composer does not know: without the driver PDO says
 * `could not find driver`. Laravel takes the connection that DB_CONNECTION names, Doctrine the driver of doctrine.yaml.
 */
export async function driverDemands({reader}: Pick<Inputs, 'reader'>, facts: FactStore): Promise<Demand[]> {
  const [all, flyConfig, image] = await Promise.all([
    facts.value('files'),
    facts.value('flyConfig'),
    facts.value('image'),
  ])
  const files = all ?? noFiles
  const demands: Demand[] = []
  if (files.has('artisan') && files.has('config/database.php')) {
    const config = (await reader.text('config/database.php'))?.text ?? ''
    const written = flyConfig?.config.env?.DB_CONNECTION
    const connection = String(written ?? '')
    const name = connections.get(connection)
    // A connection of the project's own has a name of its own, and its driver beside it.
    const isUsual = new RegExp(`'${connection}'\\s*=>\\s*\\[\\s*'driver'\\s*=>\\s*'${connection}'`).test(config)
    if (name && isUsual && flyConfig)
      demands.push({name, by: `DB_CONNECTION = "${connection}"`, required: flyConfig.at('env', 'DB_CONNECTION')})
  }
  // Intervention Image takes the driver that its settings name, and throws where PHP does not have it (its Driver classes).
  const images = files.has('artisan') ? await reader.text('config/image.php') : undefined
  const driver =
    /^[ \t]*'driver'[ \t]*=>[ \t]*(?:\\?(?:Intervention\\Image\\Drivers\\)?(Imagick|Gd)\\Driver::class|'(imagick|gd)')/m.exec(
      images?.text ?? '',
    )
  if (images && driver) {
    const name = (driver[1] ?? driver[2] ?? '').toLowerCase()
    demands.push({name, by: images.path, required: images.span(driver.index, driver.index + driver[0].length)})
  }
  for (const path of files.named('config/packages/doctrine.yaml')) {
    const file = await reader.text(path)
    // Of an address the scheme counts, whatever driver is beside it; what stands behind when@test is for tests.
    const [text = ''] = file?.text.split(/^when@/m) ?? []
    const match = /^[ \t]+url:/m.test(text)
      ? undefined
      : /^[ \t]+driver:[ \t]*['"]?(pdo_(?:pgsql|mysql))['"]?[ \t]*$/m.exec(text)
    if (file && match)
      demands.push({
        name: match[1] as string,
        by: path,
        required: file.span(match.index, match.index + match[0].length),
      })
  }
  return [
    ...demands,
    ...(await codeDemands(
      {reader},
      files.only((path) => image?.copies(path) ?? true),
    )),
  ]
}

/** `new PDO("pgsql:host=…")`, `new mysqli(…)`: the calls by which code without a framework connects. */
const connects =
  /\bnew\s+\\?(?:PDO\(\s*["'](pgsql|mysql|sqlsrv):|(mysqli)\s*\()|(?<![\w$>:])(mysqli)_(?:connect|real_connect)\s*\(/

/** The first of each, in code of the project's own; a framework's is in its settings. */
async function codeDemands({reader}: Pick<Inputs, 'reader'>, files: Files): Promise<Demand[]> {
  if (files.has('artisan') || files.named('wp-config.php', 'wp-load.php').length > 0) return []
  const found = new Map<string, Demand>()
  const paths = files.ending('.php').filter((path) => !isApart(path) && !/(?:^|\/)(?:vendor|adminer)\b/.test(path))
  for (const path of paths.slice(0, 300)) {
    const file = await reader.text(path)
    const text = file && withoutSlashComments(file.text)
    // A file that asks which drivers there are has another way.
    if (
      !file ||
      !text ||
      /\bextension_loaded\b|\bgetAvailableDrivers\b|\bclass_exists\b|\bfunction_exists\b/.test(text)
    )
      continue
    const match = connects.exec(text)
    if (!match) continue
    const name = match[1] ? (connections.get(match[1]) as string) : 'mysqli'
    if (!found.has(name))
      found.set(name, {name, by: path, required: file.span(match.index, match.index + match[0].length)})
  }
  return [...found.values()]
}
