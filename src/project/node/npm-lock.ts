import {isTable} from '../documents/document.ts'
import type {TextFile} from '../text.ts'

/** The packages of package-lock.json by their folders, '' the project itself; from version 2 on. */
export type NpmPackages = Readonly<Record<string, unknown>>

const read = new WeakMap<TextFile, NpmPackages | undefined>()

/** It may be large, so that it is parsed once, and without positions. */
export function npmLockPackages(lock: TextFile): NpmPackages | undefined {
  if (!read.has(lock)) read.set(lock, parse(lock.text))
  return read.get(lock)
}

function parse(text: string): NpmPackages | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isTable(value) && isTable(value.packages) ? value.packages : undefined
  } catch {
    return undefined
  }
}
