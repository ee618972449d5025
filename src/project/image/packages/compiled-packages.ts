import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {copiesFrom} from '../../dockerfile/parse.ts'
import {isApart} from '../../files/apart.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'

/** What a program is made of that the final image holds compiled, in a base without the language. */
export interface CompiledPackages {
  language: 'elixir' | 'go'
  /** By the name in mix.exs or go.mod, and where it stands. */
  packages: ReadonlyMap<string, FileLocation>
}

const chromedp = 'github.com/chromedp/chromedp'

const languages = [
  {
    language: 'elixir',
    build: /^mix release\b/,
    manifest: 'mix.exs',
    // `{:name, "~> 1.0"}`; what is for some environments only, or for the build, is none of the release's.
    entry:
      /(?<!#[^\n]{0,300})\{:(?<name>\w+),(?![^{}\n]{0,300}\b(?:only:|runtime:\s*false))(?=\s*(?:"|git|github|path|\[))/g,
    // Chrome elsewhere.
    other: /\bchrome_address\b/,
    sources: ['.ex', '.exs'],
  },
  {
    language: 'go',
    build: /^go (?:build|install)\b/,
    manifest: 'go.mod',
    entry: /^[ \t]*(?:require\s+)?(?<name>[\w.-]+\.[a-z]+\/[\w./-]+) v\S+[ \t]*$/gm,
    other: /\bNewRemoteAllocator\b/,
    sources: ['.go'],
  },
] as const

export async function loadCompiledPackages({reader}: Inputs, facts: FactStore): Promise<Fact<CompiledPackages>> {
  const [image, files] = await Promise.all([facts.need('image'), facts.value('files')])
  const {final, stages} = image
  const found = languages.find(({build}) =>
    stages.some(
      (each) =>
        each.commands.some(({words}) => build.test(words.map((word) => word ?? '').join(' '))) &&
        each !== final &&
        copiesFrom(final.stage, each.stage),
    ),
  )
  const packages = new Map<string, FileLocation>()
  if (!found) return known({language: 'go', packages})
  const paths = (files ?? noFiles).only((path) => image.copies(path) && !isApart(path))
  for (const file of await reader.texts(paths.named(found.manifest))) {
    for (const match of file.text.matchAll(found.entry)) {
      const name = match.groups?.name as string
      const start = match.index + match[0].indexOf(name)
      if (!packages.has(name)) packages.set(name, file.span(start, start + name.length))
    }
  }
  const browsers = ['chromic_pdf', chromedp].filter((each) => packages.has(each))
  if (browsers.length > 0) {
    const sources = await reader.texts(paths.ending(...found.sources))
    // A module of its own for tools, and tests, are none of the program.
    const isImported = ({path, text}: TextFile) => !path.endsWith('_test.go') && text.includes(`"${chromedp}"`)
    const isUnused = found.language === 'go' && !sources.some(isImported)
    if (isUnused || sources.some(({text}) => found.other.test(text))) for (const each of browsers) packages.delete(each)
  }
  return known({language: found.language, packages})
}
