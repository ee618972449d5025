import {defineCheck, type Facts, quote} from '../../src/check.ts'

/**
 * What answers a question: one of these flags, a variable, or a word. `many`: so does --count above 1; `either`: so does
 * the flag with false.
 */
interface Answer {
  flags: readonly string[]
  variables?: readonly string[]
  word?: boolean
  many?: boolean
  either?: boolean
}

const yes: Answer = {flags: ['yes', 'auto-confirm']}
const org: Answer = {flags: ['org'], variables: ['FLY_ORG', 'FLY_ORGANIZATION']}
const region: Answer = {flags: ['region'], variables: ['FLY_REGION']}

/** What flyctl asks for when it can, and refuses to go on without where nobody can answer (flyctl, internal/command). */
const questions: ReadonlyMap<string, readonly Answer[]> = new Map([
  ['scale count', [yes]],
  ['apps destroy', [yes]],
  ['apps move', [org, yes]],
  ['apps create', [{flags: ['name', 'generate-name'], word: true}, org]],
  ['volumes create', [{...yes, many: true}, region]],
  ['volumes destroy', [yes]],
  // Without it, it stops also where there is nothing to change (internal/machine, ConfirmConfigChanges).
  ['machine update', [yes]],
  ['ips allocate-v4', [{flags: ['yes', 'auto-confirm', 'shared']}]],
  ['ips allocate-egress', [yes]],
  ['certs remove', [yes]],
  ['postgres create', [org, region]],
  [
    'redis create',
    [
      org,
      {flags: ['name']},
      region,
      {flags: ['disable-eviction', 'enable-eviction']},
      {flags: ['enable-prodpack'], either: true},
      {flags: ['no-replicas', 'replica-regions']},
    ],
  ],
  ['redis destroy', [yes]],
  ['mpg create', [org]],
  ['mpg destroy', [yes]],
])

/** Commands that ask where a configuration is there already. */
const overConfig: ReadonlyMap<string, Answer> = new Map([
  ['launch', {flags: ['copy-config', 'yes', 'auto-confirm', 'config', 'attach', 'path', 'from-manifest']}],
  ['config save', {flags: ['yes', 'auto-confirm', 'config']}],
])

export default defineCheck({
  id: 'ci/unattended',
  title: 'workflows answer what flyctl would ask',
  why: 'A workflow has nobody to answer: where flyctl would ask, it stops.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const call of workflows.calls) {
      const {command, folder, positional, at, decisive} = call
      // A word that is not known may bring any flag. A failure that is let pass leaves unmade what should be made.
      if (!(decisive || command.endsWith(' create')) || mayHoldFlags(call)) continue
      if (/^auth (?:login|signup)$/.test(command) && !(call.flags.has('email') && call.flags.has('password'))) {
        yield {
          message: `flyctl ${command} waits for somebody to log in with a browser, and a workflow has nobody`,
          at,
          hint: 'Take it out: flyctl needs no login where FLY_API_TOKEN is in the environment of its step.',
        }
        continue
      }
      const missing = (questions.get(command) ?? []).filter((answer) => !answers(answer, call))
      if (missing.length > 0) {
        const needed = missing.map((answer) => (answer.word ? 'a name' : `--${answer.flags[0]}`))
        // Where as many machines run as it says, it ends well.
        const when = command === 'scale count' ? ' as soon as there is something to change' : ''
        yield {
          message: `flyctl ${command} asks for ${needed.join(' and ')}${when}, and stops where nobody can answer`,
          at,
          // Who has no organization but the personal one is not asked for it.
          ...(missing.every((answer) => answer === org) && {severity: 'info'}),
          hint: positional.includes(undefined)
            ? `Add ${missing.map(written).join(' ')} to it.`
            : `Write flyctl ${command} ${[...positional, ...missing.map(written)].join(' ')}`,
        }
      }
      const over = overConfig.get(command)
      const config = folder === '.' ? 'fly.toml' : `${folder}/fly.toml`
      if (!over || folder === undefined || !workflows.configs.includes(config) || answers(over, call)) continue
      yield {
        message: `flyctl ${command} asks what to do with ${quote(config)}, which is there already, and stops where nobody can answer`,
        at,
        hint:
          command === 'launch'
            ? 'Write flyctl launch --copy-config --yes, or flyctl deploy where the app exists.'
            : `Write flyctl ${command} --yes, which overwrites it.`,
      }
    }
  },
})

type Call = Facts['workflows']['calls'][number]

function answers({flags, variables = [], word, many, either}: Answer, call: Call): boolean {
  return (
    flags.some((flag) => call.flags.has(flag) && (either === true || call.flags.get(flag) !== 'false')) ||
    (word === true && call.positional.length > 0) ||
    (many === true && /^[2-9]|^\d\d/.test(call.flags.get('count') ?? '')) ||
    // An earlier step may set it, too.
    variables.some((name) => call.workflow.file.text.includes(name))
  )
}

/** A word that is filled in may be any flag; one that is called the name of something is that name. */
const mayHoldFlags = ({positional, written: text}: Call): boolean =>
  positional.includes(undefined) &&
  (text === '' || [...text.matchAll(/\$\{?\{?\s*([\w.]*)/g)].some(([, name = '']) => !/APP|NAME/i.test(name)))

const written = ({flags: [flag = ''], word, either}: Answer): string =>
  word
    ? 'NAME'
    : either
      ? `--${flag}=false`
      : /^(yes|disable-eviction|no-replicas)$/.test(flag)
        ? `--${flag}`
        : `--${flag} ${flag.toUpperCase()}`
