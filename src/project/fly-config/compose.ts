import type {FileLocation} from '../../check.ts'
import type {Document, Node} from '../documents/document.ts'
import type {TextFile} from '../files/text.ts'

/** In the order in which flyctl looks (internal/appconfig/config.go, WellKnownComposeFilenames). */
export const composeNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']

/** The first thing in a compose file of which flyctl cannot make containers. */
export async function wrongInCompose(
  file: TextFile,
): Promise<{message: string; at: FileLocation; hint: string; severity?: 'warning'} | undefined> {
  const {parseYaml} = await import('../documents/yaml.ts')
  const document = parseYaml(file)
  if ('message' in document) return {...document, hint: document.hint ?? 'Correct this line.'}
  const wrong = wrongIn(document)
  return wrong && {message: wrong.message, at: file.span(...wrong.node.range), hint: wrong.hint}
}

interface Wrong {
  node: Node
  message: string
  hint: string
}

/** containerconfig/compose.go: its struct types decide what may be a list. */
function wrongIn({root}: Document): Wrong | undefined {
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
          message: `${key} of service ${name} has an entry in the long form, and flyctl reads only strings`,
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
