/** What stops `manage.py collectstatic` while the image is built. */
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Value} from '../../database/value.ts'
import {noFiles} from '../../files/files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {isCertain} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {imageVersions, isIn} from '../packages/image-versions.ts'
import {hasAtLeast} from '../packages/newest-version.ts'
import {type DjangoSettings, djangoSettings} from './settings-files.ts'
import {type SettingsValues, settingsValues} from './settings-values.ts'
import {settingPath, staticFolders} from './static-folders.ts'
import {type BrokenReference, brokenReferences} from './static-references.ts'

export type CollectFault = {command: BuildCommand; settings: DjangoSettings} & Stop

type Stop =
  /** Without STATIC_ROOT; without a storage. */
  | {kind: 'root' | 'storage'}
  /** It asks before it writes over the files that are there. */
  | {kind: 'asks'; folder: string}
  | {kind: 'reference'; reference: BrokenReference; storage: string}

export async function loadCollectFaults({reader}: Inputs, facts: FactStore): Promise<Fact<CollectFault[]>> {
  const [{commands}, files, image, processes, python] = await Promise.all([
    facts.need('buildCommands'),
    facts.value('files'),
    facts.value('image'),
    facts.value('processes'),
    facts.value('python'),
  ])
  const tracked = files ?? noFiles
  const versions = async () =>
    image && processes && python ? imageVersions(image, {processes, python, reader}) : undefined
  const isNew = async (version: string) => hasAtLeast('django', version, await versions()) === 'surely'
  const found: CollectFault[] = []
  for (const command of commands) {
    const {words, moment} = command
    const isMeant = words.some((word) => word?.endsWith('manage.py')) && words.includes('collectstatic')
    if (!isMeant || !isCertain(command) || words.includes('--help')) continue
    const settings = await djangoSettings(command, {reader, tracked})
    if (!settings?.complete || !/django\.contrib\.staticfiles/.test(settings.text)) continue
    const values = await settingsValues(settings, tracked, reader, (name) => moment.variables.get(name))
    const fault = await first(command, settings, values)
    if (fault) found.push({...fault, command, settings})
  }
  return known(found)

  async function first(
    command: BuildCommand,
    settings: DjangoSettings,
    values: SettingsValues,
  ): Promise<Stop | undefined> {
    const storages = values.get('STORAGES')
    if (storages?.kind === 'dict' && !storages.open && !storages.entries.has('staticfiles') && !values.get(older))
      return (await isNew('4.2')) ? {kind: 'storage'} : undefined
    const storage = storageOf(values, (await versions())?.all.get('django')?.version)
    // Another one needs no folder.
    if (!storage || !isLocal.test(storage)) return undefined
    if (!/STATIC_ROOT|django_heroku/.test(settings.text)) return {kind: 'root'}
    const folder = settingPath('STATIC_ROOT', settings, command)
    if (folder && !command.words.some((word) => word === undefined || /^--no-?input$/.test(word))) {
      const there = command.moment.files.get(folder)
      if (there?.kind === 'folder' && there.entries.size > 0) return {kind: 'asks', folder}
    }
    const isPlain = !command.words.some(
      (word) => word === undefined || /^(?:-i|-n|--ignore|--dry-run|--no-post)/.test(word),
    )
    if (!isPlain || !withManifest.test(storage)) return undefined
    const folders = staticFolders(settings, values, command)
    const prefix = textOf(values.get('STATIC_URL'))
    if (folders.length === 0 || prefix === undefined) return undefined
    const reads = {folders, prefix, maps: () => isNew('4.1')}
    const reference = await brokenReferences(command, reads, {reader, tracked})
    return reference && {kind: 'reference', reference, storage}
  }
}

const older = 'STATICFILES_STORAGE'
const isLocal = /^(?:django\.contrib\.staticfiles\.storage|whitenoise\.storage)\.\w+$/
/** Each file is given a name by what is in it, and what other files name is looked up. */
export const withManifest = /\.(?:CompressedManifest|Manifest)StaticFilesStorage$/

const textOf = (value: Value | undefined): string | undefined => (value?.kind === 'string' ? value.value : undefined)

/**
 * The class of the storage: STORAGES since Django 4.2, STATICFILES_STORAGE until 5.0. Undefined where it cannot be told, or
 * it is not known which of them counts.
 */
export function storageOf(values: SettingsValues, django: string | undefined): string | undefined {
  const [storages, named] = [values.get('STORAGES'), values.get(older)]
  const standard = 'django.contrib.staticfiles.storage.StaticFilesStorage'
  if (!storages && !named) return standard
  if (django === undefined) {
    // Whatever counts, it is of the same kind.
    const both = [textOf(named), backendOf(storages)].filter((each) => each !== undefined)
    return both.length === Number(Boolean(named)) + Number(Boolean(storages)) &&
      both.every((each) => isLocal.test(each))
      ? standard
      : undefined
  }
  if (storages && isIn(django, '>=4.2')) return backendOf(storages)
  return named && isIn(django, '<5.1') ? textOf(named) : standard
}

function backendOf(storages: Value | undefined): string | undefined {
  const entry = storages?.kind === 'dict' ? storages.entries.get('staticfiles') : undefined
  return entry?.kind === 'dict' ? textOf(entry.entries.get('BACKEND')) : undefined
}
