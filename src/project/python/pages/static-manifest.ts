/** The manifest of Django's static files, by which `{% static %}` looks each name up. */
import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import {codeOf} from '../../code/code.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {ignoredPaths} from '../../git/git.ts'
import {commandIn} from '../../image/final-moment.ts'
import {holds} from '../../image/moment.ts'
import {leavesPython} from '../../image/shell/quiet-run.ts'
import {storageOf, withManifest} from '../django/collect-faults.ts'
import {mayDebug} from '../django/settings-faults.ts'
import {staticFolders} from '../django/static-folders.ts'
import {isOfOthers} from '../django/static-references.ts'
import {declaredNames} from '../packages/declared.ts'
import {imageVersions} from '../packages/image-versions.ts'

/**
 * Tells of a name whether the manifest surely lacks it, so that the page that names it is an error ("Missing staticfiles
 * manifest entry"). Undefined where there is no manifest, or not all folders are known that it is made of.
 */
export async function manifestLacks(
  facts: FactStore,
  reader: ProjectReader,
): Promise<((name: string) => Promise<boolean>) | undefined> {
  const [machine, image, processes, python, flyConfig, deploys] = await Promise.all([
    facts.value('machineSettings'),
    facts.value('image'),
    facts.value('processes'),
    facts.value('python'),
    facts.value('flyConfig'),
    facts.value('deployCommands'),
  ])
  const [at] = processes?.commands ?? []
  if (!machine || !image || !processes || !python || !at) return undefined
  const {settings, values, moment} = machine
  const codes = settings.files.flatMap((file) => codeOf(file) ?? [])
  if (mayDebug(codes, flyConfig?.config.env) || /manifest_strict/.test(settings.text)) return undefined
  const versions = await imageVersions(image, {processes, python, reader})
  const storage = storageOf(values, versions?.all.get('django')?.version)
  if (!storage || !withManifest.test(storage)) return undefined
  // What builds styles and scripts writes them where it likes.
  if (moment.unknown.some(({by, text = ''}) => by === 'run' && !leavesPython(text))) return undefined
  const folders = staticFolders(settings, values, commandIn(moment, ['python', 'manage.py', 'collectstatic'], at.at))
  if (folders.length === 0) return undefined
  const packages = declaredNames(python)
  return async (name) => {
    const [first = ''] = name.split('/')
    const plain = first.toLowerCase().replaceAll('_', '-')
    if (isOfOthers(name) || packages.some((each) => `-${each}-`.includes(`-${plain}-`))) return false
    // Of a folder that the project has none of, a package may.
    const isOwn = folders.some((folder) => moment.files.get(posix.join(folder, name.includes('/') ? first : '')))
    if (!isOwn || folders.some((folder) => holds(moment, posix.join(folder, name)) !== 'no')) return false
    const expected = folders.map((folder) => posix.join(posix.relative(settings.root, folder), name))
    if (expected.some((path) => deploys?.makes(path))) return false
    return (
      (
        await ignoredPaths(
          reader.root,
          expected.filter((path) => !path.startsWith('..')),
        )
      ).size === 0
    )
  }
}
