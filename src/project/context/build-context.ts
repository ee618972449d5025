import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {once} from '../../once.ts'
import type {Names} from '../files/names.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import {submodulesIn} from '../git/submodules.ts'
import type {Inputs} from '../inputs.ts'
import {ignoreRules} from './dockerignore.ts'

/** What BuildKit can COPY: the working directory without what `.dockerignore` leaves out. Nothing of it is read. */
export interface BuildContext {
  /** `<Dockerfile>.dockerignore` beside the Dockerfile, else `.dockerignore`: never both. */
  ignoreFile: TextFile | undefined
  /** Why the ignore file is no text to Docker either: it finds no pattern in it that fits a name. */
  unreadIgnoreFile: {path: string; reason: string} | undefined
  /** A pattern in it that Docker cannot read. */
  badPattern: {text: string; at: FileLocation} | undefined
  /** Paths begin with `/`, which is the working directory. */
  entry(path: string): ContextEntry | undefined
  /** Names in a folder, in no order: all, or at least the folders and what is wanted. Which are left out, `entry` tells. */
  names(path: string, wanted?: Wanted): string[]
  /** Whether it is the folder of a submodule that was not fetched: what it holds is not seen. */
  isUnfetched(path: string): boolean
  /** Whether it is there and left out. */
  leftOut(path: string): boolean
  /** The same for a path where nothing need be, with all that may come below it. */
  closes(path: string): boolean
  /** The last line of the ignore file that leaves out what is there. */
  ruleFor(path: string): Promise<FileLocation | undefined>
  /** The same for a path where nothing need be. */
  ruleAgainst(path: string): FileLocation | undefined
}

/** Which names of a folder are looked for. */
export type Wanted = (names: Names) => readonly string[]

export type ContextEntry = {kind: 'file'} | {kind: 'folder'} | {kind: 'link'; target: string}

export async function loadBuildContext({reader}: Inputs, facts: FactStore): Promise<Fact<BuildContext>> {
  const dockerfile = await facts.need('dockerfile')
  const laid = (await facts.value('deployCommands'))?.laidAt('.dockerignore')
  const {ignoreFile, unreadIgnoreFile} = await readIgnoreFile(reader, dockerfile.file.absolute, laid)
  const ignore = ignoreRules(ignoreFile?.text ?? '')
  const onDisk = entriesOnDisk(reader)
  const entry = (path: string): ContextEntry | undefined => {
    const found = onDisk(path)
    if (!found || path === '/') return found
    if (!ignore.ignores(path.slice(1))) return found
    // A folder that is left out is there all the same when a later pattern takes something in it back.
    return found.kind === 'folder' && ignore.reopens && holdsAny(path) ? found : undefined
  }
  const names: BuildContext['names'] = (path, wanted) => {
    const {files, folders, links, others} = reader.listing(path.slice(1))
    return [...folders, ...links, ...others, ...(wanted ? wanted(files) : files.list())]
  }
  const holdsAny = once((path: string): boolean =>
    names(path).some((name) => entry(posix.join(path, name)) !== undefined),
  )
  const ruleIn = once((number: number) => ignoreRules(ignoreFile?.line(number) ?? ''))
  const leftOut = (path: string): boolean => onDisk(path) !== undefined && entry(path) === undefined
  const ruleAgainst = (path: string): FileLocation | undefined => {
    if (!ignoreFile || !ignore.ignores(path.slice(1))) return undefined
    for (let number = ignoreFile.lineCount; number > 0; number--) {
      const rule = ignoreFile.line(number)
      if (/^\s*[!#]|^\s*$/.test(rule) || !ruleIn(number).ignores(path.slice(1))) continue
      return ignoreFile.lineSpan(number)
    }
    return undefined
  }
  const list = await reader.text('.gitmodules')
  const submodules = new Set(list && submodulesIn(list).map(({path}) => `/${path}`))
  return known({
    isUnfetched: (path) => submodules.has(path) && names(path, (files) => files.list()).length === 0,
    ignoreFile,
    unreadIgnoreFile,
    badPattern: ignoreFile && placed(ignore.badPattern, ignoreFile),
    entry,
    names,
    leftOut,
    closes: (path) => ignore.closes(path.slice(1)),
    ruleFor: async (path) => (leftOut(path) ? ruleAgainst(path) : undefined),
    ruleAgainst,
  })
}

function placed(pattern: string | undefined, file: TextFile): BuildContext['badPattern'] {
  if (pattern === undefined) return undefined
  const lines = file.text.split('\n').map((line) => line.trim())
  return {text: pattern, at: file.lineSpan(lines.indexOf(pattern) + 1)}
}

/**
 * The ignore file that counts for a Dockerfile: `laid` is the one that the deploy lays at the place of .dockerignore.
 * Docker reads its bytes, whatever they are.
 */
export async function readIgnoreFile(
  reader: ProjectReader,
  dockerfile: string,
  laid?: string,
): Promise<Pick<BuildContext, 'ignoreFile' | 'unreadIgnoreFile'>> {
  for (const path of [`${dockerfile}.dockerignore`, '.dockerignore', ...(laid === undefined ? [] : [laid])]) {
    const read = await reader.read(path, {anyBytes: true})
    if (read.ok) return {ignoreFile: read.file, unreadIgnoreFile: undefined}
    const {kind, reason} = read
    if (kind !== 'not-utf8' && kind !== 'binary') continue
    return {ignoreFile: undefined, unreadIgnoreFile: {path: reader.display(path), reason}}
  }
  return {ignoreFile: undefined, unreadIgnoreFile: undefined}
}

/** What is at a path of the working directory. The names of a folder are asked as they are: few of thousands ever are. */
function entriesOnDisk(reader: ProjectReader): (path: string) => ContextEntry | undefined {
  const foldersIn = once((folder: string) => new Set(reader.listing(folder).folders))
  return (path) => {
    if (path === '/') return {kind: 'folder'}
    const [folder, name] = [posix.dirname(path).slice(1), posix.basename(path)]
    const {files, links, others} = reader.listing(folder)
    if (foldersIn(folder).has(name)) return {kind: 'folder'}
    if (files.has(name) || others.includes(name)) return {kind: 'file'}
    const target = links.includes(name) ? reader.link(path.slice(1)) : undefined
    return target === undefined ? undefined : {kind: 'link', target}
  }
}
