/** What pydantic 2 refuses of the classes of a file: each ends the import (pydantic/_internal/_model_construction.py, errors.py). */
import type {SyntaxNode} from '@lezer/common'
import type {TextFile} from '../../files/text.ts'
import {readArguments} from '../../migrations/read-value.ts'
import {type CallValue, isConstant, textOf, type Value} from '../../migrations/value.ts'
import {boundImports} from '../imports/bound-imports.ts'
import {children} from '../imports/module-constants.ts'
import {type Attribute, type ClassBody, classBodies} from '../source/class-bodies.ts'
import type {ModuleFault} from './module-fault.ts'
import {attributeFaults} from './pydantic-attributes.ts'

/** Those of classes at the top level that have BaseModel or BaseSettings as their only base. */
export function modelFaults(file: TextFile): ModuleFault[] {
  if (!/\bpydantic(?:_settings)?\b/.test(file.text)) return []
  const bound = boundImports(file.text)
  const isOf = (name: string, wanted: string) => {
    const [first = '', ...rest] = name.split('.')
    return [bound.get(first), ...rest].join('.') === wanted
  }
  return classBodies(file).flatMap((each) => {
    const [base, ...others] = each.bases
    const isModel = ['pydantic.BaseModel', 'pydantic_settings.BaseSettings'].some((wanted) => isOf(base ?? '', wanted))
    if (!isModel || others.length > 0 || each.keywords.size > 0) return []
    const found = [
      ...each.attributes.flatMap((attribute) => attributeFault(attribute, each) ?? []),
      ...each.attributes.flatMap((attribute) => callFault(attribute.value) ?? []),
      ...each.attributes.flatMap((attribute) => typeFault(attribute, each) ?? []),
      ...each.statements.flatMap((statement) => validatorFault(statement, each) ?? []),
      ...attributeFaults(each, file),
    ]
    return found.map((fault) => ({...fault, message: `${each.name}: ${fault.message}`}))
  })

  function attributeFault(
    {name, annotation, value, at}: Attribute,
    {attributes, text}: ClassBody,
  ): ModuleFault | undefined {
    if (name === '__root__' && annotation !== undefined)
      return {
        message: '__root__ is no field any more',
        error: 'TypeError: To define root models, use pydantic.RootModel',
        cure: 'Write class NAME(RootModel[TYPE]).',
        at,
      }
    if (annotation !== undefined || /^_|^model_/.test(name) || /\bignored_types\b/.test(text)) return undefined
    const isField = value?.kind === 'call' && isOf(value.name, 'pydantic.Field')
    if (!isField && value?.kind !== 'text' && value?.kind !== 'constant' && value?.kind !== 'list') return undefined
    if (attributes.some((each) => each.name === name && each.annotation !== undefined)) return undefined
    return {
      message: `${name} has no type`,
      error: 'PydanticUserError: A non-annotated attribute was detected',
      cure: `Give it one, ${name}: ${typeOf(value)} = …; or ClassVar[…], where it is no field.`,
      at,
    }
  }

  /** Arguments that functions of pydantic had before. */
  function callFault(value: Value | undefined): ModuleFault | undefined {
    if (value?.kind !== 'call') return undefined
    const [first = '', ...rest] = value.name.split('.')
    const name = [bound.get(first), ...rest].join('.')
    const gone = goneArguments[name]?.find(([argument]) => {
      const given = value.keywords.get(argument)
      return given !== undefined && !isConstant(given, null)
    })
    if (gone) {
      const [argument, error, cure] = gone
      return {message: `${value.method} has no argument ${argument} any more`, error, cure, at: value.at}
    }
    return name === 'pydantic.Field' ? patternFault(value) : undefined
  }

  /** pydantic-core takes Rust's regex, which looks neither ahead nor back. */
  function patternFault(call: CallValue & Pick<Value, 'at'>): ModuleFault | undefined {
    const pattern = textOf(call.keywords.get('pattern'))
    if (pattern === undefined || !/\(\?<?[=!]/.test(pattern) || /\bregex_engine\b/.test(file.text)) return undefined
    return {
      message: 'its pattern looks ahead or back, and the regular expressions of pydantic cannot',
      error: 'SchemaError: look-around, including look-ahead and look-behind, is not supported',
      cure: 'Set model_config = ConfigDict(regex_engine="python-re"), or check it in a field_validator.',
      at: call.keywords.get('pattern')?.at ?? call.at,
    }
  }

  function typeFault({annotation, name, at, value}: Attribute, {text}: ClassBody): ModuleFault | undefined {
    if (annotation === undefined || /\barbitrary_types_allowed\b/.test(text)) return undefined
    const inAnnotation = annotationCalls(annotation)
    if (inAnnotation) return {...inAnnotation, at}
    if (value?.kind === 'call' && !isOf(value.name, 'pydantic.Field')) return undefined
    const words = annotation.match(/[A-Za-z_][\w.]*/g) ?? []
    const wrong = words.find((word) => wrongType(word) !== undefined)
    if (wrong === undefined || !words.every((word) => word === wrong || container.test(word))) return undefined
    const {what, cure} = wrongType(wrong) as {what: string; cure: string}
    return {
      message: `the type of ${name} is ${what}`,
      error: 'PydanticSchemaGenerationError: Unable to generate pydantic-core schema',
      cure,
      at,
    }
  }

  /** `conlist(int, min_items=1)`, `constr(regex="…")`. */
  function annotationCalls(annotation: string): Omit<ModuleFault, 'at'> | undefined {
    const [, name = '', argument = ''] =
      /\b(conlist|conset|constr)\([^()]{0,200}\b(min_items|max_items|regex)\s{0,9}=/.exec(annotation) ?? []
    if (!isOf(name, `pydantic.${name}`)) return undefined
    const now = {min_items: 'min_length', max_items: 'max_length', regex: 'pattern'}[argument] as string
    return {
      message: `${name} has no argument ${argument} any more`,
      error: `TypeError: ${name}() got an unexpected keyword argument '${argument}'`,
      cure: `Write ${now}.`,
    }
  }

  /** A function or a module in the place of a type; undefined where it may be one. */
  function wrongType(word: string): {what: string; cure: string} | undefined {
    if (/^(?:any|callable)$/.test(word)) {
      const isMade = new RegExp(`^[ \\t]{0,80}(?:class|def)[ \\t]{1,9}${word}\\b|^${word}[ \\t]{0,9}[:=]`, 'm')
      if (bound.has(word) || isMade.test(file.text)) return undefined
      return {what: `the function ${word}()`, cure: `Write ${word === 'any' ? 'Any' : 'Callable'}, of typing.`}
    }
    if (!modules.test(word) || bound.get(word) !== word || !new RegExp(`^import ${word}\\b`, 'm').test(file.text))
      return undefined
    const type = word === 'uuid' ? 'UUID' : word === 'decimal' ? 'Decimal' : word
    return {what: `the module ${word}`, cure: `Write ${word}.${type}.`}
  }

  function validatorFault(statement: SyntaxNode, {attributes, text}: ClassBody): ModuleFault | undefined {
    if (statement.name !== 'DecoratedStatement') return undefined
    for (const decorator of statement.getChildren('Decorator')) {
      const [, ...parts] = children(decorator).filter(({name}) => name !== 'Comment')
      const source = file.text.slice(decorator.from, decorator.to).trim()
      const [, written = ''] = /^@\s{0,9}([\w.]{1,200})/.exec(source) ?? []
      const [first = '', ...rest] = written.split('.')
      const name = [bound.get(first), ...rest]
        .join('.')
        .replace(/^pydantic\.(?:functional_validators|class_validators)\./, 'pydantic.')
      const list = parts.find((part) => part.name === 'ArgList')
      const call = list && readArguments(file, list, new Map())
      const at = file.span(decorator.from, decorator.from + source.length)
      const fault = decoratorFault(name, call, list !== undefined)
      if (fault) return {...fault, at}
      if (
        !/^pydantic\.(?:field_)?validator$/.test(name) ||
        !call ||
        isConstant(call.keywords.get('check_fields'), false)
      )
        continue
      const fields = new Set(attributes.flatMap((each) => (each.annotation === undefined ? [] : each.name)))
      const unknown = call.args.map(textOf).find((field) => field !== undefined && field !== '*' && !fields.has(field))
      // A statement that is not read may make one.
      if (
        unknown !== undefined &&
        !new RegExp(
          `^[ \\t]{1,80}${unknown}[ \\t]{0,9}:|\\b__annotations__\\b|^[ \\t]{1,80}(?:if|for|with|try)\\b`,
          'm',
        ).test(text)
      )
        return {
          message: `a validator is for ${unknown}, and there is no such field`,
          error: 'PydanticUserError: Decorators defined with incorrect fields',
          cure: 'Correct the name, or add the field.',
          at,
        }
      const definition = statement.getChild('FunctionDefinition')
      const parameter = definition
        ?.getChild('ParamList')
        ?.getChildren('VariableName')
        .map(({from, to}) => file.text.slice(from, to))
      const gone = name === 'pydantic.validator' && parameter?.slice(1).find((each) => /^(?:field|config)$/.test(each))
      if (gone)
        return {
          message: `a validator asks for ${gone}, which pydantic 2 does not hand it`,
          error: 'PydanticUserError: The `field` and `config` parameters are not available in Pydantic V2',
          cure: 'Write @field_validator, and take info: ValidationInfo.',
          at,
        }
    }
    return undefined
  }
}

type Arguments = Pick<CallValue, 'args' | 'keywords'>

/** What a decorator of pydantic 2 asks for. */
function decoratorFault(
  name: string,
  call: Arguments | undefined,
  isCalled: boolean,
): Omit<ModuleFault, 'at'> | undefined {
  if (name === 'pydantic.root_validator' && !hasRootMode(call))
    return {
      message: '@root_validator is neither told pre=True nor skip_on_failure=True',
      error:
        'PydanticUserError: If you use `@root_validator` with pre=False (the default) you MUST specify `skip_on_failure=True`',
      cure: 'Write @model_validator(mode="after"), or skip_on_failure=True.',
    }
  if (/^pydantic\.(?:field|model)_validator$/.test(name) && !isCalled) {
    const wants = name.endsWith('field_validator') ? '("FIELD")' : '(mode="after")'
    return {
      message: `@${name.split('.')[1]} stands without its arguments`,
      error: 'PydanticUserError or TypeError: it cannot be used without arguments',
      cure: `Write @${name.split('.')[1]}${wants}.`,
    }
  }
  const gone =
    name === 'pydantic.field_validator' &&
    ['pre', 'always', 'each_item', 'allow_reuse', 'whole'].find((each) => call?.keywords.has(each))
  return gone
    ? {
        message: `@field_validator has no argument ${gone}`,
        error: `TypeError: field_validator() got an unexpected keyword argument '${gone}'`,
        cure: gone === 'pre' ? 'Write mode="before".' : `Take ${gone} away.`,
      }
    : undefined
}

const hasRootMode = (call: Arguments | undefined): boolean =>
  call !== undefined && (['pre', 'skip_on_failure'].some((each) => call.keywords.has(each)) || call.args.length > 0)

type Gone = readonly [argument: string, error: string, cure: string]

const goneArguments: Readonly<Record<string, readonly Gone[]>> = {
  'pydantic.Field': [
    ['regex', 'PydanticUserError: `regex` is removed. use `pattern` instead', 'Write pattern.'],
    ['const', 'PydanticUserError: `const` is removed, use `Literal` instead', 'Write the type as Literal[…].'],
    ['unique_items', 'PydanticUserError: `unique_items` is removed, use `Set` instead', 'Write the type as set[…].'],
  ],
}

const container =
  /^(?:typing\.)?(?:Optional|Union|List|list|Dict|dict|Sequence|Iterable|Set|set|Tuple|tuple|str|int|float|bool|None|Any)$/
const modules = /^(?:datetime|uuid|decimal|enum|time|json|pathlib)$/

const typeOf = (value: Value | undefined): string => {
  if (value?.kind === 'text') return 'str'
  if (value?.kind !== 'constant' || value.value === null) return 'TYPE'
  return typeof value.value === 'boolean' ? 'bool' : 'int'
}
