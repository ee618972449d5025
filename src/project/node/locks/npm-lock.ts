import {onceOf} from '../../../once.ts'
import {isTable} from '../../documents/document.ts'
import type {TextFile} from '../../files/text.ts'

/** The packages of package-lock.json by their folders, '' the project itself; from version 2 on. */
export type NpmPackages = Readonly<Record<string, unknown>>

/** It may be large, so that it is parsed once, and without positions. */
export const npmLockPackages = onceOf((lock: TextFile) => parse(lock.text))

function parse(text: string): NpmPackages | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isTable(value) && isTable(value.packages) ? value.packages : undefined
  } catch {
    return undefined
  }
}
