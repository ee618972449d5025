import type {FileLocation} from '../../check.ts'
import type {Node} from '../documents/document.ts'
import {tableOf, type Value, type Values} from './values.ts'

/** What starts a workflow, by the name of the event: `push`, `workflow_call`. */
export type Triggers = ReadonlyMap<string, Trigger>

export interface Trigger {
  at: FileLocation
  /** `branches`, `paths-ignore`, `types`, `workflows`: lists of patterns and names. */
  filters: ReadonlyMap<string, Value[]>
  /** What a caller must or may give; of `workflow_call` and `workflow_dispatch`. */
  inputs: ReadonlyMap<string, Parameter>
  secrets: ReadonlyMap<string, Parameter>
}

export interface Parameter {
  at: FileLocation
  required: boolean
  default: string | undefined
}

/** Undefined where it is no event, list or table. */
export function readTriggers(on: Node | undefined, values: Values): Triggers | undefined {
  if (on?.type === 'table') {
    return new Map([...on.entries].map(([event, node]) => [event, trigger(node)]))
  }
  const events = values.list(on)
  if (events.length === 0) return undefined
  return new Map(events.map(({text, at}) => [text, {at, filters: new Map(), inputs: new Map(), secrets: new Map()}]))

  function trigger(node: Node): Trigger {
    const entries = tableOf(node)?.entries
    return {
      at: values.place(node),
      filters: new Map(
        [...(entries ?? [])].flatMap(([key, each]) =>
          /^(branches|tags|paths)(-ignore)?$|^(types|workflows)$/.test(key) ? [[key, values.list(each)] as const] : [],
        ),
      ),
      inputs: parameters(entries?.get('inputs')),
      secrets: parameters(entries?.get('secrets')),
    }
  }

  function parameters(node: Node | undefined): Map<string, Parameter> {
    return new Map(
      [...(tableOf(node)?.entries ?? [])].map(([name, each]) => {
        const entries = tableOf(each)?.entries
        return [
          name,
          {
            at: values.place(each),
            required: values.scalar(entries?.get('required'))?.text === 'true',
            default: values.scalar(entries?.get('default'))?.text,
          },
        ]
      }),
    )
  }
}
