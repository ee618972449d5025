import type {FileLocation} from '../../check.ts'
import {quote} from '../../wording.ts'
import type {Node, TableNode} from '../documents/document.ts'
import type {TextFile} from '../files/text.ts'

/** What is wrong, and where; without a place it is the key `container` of the configuration. */
interface Wrong {
  message: string
  at?: FileLocation
  hint: string
}

/** `chosen` is `container`: the one that runs the built image (internal/containerconfig/parse.go). */
export async function wrongInMachineConfig(file: TextFile, chosen: string | undefined): Promise<Wrong | undefined> {
  const {parseJson} = await import('../documents/json.ts')
  const document = parseJson(file)
  if ('message' in document) {
    return {message: `machine_config: ${document.message}`, at: document.at, hint: 'Correct the JSON.'}
  }
  const list = entryOf(document.root, 'containers')
  const containers = list?.type === 'array' ? list.items.filter((item) => item.type === 'table') : []
  const nameOf = (node: TableNode) => textAt(node, 'name') ?? ''
  const own = containers.find((each) => nameOf(each) === (chosen || 'app')) ?? (chosen ? undefined : containers[0])
  if (chosen && containers[0] && !own) {
    return {
      message: `container is ${quote(chosen)}, but machine_config has ${containers.map(nameOf).join(', ')}`,
      hint: `Name the one that runs the image of this deploy, such as ${nameOf(containers[0])}.`,
    }
  }
  const imageless = containers.find((each) => each !== own && !textAt(each, 'image'))
  return (
    imageless && {
      message: `container ${nameOf(imageless)} has no image, it must have one`,
      at: file.span(...imageless.range),
      hint: `Add "image" to it. Only container ${own ? nameOf(own) : ''} gets the image of this deploy.`,
    }
  )
}

/** Go's encoding/json takes a key in any letter case. */
const entryOf = ({entries}: TableNode, key: string): Node | undefined =>
  entries.get(key) ?? [...entries].find(([name]) => name.toLowerCase() === key)?.[1]

function textAt(table: TableNode, key: string): string | undefined {
  const node = entryOf(table, key)
  return node?.type === 'string' ? node.value : undefined
}
