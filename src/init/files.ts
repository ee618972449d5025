import {access} from 'node:fs/promises'
import {join, relative, resolve} from 'node:path'
import {settingsName} from '../config/extends.ts'
import {openFacts} from '../preflight.ts'
import {ProjectReader, withSlashes} from '../project/files/reader.ts'
import {repositoryTop} from '../project/git/repository-prefix.ts'
import {schemaAddress} from '../published.ts'
import {UsageError} from '../usage-error.ts'
import {findOut} from './found.ts'
import {settingsText} from './settings-text.ts'
import {workflowText} from './workflow-text.ts'

export interface NewFile {
  /** As it is named to the user. */
  name: string
  path: string
  text: string
}

/** What `preflight init` would write, there or not. `workflow`: whether one is wanted; undefined where that is open. */
export async function newFiles(
  folder: string | undefined,
  config: string | undefined,
  workflow: boolean | undefined,
): Promise<NewFile[]> {
  const root = resolve(folder ?? '.')
  const found = await findOut(await openFacts({root: folder, config}))
  if ('reason' in found) {
    const message = `${found.reason}, and so nothing is known of the project`
    throw new UsageError(message, 'Run it where you would run flyctl deploy.')
  }
  const schema = schemaAddress(await exists(join(root, 'node_modules/fly-preflight')))
  const settings = {name: settingsName, path: join(root, settingsName), text: settingsText(found, schema)}
  // Where GitHub looks for workflows.
  const top = (await repositoryTop(root, new ProjectReader(root))) ?? root
  if (!(workflow ?? (await exists(join(top, '.github'))))) return [settings]
  const path = join(top, '.github/workflows/preflight.yml')
  return [settings, {name: relative(root, path), path, text: workflowText(withSlashes(relative(top, root)))}]
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
