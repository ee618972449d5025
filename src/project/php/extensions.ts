/**
 * composer install asks the PHP that runs it for every extension that the project and its packages require
 * (getcomposer.org/doc/articles/composer-platform-dependencies.md), and stops where one is missing.
 */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {once} from '../../once.ts'
import {allInstructions, type Instruction, lineage, rootImage, type Stage} from '../dockerfile/parse.ts'
import {type Document, isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import {nameParts} from '../image/base/base-images.ts'
import {located} from '../image/moment.ts'
import {knownInstallers} from '../image/packages/fetched-scripts.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'
import {type StepFile, StepProject} from '../toolchains/step-project.ts'
import {driverDemands} from './drivers.ts'
import {listedIn, mentions} from './listed-extensions.ts'

/** An extension that composer asks for and that the image does not have. */
export interface ExtensionGap {
  name: string
  /** Who requires it: `composer.json`, a package of composer.lock. */
  by: string
  required: FileLocation
  /** The command of composer, and the image that it runs in. */
  at: FileLocation
  image: string
  /** It is that of PHP itself, which has scripts to install them. */
  isPhp: boolean
  /** The command surely runs, and its failure ends the build. */
  certain: boolean
  /** composer ran elsewhere: `at` is the FROM of the image that runs, which has not what composer.json names. */
  atRuntime: boolean
  /** The list of the project by which apt-get installs the packages of PHP. */
  list?: string
}

/**
 * Extensions that the image of PHP does not have until something installs them (docker-library/php; those of pecl). What
 * is in neither list may be built in.
 */
const notInPhp = new Set(
  `bcmath bz2 calendar dba enchant exif ffi gd gettext gmp imap intl ldap mysqli oci8 pcntl pdo_dblib pdo_firebird pdo_mysql
  pdo_oci pdo_odbc pdo_pgsql pgsql pspell shmop snmp soap sockets sysvmsg sysvsem sysvshm tidy xsl zip
  amqp apcu ds event excimer grpc igbinary imagick mailparse memcached mongodb msgpack openswoole pcov protobuf rdkafka redis
  ssh2 swoole uuid xdebug yaml zstd`.split(/\s+/),
)
/** composer's own image has these besides (composer/docker). */
const ofComposer = new Set(['bz2', 'zip', 'pcntl', 'sockets'])

/** What brings extensions whose names are not seen, or takes the demand back. */
const otherWays =
  /IGNORE_PLATFORM|lib\/php\/extensions|--from=\S{1,300} \/usr\/local\/? |\bcomposer (?:config|require)\b/
/** In a RUN: a script of the project's, or one that is fetched. */
const scripts = /\$\((?!nproc)|(?:^|[\s;&|])(?:ba|da)?sh\s+(?!-)\S|\|\s*(?:sudo\s+)?(?:-E\s+)?(?:ba)?sh\b|\.sh\b/
/** … which it does not run: `chmod +x /usr/local/bin/entrypoint.sh`. */
const onlyTouches = /^\s*(?:chmod|chown|chgrp|dos2unix|touch|rm|sed)\b(?!.*\$\()[^;|`\n]*$/

export async function loadPhpExtensions({reader}: Inputs, facts: FactStore): Promise<Fact<ExtensionGap[]>> {
  const {stages, final} = await facts.need('build')
  const all = stages.flatMap(({moments}) => moments)
  const found: ExtensionGap[] = []
  for (const {moments, stage} of stages) {
    for (const step of moments) {
      const installed = once<void, ReturnType<typeof installedIn>>(() =>
        installedIn(stage, step.variables.values(), step.instruction),
      )
      for (const {command, folder} of located(step.commands, step.workingDir)) {
        const text = [programOf(command), ...command.words.slice(1)].join(' ')
        if (!/^(?:composer|composer\.phar|php \S*composer(?:\.phar)?) (?:install|i|update|u)\b/.test(text)) continue
        const project = new StepProject(step, {command, folder}, reader)
        const here = installed() ?? (await listedIn(stage, all, reader, step))
        const {decisive, conditional, at} = command
        const demands = await demandsOf(project)
        for (const demand of project.words.some((word) => /^--ignore-platform/.test(word)) ? [] : demands) {
          if (!here?.lacks(demand.name) || found.some((each) => each.name === demand.name)) continue
          const {isPhp, image} = here
          found.push({
            ...demand,
            at,
            image,
            isPhp,
            certain: isPhp && decisive && !conditional,
            atRuntime: false,
            ...listOf(here),
          })
        }
        // Packages of packages may do without; what composer.json names the app itself uses.
        const later = lineage(final.stage).includes(stage)
          ? undefined
          : installedIn(final.stage, final.config.env.values())
        for (const demand of demands.filter(({by}) => /composer\.json$/.test(by))) {
          if (!later?.isPhp || !later.lacks(demand.name) || found.some((each) => each.name === demand.name)) continue
          found.push({...demand, at: final.stage.at, image: later.image, isPhp: true, certain: false, atRuntime: true})
        }
      }
    }
  }
  const image = installedIn(final.stage, final.config.env.values()) ?? (await listedIn(final.stage, all, reader))
  for (const demand of await driverDemands({reader}, facts)) {
    const isKnown = image !== undefined && (image.isPhp || image.path !== undefined)
    if (!isKnown || !image.lacks(demand.name) || found.some((each) => each.name === demand.name)) continue
    const rest = listOf(image)
    const at = final.stage.at
    found.push({...demand, at, image: image.image, isPhp: image.isPhp, certain: false, atRuntime: true, ...rest})
  }
  return known(found)
}

/** The PHP of a stage, up to an instruction of it; undefined where another image or a script may bring anything. */
export function installedIn(stage: Stage, values: Iterable<string>, until?: Instruction) {
  const image = rootImage(stage)
  const [repository] = nameParts(image ?? '')
  if (!image || !/^(?:php|composer)$/.test(repository)) return undefined
  const all = allInstructions(stage)
  const instructions = until ? all.slice(0, all.indexOf(until) + 1) : all
  const texts = [
    ...instructions.map(({flags, text}) => `${flags.map((flag) => `--${flag.join('=')}`).join(' ')} ${text}`),
    ...values,
  ]
  const runs = instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text.split('&&') : []))
  if (texts.some((text) => otherWays.test(text))) return undefined
  if (runs.some((text) => scripts.test(text) && !onlyTouches.test(text) && !knownInstallers.test(text)))
    return undefined
  return {
    image,
    isPhp: repository === 'php',
    path: undefined,
    lacks: (name: string): boolean =>
      notInPhp.has(name) &&
      !(repository === 'composer' && ofComposer.has(name)) &&
      !texts.some((text) => mentions(text, name)),
  }
}

const listOf = ({path}: {path: string | undefined}): {list?: string} => (path === undefined ? {} : {list: path})

export type Demand = Pick<ExtensionGap, 'name' | 'by' | 'required'>

async function demandsOf(project: StepProject): Promise<Demand[]> {
  const {words} = project
  if (words.some((word) => word === '' || /^(?:-d|--working-dir)/.test(word))) return []
  const manifest = await project.read('composer.json')
  const json = documentOf(manifest)
  if (!manifest || !json) return []
  const {config} = json.value
  const faked = isTable(config) && isTable(config.platform) ? config.platform : {}
  const lock = await project.read(posix.join(posix.dirname(manifest.path), 'composer.lock'))
  const locked = documentOf(lock)
  const lists = words.includes('--no-dev') ? ['packages'] : ['packages', 'packages-dev']
  const provided = new Set(Object.keys(faked))
  const demands: Demand[] = []
  const add = (file: StepFile, document: Document, path: (string | number)[], by: string) => {
    for (const key of Object.keys(tableAt(document.value, path))) {
      const name = /^ext-([\w-]+)$/.exec(key)?.[1]
      const usual = name?.toLowerCase().replaceAll('-', '_')
      if (usual) demands.push({name: usual, by, required: document.at([...path, key]) ?? file.text.whole})
    }
  }
  // With a lock file composer goes by what that says of the platform, and not by composer.json.
  const [own, keys]: [StepFile, readonly string[]] =
    lock && locked ? [lock, ['platform', 'platform-dev']] : [manifest, ['require', 'require-dev']]
  const all = words.includes('--no-dev') ? keys.slice(0, 1) : keys
  for (const key of all) add(own, locked && lock ? locked : json, [key], manifest.text.path)
  for (const list of lock && locked ? lists : []) {
    const packages = locked?.value[list]
    for (const [index, each] of (Array.isArray(packages) ? packages : []).entries()) {
      if (!isTable(each) || !lock || !locked) continue
      add(lock, locked, [list, index, 'require'], String(each.name))
      for (const given of [each.provide, each.replace])
        for (const name of isTable(given) ? Object.keys(given) : []) provided.add(name)
    }
  }
  return demands.filter(
    ({name}) => ![...provided].some((each) => each.toLowerCase().replaceAll('-', '_') === `ext_${name}`),
  )
}

function documentOf(file: StepFile | undefined): Document | undefined {
  const document = file && parseJson(file.text)
  return document && 'value' in document ? document : undefined
}

function tableAt(value: unknown, path: readonly (string | number)[]): Record<string, unknown> {
  let found = value
  for (const key of path) {
    if (Array.isArray(found) && typeof key === 'number') found = found[key]
    else if (isTable(found) && typeof key === 'string' && Object.hasOwn(found, key)) found = found[key]
    else return {}
  }
  return isTable(found) ? found : {}
}
