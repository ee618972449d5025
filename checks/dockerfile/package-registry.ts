import {defineCheck, type Facts} from '../../src/check.ts'

type Gap = Facts['registryGaps'][number]

export default defineCheck({
  id: 'dockerfile/package-registry',
  title: 'an install reaches the registries of its packages',
  why: 'Without the settings that name the registry of a scope, or without the token that it asks for, the install stops.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['registryGaps'],
  uses: ['deployCommands', 'buildsElse'],
  *run({registryGaps, deployCommands, buildsElse}) {
    const told = new Set<string>()
    for (const gap of registryGaps) {
      const {at, settings, argument, variable, severity} = gap
      // By hand, nobody knows what a deploy passes.
      if (argument && (!deployCommands?.commands.length || deployCommands.passing(variable as string))) continue
      const message = describe(gap)
      if (told.has(message)) continue
      told.add(message)
      yield {
        message,
        at,
        related: [settings, ...(argument ? [argument] : [])],
        hint: cure(gap),
        ...(gap.kind === 'start' && {failsAt: 'boot' as const}),
        ...((severity === 'warning' || buildsElse) && {severity: 'warning' as const}),
      }
    }
  },
})

function describe({text, kind, variable, wants, settings: {file}, argument, severity}: Gap): string {
  const stops = `${text} ${severity === 'error' || argument ? 'stops' : 'is likely to stop'}`
  const nobody = argument ? 'no flyctl deploy of the project passes it' : 'nothing sets that during the build'
  switch (kind) {
    case 'settings':
      return `${stops}: ${file} says where the packages of ${wants} come from, and it is not copied before`
    case 'variable':
      return wants
        ? `${stops}: ${wants} asks for a token, ${file} takes it from ${variable}, and ${nobody}`
        : `${stops}: it reads ${file}, which takes ${variable} from the environment, and ${nobody}`
    case 'start':
      return `${text} stops when the app starts: it reads ${file}, which takes ${variable} from the environment, and neither [env] nor the image sets that`
    case 'token':
      return `${stops}: ${file} has packages of ${wants}, which asks for a token, and nothing in the build names one`
    case 'repository':
      return `${stops}: ${file} has packages of ${hexName(wants)}, and nothing in the build signs in there`
    case 'unfilled':
      return `${stops}: ${wants} asks for a token, and this pnpm fills in no variable in the .npmrc of a project, such as ${variable}`
  }
}

const hexName = (repository = ''): string =>
  repository.startsWith('hexpm:')
    ? `the organization ${repository.slice('hexpm:'.length)} of Hex`
    : `the repository ${repository} of Hex`

function cure({text, kind, variable, wants, settings: {file}, argument}: Gap): string {
  if (kind === 'settings') return `COPY ${file} beside package.json, before ${text}.`
  if (kind === 'token')
    return `Lend one to the install: RUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN ${text}, with //${wants}/:_authToken=\${NPM_TOKEN} in a .npmrc that is copied before, and flyctl deploy --build-secret NPM_TOKEN=…`
  if (kind === 'repository') {
    const [, organization] = /^hexpm:(.*)$/.exec(wants ?? '') ?? []
    const signIn = organization
      ? `mix hex.organization auth ${organization} --key "$HEX_KEY"`
      : `mix hex.repo add ${wants} URL --fetch-public-key FINGERPRINT --auth-key "$HEX_KEY"`
    return `Sign in before it: RUN --mount=type=secret,id=HEX_KEY,env=HEX_KEY ${signIn}, and flyctl deploy --build-secret HEX_KEY=…`
  }
  if (kind === 'start')
    return `Start the app without the package manager (node …), or leave ${file} out of the last stage; a secret of the app may have the name, too: flyctl secrets set ${variable}=…`
  if (kind === 'unfilled')
    return `Let it be the settings of the user, in which pnpm fills them in: COPY ${file} /root/.npmrc, before ${text}.`
  if (argument) return `Pass it: flyctl deploy --build-arg ${variable}=…`
  const lend = `Lend it to the install: RUN --mount=type=secret,id=${variable},env=${variable} ${text}, and flyctl deploy --build-secret ${variable}=…`
  return wants ? lend : `${lend}; or take the line out of ${file}, where the token is for publishing alone.`
}
