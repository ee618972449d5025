import type {AlembicEnvironment} from '../../alembic/environment.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {type ColumnTypes, columnKey} from '../column-types.ts'
import {readSteps, type Step} from '../steps.ts'
import {kindOfType} from '../types.ts'
import {textOf, type Value} from '../value.ts'
import {upgradesOf} from './upgrades.ts'

/**
 * The types of the columns that the other revisions of alembic make, of those that are made once and that none of them may
 * change; undefined where the history is not read in full.
 */
export async function columnsBefore(
  {revisions}: AlembicEnvironment,
  except: string,
  reader: ProjectReader,
): Promise<ColumnTypes | undefined> {
  const others = (await upgradesOf(revisions, reader))?.filter(({file}) => file.path !== except)
  if (!others || others.some(({text}) => changesMuch.test(text))) return undefined
  const types = new Map<string, string | undefined>()
  for (const {file, text} of others) {
    if (!makesColumns.test(text)) continue
    for (const step of readSteps(file, false)) {
      for (const [key, kind] of columnsOf(step)) types.set(key, types.has(key) || step.conditional ? undefined : kind)
    }
  }
  return types
}

const makesColumns = /\bcreate_table\(|\badd_column\(|\balter_column\(/
/** Types that change in SQL, or in another schema; casts of the project's own. */
const changesMuch =
  /\balter\s{1,20}(?:column\s{1,20})?\S{1,80}\s{1,20}(?:set\s{1,20}data\s{1,20})?type\b|\bcreate\s{1,20}cast\b|\bschema\s{0,9}=/i

function columnsOf({call, table}: Step): [key: string, kind: string | undefined][] {
  if (table === undefined) return []
  if (call.method === 'alter_column') {
    const column = textOf(call.keywords.get('column_name') ?? call.args.filter(({kind}) => kind === 'text').at(-1))
    const isTold = call.keywords.has('type_') || call.keywords.has('new_column_name')
    return column !== undefined && isTold ? [[columnKey(table, column), undefined]] : []
  }
  if (call.method !== 'create_table' && call.method !== 'add_column') return []
  return call.args.flatMap((each): [string, string | undefined][] => {
    const name = each.kind === 'call' && each.method === 'Column' ? textOf(each.args[0]) : undefined
    return name === undefined ? [] : [[columnKey(table, name), kindOfType((each as Value & {kind: 'call'}).args[1])]]
  })
}
