import {declaredRequirements} from '../packages/declared.ts'
import type {Python} from '../python.ts'
import {providersOf} from './import-names.ts'
import {standardLibrary} from './standard-library.ts'

/** Whether a top-level name is a module of Python itself, or one that a declared package, or an extra of it, brings. */
export function foreignModules(python: Python | undefined): (top: string) => boolean {
  const names = new Set(declaredRequirements(python).flatMap(({name, extras}) => [name, ...extras]))
  return (top) =>
    standardLibrary.has(top) ||
    names.has(top.toLowerCase().replaceAll('_', '-')) ||
    (providersOf(top)?.some((name) => names.has(name)) ?? false)
}
