import type {FileLocation} from '../../../check.ts'
import {textOf} from '../value.ts'
import type {DjangoApp} from './apps.ts'
import {argumentOf, type Operation} from './migration-file.ts'
import {type DjangoModel, modelsOf} from './models.ts'

/** A model that `migrate` does not make the table of, or not all of its columns. */
export interface ModelDrift {
  app: string
  model: string
  /** The columns that are missing; undefined: the whole table. */
  fields: string[] | undefined
  /** Without any migration of the app: how many models it has. */
  alone: number | undefined
  at: FileLocation
}

/** What the models of an app have and no migration of it makes. */
export function modelDrift({label, models, migrations, isNamespace}: DjangoApp): ModelDrift[] {
  if (isNamespace) return []
  const own = models.flatMap(modelsOf)
  const [first] = own
  if (!migrations || migrations.length === 0)
    return first ? [{app: label, model: first.name, fields: undefined, alone: own.length, at: first.at}] : []
  const calls = migrations.map(({operations}) => operations)
  if (!calls.every((each) => each !== undefined)) return []
  const made = new Made(calls.flat())
  return own.flatMap((model): ModelDrift[] => {
    const found = {app: label, model: model.name, alone: undefined}
    if (!made.has(model)) return [{...found, fields: undefined, at: model.at}]
    const missing = model.fields.filter(({name}) => !made.hasField(model, name))
    return missing[0] ? [{...found, fields: missing.map(({name}) => name), at: missing[0].at}] : []
  })
}

/** What the operations of an app make: Django's own ones, by their arguments. */
class Made {
  /** Of each model, in lower case, its fields; under each name that it has had. */
  readonly #fields = new Map<string, Set<string>>()
  /** Operations of the project's own, or such as are not read: they may make anything. */
  readonly #isOpen: boolean

  constructor(operations: readonly Operation[]) {
    this.#isOpen = operations.some((call) => !this.#add(call))
  }

  has({name}: DjangoModel): boolean {
    return this.#isOpen || this.#fields.has(name.toLowerCase())
  }

  hasField({name}: DjangoModel, field: string): boolean {
    return this.#isOpen || (this.#fields.get(name.toLowerCase())?.has(field) ?? false)
  }

  /** Whether it is known what the operation makes (django/db/migrations/operations). */
  #add(operation: Operation): boolean {
    const {method} = operation
    const text = (name: string, place: number) => textOf(argumentOf(operation, name, place))
    const fieldsOf = (model: string) => {
      const key = model.toLowerCase()
      const fields = this.#fields.get(key) ?? new Set()
      this.#fields.set(key, fields)
      return fields
    }
    switch (method) {
      case 'CreateModel': {
        const name = text('name', 0)
        const list = argumentOf(operation, 'fields', 1)
        if (name === undefined || list?.kind !== 'list') return false
        for (const item of list.items) {
          const field = item.kind === 'list' ? textOf(item.items[0]) : undefined
          if (field === undefined) return false
          fieldsOf(name).add(field)
        }
        return true
      }
      case 'AddField':
      case 'RenameField': {
        const [model, name] = [text('model_name', 0), method === 'AddField' ? text('name', 1) : text('new_name', 2)]
        if (model === undefined || name === undefined) return false
        fieldsOf(model).add(name)
        return true
      }
      case 'RenameModel': {
        const [before, name] = [text('old_name', 0), text('new_name', 1)]
        if (before === undefined || name === undefined) return false
        // The same table: what is said of either name is of both.
        const fields = fieldsOf(name)
        for (const field of fieldsOf(before)) fields.add(field)
        this.#fields.set(before.toLowerCase(), fields)
        return true
      }
      default:
        return makesNoField.test(method)
    }
  }
}

/** `RunPython` and `RunSQL` write rows mostly; what they make, the state of the models does not know. */
const makesNoField =
  /^(?:DeleteModel|RemoveField|AlterField|AlterModel\w+|AlterUniqueTogether|AlterIndexTogether|AlterOrderWithRespectTo|AddIndex|RemoveIndex|RenameIndex|AddIndexConcurrently|RemoveIndexConcurrently|AddConstraint|RemoveConstraint|AlterConstraint|AddConstraintNotValid|ValidateConstraint|RunPython|RunSQL|\w+Extension|CreateExtension|CreateCollation|RemoveCollation)$/
