/** Scripts that node or bun is started with, directly or by npm, and that are surely not in the image. */
import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {servedBuild} from '../../node/output/served-builds.ts'
import {bunScript, foundScript, sourcesOf, startedScript} from '../../node/scripts/started-script.ts'
import {startedCommands, textOf} from '../../processes/processes.ts'
import {startBrings} from '../../processes/start-brings.ts'
import type {Build} from '../build.ts'
import {imagePath, isBelow} from '../files/image-path.ts'
import {baseMayHave} from '../may-hold.ts'
import {isInstall, isQuiet, partsOf, reaches} from '../shell/quiet-run.ts'
import type {MissingEntry} from './entries.ts'

type Entry = Omit<MissingEntry, 'laid' | 'copied' | 'misnamed' | 'madeLater'> & {
  /** `node ./build` starts build/index.js as well. */
  index: string | undefined
}

export async function nodeEntries(
  inputs: Inputs,
  facts: FactStore,
  {build: {final, has}, files}: {build: Build; files: Files},
): Promise<Entry[]> {
  const {started} = await startedCommands(facts)
  const {workingDir} = final.config
  const found: Entry[] = []
  // What is built at every start is there by then.
  const buildsFirst = (by: string) =>
    started.some((each) => (each.by === by || each.by === 'ENTRYPOINT') && builds.test(textOf(each.command)))
  for (const {by, command, certain, folder} of started) {
    const ofBun = bunScript({command})
    const named = ofBun ?? startedScript({command})
    const isWhole = named === undefined || folder === undefined || /\.\w+$/.test(named)
    // `node dist/main` starts dist/main.js.
    const script = isWhole ? named : await foundScript({command}, folder, {files: final.files, reader: inputs.reader})
    // A loop without an end goes on when it fails, and starts it again.
    if (!(certain || command.supervised) || !workingDir || !script || !/^[\w./-]+\.[cm]?js$/.test(script)) continue
    if (folder === undefined) continue
    const path = imagePath(folder, script)
    if (ofBun && sourcesOf(path).some((each) => has(each) !== 'no')) continue
    // A folder of that name, with an index.js.
    if (named !== script && named !== undefined && has(imagePath(folder, named)) !== 'no') continue
    // A package brings its own.
    if (path.includes('/node_modules/')) continue
    // What the project has is told of where it is copied.
    if (final.files.get(path) || files.alike(script.replace(/^(?:\.?\/)+/, '')).length > 0) continue
    if (buildsFirst(by)) continue
    if (startBrings(started, by, posix.basename(path)) || (await isBrought(path))) continue
    const index = named === script || named === undefined ? undefined : `${imagePath(folder, named)}/index.js`
    found.push({by, script, path, at: command.at, goesOn: !certain, index, served: undefined})
  }
  for (const {by, command, certain, folder} of started) {
    const served = servedBuild(textOf(command))
    if (!served || !(certain || command.supervised) || !workingDir || folder === undefined) continue
    const place = imagePath(folder, posix.join(served.app, served.folder))
    const path = posix.join(place, served.file)
    // What is there, or in the project, is told of elsewhere.
    if (final.files.get(place) || files.alike(posix.join(served.folder, served.file)).length > 0) continue
    if (buildsFirst(by) || startBrings(started, by, served.folder) || (await isBrought(path))) continue
    const settings = await inputs.reader.texts(files.named(...served.settings))
    if (settings.some(({text}) => served.elsewhere.test(text))) continue
    found.push({by, script: served.program, path, at: command.at, goesOn: !certain, index: undefined, served})
  }
  return found

  async function isBrought(path: string): Promise<boolean> {
    const isSilent = !(await hasScripts())
    return final.unknown.some((each) => {
      if (each.by === 'base') return baseMayHave(final.stage, path)
      if (each.by === 'copy') return isBelow(path, each.path)
      const {text} = each
      return text === undefined || (!(isSilent ? isInstall(text) : isQuiet(text)) && reaches(final, each, path))
    })
  }

  /** Whether an install runs scripts of the project, or of a member of its workspace, of which it is not known what they write. */
  async function hasScripts(): Promise<boolean> {
    if (!final.files.get(posix.join(workingDir, 'package.json'))) return true
    const manifests = [...final.files.files((names) => names.named('package.json'))].slice(0, 200)
    const texts = await Promise.all(
      manifests.map(([, entry]) => entry.kind === 'file' && inputs.reader.text(entry.source)),
    )
    return texts.some((file) => {
      const scripts = file && parseLoosely(file.text)?.scripts
      return !file || (isTable(scripts) && hooks.some((name) => !writesNothing(scripts[name])))
    })
  }
}

/** What builds at every start. */
const builds =
  /^(?:npx |bunx |(?:npm|pnpm|yarn) (?:exec )?)?(?:tsc|tsup|esbuild|vite(?! preview)|webpack|rollup|swc|babel|ncc|nest|turbo|nx|make)\b|^(?:npx |bunx |(?:npm|pnpm|yarn) (?:exec )?)?[\w-]+ (?:vite:)?build\b|^(?:npm|pnpm|yarn|bun) (?:run )?[\w:.-]*build/

/** What npm, pnpm, Yarn and bun run of a package.json when they install. */
const hooks =
  'pnpm:devPreinstall preinstall install postinstall prepublish preprepare prepare postprepare dependencies'.split(' ')

/** Hooks of git, patches of packages, and the client of Prisma: none of them makes a program that node starts. */
const harmless =
  /^(?:(?:npx|pnpm(?: exec)?|yarn|bunx|npm exec) )?(?:husky|is-ci|lefthook(?= install|$)|simple-git-hooks|patch-package|only-allow|prisma generate|svelte-kit sync|echo|true|exit)(?= |$)/

const writesNothing = (script: unknown): boolean =>
  script === undefined ||
  (typeof script === 'string' &&
    !/[`$><]/.test(script) &&
    partsOf(script).every((part) => part === '' || harmless.test(part)))
