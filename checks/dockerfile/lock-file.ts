import {defineCheck, type Facts, shorten} from '../../src/check.ts'

type Gap = Facts['lockGaps'][number]

export default defineCheck({
  id: 'dockerfile/lock-file',
  title: 'the lock file has what the project asks for',
  why: 'An install that may not change the lock file stops when package.json or composer.json asks for something else.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['lockGaps'],
  uses: ['lockSettings', 'managerGaps', 'deployCommands', 'buildsElse'],
  *run({lockGaps, lockSettings = [], managerGaps = [], deployCommands, buildsElse}) {
    const told = new Set<string>()
    for (const gap of lockGaps) {
      const {at, lock, install, manager, command, isMended, name} = gap
      // A pnpm that does not read the lock file at all is told by dockerfile/package-manager, with the same cure.
      const isOther = managerGaps.some((each) => each.at.file === install.file && each.at.line === install.line)
      if (gap.override?.isUnread && isOther) continue
      // A step of the deploy may bring the two in line.
      const isMade = deployCommands?.makes(lock.file)
      // The build comes to the first of the installs.
      const fault = `${at.file}:${at.line} ${describe(gap)}`
      if (told.has(fault)) continue
      told.add(fault)
      yield {
        message: `${command} stops: ${describe(gap)}`,
        at,
        related: [install, lock],
        hint: gap.override?.isUnread
          ? `Move the overrides to ${gap.manifest.endsWith('.json') ? 'pnpm-workspace.yaml, or name the pnpm of the project by packageManager in package.json.' : 'pnpm.overrides of package.json, or take a newer pnpm.'}`
          : gap.by
            ? `Let npm write the file anew, and commit it: rm -r node_modules ${lock.file}, and npm install${gap.by.kind === 'peer' ? '. Or let npm overlook it, with legacy-peer-deps=true in an .npmrc that is copied beside package.json.' : ''}`
            : `Bring the lock file in line where ${manager === 'composer' ? 'composer.json' : 'package.json'} was changed, and commit both: ${manager === 'composer' ? `composer update ${name}` : cures[manager]}`,
        ...((buildsElse || isMade || isMended) && {severity: 'warning' as const}),
      }
    }
    for (const {setting, file, at, place, command, install, lock, rule, isMended} of lockSettings) {
      const name = file.slice(file.lastIndexOf('/') + 1)
      const what = setting === undefined ? name : `${setting} of ${name}`
      const why = rule
        ? `${rule.file} leaves that out of the build`
        : `no COPY brings that to ${place.slice(0, place.lastIndexOf('/')) || '/'} by then`
      const isMade = deployCommands?.makes(file)
      yield {
        message: `${command} stops: ${lock.file} was made with ${what}, and ${why}`,
        at: rule ?? install,
        related: [rule ? install : at, lock],
        hint: rule
          ? `Take it back at the end of ${rule.file}: !${file}`
          : `Bring it before the install: COPY ${file} ${place}`,
        ...((buildsElse || isMade || isMended) && {severity: 'warning' as const}),
      }
    }
  },
})

const cures: Readonly<Record<Exclude<Gap['manager'], 'composer'>, string>> = {
  npm: 'npm install',
  pnpm: 'pnpm install',
  yarn: 'yarn install',
  bun: 'bun install',
}

function describe(gap: Gap): string {
  const {name, wanted, locked, tables, manifest, lock, others, by, override, ofNewMember} = gap
  if (override) return changed(gap, override.isUnread)
  if (by) {
    const needs = by.kind === 'peer' ? 'wants' : 'needs'
    const beside = by.kind === 'peer' ? ' beside it' : ''
    const rest = others > 0 ? ` (and ${others} more)` : ''
    return `${by.name} ${by.version} ${needs} ${name} ${shorten(wanted ?? '', 40)}${beside}, and ${lock.file} has no such package${rest}`
  }
  const more = others > 0 ? ` (and ${others} more)` : ''
  if (ofNewMember) return `${manifest} is of the workspace, and ${lock.file} does not know it`
  if (wanted === undefined) return `${lock.file} still has ${name}, which ${manifest} names no more${more}`
  if (tables) return `${manifest} has ${name} in ${tables.wanted}, and ${lock.file} has it in ${tables.locked}${more}`
  const asks = `${manifest} asks for ${name} ${shorten(wanted, 40)}`
  return `${asks}, and ${lock.file} has ${locked === undefined ? 'no such package' : locked}${more}`
}

/** An override that pnpm-lock.yaml was not made with. */
function changed({name, wanted, locked, manifest, lock, others}: Gap, isUnread: boolean): string {
  const more = others > 0 ? ` (and ${others} more)` : ''
  if (isUnread) return `${lock.file} was made with the overrides of ${manifest}, which this pnpm does not read there`
  if (wanted === undefined)
    return `${lock.file} was made with an override of ${name}, which nothing sets any more${more}`
  const made = locked === undefined ? 'without that' : `with ${shorten(locked, 40)}`
  return `${manifest} overrides ${name} with ${shorten(wanted, 40)}, and ${lock.file} was made ${made}${more}`
}
