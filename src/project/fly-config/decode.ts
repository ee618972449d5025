import type {Format, TableNode} from '../documents/document.ts'
import {type Config, configKeys, tablesWith} from './keys.ts'
import type {Dropped} from './patch-values.ts'
import {patch} from './patches.ts'
import type {Reading} from './types.ts'

/** A file's values as flyctl's configuration, and what was noted on the way. */
export interface Decoded extends Reading {
  config: Config
  dropped: Dropped[]
}

/** Reads a parsed file as flyctl does. Throws `Undecodable` at the first value that it cannot read. */
export function decodeConfig(document: TableNode, format: Format): Decoded {
  const {root, dropped} = patch(document, format)
  const reading: Reading = {places: new Map(), unknown: [], dead: [], tablesWith}
  return {config: configKeys.read(root, [], reading), ...reading, dropped}
}
