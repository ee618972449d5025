import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {TextFile} from '../../files/text.ts'
import type {ResolvedInstall} from '../../image/packages/resolve-install.ts'
import type {StageImage} from '../../image/stage-image.ts'
import type {Inputs} from '../../inputs.ts'

/** A requirement that ends an install in pip's hash-checking mode. */
export interface MissingHash {
  /** As it is written: `gunicorn`, `-e .` */
  requirement: string
  lacks: 'hash' | 'pin' | 'archive'
  at: FileLocation
  /** What turned the mode on. */
  because: FileLocation
  install: ResolvedInstall
}

/**
 * One --hash in a requirements file, or --require-hashes, makes pip demand a hash and == of everything that the command
 * installs (pip's documentation, "Hash-checking Mode").
 */
export async function loadMissingHashes({reader}: Inputs, facts: FactStore): Promise<Fact<MissingHash[]>> {
  const image = await facts.need('image')
  const found: MissingHash[] = []
  const seen = new Set<unknown>()
  for (const stage of image.stages) {
    const commands = new Map(stage.commands.toReversed().map((each) => [each.at, each]))
    const earlier = new Set<string>()
    let before: ResolvedInstall | undefined
    for (const install of stage.installs) {
      for (const {name} of before?.requirements ?? []) earlier.add(name)
      before = install
      const {words} = commands.get(install.at) ?? {}
      if (!words || seen.has(install.at) || install.conditional || !/^pip( wheel)?$/.test(install.tool)) continue
      seen.add(install.at)
      const isDemanded = words.includes('--require-hashes')
      // uv looks at hashes where there are some, unless it is told to demand them.
      if (!isDemanded && !install.byPip) continue
      // A constraints file may have the hashes.
      if (words.some((word) => word === undefined || /^(-c|--constraint|--no-require-hashes)/.test(word))) continue
      if (stage.env.has('PIP_CONSTRAINT')) continue
      found.push(...(await ofInstall(install, {stage, isDemanded, earlier})))
    }
  }
  return known(found)

  async function ofInstall(
    install: ResolvedInstall,
    {stage, isDemanded, earlier}: {stage: StageImage; isDemanded: boolean; earlier: ReadonlySet<string>},
  ): Promise<MissingHash[]> {
    const paths = new Set([...install.projectFiles, ...install.requirements.map(({at}) => at.file)])
    paths.delete(stage.stage.at.file)
    const texts = await reader.texts(paths)
    if (texts.some(({text}) => /^[ \t]*(-c|--constraint|--no-require-hashes)\b/m.test(text))) return []
    const line = texts.map((file) => lineWith(file, /(^|\s)--(hash\b|require-hashes)/)).find((at) => at !== undefined)
    const because = isDemanded ? install.at : line
    if (!because) return []
    const isHashed = ({file, line: from = 0, endLine = from}: FileLocation) => {
      const text = texts.find(({path}) => path === file)
      const numbers = Array.from({length: endLine - from + 1}, (_, offset) => from + offset)
      return numbers.some((number) => /\s--hash\b/.test(text?.line(number) ?? ''))
    }
    const folders = texts.flatMap((file) => {
      const at = lineWith(file, /^\s*(-e|--editable)[\s=]|^\s*git\+/)
      return at ? [{requirement: file.line(at.line as number).trim(), lacks: 'archive' as const, at}] : []
    })
    const bare = install.requirements.flatMap(({name, written, specifier, url, at}) => {
      // What is there already is not fetched again.
      if (url || earlier.has(name) || isBrought.test(name)) return []
      const isPinned = /^===?[^,]+$/.test(specifier)
      if (isPinned && isHashed(at)) return []
      return [{requirement: `${written}${specifier}`, lacks: isPinned ? ('hash' as const) : ('pin' as const), at}]
    })
    return [...folders, ...bare].map((each) => ({...each, because, install}))
  }
}

/** In the image from the beginning. */
const isBrought = /^(pip|setuptools|wheel)$/

function lineWith(file: TextFile, pattern: RegExp): FileLocation | undefined {
  for (let number = 1; number <= file.lineCount; number++) {
    const text = file.line(number)
    if (pattern.test(text) && !/^\s*#/.test(text)) return file.lineSpan(number)
  }
  return undefined
}
