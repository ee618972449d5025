import {codeOf} from '../../code/code.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, javascript} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {PageAddress} from './page-addresses.ts'

/** A package that reads a variable of the build by itself, unless the component that it brings is given a value. */
interface Reader {
  package: string
  /** The component, and the property that takes the place of the variable. */
  component: string
  property: string
  /** By the tool that builds. */
  names: Readonly<Record<string, string>>
}

/** @clerk/nextjs, `mergeNextClerkPropsWithEnv`; without a key, ClerkProvider throws "Missing publishableKey". */
const readers: readonly Reader[] = [
  {
    package: '@clerk/nextjs',
    component: 'ClerkProvider',
    property: 'publishableKey',
    names: {'next build': 'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY'},
  },
]

/** What packages take from the build and cannot do without. */
export async function packageReads(
  tool: string,
  origin: string,
  paths: Files,
  reader: ProjectReader,
): Promise<PageAddress[]> {
  const found: PageAddress[] = []
  for (const {package: from, component, property, names} of readers) {
    const name = names[tool]
    if (name === undefined) continue
    for (const path of paths.under(origin || '.')) {
      if (isApart(path) || !javascript.some((ending) => path.endsWith(ending))) continue
      const file = await reader.text(path)
      if (!file?.text.includes(from)) continue
      const code = codeOf(file)
      const uses = [...(code?.text.matchAll(new RegExp(`<${component}\\b([^>]{0,2000})>`, 'g')) ?? [])]
      const [first] = uses
      // `{...settings}` may bring it.
      if (!first || uses.some(([, given = '']) => given.includes(property) || given.includes('...'))) continue
      const read = file.span(first.index, first.index + component.length + 1)
      found.push({name, read, instead: undefined, isAsserted: true})
      break
    }
  }
  return found
}
