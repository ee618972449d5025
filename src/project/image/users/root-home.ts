import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import {isConsoleScript} from '../../python/packages/console-scripts.ts'
import {copyOf} from '../files/context-path.ts'
import {isBelow} from '../files/image-path.ts'
import {finalPrograms} from '../programs/programs.ts'
import {Ownership} from './ownership.ts'

/** Something that a machine starts as another user, and that lies in the home of root. */
export interface HiddenProgram {
  by: string
  program: string
  at: FileLocation
  /** The folder of the program, or of the packages of Python. */
  folder: string
  /** `packages`: Python is there, and what it is to load is not seen. */
  kind: 'program' | 'packages'
  user: string
  /** What made that user the one of the image. */
  userAt: FileLocation
  /** What laid it there. */
  laidAt: FileLocation | undefined
  proven: boolean
}

/** In Debian, Ubuntu and Alpine nobody but root may go into it: drwx------. */
const home = '/root'

/** What may open it to others, or give the user another right. */
const opens =
  /\b(?:chmod|chown|chgrp|setfacl|install|mount|usermod|sudo)\b[^;&|\n]{0,500}(?:\/root\b|~|\$\{?HOME\b|\s\/(?:\*|\s|$))|\/etc\/(?:passwd|sudoers)/

/** The installers that lay a program into the home of whoever runs them, and what turns them elsewhere. */
const installers: readonly {names: RegExp; text: RegExp; folder: string}[] = [
  {names: /^uvx?$/, text: /astral\.sh\/uv(?:\/[\d.]+)?\/install\.sh/, folder: '/root/.local/bin'},
  {names: /^poetry$/, text: /install\.python-poetry\.org/, folder: '/root/.local/bin'},
  {names: /^bunx?$/, text: /bun\.(?:sh|com)\/install/, folder: '/root/.bun/bin'},
  {names: /^deno$/, text: /deno\.land\/(?:x\/)?install/, folder: '/root/.deno/bin'},
]
const turns =
  /\b(?:UV_INSTALL_DIR|UV_UNMANAGED_INSTALL|XDG_BIN_HOME|XDG_DATA_HOME|POETRY_HOME|BUN_INSTALL|DENO_INSTALL|HOME)\b/
/** Brings it to another place, too, or once more. */
const moves =
  /\b(?:cp|mv|ln|install)\s[^;&|\n]{0,300}(?:\/root\b|~|HOME|\.local|\.bun|\.deno)|\b(?:pip[\d.]*|npm|apk|apt-get|apt)\s/

export async function loadHiddenPrograms(facts: FactStore): Promise<Fact<HiddenProgram[]>> {
  const [[build, image, dockerfile, processes], flyConfig] = await Promise.all([
    facts.needAll('build', 'image', 'dockerfile', 'processes'),
    facts.value('flyConfig'),
  ])
  const {final} = build
  const {user, at: userAt} = new Ownership(build, dockerfile)
  const path = (final.config.env.get('PATH') ?? '').split(':')
  const instructions = allInstructions(final.stage)
  const runs = instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text.replace(/\\\r?\n/g, ' ') : []))
  const {base} = finalPrograms(build, image)
  if (user === '' || !base || base.distribution === 'none' || flyConfig?.hasContainers || mayBeOpen()) return known([])
  if (flyConfig?.config.env?.PATH !== undefined || processes.mayAssign('PATH')) return known([])

  const outside = finalPrograms(build, image, path.filter((each) => !isBelow(each, home)).join(':'))
  const all = finalPrograms(build, image)
  const installs = [...image.final.installs, ...image.final.copied].filter(({tool}) => tool !== 'pip wheel')
  const ofRoot = installs.every(({location}) => location !== undefined && isBelow(location, home))
  const [install] = installs
  const setsPython = ['PYTHONPATH', 'PYTHONUSERBASE', 'PYTHONHOME'].some(
    (name) => final.config.env.has(name) || flyConfig?.config.env?.[name] !== undefined || processes.mayAssign(name),
  )
  const found: HiddenProgram[] = []
  for (const {by, text, at, certain} of processes.commands) {
    const [program = '', ...rest] = text.split(' ')
    const common = {by, program, at, user, userAt}
    if (!certain || found.some((each) => each.program === program)) continue
    const place = placeOf(program)
    if (place) found.push({...common, ...place, kind: 'program', proven: true})
    else if (/^python3?$/.test(program) && install?.location && ofRoot && image.final.understood && !setsPython) {
      const isModule = rest[0] === '-m' && isConsoleScript(rest[1] ?? '')
      const isFile = /\.py$/.test(rest[0] ?? '')
      if (!(isModule || isFile) || !installs.some(({requirements}) => requirements.length > 0)) continue
      found.push({...common, folder: install.location, kind: 'packages', laidAt: install.at, proven: isModule})
    }
  }
  return known(found)

  /** Where a program lies that no other folder of PATH has. */
  function placeOf(program: string): Pick<HiddenProgram, 'folder' | 'laidAt'> | undefined {
    if (program.startsWith(`${home}/`)) return {folder: posix.dirname(program), laidAt: undefined}
    const folder = path.find((each) => isBelow(each, home))
    if (program.includes('/') || folder === undefined) return undefined
    const fetched = fetchedBy(program)
    if (fetched) return fetched
    if (!isConsoleScript(program) || !install || !ofRoot || !image.final.understood) return undefined
    if (outside.has(program, true) !== 'no' || all.has(program, true) === 'no') return undefined
    return {folder, laidAt: install.at}
  }

  function fetchedBy(program: string): Pick<HiddenProgram, 'folder' | 'laidAt'> | undefined {
    const installer = installers.find(({names}) => names.test(program))
    if (!installer || !path.includes(installer.folder) || final.files.get(posix.join('/usr/local/bin', program)))
      return undefined
    const run = instructions.find(({keyword, text}) => keyword === 'RUN' && installer.text.test(text))
    const named = new RegExp(`\\b${program}\\b`)
    const isElsewhere =
      base?.has.has(program) ||
      turns.test(
        instructions.map(({keyword, text}) => (keyword === 'RUN' || keyword === 'ENV' ? text : '')).join('\n'),
      ) ||
      runs.some((text) => {
        const others = text.replace(installer.text, '').replace(/\buv pip\b/g, 'uv')
        return moves.test(others) && named.test(others)
      }) ||
      final.unknown.some(({by, path: each}) => by === 'copy' && /^\/(?:usr|bin|opt)\b/.test(each))
    return run && !isElsewhere ? {folder: installer.folder, laidAt: run.at} : undefined
  }

  /** By a RUN, by a COPY that lays a folder over it, or by a volume. */
  function mayBeOpen(): boolean {
    const copied = instructions.some((each) => {
      const target = /^(?:COPY|ADD)$/.test(each.keyword) ? copyOf(each)?.target : undefined
      return target !== undefined && (/\$/.test(target) || /^\/(?:root)?\/?$/.test(target))
    })
    const mounts = flyConfig?.config.mounts ?? []
    return (
      copied ||
      runs.some((text) => opens.test(text)) ||
      mounts.some(({destination = ''}) => destination !== '' && isBelow(home, destination))
    )
  }
}
