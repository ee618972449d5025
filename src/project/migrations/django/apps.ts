import {posix} from 'node:path'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Build} from '../../image/build.ts'
import type {FolderEntry} from '../../image/files/file-tree.ts'
import {mayBring} from '../../image/may-hold.ts'
import type {DjangoImport} from '../../python/django/loaded-modules.ts'
import {type DjangoMigration, readMigration} from './migration-file.ts'

/** An app of the project's own that the settings name, as it is in the image. */
export interface DjangoApp {
  /** What migrations and tables call it. */
  label: string
  /** Where the settings name it. */
  item: DjangoImport
  /** Its folder in the image. */
  folder: string
  /** The files of the project that have its models. */
  models: TextFile[]
  /** Undefined without a folder `migrations`: `migrate` makes nothing of the app. */
  migrations: DjangoMigration[] | undefined
  /** The folder has no `__init__.py`: Django passes over what is in it. */
  isNamespace: boolean
}

/**
 * The app that a package of the image is. Undefined where it is not one of the project's own, where something of it
 * cannot be read, and where the build may bring more than is seen.
 */
export async function djangoApp(
  item: DjangoImport,
  root: string,
  {final}: Build,
  reader: ProjectReader,
): Promise<DjangoApp | undefined> {
  const folder = posix.join(root, ...item.name.split('.'))
  const package_ = final.files.get(folder)
  if (package_?.kind !== 'folder') return undefined
  const label = labelOf(await textIn(package_, 'apps.py'), item.name)
  const models = await modelsIn(package_)
  if (label === undefined) return undefined
  if (mayBring(final, `${folder}/migrations`)) return undefined
  const own = package_.entries.get('migrations')
  // A module of that name has no migrations, and is rare.
  if (own === undefined && package_.entries.has('migrations.py')) return undefined
  if (own === undefined) return {label, item, folder, models, migrations: undefined, isNamespace: false}
  if (own.kind !== 'folder') return undefined
  const migrations: DjangoMigration[] = []
  for (const [name] of own.list()) {
    // As pkgutil.iter_modules lists them; the loader leaves out what begins so (django/db/migrations/loader.py).
    if (!name.endsWith('.py') || /^(?:__init__\.py$|[_~])/.test(name)) continue
    const file = await textIn(own, name)
    const migration = file && readMigration(file, label, name.slice(0, -'.py'.length))
    if (!migration) return undefined
    migrations.push(migration)
  }
  const isNamespace = !own.entries.has('__init__.py') && migrations.length > 0
  return {label, item, folder, models, migrations, isNamespace}

  async function textIn(parent: FolderEntry, name: string): Promise<TextFile | undefined> {
    const entry = parent.entries.get(name)
    return entry?.kind === 'file' ? reader.text(entry.source) : undefined
  }

  /** models.py; or a package of that name, and those of its modules that it imports. */
  async function modelsIn(parent: FolderEntry): Promise<TextFile[]> {
    const inside = parent.entries.get('models')
    if (inside?.kind !== 'folder') return [await textIn(parent, 'models.py')].flatMap((file) => file ?? [])
    const init = await textIn(inside, '__init__.py')
    const isImported = (name: string) => new RegExp(`\\b${name}\\b`).test(init?.text ?? '')
    const names = [...inside.entries.keys()].flatMap((name) => /^(\w+)\.py$/.exec(name)?.[1] ?? [])
    const files = await Promise.all(
      names
        .filter(isImported)
        .sort()
        .map((name) => textIn(inside, `${name}.py`)),
    )
    return [init, ...files].flatMap((file) => file ?? [])
  }
}

/** `label` of the AppConfig, else the last part of the name; undefined with several of them. */
function labelOf(config: TextFile | undefined, name: string): string | undefined {
  const labels = new Set(
    [...(config?.text ?? '').matchAll(/^[ \t]{1,100}label[ \t]{0,20}=[ \t]{0,20}["'](\w+)["']/gm)].map(
      ([, label]) => label,
    ),
  )
  const [label, another] = labels
  return another ? undefined : (label ?? name.split('.').at(-1))
}
