import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {isLoaded, moduleNames} from '../source/module-names.ts'
import type {SourceReader} from '../source/source-readers.ts'
import {importSpecifiers} from './import-specifiers.ts'
import type {MissingImport} from './missing-imports.ts'
import {isPage, scriptsIn} from './page-scripts.ts'

interface StoppedReaders {
  stops(lost: MissingImport): SourceReader | undefined
  /** When a file is read first. */
  when(path: string): SourceReader['when'] | undefined
}

/** What surely stops at an import of a file that is not there, where nothing but the repository may bring that. */
export async function stoppedReaders(
  facts: FactStore,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<StoppedReaders> {
  const readers = (await facts.value('sourceReaders')) ?? []
  // A step before the deploy may write it.
  const workflows = await reader.texts(paths.under('.github/workflows'))
  const ambient = await reader.texts(paths.ending('.d.ts', '.d.mts', '.d.cts'))
  const when = (path: string) => readers.find(({sources}) => sources.some((each) => each.path === path))?.when
  const stops = ({specifier, name, at}: MissingImport): SourceReader | undefined => {
    if (workflows.some(({text}) => text.includes(posix.basename(name)))) return undefined
    return readers.find((each) => {
      const page = each.pages?.find(({path}) => path === at.file)
      if (page) return !each.leadsElsewhere && !each.mayBeWritten && isOfPage(page, specifier)
      const file = each.sources.find(({path}) => path === at.file)
      const names = file && moduleNames(file)
      const found = names?.imports.find(({start}) => {
        const {line, column} = file?.position(start + 1) ?? {}
        return line === at.line && column === at.column
      })
      if (!file || !names || !found || found.isGuarded || each.leadsElsewhere || each.mayBeWritten) return false
      if (each.kind === 'tsc')
        return (
          !file.text.includes('@ts-') &&
          // tsc does not look for what is imported for its effects alone.
          (found.takes.length > 0 || names.handedOn.includes(specifier)) &&
          ![...ambient, ...each.sources].some(({text}) => isDeclared(specifier, text))
        )
      return isLoaded(file, names, found) && !(found.isLate && each.kind === 'program')
    })
  }
  return {stops, when}
}

/** A bundler looks for what a page shows: `import Cart from './Cart.vue'`. Of the rest TypeScript may leave an import out. */
function isOfPage({path, text}: TextFile, specifier: string): boolean {
  const script = scriptsIn(path, text)
  const found = importSpecifiers(script).find((each) => each.text === specifier)
  if (!found || found.isDynamic) return false
  const [, name] = /\bimport\s{1,9}([A-Z]\w{0,99})\s{1,9}from\s{0,9}$/.exec(script.slice(0, found.start - 1)) ?? []
  return name !== undefined && isPage(specifier) && new RegExp(`<${name}\\b`).test(text)
}

/** `declare module '*.po'` */
const isDeclared = (specifier: string, text: string): boolean =>
  [...text.matchAll(/\bdeclare\s{1,20}module\s{1,20}["']([^"'\n]{0,100})\*([^"'\n]{0,100})["']/g)].some(
    ([, start = '', end = '']) => specifier.startsWith(start) && specifier.endsWith(end),
  )
