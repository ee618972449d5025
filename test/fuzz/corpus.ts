/** The projects that the fuzzer begins with. */
import {readdirSync, readFileSync, statSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {described, type Project} from '../harness.ts'
import type {Files} from '../memory.ts'

const samples = fileURLToPath(new URL('../projects/', import.meta.url))

/** The whole projects under test/projects, but for the one whose own checks are imported from the disk. */
export const sampleProjects = (): Project[] =>
  readdirSync(samples)
    .filter((name) => statSync(samples + name).isDirectory() && name !== 'own-checks')
    .map((name) => ({files: filesBelow(`${samples}${name}/`)}))

const filesBelow = (folder: string): Files =>
  Object.fromEntries(
    readdirSync(folder, {recursive: true, encoding: 'utf8'})
      .filter((path) => statSync(folder + path).isFile())
      .map((path) => [path, readFileSync(folder + path, 'utf8')]),
  )

/** These, and the small ones of all tests of checks. Only where nothing runs those tests: see sources.js. */
export async function allProjects(): Promise<Project[]> {
  const tests = fileURLToPath(new URL('../checks/', import.meta.url))
  for (const path of readdirSync(tests, {recursive: true, encoding: 'utf8'}).sort()) {
    if (path.endsWith('.test.ts')) await import(tests + path)
  }
  return [...sampleProjects(), ...described]
}
