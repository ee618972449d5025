import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf, lineage, type Stage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {type PlacedCopy, placedCopies} from '../../image/files/context-path.ts'
import {stageIndex} from '../../image/files/copy-sources.ts'
import {isBelow} from '../../image/files/image-path.ts'
import type {Inputs} from '../../inputs.ts'
import {type IsolatedInstall, isolatedInstall} from './isolated-installs.ts'

/** The node_modules of a member of a workspace, copied without what its links lead to. */
export interface LinkedModules {
  at: FileLocation
  install: FileLocation
  /** The folder that is copied, and that of the workspace. */
  source: string
  root: string
  from: string
  /** Where the links lead in the image: `/app/node_modules/.pnpm`. */
  place: string
  manager: IsolatedInstall['manager']
}

/**
 * pnpm, and bun from 1.3 on in a workspace, lay the packages of all members in one store below the top, and links to
 * them in the members (pnpm.io, "Symlinked node_modules structure"; bun.com, "Isolated installs"). COPY takes links as
 * they are.
 */
export async function loadLinkedModules({reader}: Inputs, facts: FactStore): Promise<Fact<LinkedModules[]>> {
  const [[{final}, {stages, file}, {commands}], files] = await Promise.all([
    facts.needAll('build', 'dockerfile', 'buildCommands'),
    facts.value('files'),
  ])
  const tracked = files ?? noFiles
  // Another layout, or a folder without links.
  if (/node[-_]?linker|pnpm\b[^\n]{0,200}\bdeploy\b|--linker/i.test(file.text)) return known([])
  const own = allInstructions(final.stage)
  if (own.some(({keyword, text}) => keyword === 'RUN' && installs.test(text))) return known([])
  const copies = [...placedCopies(own)]
  const found: LinkedModules[] = []
  for (const {instruction, sources, target} of copies) {
    const from = flagOf(instruction, 'from')
    const [source = ''] = sources
    if (from === undefined || sources.length !== 1 || posix.basename(source) !== 'node_modules') continue
    const index = stageIndex(from, stages, final.stage)
    const other = index === undefined ? undefined : stages[index]
    const path = posix.resolve('/', source)
    const through = other ? stagesBehind(path, other, stages) : []
    const isReplaced = through.some(({instructions}) =>
      instructions.some((each) => each.keyword === 'RUN' && replaces.test(each.text)),
    )
    const command = !isReplaced && (await installOf(path, new Set(through)))
    if (!command) continue
    const {manager, root, at} = command
    const place = posix.resolve(target, posix.relative(path, posix.join(root, 'node_modules', `.${manager}`)))
    if (copies.some((each) => each.instruction !== instruction && mayBring(each, place))) continue
    found.push({at: instruction.at, install: at, source, root, from, place, manager})
  }
  return known(found)

  /** The install of the workspace that the folder is of a member of. */
  function installOf(path: string, through: ReadonlySet<BuildCommand['moment']['stage']>) {
    const member = posix.dirname(path)
    return isolatedInstall(commands, through, {reader, tracked}, ({folder, moment}) =>
      Boolean(member !== folder && isBelow(member, folder) && moment.files.get(posix.join(member, 'package.json'))),
    )
  }
}

/** A stage with those that it is built on, and those from which it takes the folder to the same place. */
function stagesBehind(path: string, stage: Stage, stages: readonly Stage[], depth = 0): Stage[] {
  const own = lineage(stage)
  for (const {instruction, sources, target} of depth < 5 ? placedCopies(allInstructions(stage)) : []) {
    const from = flagOf(instruction, 'from')
    const isSame = sources.length === 1 && posix.resolve('/', sources[0] ?? '') === target && isBelow(path, target)
    const index = from !== undefined && isSame ? stageIndex(from, stages, stage) : undefined
    const other = index === undefined ? undefined : stages[index]
    if (other) own.push(...stagesBehind(path, other, stages, depth + 1))
  }
  return own
}

/** What makes folders of the links, or installs anew; what a framework has laid into its output is another folder. */
export const replaces =
  /\b(?:rm|cp|mv|ln|rsync|find)\b[^\n;&|]{0,300}(?<!\.output\/server\/|\.next\/standalone\/)node_modules|\bnpm\s+(?:i|install|ci)\b(?!\s+(?:-g|--global))/
const installs = /\b(?:npm|pnpm|yarn|bun)\s+(?:i|install|ci|add)\b|\bln\b/

/** A folder that is copied to the place, or above it; a file brings itself alone. */
const mayBring = ({sources, target}: PlacedCopy, place: string): boolean =>
  isBelow(place, target) && !sources.every((source) => /[^/]\.\w+$/.test(source))
