import type {FileLocation} from '../../check.ts'

/** An expression as it is written, names filled in where one assignment gives them their value. */
export type Value = {at: FileLocation} & (
  | {kind: 'text'; text: string}
  | {kind: 'constant'; value: boolean | number | null}
  /** `sa.Integer`, with its dots. */
  | {kind: 'name'; name: string}
  | {kind: 'list'; items: Value[]}
  /** `{"name": "admin"}`; without a part that is spread out, and with texts alone as keys. */
  | {kind: 'dict'; entries: ReadonlyMap<string, Value>}
  | CallValue
  | {kind: 'unknown'}
)

export interface CallValue {
  kind: 'call'
  /** What is called, as it is written: `sa.Column`, `op.get_bind().execute`. */
  name: string
  /** The last part of it: `Column`, `execute`. */
  method: string
  /** What the method belongs to, where that is a value: `status` in `status.create(bind)`. */
  receiver: Value | undefined
  args: Value[]
  keywords: ReadonlyMap<string, Value>
}

export type Names = ReadonlyMap<string, Value>

/** The text of an argument, by its place or its keyword. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'text' ? value.text : undefined
}

export const isConstant = (value: Value | undefined, constant: boolean | null): boolean =>
  value?.kind === 'constant' && value.value === constant
