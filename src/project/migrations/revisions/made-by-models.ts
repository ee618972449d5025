/** What a revision of alembic adds although `create_all()` of an earlier one makes it, from the models as they are today. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isApart} from '../../files/apart.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {loadedSources} from '../../python/imports/loaded-sources.ts'
import {changesOf} from '../changes.ts'
import {type MappedClass, mappedClasses} from '../sqlalchemy/mapped-classes.ts'
import {readSteps, type Step} from '../steps.ts'
import {textOf} from '../value.ts'
import {withoutDowngrade} from './downgrade.ts'
import {inOrder} from './made-twice.ts'
import {doesUnseen, dropsMuch, isOperation, isPlain} from './replay.ts'
import {isOneLine} from './upgrades.ts'

export interface MadeByModel {
  table: string
  /** undefined: the table itself. */
  column: string | undefined
  at: FileLocation
  /** The model, or its column. */
  model: FileLocation
  /** The call of create_all(). */
  creator: FileLocation
  upgrade: FileLocation | undefined
}

/** A database that has these revisions behind it ran them with the models of their days: only a new one stops. */
export async function loadMadeByModels({reader}: Inputs, facts: FactStore): Promise<Fact<MadeByModel[]>> {
  const [alembic, files] = await Promise.all([facts.need('alembic'), facts.value('files')])
  const [environment, another] = alembic.environments
  if (!environment || another || !isOneLine(environment.graph)) return known([])
  const ordered = inOrder(environment.revisions)
  const read = await Promise.all(ordered.map(({at}) => reader.text(at.file)))
  const texts = read.flatMap((file) => (file ? [{file, text: withoutDowngrade(file.text)}] : []))
  const first = texts.findIndex(({text}) => text.includes('create_all'))
  if (first < 0 || texts.length < read.length) return known([])
  const creator = texts[first] as (typeof texts)[number]
  const call = createAll(creator.file)
  if (!call) return known([])
  const {scriptFolder} = environment
  const env = scriptFolder === undefined ? [] : [posix.join(scriptFolder, 'env.py')]
  const paths = (files ?? noFiles).only((path) => !isApart(path))
  const loaded = await loadedSources([], paths, reader, [...env, creator.file.path])
  // Of two bases of one name, as of models that are kept as they were, it is not known which.
  const isBase = new RegExp(`^(?:class )?${call.base}\\s*[:=(]`, 'm')
  if (loaded.filter(({text}) => isBase.test(text)).length > 1) return known([])
  const models = loaded.flatMap((file) => mappedClasses(file).filter((each) => isOf(each, call.base)))
  const names = models.map(({table}) => table)
  const before = texts.slice(0, first + 1).map(({text}) => text)
  const made = new Map<string, Made>()
  for (const model of models) {
    // Two classes of one table are of two databases; and a table that was there before stays as it was.
    if (names.indexOf(model.table) !== names.lastIndexOf(model.table)) continue
    const isNamed = new RegExp(`["'.\\s]${model.table}["'.\\s(]`)
    if (before.some((text) => isNamed.test(text))) continue
    made.set(model.table, {at: model.at, columns: new Map(model.columns.map(({name, at}) => [name, at]))})
  }
  const found: MadeByModel[] = []
  for (const {file, text} of texts.slice(first + 1)) {
    if (dropsMuch.test(text) || doesUnseen.test(text)) break
    for (const step of readSteps(file, false)) {
      const again = take(step, made)
      if (again) found.push({...again, creator: call.at, upgrade: environment.upgrade?.at})
    }
  }
  return known(found)
}

interface Made {
  at: FileLocation
  columns: Map<string, FileLocation>
}

/** What a step makes that is there; and what it takes away is there no more. */
function take(step: Step, made: Map<string, Made>): Pick<MadeByModel, 'table' | 'column' | 'at' | 'model'> | undefined {
  for (const change of changesOf({steps: [step]})) {
    if (change.kind === 'drop table' || change.kind === 'rename table') made.delete(change.table)
    if (change.kind === 'drop column' || change.kind === 'rename column')
      made.get(change.table)?.columns.delete(change.column)
  }
  const {call, table = '', at, conditional, mayFail} = step
  const known = made.get(table)
  if (!known || conditional || mayFail || !isPlain(step)) return undefined
  if (isOperation(step, 'create_table')) return {table, column: undefined, at, model: known.at}
  if (!isOperation(step, 'add_column')) return undefined
  const column = call.args.find((each) => each.kind === 'call' && each.method === 'Column')
  const name = column?.kind === 'call' ? textOf(column.args[0]) : undefined
  const model = name === undefined ? undefined : known.columns.get(name)
  return name !== undefined && model ? {table, column: name, at, model} : undefined
}

/** The one call that surely makes all tables of a base; of a metadata by another name the models are not known. */
function createAll(file: TextFile): {base: string; at: FileLocation} | undefined {
  const [step, ...others] = readSteps(file, false).filter(({call}) => call.method === 'create_all')
  const [, base] = /^((?:\w+\.)?\w+)\.metadata\.create_all$/.exec(step?.call.name ?? '') ?? []
  if (!step || !base || others.length > 0 || step.conditional || step.mayFail) return undefined
  const {args, keywords} = step.call
  if (args.length > 1 || [...keywords.keys()].some((key) => key !== 'bind' && key !== 'checkfirst')) return undefined
  return {base: base.split('.').at(-1) ?? '', at: step.at}
}

/** Whether the metadata of this base knows the class. */
const isOf = ({bases, isModel}: MappedClass, base: string): boolean =>
  base === 'SQLModel' ? isModel : bases.some((each) => each === (base === 'db' ? 'db.Model' : base))
