import type {FactStore} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
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
  const [files, flyConfig] = [(await facts.value('files')) ?? noFiles, await facts.value('flyConfig')]
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
  return demands
}
