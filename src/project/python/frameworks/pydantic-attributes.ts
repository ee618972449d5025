/** Attributes that `__init__` of a model gives itself and that are no fields: pydantic takes none (`BaseModel.__setattr__`). */
import type {TextFile} from '../../files/text.ts'
import {children} from '../imports/module-constants.ts'
import type {ClassBody} from '../source/class-bodies.ts'
import type {ModuleFault} from './module-fault.ts'

/** Who takes any attribute, or may have it by another way. */
const open =
  /\bextra["']?\s{0,9}[=:]\s{0,9}(?!["'](?:ignore|forbid)|(?:\w+\.)?Extra\.(?:ignore|forbid))|\b__setattr__\b|\bmodel_config\s{0,9}=\s{0,9}[A-Z_]+\b|\bclass Config\(|\bsetattr\b/

/** The first of a class: with it ends `__init__`. What stands in a branch may not be come to. */
export function attributeFaults({name, statements, text}: ClassBody, file: TextFile): ModuleFault[] {
  const init = statements.find(
    (each) =>
      each.name === 'FunctionDefinition' && /^def\s{1,9}__init__\b/.test(file.text.slice(each.from, each.from + 40)),
  )
  const body = init?.getChild('Body')
  if (!init || !body || open.test(text)) return []
  const [, self] = /\(\s{0,99}(\w+)/.exec(file.text.slice(init.from, body.from)) ?? []
  if (self === undefined) return []
  for (const statement of children(body)) {
    const [target] = children(statement)
    if (statement.name !== 'AssignStatement' || target?.name !== 'MemberExpression') continue
    const [, attribute] = new RegExp(`^${self}\\.([a-zA-Z]\\w*)$`).exec(file.text.slice(target.from, target.to)) ?? []
    // A field, a property or whatever else has that name in the class.
    if (attribute === undefined || new RegExp(`(?<!\\b${self}\\.)\\b${attribute}\\b`).test(text)) continue
    const isMade = new RegExp(`^\\w+(?:\\s{0,9}:\\s{0,9}\\w+)?\\s{0,9}=\\s{0,9}${name}\\(`, 'm').test(file.text)
    return [
      {
        message: `__init__ sets ${attribute}, which is no field`,
        error: `ValueError: "${name}" object has no field "${attribute}"`,
        cure: `Declare it in the class: ${attribute}: TYPE = Field(default_factory=…), or call it _${attribute}.`,
        at: file.span(target.from, target.to),
        ...(!isMade && {whenMade: true}),
      },
    ]
  }
  return []
}
