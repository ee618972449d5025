import type {Span} from '../../code/code.ts'
import type {TextFile} from '../../files/text.ts'
import {nodesOf, partsAround, spanOf} from './syntax-nodes.ts'

/** The first `await` of a file that stands in no function: CommonJS has none. */
export function earlyAwait(file: TextFile): Span | undefined {
  const loops = nodesOf(file, 'ForOfStatement').filter(({node}) => node.await)
  const [first] = [...nodesOf(file, 'AwaitExpression'), ...loops]
    .filter((placed) => ![...partsAround(placed)].some(({node}) => /Function|Method$|^Class|^TSModule/.test(node.type)))
    .map(({node}) => spanOf(node))
    .sort((one, other) => one.start - other.start)
  const place = first && first.start + file.text.slice(first.start, first.end).search(/\bawait\b/)
  return place === undefined ? undefined : {start: place, end: place + 'await'.length}
}
