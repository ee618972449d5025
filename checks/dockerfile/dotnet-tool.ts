import {defineCheck, type Facts} from '../../src/check.ts'

type Gap = Facts['dotnetToolGaps'][number]

export default defineCheck({
  id: 'dockerfile/dotnet-tool',
  title: 'the tools of .NET that RUN calls are found',
  why: 'The SDK has no dotnet ef, and what dotnet tool install lays into the home folder is not on PATH in its image.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['dotnetToolGaps'],
  uses: ['buildsElse'],
  *run({dotnetToolGaps, buildsElse}) {
    for (const gap of dotnetToolGaps) {
      yield {
        message: `this RUN calls ${gap.command}, ${describe(gap)}: the build stops with "${gap.command.startsWith('dotnet ') ? 'Could not execute' : `${gap.command}: not found`}"`,
        at: gap.at,
        related: gap.from ? [gap.from] : [],
        hint: cure(gap),
        ...(buildsElse && {severity: 'warning'}),
      }
    }
  },
})

function describe({kind, place}: Gap): string {
  switch (kind) {
    case 'path':
      return `which is installed into ${place}, and PATH does not name that folder`
    case 'unrestored':
      return `which ${place} lists, and nothing restores it before`
    case 'absent':
      return 'which is no part of the SDK, and nothing installs it before'
  }
}

function cure({kind, place}: Gap): string {
  switch (kind) {
    case 'path':
      return `Before it: ENV PATH="$PATH:${place}"`
    case 'unrestored':
      return 'Before it: RUN dotnet tool restore'
    case 'absent':
      return 'Before it: RUN dotnet tool install --global dotnet-ef, and ENV PATH="$PATH:/root/.dotnet/tools"'
  }
}
