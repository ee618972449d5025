import type {FileLocation} from '../../../check.ts'
import {isConstant, textOf, type Value} from '../value.ts'
import {argumentOf, type DjangoMigration, type Operation} from './migration-file.ts'

/** A field that one migration adds with an index and makes unique: on Postgres, the same index is made twice. */
export interface TwinIndex {
  kind: 'twin'
  app: string
  model: string
  field: string
  /** Where it is made unique. */
  at: FileLocation
  added: FileLocation
}

/** Fields of text, whose index has a second one beside it on Postgres, for LIKE. */
const ofText = /^(?:Char|Text|Slug|Email|URL|FilePath|File|Image)Field$/

/**
 * AddField puts its indexes off until the migration ends; AlterField makes the one for LIKE at once, under the same name:
 * `relation "…_like" already exists` (django/db/backends/postgresql/schema.py, _field_indexes_sql and _alter_field).
 */
export function twinIndexes({app, operations = [], isAtomic}: DjangoMigration): TwinIndex[] {
  // Not in a transaction, each operation ends by itself.
  if (!isAtomic) return []
  const added = new Map<string, FileLocation>()
  const found: TwinIndex[] = []
  for (const operation of operations) {
    const {method, at} = operation
    const [model, name] = [argumentOf(operation, 'model_name', 0), argumentOf(operation, 'name', 1)].map(textOf)
    const field = argumentOf(operation, 'field', 2)
    const key = `${model?.toLowerCase()}.${name}`
    if (method === 'AddField') {
      if (isIndexed(field) && !isUnique(field)) added.set(key, at)
    } else if (method === 'AlterField') {
      const before = added.get(key)
      if (before && model && name && isTextField(field) && isUnique(field))
        found.push({kind: 'twin', app, model, field: name, at, added: before})
      added.delete(key)
    } else if (!/^Run(?:Python|SQL)$/.test(method)) {
      // What removes or renames the field takes what was put off with it.
      added.clear()
    }
  }
  return found
}

const isTextField = (field: Value | undefined): field is Operation =>
  field?.kind === 'call' && ofText.test(field.method)

const isUnique = (field: Value | undefined): boolean =>
  field?.kind === 'call' && isConstant(field.keywords.get('unique'), true)

/** `SlugField` has an index unless it says otherwise. */
function isIndexed(field: Value | undefined): boolean {
  if (!isTextField(field)) return false
  const index = field.keywords.get('db_index')
  return index === undefined ? field.method === 'SlugField' : isConstant(index, true)
}
