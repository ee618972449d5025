import {groupBy} from '../../../group-by.ts'
import {onceOf} from '../../../once.ts'
import {declaredArguments, namesGiven} from '../../dockerfile/arguments.ts'
import {allInstructions, type Instruction, rootImage, type Stage} from '../../dockerfile/parse.ts'
import type {Unscoped} from '../build-stage.ts'
import {nameParts} from './base-images.ts'

/** Official images, which set variables of their language and nothing else; those of others may set any. */
const official = /^(?:[\w-]+|mcr\.microsoft\.com\/dotnet\/[\w-]+|oven\/bun|denoland\/deno|hexpm\/elixir)$/
const ofBases =
  /^(?:PATH|HOME|LANG|LANGUAGE|GPG_KEYS?|PKG_RELEASE|LC_\w+|(?:LD_|PYTHON|NODE_|GO|GEM_|BUNDLE_|RUBY|RUST|CARGO_|PHP|JAVA_|DOTNET_|ASPNET|NUGET_|NGINX_|DENO_|BUN_|MIX_|ELIXIR_|GRADLE_|MAVEN_)\w*|\w+_(?:VERSION|HOME)|(?:https?|ftp|no|all)_proxy)$/i

/** Where a build fills variables in. CMD and ENTRYPOINT run later, with other ones. */
const fillsIn = /^(?:RUN|ENV|COPY|ADD|WORKDIR|LABEL|USER|EXPOSE|VOLUME)$/
/** A variable without something to stand in for it. */
const variable = /(?<!\\)\$(?:(\w+)|\{(\w+)\})/g
/** Files that a shell reads may set any, and what is written with a quoted heredoc is filled in elsewhere. */
const reads = /(?:^|[\s;&|(])(?:source|\.|eval)\s|<<-?\s*["'\\]/
/** Bash sets them. */
const ofShells =
  /^(?:HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|E?UID|PPID|(?:OLD)?PWD|SHLVL|RANDOM|SECONDS|LINENO|IFS|OPT\w+|BASH\w*)$/

/**
 * The variables that a stage fills in without a value, which ARG declares in other stages only: each stage has its own
 * (Dockerfile reference, "Scope"). Those that stand above the first FROM are told apart.
 */
export function foreignArguments(
  stage: Stage,
  {stages, globals}: {stages: readonly Stage[]; globals: ReadonlyMap<string, string>},
): Unscoped[] {
  if (!official.test(nameParts(rootImage(stage) ?? 'acme/unknown')[0])) return []
  const declarations = declarationsIn(stages)
  if (declarations.size === 0) return []
  const all = new Set(allInstructions(stage))
  const own = new Set(stage.instructions)
  const known = new Set<string>()
  const found: Unscoped[] = []
  for (const instruction of all) {
    if (own.has(instruction) && fillsIn.test(instruction.keyword)) {
      for (const name of namesIn(instruction)) {
        const declared = declarations.get(name)?.find(({by}) => !all.has(by))?.by
        if (!declared || known.has(name) || globals.has(name) || ofBases.test(name)) continue
        found.push({name, at: instruction.at, declared: declared.at})
        known.add(name)
      }
    }
    for (const name of namesGiven(instruction)) known.add(name)
  }
  return found
}

/** The ARGs of all stages, by the names that they declare. */
const declarationsIn = onceOf((stages: readonly Stage[]): ReadonlyMap<string, Declaration[]> => {
  const all = stages.flatMap(({instructions}) =>
    instructions.flatMap((by) => [...declaredArguments([by])].map((name) => ({name, by}))),
  )
  return groupBy(all, ({name}) => name)
})

interface Declaration {
  name: string
  by: Instruction
}

/** The variables of an instruction; of a RUN only those that its shell has from nowhere else. */
function namesIn({keyword, text, flags}: Instruction): Set<string> {
  if (reads.test(text)) return new Set()
  // Neither a build nor a shell fills in what is in single quotes or in a comment.
  const filled = text.replace(/'[^']{0,10000}'/g, "''").replace(/(?<!\S)#.*$/gm, '')
  const names = [...filled.matchAll(variable)].map(([, plain, braced]) => plain ?? braced ?? '')
  if (keyword !== 'RUN') return new Set(names)
  const mounted = flags.map(([, value]) => value).join(' ')
  const isSet = (name: string) =>
    new RegExp(
      `\\b${name}(?:=|:=)|\\b(?:read|mapfile|readarray|printf\\s{1,50}-v)\\b[^\\n]{0,200}\\b${name}\\b|\\bfor\\s{1,50}${name}\\b|\\bgetopts\\b`,
    ).test(text)
  // One that it asks about may be empty.
  const isAsked = (name: string) => new RegExp(`-[nz]\\s{1,50}["']?\\$\\{?${name}\\b`).test(text)
  return new Set(
    names.filter(
      (name) =>
        !ofShells.test(name) && !isSet(name) && !isAsked(name) && !new RegExp(`\\b(?:env|id)=${name}\\b`).test(mounted),
    ),
  )
}
