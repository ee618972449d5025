/** Packages that others load only when they are used, so that no import of the project shows it. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {codeOf} from '../../code/code.ts'
import {isTable} from '../../documents/document.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {type Brought, broughtVersion} from '../../toolchains/brought-version.ts'
import {node as nodeRule} from '../../toolchains/node.ts'
import {bringsOtherNode} from '../../toolchains/other-node.ts'
import {lockFiles} from '../locks/lock-files.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'
import type {LoadedSource} from './loaded-sources.ts'
import {startedSources} from './started-packages.ts'
import {askingVersion, hasWebSocket, servedPages, socketUser} from './websocket-needs.ts'

/** Code that a program loads, and that needs a package which is not installed. */
export interface NeededPackage {
  /** Any of them would do; the first is to be installed. */
  packages: readonly string[]
  use: string
  error: string
  at: FileLocation
  by: string
  command: FileLocation
  /** The lock file that has none of them. */
  lock: string
  /** It needs no package, but a newer Node than this, as the version of the lock file asks for it. */
  node?: Pick<Brought, 'has' | 'from' | 'at'> & {version: string}
}

interface Need {
  packages: readonly string[]
  /** What the file imports. */
  from: string
  /** The place, in code without comments. */
  place: RegExp
  use: string
  error: string
  /** What any file of the program may hold that makes it unneeded. */
  unless?: RegExp
}

interface Lock {
  path: string
  text: string
  has(name: string): boolean
}

const nestMissing = (name: string): string => `The "${name}" package is missing`
const typeorm = (kind: string, packages: readonly string[]): Need => ({
  packages,
  from: 'typeorm',
  place: new RegExp(
    `\\b(?:forRoot|new DataSource|createConnection)\\s*\\(\\s*\\{[^{}]{0,1500}\\btype:\\s*["']${kind}["']`,
  ),
  use: `TypeORM with type: '${kind}'`,
  error: 'DriverPackageNotInstalledError',
  unless: /\bdriver\s*:/,
})
const sequelize = (dialect: string, name: string): Need => ({
  packages: [name],
  from: 'sequelize',
  place: new RegExp(`\\bnew Sequelize\\s*\\([^;]{0,1500}\\bdialect:\\s*["']${dialect}["']`),
  use: `Sequelize with dialect: '${dialect}'`,
  error: `Please install ${name} package manually`,
  unless: /\bdialectModule\b/,
})
const knex = (client: string, name = client): Need => ({
  packages: [name],
  from: 'knex',
  place: new RegExp(`\\bknex(?:\\.default)?\\s*\\(\\s*\\{[^{}]{0,1500}\\bclient:\\s*["']${client}["']`, 'i'),
  use: `Knex with client: '${client}'`,
  error: `Cannot find module '${name}'`,
})

/**
 * NestJS: `loadPackage` and `loadAdapter` of @nestjs/common and @nestjs/core, which end the process. The drivers: typeorm's
 * PlatformTools, Sequelize's connection managers, Knex's dialects. None of them is a dependency that an install brings along.
 */
const needs: readonly Need[] = [
  {
    packages: ['@nestjs/platform-socket.io', '@nestjs/platform-ws'],
    from: '@nestjs/websockets',
    place: /@WebSocketGateway\s*\(/,
    use: '@WebSocketGateway',
    error: 'No driver (WebSockets) has been selected',
    unless: /\buseWebSocketAdapter\b/,
  },
  {
    packages: ['@nestjs/platform-express'],
    from: '@nestjs/core',
    place: /\bNestFactory\s{0,20}\.\s{0,20}create\s{0,20}(?:<[\w<>, ]{1,100}>)?\s{0,20}\(/,
    use: 'NestFactory.create',
    error: 'No driver (HTTP) has been selected',
    unless: /Adapter\b/,
  },
  ...['class-validator', 'class-transformer'].map(
    (name): Need => ({
      packages: [name],
      from: '@nestjs/common',
      place: /\bnew ValidationPipe\s*\(/,
      use: 'ValidationPipe',
      error: nestMissing(name),
      unless: /\b(?:validatorPackage|transformerPackage)\b|\bclass ValidationPipe\b/,
    }),
  ),
  typeorm('postgres', ['pg', 'pg-native']),
  typeorm('mysql', ['mysql2', 'mysql']),
  typeorm('mariadb', ['mysql2', 'mysql']),
  typeorm('better-sqlite3', ['better-sqlite3']),
  typeorm('sqlite', ['sqlite3']),
  sequelize('postgres', 'pg'),
  sequelize('mysql', 'mysql2'),
  sequelize('sqlite', 'sqlite3'),
  knex('pg'),
  knex('mysql2'),
  knex('better-sqlite3'),
]

export async function loadNeededPackages(inputs: Inputs, facts: FactStore): Promise<Fact<NeededPackage[]>> {
  const {reader} = inputs
  const [build, programs] = await Promise.all([facts.need('build'), startedSources(inputs, facts)])
  const [files, dockerfile] = await Promise.all([facts.value('files'), facts.value('dockerfile')])
  const {stage: last} = build.final
  const node = dockerfile && broughtVersion(nodeRule, last, undefined, dockerfile)
  const isOld = node && !hasWebSocket(node) && !(await bringsOtherNode(last, files ?? noFiles, reader))
  const runs = build.stages.flatMap(({stage}) =>
    stage.instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
  )
  const found: NeededPackage[] = []
  for (const {by, command, origin, manifest, sources} of programs) {
    const lock = await installedBy(origin)
    if (!lock) continue
    await lookForSocket({by, command}, lock, async () => sources)
    const codes = sources
      .filter(({isOneFile}) => !isOneFile)
      .flatMap(({file, imports}) => {
        const code = codeOf(file)
        return code ? {code, imports} : []
      })
    for (const need of needs) {
      // It ends with the first that is missing.
      if (found.some(({packages, use}) => packages[0] === need.packages[0] || use === need.use)) continue
      const using = codes.find(
        ({code, imports}) => imports.some(({text}) => isOf(text, need.from)) && need.place.test(code.text),
      )
      if (!using || codes.some(({code}) => need.unless?.test(code.text))) continue
      if (need.packages.some((name) => lock.has(name) || isDeclared(manifest, name) || isInstalled(name))) continue
      const {index, 0: text} = need.place.exec(using.code.text) as RegExpExecArray
      const at = using.code.file.span(index, index + text.length)
      found.push({packages: need.packages, use: need.use, error: need.error, at, by, command, lock: lock.path})
    }
  }
  const isTold = found.some((each) => each.node !== undefined)
  const pages =
    isOld && !isTold && !build.final.config.env.has('NODE_OPTIONS') ? await servedPages(inputs, facts) : undefined
  const lock = pages && (await installedBy(pages.origin))
  if (lock) await lookForSocket(pages, lock, pages.read)
  return known(found)

  /** Sources are read only where the node is old and the lock file has what asks. */
  async function lookForSocket(
    {by, command}: Pick<NeededPackage, 'by' | 'command'>,
    {path, text}: Lock,
    read: () => Promise<readonly LoadedSource[]>,
  ): Promise<void> {
    const version = isOld ? askingVersion(text) : undefined
    const user = node && version !== undefined ? socketUser(await read()) : undefined
    if (!node || version === undefined || !user || found.some(({use}) => use === user.use)) return
    const error = `Node.js ${node.has} detected without native WebSocket support`
    const {has, from, at} = node
    found.push({packages: ['ws'], ...user, error, by, command, lock: path, node: {version, has, from, at}})
  }

  /** By a RUN, under its name. */
  function isInstalled(name: string): boolean {
    return runs.some((text) => new RegExp(`(?<![\\w-])${escapePattern(name)}(?![\\w/-])`).test(text))
  }

  /** The one lock file that is nearest to the program, and what it has. */
  async function installedBy(origin: string): Promise<Lock | undefined> {
    for (let folder = origin; ; folder = posix.dirname(folder)) {
      const place = folder === '.' ? '' : folder
      const texts = await Promise.all(lockFiles.map((name) => reader.text(posix.join(place, name))))
      const locks = texts.flatMap((each) => each ?? [])
      const [lock, another] = locks
      if (lock) return another ? undefined : holdingOf(lock)
      if (place === '') return undefined
    }
  }
}

/** TypeORM is used by what Nest makes of it, too. */
const isOf = (specifier: string, name: string): boolean =>
  specifier === name ||
  specifier.startsWith(`${name}/`) ||
  (name === 'typeorm' && specifier === '@nestjs/typeorm') ||
  (name === 'sequelize' && specifier === 'sequelize-typescript')

const isDeclared = (manifest: Readonly<Record<string, unknown>>, name: string): boolean =>
  ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].some((kind) => {
    const declared = manifest[kind]
    return isTable(declared) && name in declared
  })

/** Whether a lock file has a package, in whatever version: what others only may need is named there, too. */
function holdingOf(lock: {path: string; text: string} & Parameters<typeof npmLockPackages>[0]): Lock | undefined {
  const name = posix.basename(lock.path)
  if (name === 'package-lock.json' || name === 'npm-shrinkwrap.json') {
    const packages = npmLockPackages(lock)
    const all = packages && Object.keys(packages)
    return (
      all && {path: lock.path, text: lock.text, has: (each) => all.some((key) => key.endsWith(`node_modules/${each}`))}
    )
  }
  if (name === 'bun.lockb') return undefined
  return {
    path: lock.path,
    text: lock.text,
    has: (each) => new RegExp(`(?:^|[\\s"'/,])${escapePattern(each)}(?:@|/\\d)`, 'm').test(lock.text),
  }
}
