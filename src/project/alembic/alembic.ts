import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {onlyOthersImage} from '../deploys/others-image.ts'
import {isApart} from '../files/apart.ts'
import {isNear, noFiles} from '../files/files.ts'
import {foldersAbove} from '../files/folders-above.ts'
import type {TextFile} from '../files/text.ts'
import {isBelow} from '../image/files/image-path.ts'
import type {Inputs} from '../inputs.ts'
import {packageVersion} from '../python/packages/package-version.ts'
import {type AlembicCommand, alembicCommands, findUpgrade, type Upgrade} from './commands.ts'
import {createAllCalls} from './create-all.ts'
import {addsRevisions, filesOf, isUnchanged, means} from './deployed.ts'
import {lostImport} from './env-imports.ts'
import {type AlembicEnvironment, readEnvironment} from './environment.ts'
import {severalHeads} from './heads.ts'
import {imageGap} from './image-gap.ts'
import {mainSections} from './options.ts'

/** alembic, as the project has it and as the deploy runs it. */
export interface Alembic {
  /** Those that this image holds, where that can be told; most projects have one. */
  environments: AlembicEnvironment[]
  /** Every call of alembic that the deploy is seen to make. */
  commands: AlembicCommand[]
  upgrade: Upgrade | undefined
  /** Where the app makes the tables itself when it starts: create_all() in a module that is surely imported. */
  createAll: FileLocation[]
}

export async function loadAlembic({reader}: Inputs, facts: FactStore): Promise<Fact<Alembic>> {
  const [files, processes, image, flyConfig, python] = await Promise.all([
    facts.value('files'),
    facts.value('processes'),
    facts.value('image'),
    facts.value('flyConfig'),
    facts.value('python'),
  ])
  const near = (files ?? noFiles).only((path) => isNear(path) && !isApart(path))
  const commands = processes ? alembicCommands(processes) : []
  const byFlask = commands.length > 0 && commands.every(({tool}) => tool === 'flask')
  const upgrade = processes && findUpgrade(commands, processes)
  const renamed = flyConfig?.config.env?.ALEMBIC_CONFIG ?? image?.final.env.get('ALEMBIC_CONFIG')
  const named = [...commands.flatMap(({config}) => config ?? []), ...(renamed ? [String(renamed)] : [])]

  const environments: AlembicEnvironment[] = []
  for (const file of await configurations()) {
    const folder = posix.dirname(file.path)
    const above = folder === '.' ? [''] : ['', `${folder}/`]
    const lookup = {reader, python}
    const [alembic, sqlalchemy] = await Promise.all([
      packageVersion('alembic', above, lookup),
      packageVersion('sqlalchemy', above, lookup),
    ])
    for (const section of sectionsOf(file)) {
      const read = (cwd: string) => readEnvironment(file, section, {reader, alembic, sqlalchemy, cwd, byFlask, inImage})
      const environment = await read(folder)
      // `-c conf/alembic.ini`: alembic may run in a folder above, where relative paths count from.
      const others = environment.read ? [] : await Promise.all(foldersAbove(folder).toReversed().map(read))
      environments.push(others.find((each) => each.read) ?? environment)
    }
  }
  if (environments.length === 0) {
    return upgrade ? known({environments, commands, upgrade, createAll: []}) : absent('the project has no alembic.ini')
  }
  const others = await onlyOthersImage(reader, facts)
  if (others) return absent(others)
  // A part of the repository with a configuration of its own may have nothing to do with the database.
  const part = posix.dirname(flyConfig?.file ?? '')
  const isElsewhere = (path: string) => part !== '.' && !isBelow(path, part) && image?.copies(path) === false
  if (!upgrade && environments.every(({config}) => isElsewhere(config)))
    return absent('the image holds no alembic.ini, and nothing that it starts runs alembic')
  // In a repository of several services each has its own; the image tells which one this deploy is about.
  const deployed = environments.filter(({config}) => image?.copies(config))
  const relevant = deployed.length > 0 ? deployed : environments
  const configs = new Set(relevant.map(({config}) => config))
  const only = configs.size === 1 && (!image || deployed.length > 0)
  const paths = files ?? noFiles
  const [build, context, elsewhere] = await Promise.all([
    facts.value('build'),
    facts.value('buildContext'),
    facts.value('buildsElse'),
  ])
  for (const environment of relevant) {
    environment.ignored = filesOf(environment).filter((path) => !path.startsWith('../') && !paths.has(path))
    const surely = only && !elsewhere && renamed === undefined && !upgrade?.afterEdits && isAsHere(environment)
    environment.upgrade = upgrade && {
      ...upgrade,
      certain: upgrade.certain && surely && means(upgrade, environment),
    }
    environment.severalHeads = await severalHeads(environment, {root: reader.root, paths})
    const command = commands.find(({action, at}) => action === 'upgrade' && at === upgrade?.at)
    if (build && context && command && processes && configs.size === 1 && renamed === undefined) {
      const surroundings = {build, context, processes, flyConfig}
      environment.gap = await imageGap(environment, command, surroundings)
      if (environment.gap) continue
      environment.lost = await lostImport(environment, command, {...surroundings, paths, reader})
    }
  }
  const migrates = relevant.some(({revisions}) => revisions.length > 0)
  const starts = processes?.commands.filter(({by, certain}) => certain && by !== 'release_command') ?? []
  const started = migrates ? starts.map(({text}) => text) : []
  return known({
    environments: relevant,
    commands,
    upgrade,
    createAll: await createAllCalls(started, files ?? noFiles, reader),
  })

  /** Whether the image surely holds the same migrations as the repository. */
  function isAsHere(environment: AlembicEnvironment): boolean {
    return !image || (isUnchanged(environment, image) && !(build && addsRevisions(environment, build)))
  }

  /** The folder from which a COPY brings the env.py of one in the image. */
  async function inImage(path: string): Promise<string | undefined> {
    const entry = (await facts.value('build'))?.final.files.get(`${path}/env.py`)
    return entry?.kind === 'file' ? posix.dirname(entry.source) : undefined
  }

  /** Those that the commands ask for; where there are none, those that the file has. */
  function sectionsOf(file: TextFile): readonly string[] {
    if (file.path.endsWith('.toml')) return ['alembic']
    const asked = commands.map(({section}) => section ?? 'alembic')
    return asked.length > 0 ? [...new Set(asked)] : mainSections(file)
  }

  /** Every alembic.ini, what a command names in its place, and each pyproject.toml (alembic >= 1.16) without one. */
  async function configurations(): Promise<TextFile[]> {
    const names = named.map((path) => path.replace(/^(\.?\/)+/, ''))
    const paths = new Set([...near.named('alembic.ini'), ...names.flatMap((name) => near.alike(name))])
    const found: TextFile[] = []
    for (const path of [...paths].sort()) {
      const file = await reader.text(path)
      // Advanced Alchemy tells alembic its folder itself.
      if (file && !file.text.includes('advanced_alchemy')) found.push(file)
    }
    for (const path of near.named('pyproject.toml')) {
      if (found.some((file) => posix.dirname(file.path) === posix.dirname(path))) continue
      const file = await reader.text(path)
      if (file?.text.includes('[tool.alembic]')) found.push(file)
    }
    return found
  }
}
