import {posix} from 'node:path'
import type {BuildCommand} from '../image/build-commands.ts'
import {holds, momentOf, unchangedAt} from '../image/moment.ts'
import type {MissingTask, Project} from '../image/programs/missing-tasks.ts'
import {programOf} from '../image/shell/command.ts'

/** Bundles that are for development, and their packages. */
const packages: ReadonlyMap<string, string> = new Map([
  ['MakerBundle', 'symfony/maker-bundle'],
  ['WebProfilerBundle', 'symfony/web-profiler-bundle'],
  ['DebugBundle', 'symfony/debug-bundle'],
  ['DoctrineFixturesBundle', 'doctrine/doctrine-fixtures-bundle'],
])

/**
 * The auto-scripts of Symfony Flex start bin/console, which loads the bundles of its environment: dev, where nothing says
 * another. Those that --no-dev leaves out are not there: "Attempted to load class MakerBundle" (symfony.com/doc,
 * "How to Deploy a Symfony Application").
 */
export async function devBundle(command: BuildCommand, {reader, tracked}: Project): Promise<MissingTask | undefined> {
  const {moment, folder, at, words} = command
  const text = words.map((word) => word ?? '?').join(' ')
  if (programOf(command) !== 'composer' || !/ (?:install|i)\b/.test(text) || !/ --no-dev\b/.test(text)) return undefined
  if (/ --no-scripts\b| --no-plugins\b| --download-only\b|\?/.test(text)) return undefined
  // Only the default of .env, and of bin/console.
  const said = moment.stage.instructions.some(
    ({keyword, text: line}) => /^(?:RUN|ARG)$/.test(keyword) && /\bAPP_ENV\b|\bdump-env\b|\.env\b/.test(line),
  )
  if (said || moment.variables.has('APP_ENV')) return undefined
  const local = ['.env.local', '.env.local.php'].map((name) => posix.join(folder, name))
  if (local.some((path) => holds(momentOf(command), path) !== 'no')) return undefined
  const read = async (name: string) => {
    const source = unchangedAt(command, posix.join(folder, name), tracked)
    return await reader.text(source)
  }
  const [manifest, bundles, settings, lock] = [
    await read('composer.json'),
    await read('config/bundles.php'),
    await read('.env'),
    await read('composer.lock'),
  ]
  if (!manifest || !bundles) return undefined
  // Another default, or another file of settings; a bundle that is only loaded where its class is there.
  const starts = [await read('bin/console'), await read('src/Kernel.php')]
  if (starts.some((each) => each && /['"]prod['"]|\bregisterBundles\b/.test(each.text))) return undefined
  if (/"(?:dotenv_path|env_var_name|disable_dotenv)"/.test(manifest.text)) return undefined
  if (/class_exists|array_filter/.test(bundles.text)) return undefined
  // What a package of production needs is among the packages.
  const [production = ''] = lock?.text.split('"packages-dev"', 1) ?? []
  const environment = settings && /^[ \t]*(?:export )?APP_ENV=["']?(\w*)/m.exec(settings.text)?.[1]
  if (environment && environment !== 'dev') return undefined
  // What starts the console.
  const script = /"post-install-cmd"\s{0,99}:\s{0,99}\[[^\]]{0,2000}"@auto-scripts"/.test(manifest.text)
    ? /"([\w:-]{1,100})(?![\w:-])(?![^"\n]{0,100}(?:--env|-e)\b)[^"\n]{0,100}"\s{0,99}:\s{0,99}"symfony-cmd"/.exec(
        manifest.text,
      )?.[1]
    : undefined
  const [development = ''] = /"require-dev"\s{0,99}:\s{0,99}\{[^}]{0,5000}\}/.exec(manifest.text) ?? []
  if (!script) return undefined
  for (const listed of bundles.text.matchAll(/^[ \t]*\\?([\w\\]+)::class\s{0,20}=>\s{0,20}\[([^\]\n]{0,200})\]/gm)) {
    const [line, path = '', environments = ''] = listed
    const name = path.split('\\').at(-1) as string
    const needed = packages.get(name)
    if (!needed || !/['"](?:dev|all)['"]\s{0,9}=>\s{0,9}true/.test(environments)) continue
    const others = manifest.text.replace(development, '') + production
    if (!development.includes(`"${needed}"`) || others.includes(`"${needed}"`)) continue
    return {
      message: `composer install --no-dev stops: its script ${script} starts Symfony in dev, which loads ${name}, and ${needed} is in require-dev`,
      at,
      related: [bundles.span(listed.index, listed.index + line.length)],
      hint: 'Say the environment before: ENV APP_ENV=prod. Or run no scripts there: composer install --no-dev --no-scripts',
      // As root, Composer may load no plugin, and then stops for another reason.
      likely: !moment.variables.has('COMPOSER_ALLOW_SUPERUSER'),
    }
  }
  return undefined
}
