import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {lineage, rootImage} from '../../dockerfile/parse.ts'
import {type Files, isNear, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Inputs} from '../../inputs.ts'
import {lockedVersion} from '../../node/locks/locked-version.ts'
import {packageVersion} from '../../python/packages/package-version.ts'
import {plainName} from '../base/base-images.ts'

/** The image is one of Playwright's, with the browsers of another version than the project has of Playwright. */
export interface ForeignBrowsers {
  image: string
  /** `1.59.1`, of its tag. */
  browsers: string
  at: FileLocation
  /** What the project has, and the file that says so. */
  name: string
  version: string
  /** It is the least that the project asks for. */
  isLeast: boolean
  file: FileLocation
}

type Found = Pick<ForeignBrowsers, 'name' | 'version' | 'isLeast' | 'file'>

/** `mcr.microsoft.com/playwright:v1.59.1-jammy`, `…/playwright/python:v1.59.0`. */
const playwright = /^mcr\.microsoft\.com\/playwright(?:\/(python|dotnet|java))?:v?(\d+\.\d+\.\d+)/

/** What brings other browsers, or another Playwright than the one of the files; the images' own folder brings none. */
const brings =
  /\bplaywright["',\s]{1,20}install\b|\bplaywright(?:-core|-chromium)?(?:@|==)\d|PLAYWRIGHT_BROWSERS_PATH[= ](?!["']?\/ms-playwright\b)/

/** Each version of Playwright looks for builds of its own: "Executable doesn't exist at /ms-playwright/chromium-…". */
export async function loadForeignBrowsers(inputs: Inputs, facts: FactStore): Promise<Fact<ForeignBrowsers[]>> {
  const [{final, stages}, processes] = await Promise.all([facts.need('build'), facts.value('processes')])
  const image = rootImage(final.stage)
  const [, language = 'node', browsers] = playwright.exec(plainName(image ?? '')) ?? []
  if (image === undefined || browsers === undefined) return known([])
  const runs = stages.flatMap(({stage}) => stage.instructions.map(({text}) => text))
  const started = processes?.commands.map(({text}) => text) ?? []
  // A script of package.json may fetch them, as postinstall.
  const paths = ((await facts.value('files')) ?? noFiles).only(isNear)
  const manifests = await Promise.all(paths.named('package.json').map((path) => inputs.reader.glance(path)))
  const scripts = manifests.map((file) => withoutIdle(file?.text ?? '', [...runs, ...started]))
  if ([...runs, ...started, ...scripts].some((text) => brings.test(text))) return known([])
  const found =
    language === 'python'
      ? await pythonVersion(inputs, facts)
      : language === 'node'
        ? await nodeVersion(inputs.reader, paths)
        : await manifestVersion(language, inputs.reader, paths)
  if (!found || !differs(found, browsers)) return known([])
  const at = (lineage(final.stage)[0] ?? final.stage).at
  return known([{image, browsers, at, ...found}])
}

/** npm runs these by itself, and people call what builds and starts so. */
const runByName = /^(?:(?:pre|post)?(?:install|build|start|deploy)|prepare|prepublish)/

/** A package.json without those of its scripts that fetch browsers and that nothing of the image runs. */
function withoutIdle(manifest: string, runs: readonly string[]): string {
  const fetches =
    /^[ \t]{0,100}"([\w:.-]{1,100})"[ \t]{0,100}:[ \t]{0,100}"[^"\n]{0,300}\bplaywright[^"\n]{0,300}"[ \t]{0,100},?[ \t]{0,100}$/gm
  return manifest.replace(fetches, (line, name: string) => {
    const isRun = runByName.test(name) || [...runs, manifest.replace(line, '')].some((text) => text.includes(name))
    return isRun ? line : ''
  })
}

/** Patches of one version share their browsers. */
function differs({version, isLeast}: Found, browsers: string): boolean {
  const [wanted, has] = [version, browsers].map((each) => each.split('.').map(Number)) as [number[], number[]]
  const difference = ((wanted[0] ?? 0) - (has[0] ?? 0)) * 1000 + (wanted[1] ?? 0) - (has[1] ?? 0)
  return isLeast ? difference > 0 : difference !== 0
}

const lockFiles = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'package.json']

async function nodeVersion(reader: ProjectReader, paths: Files): Promise<Found | undefined> {
  const versionOf = await lockedVersion(reader)
  for (const name of ['playwright-core', 'playwright']) {
    const version = versionOf(name)
    if (version === undefined) continue
    const lock = lockFiles.find((path) => paths.has(path))
    const file = await reader.text(lock)
    return file && {name, version, isLeast: false, file: file.whole}
  }
  return undefined
}

async function pythonVersion({reader}: Inputs, facts: FactStore): Promise<Found | undefined> {
  const python = await facts.value('python')
  const {exact, least} = await packageVersion('playwright', [''], {reader, python})
  const version = exact ?? least
  const named = [...(python?.requirements.keys() ?? []), ...(python?.pyprojects.keys() ?? [])]
  const files = await Promise.all(named.map((path) => reader.text(path)))
  const file = files.find((each) => each && /\bplaywright\b/.test(each.text))
  if (version === undefined || !file) return undefined
  const start = file.text.search(/\bplaywright\b/)
  const isLeast = exact === undefined
  return {name: 'playwright', version, isLeast, file: file.span(start, start + 'playwright'.length)}
}

const manifests: ReadonlyMap<string, {endings: string[]; version: RegExp}> = new Map([
  ['dotnet', {endings: ['.csproj', '.props'], version: /"Microsoft\.Playwright"\s+Version="(\d+\.\d+\.\d+)"/}],
  ['java', {endings: ['pom.xml'], version: /<artifactId>playwright<\/artifactId>\s*<version>(\d+\.\d+\.\d+)</}],
])

async function manifestVersion(language: string, reader: ProjectReader, paths: Files): Promise<Found | undefined> {
  const {endings, version: written} = manifests.get(language) ?? {endings: [], version: /$^/}
  for (const path of paths.ending(...endings)) {
    const file = await reader.text(path)
    const match = written.exec(file?.text ?? '')
    if (!file || !match?.[1]) continue
    const at = file.span(match.index, match.index + match[0].length)
    return {name: 'Playwright', version: match[1], isLeast: false, file: at}
  }
  return undefined
}
