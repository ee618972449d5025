import {defineCheck, type Facts} from '../../src/check.ts'

type Gap = Facts['restoreGaps'][number]

export default defineCheck({
  id: 'dockerfile/dotnet-restore',
  title: 'dotnet restore has all that the build then needs',
  why: 'A restore beside a few project files leaves out what it does not see, and a build with --no-restore stops there.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['restoreGaps'],
  uses: ['buildsElse'],
  *run({restoreGaps, buildsElse}) {
    for (const gap of restoreGaps) {
      yield {
        message: describe(gap),
        at: gap.at,
        related: gap.related,
        hint: cure(gap),
        ...((!gap.sure || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})

function describe({kind, command, name, place, sure}: Gap): string {
  switch (kind) {
    case 'project':
      return `${command} stops: --no-restore leaves it to the restore before, which did not have ${name} yet and restored nothing for it`
    case 'properties':
      return `${command} stops: what the projects are built for is in ${name}, and no COPY brings it to ${place} by then`
    case 'versions':
      return sure
        ? `${command} stops: the versions of the packages are in ${name}, and no COPY brings it to ${place} by then`
        : `${command} builds with the oldest versions of the packages, or stops: ${name} was not at ${place} when they were restored`
    case 'runtime':
      return `${command} stops: it builds for ${name}, with --no-restore, and the restore before was not told so`
    case 'case':
      return `${command} is likely to stop: ${place} is written here, and the project is ${name}: Linux tells capitals apart`
  }
}

function cure({kind, name, place}: Gap): string {
  switch (kind) {
    case 'project':
      return `Copy it before the restore, COPY ${name} ${place}, or leave out --no-restore.`
    case 'properties':
    case 'versions':
      return `Copy it before the restore: COPY ${name} ${place}`
    case 'runtime':
      return `Restore for it, too: dotnet restore … -r ${name}; or leave out --no-restore.`
    case 'case':
      return `Write it as it is called: ${name}`
  }
}
