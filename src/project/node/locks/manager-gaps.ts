import {posix} from 'node:path'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {groupBy} from '../../../group-by.ts'
import {parseJson} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {holds, mayBeChanged, sourceAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {type Install, installsOf} from '../installs/installs.ts'
import {unreadSettings} from '../installs/unread-settings.ts'
import {memberFolders, readManifest} from '../workspace/workspace.ts'
import {lockVersion} from './lock-versions.ts'
import {gap, isClassic, isNew, type ManagerGap, memberAlone, otherManager, protocols} from './manager-rules.ts'

/** `corepack prepare yarn@4.0.2 --activate`, `volta install node@22 yarn@4`, `yarn set version 4.0.2`. */
const installsNewYarn =
  /^(?:corepack|volta|mise)\b.*\syarn@(?:[2-9]|berry|stable)|^yarn set version (?:[2-9]|berry|stable)/

/** By it Yarn 1 does not look at packageManager. */
const skipsCheck = 'SKIP_YARN_COREPACK_CHECK'

export async function loadManagerGaps({reader}: Inputs, facts: FactStore): Promise<Fact<ManagerGap[]>> {
  const [installs, files] = await Promise.all([installsOf(reader, facts), facts.value('files')])
  const tracked = files ?? noFiles
  const found: ManagerGap[] = []
  for (const install of installs) {
    const gap =
      otherManager(install) ??
      (await classic(install)) ??
      lockVersion(install) ??
      protocols(install, install.value) ??
      memberAlone(install) ??
      (await ofMembers(install)) ??
      (await layout(install))
    if (gap) found.push(gap)
  }
  // Several installs stop, or go on, for one reason: the first that stops, else the first, says so for all.
  const causes = groupBy(found, ({message, related}) => message.slice(message.indexOf(': ')) + related[0]?.file)
  return known([...causes.values()].flatMap((gaps) => gaps.find(({severity}) => severity === 'error') ?? gaps[0] ?? []))

  /** What npm reads at the top of a workspace: the package.json of each member that is there by then. */
  async function ofMembers(install: Install): Promise<ManagerGap | undefined> {
    const {command, manifest, folder} = install
    const origin = posix.dirname(manifest.path).replace(/^\.$/, '')
    const isAlone = command.words.some((word) => /^--(?:no-workspaces|workspaces=false)$/.test(word ?? ''))
    if (install.request.manager !== 'npm' || isAlone) return undefined
    const {workspaces = []} = (await readManifest(reader, origin)) ?? {}
    for (const member of memberFolders(workspaces, origin, tracked)) {
      const place = posix.join(folder, member, 'package.json')
      const source = sourceAt(command.moment, place, tracked)
      if (source === undefined || mayBeChanged(command, place)) continue
      const file = await reader.text(source)
      const document = file && parseJson(file)
      const gap = document && 'value' in document ? protocols(install, document.value, file) : undefined
      if (gap) return gap
    }
    return undefined
  }

  /** Where settings decide how the packages are laid out, and the only install of the stage does not find them. */
  async function layout(install: Install): Promise<ManagerGap | undefined> {
    const {command, request, manifest, before, packageManager, text, folder, isFollowed} = install
    const {manager} = request
    // Yarn 1 knows no such setting.
    const corepack = /^yarn@[2-9]/.test(packageManager ?? '') && before.some((each) => /^corepack\b/.test(each))
    if (manager === 'yarn' && !corepack && !before.some((each) => installsNewYarn.test(each))) return undefined
    if (isFollowed || command.words.some((word) => /linker|hoist/.test(word ?? ''))) return undefined
    const origin = posix.dirname(manifest.path)
    const unread = await unreadSettings(command, {manager, folder, origin}, {reader, tracked})
    if (!unread) return undefined
    const {file, setting, at, without} = unread
    const message = `${text} ${without}: ${file}, which has ${setting}, is not copied before`
    const hint = `COPY ${file} beside package.json, before ${text}.`
    return {...gap(install, message, hint, [at], 'warning'), failsAt: 'boot'}
  }

  /** Whether a Yarn 1 runs, and no other one takes over: what .yarnrc.yml or .yarnrc name. */
  async function classic(install: Install): Promise<ManagerGap | undefined> {
    const {command, request, before, packageManager, lock, text, folder} = install
    if (request.manager !== 'yarn' || !isClassic(install)) return undefined
    if (
      before.some((each) => /^corepack\b|^yarn (?:set|policies)\b|yarn@(?:berry|canary|[2-9])|@yarnpkg\/cli/.test(each))
    )
      return undefined
    if (command.moment.variables.has('YARN_IGNORE_PATH')) return undefined
    for (const name of ['.yarnrc.yml', '.yarnrc']) {
      for (const each of withAbove(folder)) {
        const place = posix.join(each, name)
        const source = sourceAt(command.moment, place, tracked)
        const settings = await reader.text(source)
        if (settings ? /yarn-?path/i.test(settings.text) : holds(command.moment, place) === 'maybe') return undefined
      }
    }
    const cure = 'Enable corepack before the install, so that the version of the project is taken: RUN corepack enable'
    const copied = tracked.has(posix.join(posix.dirname(install.manifest.path), '.yarnrc.yml'))
      ? `${cure}, and copy .yarnrc.yml (with .yarn/releases, if it names a file there) beside package.json.`
      : `${cure}.`
    const wanted = /^yarn@(\d+)/.exec(packageManager ?? '')?.[1]
    // Since 1.22.20: "This project's package.json defines "packageManager": "yarn@4…"".
    const isSkipped =
      command.moment.variables.has(skipsCheck) || command.moment.instruction.text.includes(`${skipsCheck}=`)
    if (wanted !== undefined && Number(wanted) > 1 && !isSkipped)
      return gap(
        install,
        `${text} stops: Yarn here is version 1, and ${install.manifest.path} asks for ${packageManager}`,
        copied,
        [install.at],
        isNew(install) ? 'error' : 'warning',
      )
    if (!lock || !/^__metadata:/m.test(lock.text)) return undefined
    const stops = command.words.includes('--frozen-lockfile')
    return gap(
      install,
      stops
        ? `${text} stops: Yarn here is version 1, and a newer one wrote ${lock.path}`
        : `${text} does not go by ${lock.path}: Yarn here is version 1, and a newer one wrote it`,
      copied,
      [lock.whole],
      stops ? 'error' : 'warning',
    )
  }
}
