/** Names of classes, attributes and tables that SQLAlchemy looks up with the first query (orm/clsregistry.py, relationships.py). */

import type {TextFile} from '../../files/text.ts'
import {mappedClasses, snakeCase} from '../../migrations/sqlalchemy/mapped-classes.ts'
import {textOf} from '../../migrations/value.ts'
import {type Attribute, type ClassBody, classBodies} from '../source/class-bodies.ts'
import {isPlain} from './mapped-tables.ts'
import type {ModuleFault} from './module-fault.ts'

/** `loaded`: the files that the deploy imports in whatever way; `all`: every Python file of the project. */
export function mapperFaults(loaded: readonly TextFile[], all: readonly TextFile[]): ModuleFault[] {
  const mapped = loaded.filter(
    ({text}) =>
      /\bsqlalchemy\b|\bsqlmodel\b|\bdb\.Model\b/.test(text) &&
      /\b__tablename__\b|\btable\s?=\s?True|\bdb\.Model\b/.test(text),
  )
  // A class is related to by many others.
  const definersByName = new Map<string, TextFile[]>()
  return mapped.flatMap((file) =>
    classBodies(file).flatMap((owner) =>
      owner.attributes.flatMap((attribute) => [...relationFaults(owner, attribute), ...keyFaults(owner, attribute)]),
    ),
  )

  function relationFaults(owner: ClassBody, {name, annotation, value, at}: Attribute): ModuleFault[] {
    if (
      value?.kind !== 'call' ||
      !/^(?:(?:sqlalchemy\.)?orm\.|so\.|db\.|sa\.)?(?:relationship|Relationship)$/.test(value.name)
    )
      return []
    const [first] = value.args
    const target = textOf(first ?? value.keywords.get('argument')) ?? (first ? undefined : quoted(annotation))
    // A dotted path, an expression, or a class itself, which its import has brought.
    if (target === undefined || !/^\w+$/.test(target)) return []
    const here = definersByName.get(target) ?? definers(target, loaded)
    definersByName.set(target, here)
    if (here.length === 0) {
      const [elsewhere] = definers(target, all)
      return [
        {
          message: elsewhere
            ? `${owner.name}.${name} is a relationship to ${target}, and nothing that runs imports ${elsewhere.path}, which has it`
            : `${owner.name}.${name} is a relationship to ${target}, and the project has no such class`,
          error: `InvalidRequestError: expression '${target}' failed to locate a name`,
          cure: elsewhere ? 'Import it where the models are brought together.' : 'Correct the name of the class.',
          at,
        },
      ]
    }
    const back = textOf(value.keywords.get('back_populates'))
    const [file, another] = here
    const other = file && !another ? classBodies(file).filter((each) => each.name === target) : []
    const [only] = other
    // A base, or a backref elsewhere, may bring it.
    if (back === undefined || other.length !== 1 || !only || !isPlain(only, loaded)) return []
    const brought = new RegExp(`backref[=(]["']${back}["']|${target}\\.${back}`)
    if (new RegExp(`\\b${back}\\b`).test(only.text) || loaded.some(({text}) => brought.test(text))) return []
    return [
      {
        message: `${owner.name}.${name} names ${back} of ${target} in back_populates, and ${target} has no such attribute`,
        error: `InvalidRequestError: Mapper '${target}' has no property '${back}'`,
        cure: `Add ${back} to ${target}: ${back} = relationship("${owner.name}", back_populates="${name}").`,
        at,
      },
    ]
  }

  function keyFaults(owner: ClassBody, {name, source, at}: Attribute): ModuleFault[] {
    const [, table, column] = /\bForeignKey\(\s{0,99}["'](\w{1,100})\.(\w{1,100})["']/.exec(source) ?? []
    const schema = /\bschema\b|\bnaming_convention\b.{0,200}\btable_name\b/.test(owner.text)
    if (table === undefined || schema || !/^(?:\w+\.){0,3}(?:Column|mapped_column|Field)$/.test(callee(source)))
      return []
    if (all.some((file) => hasTable(file, table))) return []
    return [
      {
        message: `${owner.name}.${name} has a foreign key to ${table}.${column}, and no class has the table ${table}`,
        error: `NoReferencedTableError: could not find table '${table}'`,
        cure: 'Name the table as __tablename__ does.',
        at,
      },
    ]
  }
}

/** `Mapped[list["Note"]]` */
const quoted = (annotation: string | undefined): string | undefined =>
  /^(?:\w+\.)?Mapped\[[\w.[\s]{0,40}["'](\w+)["'](?:\s{0,9}\|\s{0,9}None)?[\]\s]{0,9}$/.exec(annotation ?? '')?.[1]

const definers = (name: string, files: readonly TextFile[]): TextFile[] => {
  const defined = new RegExp(
    `(?:^|\\n)[ \\t]*(?:class ${name}\\b|${name}\\s{0,9}=)|\\bimport\\b[^\\n]{0,300}\\bas ${name}\\b|["']${name}["']\\s{0,9},\\s{0,9}\\(`,
  )
  return files.filter(({text}) => text.includes(name) && defined.test(text))
}

const callee = (source: string): string => /=\s{0,9}([\w.]+)\(/.exec(source)?.[1] ?? ''

/** By any text that may name it: a table, an f-string, a naming rule. */
function hasTable(file: TextFile, table: string): boolean {
  const {text} = file
  if (
    /\b__tablename__\s{0,9}=\s{0,9}(?!["'\s])|\bdef __tablename__\b|\b__tablename__\s{0,9}:\s|\bautomap_base\b|\breflect\b/.test(
      text,
    )
  )
    return true
  // As the name of an attribute it is none of a table.
  if (new RegExp(`(?<!\\bback_populates\\s{0,9}=\\s{0,9})["']${table}["']`).test(text)) return true
  // With a mixin, or a base of the project's own, the name of a class may be that of its table as well.
  return (
    mappedClasses(file).some((each) => each.table === table) ||
    classBodies(file).some(
      ({name, attributes}) =>
        [snakeCase(name), name.toLowerCase()].includes(table) &&
        !attributes.some((attribute) => attribute.name === '__tablename__'),
    )
  )
}
