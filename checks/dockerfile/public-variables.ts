import {defineCheck, type Facts} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/public-variables',
  title: 'what the build writes into the app is known to it',
  why: 'A build tool writes these variables into the pages as it builds: what [env] says when the app runs changes nothing.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'publicVariables'],
  uses: ['deployCommands', 'buildsElse'],
  *run({flyConfig, publicVariables, deployCommands, buildsElse}) {
    if (publicVariables.length === 0) return
    if (buildsElse) return
    const files = new Set<string>()
    for (const variable of publicVariables) {
      const {name, tool, at, stage, read, given, isRunner} = variable
      // One file that is left out is told once, with the first of its values.
      if (given?.for === 'builds at home') {
        if (files.has(given.file ?? '')) continue
        files.add(given.file ?? '')
      }
      // Of one without an ARG it is told that its value is lost.
      if (deployCommands?.passing(name)) continue
      yield {
        message: describe(variable),
        at: given?.for === 'other' ? flyConfig.at('build') : (given?.rule ?? given?.at ?? stage),
        related: [at, read, ...(given?.for === 'other' || given?.rule ? [given.at] : [])],
        hint: isRunner
          ? `Give it to the step that builds: env: with ${name} and the address that the pages shall call.`
          : given?.for === 'builds at home'
            ? `Let the file into the image: !${given.file} at the end of .dockerignore, and a COPY that brings it before ${tool}.`
            : given?.for === 'flyctl'
              ? `Hand it over: flyctl deploy --build-arg ${name}="$${name}", and ARG ${name} in the Dockerfile before ${tool}.`
              : `Give it to the build: ${name} under [build.args] of ${flyConfig.file}, and ARG ${name} in the Dockerfile before ${tool}.`,
      }
    }
  },
})

function describe({name, tool, given, instead, isAsserted, isRewrite}: Facts['publicVariables'][number]): string {
  const writes = isRewrite
    ? `${tool} makes the addresses of rewrites of it, and does not have it${instead ? `: requests go to ${instead}` : ''}`
    : `${tool} writes it into the pages, and does not have it`
  if (given?.for === 'machines') return `${name} stands in [env], which is read when the app runs: ${writes}`
  if (given?.for === 'nothing') return `${name} has no value under [build.args]: ${writes}`
  if (given?.for === 'other')
    return `${given.file} gives ${name} to the build, and this configuration does not: ${writes}`
  if (given?.for === 'builds at home')
    return `${given.file} gives ${name} a value, and ${given.rule ? `${given.rule.file} leaves that file out of the build` : 'the image does not have that file'}: ${writes}`
  if (given) return `${name} is set for flyctl, which hands nothing of its environment to the build: ${writes}`
  const then = isAsserted
    ? 'the code cannot do without it, and gets undefined'
    : instead === undefined
      ? 'the addresses that they call begin with "undefined"'
      : `they call ${instead}`
  return `${tool} writes ${name} into the pages, and nothing gives it a value there: ${then}`
}
