import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isSettings, isShown, secretVariable} from '../environment/secret-values.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

/** A file of settings in git with a real secret in it. */
export interface TrackedSecret {
  file: string
  /** The variable, or what it is. */
  what: string
  at: FileLocation
  /** Symfony keeps its defaults in this file, and stops without it. */
  isOfSymfony: boolean
}

export async function loadTrackedSecrets({reader}: Inputs, facts: FactStore): Promise<Fact<TrackedSecret[]>> {
  const [{untracked}, files, settings] = await Promise.all([
    facts.need('git'),
    facts.value('files'),
    facts.value('settings'),
  ])
  const isTracked = (path: string) =>
    !untracked.some((each) => each === '.' || path === each || (each.endsWith('/') && path.startsWith(each)))
  const own = settings?.envFile && reader.display(settings.envFile.name)
  const found: TrackedSecret[] = []
  const settingsFiles = (files ?? noFiles).beginning('.').filter((path) => isSettings(path) && !isShown(path))
  const isOwn = own !== undefined && files?.has(own)
  for (const path of [...new Set([...settingsFiles, ...(isOwn ? [own] : [])])].sort()) {
    if (!isTracked(path)) continue
    const file = await reader.text(path)
    reader.hide(path)
    const secret = file && secretVariable(file)
    const isOfSymfony = posix.basename(path) === '.env' && !!files?.has(posix.join(posix.dirname(path), 'symfony.lock'))
    if (secret) found.push({file: path, ...secret, isOfSymfony})
  }
  return known(found)
}
