/** What the code asks of its settings and their class does not have: Python answers with an AttributeError. */
import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {once} from '../../../once.ts'
import type {Files} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {copiedPython} from '../copied-python.ts'
import {boundImports} from '../imports/bound-imports.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import {moduleFile} from '../imports/modules.ts'
import {type ClassBody, classBodies} from '../source/class-bodies.ts'
import {pythonTree} from '../source/tree.ts'
import {isGuarded, isWithin, namesIn} from '../source/undefined-names.ts'

export interface LostField {
  name: string
  /** As the code calls it: `settings`, `get_settings()`. */
  object: string
  at: FileLocation
  class: string
  /** The class itself is asked, and none of its instances. */
  isClass: boolean
  definedAt: FileLocation
  /** The names that the class has. */
  has: string[]
  by: string
  runBy: FileLocation
  /** The import of the module comes to it. */
  atImport: boolean
}

interface Settings {
  name: string
  /** The class itself is asked: `Config.TOKEN`. */
  isClass?: true
  at: FileLocation
  /** The text of the class and of those it is made from. */
  text: string
}

/** What every class of pydantic has (pydantic/main.py, pydantic_settings/main.py). */
const ofPydantic =
  /^(?:model_\w+|_\w*|dict|json|copy|parse_(?:obj|raw|file)|from_orm|construct|schema(?:_json)?|validate|update_forward_refs|settings_customise_sources|customise_sources|Config|fields)$/
/** Who takes any attribute, or makes them. */
const open =
  /\bextra["']?\s{0,9}[=:]\s{0,9}(?:["']allow|Extra\.allow)|\b__getattr\w*__\b|\bsetattr\b|\b__dict__\b|\b(?:locals|vars|exec)\(/
/** … or has its options from elsewhere: `model_config = SHARED`, `SettingsConfigDict(**shared)`, `class Config(Shared):`. */
const configured =
  /\bmodel_config\b[^=\n]{0,80}=\s{0,9}(?!\s|\{|(?:\w{1,50}\.)?(?:Settings)?ConfigDict\()|\*\*|\||\bclass Config\(\s{0,9}\w/
/** Names that somebody makes up, of the class or of what is made of it: `setattr(Settings, name, value)`. */
const setsAny =
  /\b(?:__)?setattr(?:__)?\(\s{0,9}\w{0,50}(?:settings|config|cfg|conf)\w{0,50}\s{0,9},\s{0,9}(?!["'])|[sS]ettings\.__getattr\w*__\s{0,9}=/i

export async function loadLostFields({reader}: Inputs, facts: FactStore): Promise<Fact<LostField[]>> {
  const [image, processes, files] = await facts.needAll('image', 'processes', 'files')
  const paths = copiedPython(image, files)
  const found = new Map<string, LostField>()
  for (const {by, text, at: runBy, certain} of processes.commands) {
    if (!certain) continue
    const loaded = await loadedSources([text], paths, reader)
    if (!loaded.some((file) => /\bBaseSettings\b|^class \w*(?:Settings|Config)\w*(?:\(\))?:/m.test(file.text))) continue
    const project = new SettingsProject(loaded, paths)
    for (const file of loaded) {
      for (const use of project.usesIn(file)) {
        const key = `${file.path} ${use.name}`
        if (!found.has(key)) found.set(key, {...use, by, runBy})
      }
    }
  }
  return known([...found.values()])
}

class SettingsProject {
  readonly #files: ReadonlyMap<string, TextFile>
  readonly #paths: Files
  readonly #bound = new Map<string, ReadonlyMap<string, string>>()
  readonly #all: string
  readonly #setsAny = once<void, boolean>(() => setsAny.test(this.#all))
  /** What classes are made from, anywhere. */
  readonly #bases = once<void, ReadonlySet<string>>(
    () =>
      new Set(
        [...this.#all.matchAll(/^class \w+\(([^)\n]{0,300})/gm)].flatMap(([, bases = '']) => bases.match(/\w+/g) ?? []),
      ),
  )

  constructor(files: readonly TextFile[], paths: Files) {
    this.#files = new Map(files.map((file) => [file.path, file]))
    this.#paths = paths
    this.#all = files.map(({text}) => text).join('\n')
  }

  usesIn(file: TextFile): Omit<LostField, 'by' | 'runBy'>[] {
    const found: Omit<LostField, 'by' | 'runBy'>[] = []
    const names = /\b(?:[sS]ettings|[cC]onfig|cfg|conf)\b|[sS]ettings\(/.test(file.text)
      ? namesIn(file.text)
      : undefined
    if (!names) return []
    const objects = new Map<string, Settings | undefined>()
    pythonTree(file.text).iterate({
      enter: ({node, name}) => {
        if (name !== 'MemberExpression') return
        const [owner, , property] = [node.firstChild, undefined, node.lastChild]
        if (!owner || property?.name !== 'PropertyName') return
        const object = file.text.slice(owner.from, owner.to)
        if (!/^\w{1,100}(?:\(\))?$/.test(object)) return
        if (!objects.has(object))
          objects.set(
            object,
            object.endsWith('()') ? this.#made(object.slice(0, -2), file, 3) : this.#held(object, file, names.bound),
          )
        const settings = objects.get(object)
        const attribute = file.text.slice(property.from, property.to)
        if (!settings || this.#mayHave(settings, attribute) || isCaught(node, file.text)) return
        found.push({
          name: attribute,
          object,
          at: file.span(node.from, node.to),
          class: settings.name,
          isClass: settings.isClass === true,
          definedAt: settings.at,
          has: [...settings.text.matchAll(/^[ \t]+(?:self\.)?(\w+)[ \t]*(?::|=(?!=))/gm)].map(([, each = '']) => each),
          atImport: !isWithin(node, /^(?:FunctionDefinition|LambdaExpression)$/),
        })
      },
    })
    return found
  }

  /** By any word: of the class, or of who sets it or asks for it first. */
  #mayHave({text}: Settings, name: string): boolean {
    return (
      ofPydantic.test(name) ||
      new RegExp(`\\b${name}\\b`).test(text) ||
      this.#setsAny() ||
      new RegExp(
        `\\.${name}\\s{0,9}=(?!=)|attr(?:__)?\\([^)\\n]{0,100}["']${name}["']|["']${name}["']\\s{1,9}(?:not\\s{1,9})?in\\b`,
      ).test(this.#all)
    )
  }

  /** The class of what a variable holds, wherever the file gives it a value. */
  #held(name: string, file: TextFile, bound: ReadonlyMap<string, SyntaxNode[]>): Settings | undefined {
    const places = bound.get(name) ?? []
    const classes = places.map((place) => this.#given(place, file))
    const [first] = classes
    return first && classes.every((each) => each?.at === first.at) ? first : undefined
  }

  #given(node: SyntaxNode, file: TextFile): Settings | undefined {
    const {parent} = node
    const source = ({from, to}: SyntaxNode) => file.text.slice(from, to)
    const name = source(node)
    if (parent?.name === 'ImportStatement' || (parent?.name === 'AssignStatement' && parent.parent?.name === 'Script'))
      return this.#instance(name, file, 4) ?? this.#asked(name, file, 4)
    if (parent?.name === 'ClassDefinition') return this.#asked(name, file, 0)
    if (parent?.name === 'AssignStatement') {
      const [, called] = /=\s{0,9}(\w+)\(\)\s{0,9}$/.exec(source(parent)) ?? []
      return called === undefined ? undefined : this.#made(called, file, 3)
    }
    const type = node.nextSibling
    if (parent?.name !== 'ParamList' || type?.name !== 'TypeDef') return undefined
    const [, annotated] = /^:\s{0,9}(?:Annotated\[\s{0,9})?(\w+)/.exec(source(type)) ?? []
    // What is made from the class may have more, and be what the function is given.
    return annotated === undefined || this.#bases().has(annotated) ? undefined : this.#classOf(annotated, file, 3)
  }

  /** What a name at the top of a module is, there or where that has it from. */
  #instance(name: string, file: TextFile, depth: number): Settings | undefined {
    const made = [...file.text.matchAll(new RegExp(`^${name}\\b[^=\\n]{0,100}=(?!=)[ \\t]{0,9}(.{0,200})$`, 'gm'))]
    if (made.length > 1 || depth === 0 || new RegExp(`\\bglobal\\b[^\\n]{0,200}\\b${name}\\b`).test(file.text))
      return undefined
    const [, value = ''] = made[0] ?? []
    if (made[0]) {
      const called = callAlone(file.text, made[0].index + made[0][0].length - value.length)
      // A branch may give it another one.
      const places = namesIn(file.text)?.bound.get(name) ?? []
      const isOnly = places.filter((place) => !isWithin(place, /^(?:FunctionDefinition|ClassDefinition)$/)).length === 1
      return called === undefined || !isOnly ? undefined : this.#made(called, file, depth)
    }
    const origin = this.#origin(name, file)
    return origin && this.#instance(origin.name, origin.file, depth - 1)
  }

  /** What a call gives: of a class, or of a function that does nothing but make one. */
  #made(name: string, file: TextFile, depth: number): Settings | undefined {
    const [, body] =
      new RegExp(`^def ${name}\\([^)]{0,300}\\)[^:\\n]{0,100}:((?:\\n(?:[ \\t][^\\n]*)?){1,40})`, 'm').exec(
        file.text,
      ) ?? []
    if (body !== undefined) {
      const [only, another] = [...body.matchAll(/\breturn\b[ \t]{0,9}/g)]
      if (!only || another) return undefined
      const start = only.index + only[0].length
      const made = callAlone(body, start)
      if (made !== undefined) return this.#classOf(made, file, depth)
      const [, held] = /^(\w+)[ \t]{0,9}(?:#[^\n]*)?\r?(?:\n|$)/.exec(body.slice(start)) ?? []
      const [given, again] = [...body.matchAll(new RegExp(`\\b${held}\\b[^=\\n]{0,80}=(?!=)[ \\t]{0,9}`, 'g'))]
      const inner = held !== undefined && given && !again ? callAlone(body, given.index + given[0].length) : undefined
      return inner === undefined ? undefined : this.#classOf(inner, file, depth)
    }
    const found = this.#classOf(name, file, depth)
    if (found || depth === 0) return found
    const origin = this.#origin(name, file)
    return origin && this.#made(origin.name, origin.file, depth - 1)
  }

  #classOf(name: string, file: TextFile, depth: number): Settings | undefined {
    const own = classBodies(file).filter((each) => each.name === name)
    const [only, another] = own
    if (only && !another) return this.#settings(only, file, depth)
    if (only) return undefined
    const plain = plainClass(name, file)
    if (plain || depth === 0) return plain
    const origin = this.#origin(name, file)
    return origin && this.#classOf(origin.name, origin.file, depth - 1)
  }

  /** A plain class whose attributes are the settings, itself. */
  #asked(name: string, file: TextFile, depth: number): Settings | undefined {
    const plain = plainClass(name, file)
    if (plain) return {...plain, isClass: true}
    const origin = depth === 0 ? undefined : this.#origin(name, file)
    return origin && this.#asked(origin.name, origin.file, depth - 1)
  }

  #settings({name, bases, at, text}: ClassBody, file: TextFile, depth: number): Settings | undefined {
    const [base = '', ...others] = bases
    if (others.length > 0 || open.test(text) || isConfigured(text)) return undefined
    if (/^pydantic(?:_settings)?\.(?:\w+\.)?BaseSettings$/.test(this.#boundIn(file).get(base) ?? ''))
      return {name, at, text}
    const above = depth === 0 ? undefined : this.#classOf(base, file, depth - 1)
    return above && {name, at, text: `${text}\n${above.text}`}
  }

  /** The file of the project from which a file has a name, and the name that it has there. */
  #origin(name: string, file: TextFile): {file: TextFile; name: string} | undefined {
    const full = this.#boundIn(file).get(name) ?? ''
    const [, dots = '', rest = ''] = /^(\.{0,9})(.*)$/.exec(full) ?? []
    const end = rest.lastIndexOf('.')
    const module = end < 0 ? '' : rest.slice(0, end)
    if (full === '' || (module === '' && dots === '')) return undefined
    const path = moduleFile(this.#paths, file.path, module, dots.length)
    const found = path === undefined || path === file.path ? undefined : this.#files.get(path)
    return found && {file: found, name: rest.slice(end + 1)}
  }

  #boundIn(file: TextFile): ReadonlyMap<string, string> {
    const known = this.#bound.get(file.path) ?? boundImports(file.text)
    this.#bound.set(file.path, known)
    return known
  }
}

/** The names of classes that hold settings, and nothing else is made of. */
const ofSettings = /(?:Settings|Config|Configuration)$/
/** A plain class takes names from outside: of the environment, a file, or who makes it. */
const fromOutside =
  /\bkwargs\b|\*\*|\benviron\.items\b|\bopen\(|\bload\w*\(|\bread\w*\(|\bdotenv_values\b|\bupdate\(|\b__slots__\b/

/**
 * A class at the top of a file without bases and decorators: what it has stands in it. One that a `setattr` of its own gives
 * names has them from a table of its own, unless it reads another one.
 */
function plainClass(name: string, file: TextFile): Settings | undefined {
  if (!ofSettings.test(name)) return undefined
  const heads = [...file.text.matchAll(new RegExp(`^([@)][^\\n]{0,200}\\n)?class ${name}\\b(?:\\(\\))?:`, 'gm'))]
  const [head] = heads
  if (!head || heads.length > 1 || (head[1] && !/^@(?:dataclasses\.)?dataclass\b/.test(head[1]))) return undefined
  // In a branch, or by that name, there is another one.
  if (new RegExp(`^[ \\t]+class ${name}\\b|^${name}\\s{0,9}=(?!=)`, 'm').test(file.text)) return undefined
  const rest = file.text.slice(head.index + (head[1]?.length ?? 0))
  const end = /\n(?=[^\s#)\]}])/.exec(rest)?.index ?? rest.length
  const text = rest.slice(0, end)
  const isOpen = open.test(text.replace(/\bsetattr\(\s{0,9}self\b/g, ''))
  if (isOpen || (/\bsetattr\b/.test(text) && fromOutside.test(text))) return undefined
  const start = file.text.indexOf(name, head.index + (head[1]?.length ?? 0))
  return {name, at: file.span(start, start + name.length), text}
}

/** Who catches the error knows of it, and an import that catches any goes on; of a branch for tools nobody comes here. */
function isCaught(node: SyntaxNode, source: string): boolean {
  const isLater = isWithin(node, /^(?:FunctionDefinition|LambdaExpression)$/)
  const caught = isLater
    ? /\bexcept\b[^\n:]{0,200}\bAttributeError\b/
    : /\bexcept\b(?:\s{0,9}:|[^\n:]{0,200}\b(?:AttributeError|(?:Base)?Exception)\b)/
  for (let around = node.parent; around; around = around.parent)
    if (around.name === 'TryStatement' && caught.test(source.slice(around.from, around.to))) return true
  return isGuarded(node, source)
}

/** Of the options of the class, not of the values of its fields: `a: str | None`. */
const isConfigured = (text: string): boolean =>
  text
    .split(/\n(?=[ \t]{1,8}\S)/)
    .some((part) => /^\s{0,9}(?:model_config|class Config)\b/.test(part) && configured.test(part)) ||
  /(?:ConfigDict\(|\bmodel_config\s{0,9}=\s{0,9}\{)[^)}]{0,1000}\*\*/.test(text)

/** The name that a call calls which is all of an expression: of `Settings().db` and of `A() if b else C()` there is none. */
function callAlone(text: string, start: number): string | undefined {
  const [call, name] = /^(\w+)\(/.exec(text.slice(start, start + 200)) ?? []
  if (call === undefined) return undefined
  let depth = 0
  for (let index = start + call.length - 1; index < text.length; index++) {
    if ('([{'.includes(text[index] as string)) depth++
    else if (')]}'.includes(text[index] as string) && --depth === 0)
      return /^[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/.test(text.slice(index + 1, index + 300)) ? name : undefined
  }
  return undefined
}
