import {posix} from 'node:path'
import {absent, type Fact, type FactStore, known, type Problem} from '../../facts.ts'
import type {Document, Node, TableNode} from '../documents/document.ts'
import type {Inputs} from '../inputs.ts'
import {cureOf} from '../reader.ts'
import {TextFile} from '../text.ts'
import type {FlyConfig} from './fly-config.ts'

/** Several containers in a machine, as a compose file or machine_config describes them. */
export interface Containers {
  from: 'compose' | 'machine_config'
  names: string[]
}

/** In the order in which flyctl looks (internal/appconfig/config.go, WellKnownComposeFilenames). */
const composeNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']

/**
 * Reads what flyctl reads when it makes a machine's configuration, after the image is built and the release command has
 * run (internal/containerconfig). Both files are looked up in the working directory, whatever the folder of fly.toml:
 * by then flyctl no longer knows where the configuration came from (processgroups.go, `--flatten--`).
 */
export async function loadContainers(inputs: Inputs, facts: FactStore): Promise<Fact<Containers>> {
  const fact = await facts.get('flyConfig')
  if (fact.state !== 'ok') return fact
  const flyConfig = fact.value
  const {build, experimental, machine_config, container} = flyConfig.config
  if (build?.compose) {
    const file = build.compose.file || (await firstExisting(inputs))
    if (file) return readCompose(file, inputs, flyConfig)
    if (!experimental?.machine_config && !machine_config) {
      return refused({
        message: `[build.compose] names no file, and there is no ${composeNames.join(', ')} in the working directory: the machine would run the image alone`,
        at: flyConfig.at('build', 'compose'),
        hint: 'Name the file, relative to the folder in which flyctl runs: [build.compose] file = "compose.yaml"',
        severity: 'warning',
        failsAt: 'silent',
      })
    }
  }
  const path = experimental?.machine_config ? ['experimental', 'machine_config'] : ['machine_config']
  const written = experimental?.machine_config || machine_config
  if (!written) return absent('the machines run one container')
  return readMachineConfig({written, path, chosen: container}, inputs, flyConfig)
}

const refused = (problem: Omit<Problem, 'kind'>): Fact<Containers> =>
  absent('its containers cannot be read', {kind: 'refused', ...problem})

async function firstExisting({reader}: Inputs): Promise<string | undefined> {
  for (const name of composeNames) if ((await reader.kindOf(name)) !== 'missing') return name
  return undefined
}

async function readCompose(file: string, {reader}: Inputs, flyConfig: FlyConfig): Promise<Fact<Containers>> {
  const key = ['build', 'compose', 'file']
  const result = await reader.read(file)
  if (!result.ok) return unreadable({what: 'the compose file', file, result, key}, flyConfig)
  const {parseYaml} = await import('../documents/yaml.ts')
  const document = parseYaml(result.file)
  if ('message' in document) return refused({...document, hint: document.hint ?? 'Correct this line.'})
  const wrong = wrongInCompose(document)
  if (wrong) {
    return refused({
      message: wrong.message,
      at: result.file.span(...wrong.node.range),
      related: [flyConfig.at('build', 'compose')],
      hint: wrong.hint,
    })
  }
  const services = document.root.entries.get('services') as TableNode
  return known({from: 'compose', names: [...services.entries.keys()]})
}

interface Wrong {
  node: Node
  message: string
  hint: string
}

/** What flyctl cannot make containers of (containerconfig/compose.go; its struct types decide what may be a list). */
function wrongInCompose({root}: Document): Wrong | undefined {
  const services = root.entries.get('services')
  if (services?.type !== 'table' || services.entries.size === 0) {
    return {
      node: services ?? root,
      message: 'the compose file defines no services',
      hint: 'Add services, each with image or build.',
    }
  }
  const built: Node[] = []
  for (const [name, service] of services.entries) {
    const entries = service.type === 'table' ? service.entries : new Map<string, Node>()
    const environment = entries.get('environment')
    if (environment && environment.type !== 'table' && environment.type !== 'null') {
      return {
        node: environment,
        message: `environment of service ${name} is a list, and flyctl reads only NAME: value pairs`,
        hint: 'Write environment: and below it NAME: value, one a line.',
      }
    }
    for (const key of ['volumes', 'ports']) {
      const list = entries.get(key)
      const long = list?.type === 'array' ? list.items.find((item) => item.type === 'table') : undefined
      if (long) {
        return {
          node: long,
          message: `${key} of service ${name} has an entry in the long form, and flyctl reads only texts`,
          hint: `Write it short: ${key === 'ports' ? '"8080:80"' : '"./file:/path/in/container"'}`,
        }
      }
    }
    const dependsOn = entries.get('depends_on')
    if (dependsOn && !['array', 'table', 'null'].includes(dependsOn.type)) {
      return {node: dependsOn, message: `depends_on of service ${name} is no list`, hint: 'Write depends_on: [NAME]'}
    }
    const build = entries.get('build')
    const image = entries.get('image')
    if (build && build.type !== 'null') built.push(build)
    else if (!image || image.type === 'null' || (image.type === 'string' && image.value === '')) {
      return {
        node: service,
        message: `service ${name} has neither image nor build, it must have one`,
        hint: `Add image: NAME to ${name}, or build: . for the image of this deploy.`,
      }
    }
  }
  const second = built[1]
  return (
    second && {
      node: second,
      message: `${built.length} services have build, and flyctl builds one image only`,
      hint: 'Leave build at one service; name the ready image of the others: image: NAME',
    }
  )
}

interface MachineConfigKey {
  /** JSON, or the path of a file with it. */
  written: string
  path: string[]
  /** `container`: the one that runs the built image. */
  chosen: string | undefined
}

async function readMachineConfig(
  {written, path, chosen}: MachineConfigKey,
  {reader}: Inputs,
  flyConfig: FlyConfig,
): Promise<Fact<Containers>> {
  const key = path.at(-1)
  let file: TextFile
  if (written.startsWith('{')) file = new TextFile(flyConfig.file, '', written)
  else if (!written.endsWith('.json')) {
    return refused({
      message: `${key} is ${JSON.stringify(written)}, it must be JSON that begins with { or the path of a file that ends with .json`,
      at: flyConfig.at(...path),
      hint: `Write the path, relative to the folder in which flyctl runs: ${key} = "machine.json"`,
    })
  } else {
    const result = await reader.read(written)
    if (!result.ok) return unreadable({what: key as string, file: written, result, key: path}, flyConfig)
    file = result.file
  }
  const {parseJson} = await import('../documents/json.ts')
  const document = parseJson(file)
  const inline = file.path === flyConfig.file
  const at = (node: Node) => (inline ? flyConfig.at(...path) : file.span(...node.range))
  if ('message' in document) {
    const problem = {message: `${key}: ${document.message}`, hint: 'Correct the JSON.'}
    return refused({...problem, at: inline ? flyConfig.at(...path) : document.at})
  }
  const list = document.root.entries.get('containers')
  const containers = list?.type === 'array' ? list.items.filter((item) => item.type === 'table') : []
  const nameOf = (node: TableNode) => textAt(node, 'name') ?? ''
  const own = containers.find((each) => nameOf(each) === (chosen || 'app')) ?? (chosen ? undefined : containers[0])
  if (chosen && containers.length > 0 && !own) {
    return refused({
      message: `container is "${chosen}", but ${key} has ${containers.map(nameOf).join(', ')}`,
      at: flyConfig.at('container'),
      hint: `Name the one that runs the image of this deploy: container = "${nameOf(containers[0] as TableNode)}"`,
    })
  }
  const imageless = containers.find((each) => each !== own && !textAt(each, 'image'))
  if (imageless) {
    return refused({
      message: `container ${nameOf(imageless)} has no image, it must have one`,
      at: at(imageless),
      related: [flyConfig.at(...path)],
      hint: `Add "image" to it. Only container ${own ? nameOf(own) : ''} gets the image of this deploy.`,
    })
  }
  return known({from: 'machine_config', names: containers.map(nameOf)})
}

function textAt(table: TableNode, key: string): string | undefined {
  const node = table.entries.get(key)
  return node?.type === 'string' ? node.value : undefined
}

interface Unread {
  what: string
  file: string
  result: {kind: 'missing' | keyof typeof cureOf; reason: string}
  key: string[]
}

function unreadable({what, file, result, key}: Unread, flyConfig: FlyConfig): Fact<Containers> {
  return refused({
    message: `${what} ${file} ${result.reason}`,
    at: flyConfig.at(...key),
    hint:
      result.kind === 'missing'
        ? `The path is relative to the folder in which flyctl runs, not to ${posix.basename(flyConfig.file)}.`
        : cureOf[result.kind],
  })
}
