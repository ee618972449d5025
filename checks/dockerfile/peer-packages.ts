import {defineCheck, type Facts, shorten} from '../../src/check.ts'

type Conflict = Facts['peerConflicts'][number]

export default defineCheck({
  id: 'dockerfile/peer-packages',
  title: 'npm finds the packages that others want beside them',
  why: 'npm stops (ERESOLVE) where a package wants another version of one that the project has, unless it is told to overlook that.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['peerConflicts'],
  uses: ['buildsElse'],
  *run({peerConflicts, buildsElse}) {
    const lower = buildsElse ? {severity: 'warning' as const} : {}
    for (const conflict of peerConflicts) {
      const {install, at, settings} = conflict
      yield {
        message: describe(conflict),
        at: install,
        related: [...(settings ? [settings] : []), at],
        hint: cure(conflict),
        ...lower,
      }
    }
  },
})

function describe({command, name, version, peer, wanted, found, settings, others}: Conflict): string {
  const more = others > 0 ? ` (and ${others} more)` : ''
  const has = found === undefined ? 'the lock file has none' : `the project has ${found}`
  const why = settings ? `, and ${settings.file}, by which npm overlooks that, is not copied before` : ''
  return `${command} stops: ${name} ${version} wants ${peer} ${shorten(wanted, 40)} beside it, and ${has}${more}${why}`
}

function cure({command, name, peer, settings}: Conflict): string {
  if (settings) return `Copy ${settings.file} beside package.json, before ${command} and every other npm command.`
  return `Take versions of ${name} and ${peer} that go together; or let npm overlook it, with legacy-peer-deps=true in an .npmrc that is copied beside package.json.`
}
