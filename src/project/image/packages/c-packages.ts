import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import type {BuildCommand} from '../build-commands.ts'
import {goProgram} from '../files/named/go-packages.ts'
import {heldOf, type Image} from '../image.ts'
import {mayBeRefused, refusedBy, refusedInScript} from './old-sqlite.ts'

/** A package with a part in C, in a program that Go builds without C. */
export interface CPackage {
  package: string
  /** `go build`, and where the package is imported. */
  at: FileLocation
  importedAt: FileLocation
  /** The base image whose C library it is. */
  base?: FileLocation
  /** Why there is no C: it is switched off, or the image has no compiler, none of the headers, or other ones. */
  by: 'CGO_ENABLED=0' | 'no compiler' | 'no headers' | 'musl'
  /** Whether the build stops; else the package is a stub, which says so when it is used. */
  stops: boolean
  /** No other database of the program may be the one that production uses. */
  sure: boolean
}

/** By the beginning of the import: whether the build stops without C, or what is left is a stub (their own sources). */
const packages: readonly (readonly [path: string, stops: boolean])[] = [
  ['github.com/mattn/go-sqlite3', false],
  // Its driver is the one above; the one without C is github.com/glebarez/sqlite.
  ['gorm.io/driver/sqlite', false],
  ['github.com/tursodatabase/go-libsql', true],
  ['github.com/marcboeker/go-duckdb', true],
  ['github.com/h2non/bimg', true],
  ['github.com/davidbyttow/govips', true],
  ['gopkg.in/gographics/imagick', true],
  // What else is in this module needs no C.
  ['github.com/confluentinc/confluent-kafka-go/kafka', true],
  ['github.com/confluentinc/confluent-kafka-go/v2/kafka', true],
]
/** Of Go's own library, these are built with C where it is asked for (cmd/cgo; not ready-made since Go 1.20). */
const ownPackages = /^(?:net|net\/http|os\/user|runtime\/cgo)$/
const otherDatabase =
  /^(?:github\.com\/(?:jackc\/pgx|lib\/pq|go-sql-driver\/mysql|tursodatabase\/|libsql\/|go-pg\/|uptrace\/bun\/driver\/|microsoft\/go-mssqldb|denisenkom\/go-mssqldb|ClickHouse\/|sijms\/|ncruces\/go-sqlite3)|go\.mongodb\.org\/|zombiezen\.com\/go\/sqlite|gorm\.io\/driver\/(?!sqlite)|modernc\.org\/sqlite|github\.com\/glebarez\/)/

export async function loadCPackages({reader}: Inputs, facts: FactStore): Promise<Fact<CPackage[]>> {
  const [[build, image], files] = await Promise.all([facts.needAll('buildCommands', 'image'), facts.value('files')])
  const found: CPackage[] = []
  for (const command of build.commands) {
    if (!command.conditional && found.length === 0 && mayBeRefused(command, image)) {
      const refused = await refusedInScript(command, reader, files ?? noFiles)
      if (refused) found.push(refused)
    }
    if (command.words[0] !== 'go' || !/^(?:build|install)$/.test(command.words[1] ?? '') || command.conditional)
      continue
    const lack = withoutC(command, image)
    const isOld = !lack && mayBeRefused(command, image) && hasC(command, image)
    const program = lack || isOld ? await goProgram(command, reader, files ?? noFiles) : undefined
    const refused = isOld ? await refusedBy(command, program, reader) : undefined
    if (refused && found.length === 0) found.push(refused)
    const imports = program?.sources.flatMap(({file, imports}) => imports.map((each) => ({file, ...each}))) ?? []
    for (const {file, path, start, end} of lack ? imports : []) {
      const [name, isStopped = false] =
        lack?.stops && lack.by === 'no compiler' && ownPackages.test(path)
          ? [path]
          : (packages.find(
              ([begin]) => path === begin || path.startsWith(`${begin}/`) || path.startsWith(`${begin}.v`),
            ) ?? [])
      if (name === undefined || found.some((each) => each.package === name) || (await isReplaced(name))) continue
      const stops = isStopped || lack?.stops === true
      // The build ends with the first.
      if (lack?.stops && found.some((each) => each.at === command.at)) continue
      // Of several programs it may be one that nothing starts.
      const builds = command.words.some((word) => word?.includes('...'))
      const sure = stops || !(builds || imports.some((each) => otherDatabase.test(each.path)))
      found.push({
        package: name,
        at: command.at,
        importedAt: file.span(start, end),
        by: lack?.by as CPackage['by'],
        stops,
        sure,
      })
    }
  }
  return known(found)

  /** `replace gorm.io/driver/sqlite => …`: another module takes its place. */
  async function isReplaced(name: string): Promise<boolean> {
    for (const path of (files ?? noFiles).named('go.mod', 'go.work')) {
      const text = (await reader.text(path))?.text ?? ''
      if (text.split('\n').some((line) => line.includes('=>') && line.includes(name))) return true
    }
    return false
  }
}

/** There is a compiler with the headers, and nothing switches C off. */
function hasC(command: BuildCommand, image: Image): boolean {
  const {moment} = command
  const named = heldOf(image, command).commands[0]?.packagesThen?.named ?? []
  const isOff = /CGO_ENABLED[= ](?!["']?1)/.test(moment.instruction.text)
  const isUnset = !moment.variables.has('CGO_ENABLED') || moment.variables.get('CGO_ENABLED') === '1'
  return !isOff && isUnset && (named.includes('build-base') || (named.includes('gcc') && named.includes('musl-dev')))
}

/** Go takes C where it finds a compiler, if nothing says otherwise (go.dev/cmd/cgo; without one since Go 1.20). */
function withoutC(command: BuildCommand, image: Image): {by: CPackage['by']; stops: boolean} | undefined {
  const {moment} = command
  const {text} = moment.instruction
  const written = new Set([...text.matchAll(/\bCGO_ENABLED[= ]["']?(\w+)/g)].map(([, value]) => value))
  if (/\bgo env -w\b/.test(text) || written.size > 1) return undefined
  const [value] = written.size === 1 ? written : [moment.variables.get('CGO_ENABLED')]
  if (value === '0') return {by: 'CGO_ENABLED=0', stops: false}
  const isAsked = value === '1'
  if (!isAsked && (value !== undefined || moment.variables.has('CGO_ENABLED'))) return undefined
  const {held, commands} = heldOf(image, command)
  const then = commands[0]?.packagesThen
  const isBare = held?.release?.name === 'alpine' && /^golang:/.test(held.root.image ?? '')
  if (!isBare || !then || /\bCC=/.test(text) || moment.variables.has('CC')) return undefined
  if (then.lack(/gcc|build-base|clang|alpine-sdk|musl-dev|^g\+\+|zig/)) return {by: 'no compiler', stops: isAsked}
  // gcc of Alpine does without musl-dev, which has the headers; nearly all that has others needs it.
  const isAlone = !then.lack(/^gcc$/) && then.lack(/-dev$|build-base|clang|alpine-sdk|^g\+\+|zig|^make$/)
  return isAlone ? {by: 'no headers', stops: true} : undefined
}
