/** What a revision of alembic makes although an earlier one has made it. */
import type {FileLocation} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import type {AlembicEnvironment} from '../../alembic/environment.ts'
import type {RevisionGraph} from '../../alembic/graph.ts'
import {newRevisions} from '../../alembic/new-revisions.ts'
import type {Revision} from '../../alembic/revision.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {declaredNames} from '../../python/packages/declared.ts'
import {readSteps} from '../steps.ts'
import {withoutDowngrade} from './downgrade.ts'
import {indexCandidates, replayIndexes} from './index-history.ts'
import {indexesTwice} from './indexes-twice.ts'
import {candidates} from './made-names.ts'
import {type MadeAgain, replay} from './replay.ts'

/** What one revision makes again. */
export interface MakingAgain {
  revision: Revision
  isNew: boolean
  /** What the revisions run by; undefined where nothing is seen to. */
  upgrade: FileLocation | undefined
  found: MadeAgain[]
}

export async function loadMadeTwice({reader}: Inputs, facts: FactStore): Promise<Fact<MakingAgain[]>> {
  const alembic = await facts.need('alembic')
  const since = await facts.value('since')
  const found: MakingAgain[] = []
  // MySQL calls an index by its table.
  const perTable = declaredNames(await facts.value('python')).some((name) => /mysql|maria/.test(name))
  for (const environment of alembic.environments) {
    // Of several databases each has a history of its own, and so have lines that never meet.
    if (environment.graph?.heads.length !== 1 || environment.graph.problems.length > 0) continue
    const brought = newRevisions(environment, since)
    for (const {revision, found: again} of await madeAgain(environment, environment.graph, reader, perTable)) {
      found.push({revision, isNew: brought.has(revision), upgrade: environment.upgrade?.at, found: again})
    }
  }
  const hasIndexes = found.some((each) => each.found.some(({index, by}) => index !== undefined && by === undefined))
  if (hasIndexes && (await hasConvention(reader, (await facts.value('files')) ?? noFiles))) {
    for (const each of found) each.found = each.found.filter(({index, by}) => index === undefined || by !== undefined)
  }
  return found.length > 0 || alembic.environments.some(({graph}) => graph)
    ? known(found)
    : absent('the revisions cannot be read without running them')
}

/** `MetaData(naming_convention=…)`: the indexes of columns then have other names. */
async function hasConvention(reader: ProjectReader, files: Files): Promise<boolean> {
  const texts = await reader.texts(files.ending('.py'))
  return texts.some(({text}) => text.includes('naming_convention'))
}

async function madeAgain(
  {revisions}: AlembicEnvironment,
  {duplicates}: RevisionGraph,
  reader: ProjectReader,
  perTable: boolean,
): Promise<{revision: Revision; found: MadeAgain[]}[]> {
  if (duplicates.length > 0) return []
  const files = new Map<Revision, {file: TextFile; text: string}>()
  const ordered = inOrder(revisions)
  const read = await Promise.all(ordered.map(({at}) => reader.text(at.file)))
  for (const [index, revision] of ordered.entries()) {
    const file = read[index]
    if (!file) return []
    files.set(revision, {file, text: withoutDowngrade(file.text)})
  }
  const texts = [...files.values()].map(({text}) => text)
  const names = candidates(texts)
  const mentions = mentioning(names)
  const indexNames = indexCandidates(texts)
  const mentionsIndex = mentioning(indexNames)
  const indexHistory = replayIndexes(indexNames, perTable)
  // Whatever goes between may take one along.
  const concernsIndex = (text: string) =>
    indexNames.size > 0 && (/\bdrop_|\bdrop\b|rename/i.test(text) || mentionsIndex.test(text))
  const history = replay(names)
  const found: {revision: Revision; found: MadeAgain[]}[] = []
  for (const [revision, {file, text}] of files) {
    const indexes = text.includes('create_index') && /\bindex\s{0,9}=\s{0,9}True\b/.test(text)
    const isMentioned = mentions.test(text)
    const isOfIndexes = concernsIndex(text)
    const steps = indexes || isMentioned || isOfIndexes ? readSteps(file, false) : []
    const again = [
      ...history.run(text, isMentioned ? steps : []),
      ...(indexes ? indexesTwice(steps) : []),
      ...(isOfIndexes ? indexHistory.run(text, steps) : []),
    ]
    if (again.length > 0) found.push({revision, found: again})
  }
  return found
}

const mentioning = (names: ReadonlySet<string>): RegExp =>
  new RegExp(names.size === 0 ? '(?!)' : `\\b(?:${[...names].join('|')})\\b`)

/** Parents first. */
export function inOrder(revisions: readonly Revision[]): Revision[] {
  const byId = new Map(revisions.map((each) => [each.id, each]))
  const waits = new Map<Revision, number>()
  const children = new Map<Revision, Revision[]>()
  for (const revision of revisions) {
    const above = [...new Set([...revision.down, ...revision.dependsOn])].flatMap((id) => byId.get(id) ?? [])
    waits.set(revision, above.length)
    for (const parent of above) children.set(parent, [...(children.get(parent) ?? []), revision])
  }
  const open = revisions.filter((each) => waits.get(each) === 0)
  const ordered: Revision[] = []
  for (let next = open.shift(); next; next = open.shift()) {
    ordered.push(next)
    for (const child of children.get(next) ?? []) {
      const left = (waits.get(child) ?? 0) - 1
      waits.set(child, left)
      if (left === 0) open.push(child)
    }
  }
  return ordered
}
