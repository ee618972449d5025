import {posix} from 'node:path'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes/processes.ts'

/** A volume over the storage folder of Laravel, in which nothing is seen to make the folders of the framework. */
export interface HiddenStorage {
  /** The place of the mount in fly.toml. */
  path: readonly (string | number)[]
  destination: string
}

/**
 * Compiled pages, sessions and caches lie in storage/framework, whose folders the repository has: a volume that is new is
 * empty, and realpath() of a folder that is not there is false ("Please provide a valid cache path.",
 * Illuminate\View\Compilers\Compiler).
 */
export async function loadHiddenStorage({reader}: Inputs, facts: FactStore): Promise<Fact<HiddenStorage[]>> {
  const [{final}, flyConfig, files] = await facts.needAll('build', 'flyConfig', 'files')
  const tracked = files ?? noFiles
  const mounts = flyConfig.mounts.filter(({destination = ''}) => {
    const folder = posix.resolve('/', destination)
    const artisan = final.files.get(posix.join(posix.dirname(folder), 'artisan'))
    return posix.basename(folder) === 'storage' && artisan?.kind === 'file' && artisan.source === 'artisan'
  })
  if (mounts.length === 0 || flyConfig.hasContainers) return known([])
  const {texts, scripts} = await startedCommands(facts)
  const said = [
    ...texts.filter(({code}) => !code).map(({text}) => text),
    ...scripts.map(({file}) => file.text),
    // The entrypoint that flyctl launch writes runs all of these.
    ...(await reader.texts([...tracked.under('.fly/scripts'), ...tracked.ending('.sh')])).map(({text}) => text),
  ].filter((text) => !text.includes('<?php'))
  if (said.some((text) => /\bstorage\b|\bframework\b/.test(text))) return known([])
  const names = [...final.config.env.keys(), ...Object.keys(flyConfig.config.env ?? {})]
  if (names.some((name) => /^(?:VIEW_COMPILED_PATH|LARAVEL_STORAGE_PATH)$/.test(name))) return known([])
  const code = await reader.texts([
    ...tracked.under('bootstrap'),
    ...tracked.under('app/Providers'),
    ...['config/view.php', 'public/index.php', 'artisan'].filter((path) => tracked.has(path)),
  ])
  const isElsewhere = ({path, text}: {path: string; text: string}) =>
    /useStoragePath|makeDirectory|ensureDirectoryExists|\bmkdir\(/.test(text) ||
    (path === 'config/view.php' && !/'compiled'[^,]{0,300}storage_path\('framework\/views'\)/s.test(text))
  if (code.some(isElsewhere) || !tracked.hasFolder('resources/views')) return known([])
  return known(mounts.map(({path, destination = ''}) => ({path, destination})))
}
