import {defineCheck, type Facts, type Finding, mayBringFlyctl, passedSecret} from '../../src/check.ts'

/** The names of a token that flyctl reads, the first one before the other (internal/config/config.go). */
const names = ['FLY_ACCESS_TOKEN', 'FLY_API_TOKEN']
const read = /\bFLY_API_TOKEN\b|\bFLY_ACCESS_TOKEN\b|--access-token|flyctl auth login/
const brings = /GITHUB_ENV|\.env\b|doppler|op run|vault|infisical/
/** `source ci/env.sh` */
const sources = /(?:^|[;&|])\s{0,200}(?:source|\.)\s{1,200}\S/m
/** Those that work without: RequireSession is none of their preparers. */
const needsNone = /^(version|auth (login|logout|signup)|docs|doctor|platform|settings|agent|curl)\b/
const cure = 'Add to the step: env: FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}'

export default defineCheck({
  id: 'ci/token',
  title: 'workflows give flyctl a token',
  why: 'Without a token flyctl stops with "no access token available", and nothing is deployed.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    const told = new Set<unknown>()
    for (const call of workflows.calls) {
      const {step, job, flags, at, command, decisive, script} = call
      if (flags.has('access-token') || told.has(job) || needsNone.test(command)) continue
      if (command !== 'deploy' && !decisive) continue
      // The script may set it itself.
      if (read.test(script)) continue
      const given = names.map((name) => [name, step.env.get(name)] as const).find(([, value]) => value)
      const fault = given?.[1] ? faultOf(given[0], call) : withoutToken(call)
      if (!fault || (!given && brings.test(textOf(job) + script))) continue
      told.add(job)
      yield {related: [at], ...fault}
    }
    for (const step of new Set(workflows.calls.map((call) => call.step))) yield* splitToken(step)
    yield* otherNames(workflows.deploys)
  },
})

type Deploy = Facts['workflows']['deploys'][number]
type Call = Deploy['call']

/** What the steps of a job run and use: those of another job leave nothing behind. */
const textOf = ({steps}: Call['job']): string =>
  steps.map(({run, uses}) => `${run?.text ?? ''}\n${uses?.text ?? ''}\n`).join('')

/** A value that is no token, whatever the secrets of the repository are. */
function faultOf(name: string, {step, workflow, job}: Call): Finding | undefined {
  const value = step.env.get(name)
  if (!value) return undefined
  if (value.text.trim() === '') {
    return {message: `${name} is empty: flyctl stops with "no access token available"`, at: value.at, hint: cure}
  }
  if (/^(secrets\.\w+|\$\{?\w+\}?)$/.test(value.text.trim())) {
    return {
      message: `${name} is the text ${value.text.trim()} itself, as env: fills in nothing but \${{ … }}: Fly.io refuses it as a token`,
      at: value.at,
      hint: `Write ${name}: \${{ secrets.${value.text.replace(/\W|secrets\./g, '')} }}`,
    }
  }
  const secret = passedSecret(value, workflow, job)
  const required = workflow.triggers?.get('workflow_call')?.secrets.get(secret?.as ?? '')?.required
  if (!secret?.caller || required) return undefined
  return {
    message: `the job ${secret.caller.id} calls this workflow without the secret ${secret.as}: ${name} is empty, and flyctl stops with "no access token available"`,
    at: secret.caller.uses?.at ?? secret.caller.at,
    related: [value.at],
    hint: `Add to the job ${secret.caller.id}: secrets: inherit`,
  }
}

function withoutToken({workflow, step, job, at, script}: Call): Finding | undefined {
  // What another action brings is not seen, nor what a shell reads; on a computer of one's own flyctl may be logged in.
  if (mayBringFlyctl(job) || sources.test(script) || job.labels.includes('self-hosted')) return undefined
  const other = [...step.env].find(([name]) => /^FLY\w*_?(TOKEN|KEY)(_|$)/.test(name))
  if (!other && read.test(workflow.file.text.replace(/secrets\.\w+/g, ''))) {
    // It stands elsewhere in the file: another step has it, this one does not.
    if (!job.steps.some((each) => names.some((name) => each.env.has(name)))) return undefined
  }
  return {
    message: other
      ? `flyctl does not read ${other[0]}: without FLY_API_TOKEN it stops with "no access token available"`
      : 'this step has no FLY_API_TOKEN: flyctl stops with "no access token available"',
    at: other ? other[1].at : at,
    hint: cure,
  }
}

/** `--access-token ${{ secrets.FLY_API_TOKEN }}`, `export FLY_API_TOKEN=${{ … }}`: what stands without quotes, the shell splits. */
const unquoted =
  /(?:(?<=\s)(--access-token|-t)[ =]|(?<=^|[\s;&|])(FLY_API_TOKEN|FLY_ACCESS_TOKEN)=)(\$\{\{ {0,9}secrets\.\w{1,100} {0,9}\}\})(?=[\s;&|]|$)/g

/** A token of `flyctl tokens create` is two words (macaroon.ToAuthorizationHeader). */
function* splitToken({run, shell}: Call['step']): Generator<Finding> {
  if (!run || (shell !== undefined && !/^(?:ba)?sh$/.test(shell))) return
  const [match] = run.text.matchAll(unquoted)
  if (!match) return
  const [whole, flag, name, value = ''] = match
  const takes = flag ? 'flyctl takes the second for an argument' : 'the shell takes the second for a word of its own'
  yield {
    message: `${flag ?? name} is ${value} without quotes: a token of flyctl tokens create is two words, FlyV1 and another, and ${takes}`,
    at: run.place(match.index, match.index + whole.length),
    hint: flag
      ? 'Leave the flag out, and add to the step: env: FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}'
      : `Write ${name}="${value}", or set it by env: of the step.`,
  }
}

/** One app by two secrets: both are there, or one of its deploys is not logged in. */
function* otherNames(deploys: readonly Deploy[]): Generator<Finding> {
  const first = new Map<string, {name: string; at: Finding['at']}>()
  for (const {call, app} of deploys) {
    const value = names.map((name) => call.step.env.get(name)).find(Boolean)
    // Each environment may have a secret of that name.
    const name = value && !call.job.hasEnvironment ? passedSecret(value, call.workflow, call.job)?.name : undefined
    if (!value || app === undefined || name === undefined) continue
    const before = first.get(app)
    if (!before) first.set(app, {name, at: value.at})
    else if (before.name.toLowerCase() !== name.toLowerCase()) {
      yield {
        message: `${app} is deployed here with the secret ${name}, and elsewhere with ${before.name}: one that is not set is empty, and flyctl stops with "no access token available"`,
        at: value.at,
        related: [before.at],
        severity: 'info',
        hint: `Use one of them, or see that the repository has both: gh secret list`,
      }
    }
  }
}
