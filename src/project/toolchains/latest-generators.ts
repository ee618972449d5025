import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {escapePattern} from '../escape-pattern.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

/** A generator that the build takes at its newest, and whose code is compiled with an older library. */
export interface LatestGenerator {
  /** Its path, without the version. */
  tool: string
  at: FileLocation
  /** The version of its module in go.mod, and where. */
  version: string
  required: FileLocation
}

/** Generators whose code imports their own module, by its path, and what starts them. */
const generators: readonly {module: string; tool: string; starts: RegExp}[] = [
  {module: 'github.com/a-h/templ', tool: '/cmd/templ', starts: /\btempl\b[^\n&;|]{0,40}\bgenerate\b/},
  {module: 'github.com/99designs/gqlgen', tool: '', starts: /\bgqlgen\b/},
  {module: 'entgo.io/ent', tool: '/cmd/ent', starts: /\bent generate\b/},
  {module: 'github.com/swaggo/swag', tool: '/cmd/swag', starts: /\bswag init\b/},
  {module: 'google.golang.org/protobuf', tool: '/cmd/protoc-gen-go', starts: /\bprotoc\b|\bbuf generate\b/},
  {module: 'connectrpc.com/connect', tool: '/cmd/protoc-gen-connect-go', starts: /\bprotoc\b|\bbuf generate\b/},
]
const startsAny = /\bgo generate\b|\b(?:make|task|just|mage)\b/

/**
 * `go install TOOL@latest`: the newest release of the day (go.dev/ref/mod, "go install"), whatever go.mod requires. What it
 * writes may use what the library of go.mod does not have yet.
 */
export async function loadLatestGenerators({reader}: Inputs, facts: FactStore): Promise<Fact<LatestGenerator[]>> {
  const [[{commands}, image], files] = await Promise.all([
    facts.needAll('buildCommands', 'image'),
    facts.value('files'),
  ])
  const taken = commands.flatMap(({words, at, conditional, moment}) => {
    const [program, verb, ...rest] = words
    const word = rest.find((each) => each?.endsWith('@latest'))
    const found = generators.find(({module, tool}) => word === `${module}${tool}@latest`)
    if (program !== 'go' || !/^(?:install|run)$/.test(verb ?? '') || !found || conditional) return []
    return [{...found, at, stage: moment.stage, isRun: verb === 'run'}]
  })
  if (taken.length === 0) return known([])
  const manifests = await reader.texts((files ?? noFiles).only((path) => image.copies(path)).named('go.mod'))
  const texts = image.stages.flatMap(({stage}) => stage.instructions.map(({text}) => text))
  const all = texts.join('\n')
  const found: LatestGenerator[] = []
  for (const {module, tool, starts, at, isRun} of taken) {
    // It brings the library to the same version.
    if (new RegExp(`\\bgo (?:get|mod edit)\\b[^\\n&;|]{0,200}${escapePattern(module)}|\\bgo get -u\\b`).test(all))
      continue
    if (!isRun && !starts.test(all.replaceAll(`${module}${tool}@latest`, '')) && !startsAny.test(all)) continue
    const wanted = new RegExp(`^[ \\t]*(?:require[ \\t]+)?${escapePattern(module)}[ \\t]+(v\\d[\\w.+-]*)`, 'm')
    const listed = manifests.flatMap((file) => {
      const match = wanted.exec(file.text)
      const isReplaced = new RegExp(`${escapePattern(module)}[ \\t]+(?:v\\S+[ \\t]+)?=>`).test(file.text)
      return match && !isReplaced
        ? [{version: match[1] as string, required: file.lineSpan(file.position(match.index).line)}]
        : []
    })
    const [only, another] = listed
    if (only && !another) found.push({tool: `${module}${tool}`, at, ...only})
  }
  return known(found)
}
