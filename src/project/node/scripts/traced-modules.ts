import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {allInstructions, flagOf, rootImage} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import type {Build} from '../../image/build.ts'
import {placedCopies} from '../../image/files/context-path.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {ofPackages} from '../../image/programs/of-packages.ts'

const installs = /\b(?:npm|pnpm|yarn|bun|corepack|npx)\b|\bnode_modules\b/
const manifests = /(?:^|\/)package\*?(?:-lock)?\*?\.json\*?$/
/** One package by its name: its program is in node_modules/.bin beside it. */
const onePackage = /(?:^|\/)node_modules\/(?:@[\w.-]+\/)?(?!\.bin\b)[\w.-]+\/?$|(?:^|\/)node_modules\/@[\w.-]+\/?$/

/**
 * The COPY of `.next/standalone` that alone brings node_modules to a folder: Next.js writes the files there that the server
 * imports, and no node_modules/.bin, in which npm looks for programs; with it the package.json that lies there then, by its
 * path in the project. undefined where anything else may bring programs.
 */
export function tracedModules(
  {final, has, stages}: Build,
  folder: string,
): {at: FileLocation; manifest: string} | undefined {
  const instructions = allInstructions(final.stage)
  // Other images may bring programs of packages.
  if (!/^(?:docker\.io\/)?(?:library\/)?node(?::|$)/.test(rootImage(final.stage) ?? '')) return undefined
  if (instructions.some(({keyword, text}) => keyword === 'RUN' && installs.test(text))) return undefined
  const placed = [...placedCopies(instructions)]
  const isOther = ({sources, target}: {sources: string[]; target: string}) =>
    /\/s?bin(?:\/|$)/.test(target) ||
    sources.some(
      (each) =>
        /[*$]/.test(each.replace(manifests, '')) ||
        /\/bin(?:\/|$)/.test(each) ||
        (/node_modules/.test(each) && !onePackage.test(each)),
    )
  const standalone = placed.find(
    ({sources, target}) => isBelow(folder, target) && sources.some((each) => /\/\.next\/standalone\/?$/.test(each)),
  )
  // A whole folder may bring its own.
  const isWhole = placed.some(
    ({instruction, sources, target}) =>
      instruction !== standalone?.instruction &&
      isBelow(folder, target) &&
      sources.some((each) => /^\.?\/?$|^\/app\/?$/.test(each)),
  )
  const source = standalone?.sources.find((each) => each.includes('standalone'))
  if (!standalone || !source || isWhole || placed.some(isOther) || has(`${folder}/node_modules/.bin`) === 'yes')
    return undefined
  const from = flagOf(standalone.instruction, 'from') ?? ''
  const builder = stages.find(({stage}) => isNamed(stage, from))
  const written = builder?.files.get(posix.resolve('/', source.replace(/\/?$/, ''), '../../package.json'))
  const held = final.files.get(posix.join(folder, 'package.json'))
  // Next.js writes the package.json of the app beside its server; another one may lie there before.
  if (written?.kind !== 'file' || (held && (held.kind !== 'file' || held.source !== written.source))) return undefined
  return {at: standalone.instruction.at, manifest: written.source}
}

/** Whether npm finds a program in node_modules/.bin alone. */
export const isInBin = (program: string): boolean => ofPackages.has(program)
