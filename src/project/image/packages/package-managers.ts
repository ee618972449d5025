import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {lineage, rootImage, rootStage, type Stage} from '../../dockerfile/parse.ts'
import type {Inputs} from '../../inputs.ts'
import {nameParts} from '../base/base-images.ts'
import {releaseOf, releasesInTags} from '../base/releases.ts'
import {programOf} from '../shell/command.ts'

/** A package manager that a command calls and the base image does not have. */
export interface ForeignManager {
  program: string
  /** The one that it has. */
  own: string
  base: string
  system: string
  /** What starts the script; undefined for a RUN. */
  by: string | undefined
  at: FileLocation
  /** FROM. */
  from: FileLocation
  /** The image is an official one, the command surely runs, and its failure ends what started it. */
  sure: boolean
}

interface System {
  name: string
  manager: 'apk' | 'apt-get' | 'yum'
  /** It is known of the image, and not only read from its tag. */
  official: boolean
}

/** Official images beside those whose tags tell the release: their variant for Alpine has it in the tag. */
const official = /^(?:perl|julia|httpd|postgres|redis|mariadb|mongo|rabbitmq|memcached|tomcat|wordpress|ghost)$/
/** Tags of these that are built on neither Debian nor Ubuntu. */
const others =
  /alpine|ubi|amazon|corretto|oracle|openjdk|ibm|graal|fedora|rocky|windows|nano|mariner|azurelinux|distroless|chisel/
const debians = /(?:^|[-_])(?:slim|stretch|buster|bullseye|bookworm|trixie|focal|jammy|noble|debian|ubuntu)(?:$|[-_\d])/

/** Their tags do not say which of the two it is. */
const mixed = /^(?:swift|mongo|rabbitmq|eclipse-temurin|maven|gradle|mcr\.microsoft\.com\/dotnet\/\w+)/

const own = new Map<string, System['manager']>([
  ['Alpine', 'apk'],
  ['Debian', 'apt-get'],
  ['Ubuntu', 'apt-get'],
  ['CentOS', 'yum'],
])

/** The distribution of an image, where its name tells; an image of somebody else's has only its tag. */
function systemOf(image: string): System | undefined {
  const [repository, tag = 'latest'] = nameParts(image)
  if (others.test(tag) && !/(?:^|[-_])alpine/.test(tag)) return undefined
  const release = /distroless/.test(repository) ? undefined : releaseOf(image)
  const [name = ''] = release?.system.split(' ') ?? []
  const manager = own.get(name)
  if (manager) return {name, manager, official: true}
  const isOfficial = official.test(repository) || releasesInTags.test(repository)
  if (/(?:^|[-_])alpine/.test(tag)) return {name: 'Alpine', manager: 'apk', official: isOfficial}
  const isUbuntu = /temurin|focal|jammy|noble|ubuntu/.test(tag)
  const likely = isUbuntu ? 'Ubuntu' : mixed.test(repository) && !debians.test(tag) ? 'Debian or Ubuntu' : 'Debian'
  // uv's own image holds nothing but uv.
  if (repository === 'ghcr.io/astral-sh/uv' && !debians.test(tag)) return undefined
  return isOfficial || debians.test(tag) ? {name: likely, manager: 'apt-get', official: isOfficial} : undefined
}

/** Package managers, and by which the distribution has one. */
const managers = new Map<string, System['manager']>([
  ['apk', 'apk'],
  ['apt-get', 'apt-get'],
  ['apt', 'apt-get'],
  ['yum', 'yum'],
  ['dnf', 'yum'],
  ['microdnf', 'yum'],
])

/** Texts that ask which distribution it is, before they install. */
const asks =
  /\b(?:command\s+-v|which|type|hash|-x)\s+\S*\b(?:apk|apt-get|apt|yum|dnf)\b|os-release|alpine-release|debian_version/

export async function loadForeignManagers({reader}: Inputs, facts: FactStore): Promise<Fact<ForeignManager[]>> {
  const [build, {commands}, processes] = await facts.needAll('build', 'buildCommands', 'processes')
  const found: ForeignManager[] = []
  const told = new Set<string>()
  for (const {words, moment, conditional, decisive, at, by} of commands) {
    if (by !== undefined || conditional) continue
    look(programOf({words}) ?? '', moment.stage, {by: undefined, at, sure: decisive, text: moment.instruction.text})
  }
  for (const {text, by, at, certain} of processes.commands) {
    const program = text.split(' ')[0]?.split('/').at(-1) ?? ''
    if (!managers.has(program)) continue
    const written = (await reader.text(at.file))?.text ?? ''
    look(program, build.final.stage, {by, at, sure: certain, text: written})
  }
  return known(found)

  function look(
    program: string,
    stage: Stage,
    {text, ...how}: Pick<ForeignManager, 'by' | 'at' | 'sure'> & {text: string},
  ): void {
    const key = `${how.by ?? stage.index} ${program} ${how.at.file}`
    if (told.has(key)) return
    const base = rootImage(stage)
    const system = base === undefined || !managers.has(program) ? undefined : systemOf(base)
    if (base === undefined || !system || managers.get(program) === system.manager || asks.test(text)) return
    // Each can be installed on the other.
    const first = rootStage(stage)
    const brought = new RegExp(`(?:add|install)\\b[^;&|]{0,1000}\\b${program}\\b|\\b${program}[.-](?:tools|static)`)
    if (lineage(stage).some(({instructions}) => instructions.some((each) => brought.test(each.text)))) return
    told.add(key)
    const {name, manager, official: known} = system
    found.push({program, own: manager, base, system: name, from: first.at, ...how, sure: how.sure && known})
  }
}
