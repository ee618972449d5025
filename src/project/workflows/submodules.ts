import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {escapePattern} from '../escape-pattern.ts'
import type {TextFile} from '../files/text.ts'
import {submodulesIn} from '../git/submodules.ts'
import type {Inputs} from '../inputs.ts'
import {plainCheckouts} from './plain-checkout.ts'
import type {Step} from './workflow.ts'

/** A submodule that the image is built with, where the checkout of a deploying workflow leaves its folder empty. */
export interface EmptySubmodule {
  checkout: Step
  path: string
  /** Its lines of .gitmodules. */
  at: FileLocation
  /** What is made of it: an instruction, a line of a manifest. */
  use: FileLocation
}

/** What names folders that a build takes in. */
const manifests = ['package.json', 'Cargo.toml', 'go.mod', 'pyproject.toml', 'mix.exs', 'Gemfile', 'composer.json']

export async function loadEmptySubmodules({reader}: Inputs, facts: FactStore): Promise<Fact<EmptySubmodule[]>> {
  const list = await reader.text('.gitmodules')
  if (!list) return known([])
  const [workflows, config, image, files] = await facts.needAll('workflows', 'flyConfig', 'image', 'files')
  const instructions = image.stages.flatMap(({stage}) => stage.instructions)
  // The build itself may fetch them.
  if (instructions.some(({keyword, text}) => keyword === 'RUN' && /\bgit\b/.test(text))) return known([])
  const [checkout] = plainCheckouts(workflows, config.file, 'submodules', /\bsubmodules?\b/)
  if (!checkout) return known([])
  const paths = [...files.named(...manifests), ...files.ending('.csproj', '.fsproj')]
  const texts = await reader.texts(paths.filter((path) => image.copies(path)))
  const found: EmptySubmodule[] = []
  for (const {path, at} of submodulesIn(list)) {
    // Where git has files of it, it is none.
    if (files.hasFolder(path) || !image.copies(path)) continue
    const use = useOf(path)
    if (use) found.push({checkout, path, at, use})
  }
  return known(found)

  /** `COPY static ./static`, `{ path = "vendor/lib" }`. */
  function useOf(path: string): FileLocation | undefined {
    const named = new RegExp(`(?:^|[\\s"'=/])${escapePattern(path)}(?=[/\\s"']|$)`, 'm')
    const taken = instructions.find(({keyword, text}) => /^(?:COPY|ADD|RUN)$/.test(keyword) && named.test(text))
    if (taken) return taken.at
    for (const file of texts) {
      const match = named.exec(file.text) ?? includeOf(file, path)
      if (match) return file.lineSpan(file.position(match.index + 1).line)
    }
    return undefined
  }
}

/** `Include="json/factions.json"` of MSBuild, which counts from its own folder; a pattern of it may match nothing. */
function includeOf({path, text}: TextFile, folder: string): RegExpExecArray | null {
  if (!/\.[cf]sproj$/.test(path)) return null
  const written = escapePattern(posix.relative(posix.dirname(path), folder)).replaceAll('/', '[\\\\/]')
  return new RegExp(`\\b(?:Include|Update)="${written}[\\\\/][^"*?$;\\n]{1,300}"`).exec(text)
}
