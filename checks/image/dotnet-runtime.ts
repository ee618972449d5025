import {defineCheck, type Facts} from '../../src/check.ts'

type Gap = Facts['dotnetGaps'][number]

export default defineCheck({
  id: 'image/dotnet-runtime',
  title: 'the image has what its commands need of .NET',
  why: 'The images of the .NET runtime have no SDK, and so no dotnet ef and no dotnet run; runtime has no ASP.NET.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['dotnetGaps'],
  uses: ['buildsElse'],
  *run({dotnetGaps, buildsElse}) {
    for (const gap of dotnetGaps) {
      yield {
        message: describe(gap),
        at: gap.at,
        related: [gap.project ?? gap.from],
        hint: cure(gap),
        ...(gap.by === 'release_command' && {failsAt: 'release'}),
        ...(buildsElse && {severity: 'warning'}),
      }
    }
  },
})

function describe({by, command, base, kind}: Gap): string {
  switch (kind) {
    case 'sdk':
      return `${by} starts ${command}, which is of the SDK, and ${base} has the runtime alone`
    case 'tool':
      return `${by} starts ${command}, a tool of its own, which neither ${base} nor a RUN brings`
    case 'web':
      return `${by} starts ${command}, which needs ASP.NET, and ${base} does not have it`
  }
}

function cure({command, base, kind}: Gap): string {
  if (kind === 'web') return `Take ${base.replace('/runtime', '/aspnet')} for the last stage.`
  if (/\bef$/.test(command))
    return 'Let the app migrate when it starts, Database.Migrate(); or make a bundle in the stage that builds, dotnet ef migrations bundle -o /app/efbundle, and start that.'
  return 'Publish in a stage before, and start what that makes: dotnet NAME.dll'
}
