import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../../check.ts'
import type {TextFile} from '../../files/text.ts'
import {children} from '../../python/imports/module-constants.ts'
import {pythonTree} from '../../python/source/tree.ts'

/** A class that Django makes a table of. */
export interface DjangoModel {
  name: string
  at: FileLocation
  /** The class as it is written. */
  text: string
  /** It has nothing of another class of the project. */
  isPlain: boolean
  /** The columns that its own body names. */
  fields: {name: string; at: FileLocation}[]
}

/** Bases of which a class is a model of its own: those that Django itself brings. */
const bases = /^(?:(?:[a-z]\w*\.)*models\.Model|AbstractUser|AbstractBaseUser)$/
/** Not a table of its own, or one that no migration of the app makes. */
const elsewhere = /\b(?:abstract|proxy)\s*=\s*True\b|\bmanaged\s*=|\bapp_label\s*=|\bswappable\s*=/
/** Django's fields that have a column; `ManyToManyField` has a table instead. */
const field =
  /^(?:models\.)?(?:(?:Auto|BigAuto|SmallAuto|BigInteger|Binary|Boolean|Char|Date|DateTime|Decimal|Duration|Email|File|FilePath|Float|GenericIPAddress|Image|Integer|JSON|NullBoolean|PositiveInteger|PositiveBigInteger|PositiveSmallInteger|Slug|SmallInteger|Text|Time|URL|UUID|OneToOne)Field|ForeignKey)$/

/** The models of one file: classes at its top, one base of which is Django's own. */
export function modelsOf(file: TextFile): DjangoModel[] {
  const source = ({from, to}: SyntaxNode): string => file.text.slice(from, to)
  // Other libraries have a module of that name.
  if (!/^[ \t]{0,100}(?:from|import)[ \t]{1,20}django\b/m.test(file.text)) return []
  return children(pythonTree(file.text).topNode).flatMap((node) => {
    // With a decorator it may be anything.
    const [name, list, body] = ['VariableName', 'ArgList', 'Body'].map((part) => node.getChild(part))
    if (node.name !== 'ClassDefinition' || !name || !list || !body) return []
    if (!children(list).some((base) => bases.test(source(base)))) return []
    const parts = children(body)
    const meta = parts.find((part) => part.name === 'ClassDefinition' && /^class\s+Meta\b/.test(source(part)))
    if (meta && (elsewhere.test(source(meta)) || /^class\s+Meta\s*\(/.test(source(meta)))) return []
    const fields = parts.flatMap((part) => {
      const [target, operator, value, ...more] = children(part)
      const isOne = part.name === 'AssignStatement' && target?.name === 'VariableName' && operator?.name === 'AssignOp'
      const callee = isOne && value?.name === 'CallExpression' && more.length === 0 ? children(value)[0] : undefined
      return target && callee && field.test(source(callee))
        ? [{name: source(target), at: file.span(target.from, target.to)}]
        : []
    })
    const isPlain = /^\((?:[a-z]\w*\.)*models\.Model\)$/.test(source(list))
    return [{name: source(name), at: file.span(name.from, name.to), text: source(node), isPlain, fields}]
  })
}
