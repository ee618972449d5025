import {defineCheck, type Facts, type FileLocation, type Finding, mayBringFlyctl} from '../../src/check.ts'

type Call = Facts['workflows']['calls'][number]
type Job = Call['job']

/** What brings flyctl in some way or another. */
const installs =
  /setup-flyctl|fly\.io\/install|\bflyctl\b.{0,300}\b(install|add)\b|\b(install|add)\b.{0,300}\bflyctl\b|\b(brew|asdf|mise|nix|devbox|aqua|pkgx)\b|GITHUB_PATH|superfly\/flyctl(?!-)|\bflyctl_|\b(?:cp|mv|ln|tar)\b[^\n]{0,300}\bflyctl|\b(?:make|just|task)[ \t]{1,9}[\w:-]{0,50}(?:tool|setup|install|bootstrap|deps|init)/

const installer = /fly\.io\/install\.sh/g
/** What may bring ~/.fly/bin to PATH, or flyctl to another folder. */
const moves =
  /PATH|addPath|setup-path|\.fly\b|FLYCTL_INSTALL|\b(?:ln|mv|cp)\b[^\n]{0,300}fly|\balias\b|(?<![a-z]_)profile|bashrc/

/** What a step exports is gone with its shell: the next one has another. */
const exported = /^[ \t]{0,200}export\s[^\n]*$/gm

/** What a step is given beside its script: the installer asks FLYCTL_INSTALL, and a script of JavaScript may call addPath. */
const givenTo = ({env, inputs}: Job['steps'][number]): string =>
  [...env.keys(), ...[...inputs.values()].map(({text}) => text)].join('\n')

/** All of them for a step that stands in an action. */
function stepsBefore({steps}: Job, step: Job['steps'][number]): Job['steps'] {
  const index = steps.indexOf(step)
  return index < 0 ? steps : steps.slice(0, index)
}

/** A script that asks whether it is there. */
const asks = /\b(?:command -v|which|type|hash)\s+(?:-\w+\s+)?fly(?:ctl)?\b/

/** A script that says itself what fly is. */
const defines = /\balias fly=|\bfunction fly\b|\bfly\s?\(\)|\bln -s/

export default defineCheck({
  id: 'ci/flyctl-installed',
  title: 'workflows install flyctl before they call it',
  why: 'The runners of GitHub have no flyctl, and superfly/flyctl-actions/setup-flyctl brings no fly: the step ends with "command not found".',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    // What a job lacks is said once, at the first step that calls it.
    const found = new Map<string, Finding & {related: FileLocation[]}>()
    const told = new Set<unknown>()
    for (const call of workflows.calls) {
      const fault = told.has(call.step) ? undefined : faultOf(call)
      if (!fault) continue
      told.add(call.step)
      const key = `${call.workflow.file.path} ${call.job.id} ${fault.message}`
      const same = found.get(key)
      if (same) same.related.push(call.at)
      else found.set(key, {...fault, at: call.at, related: []})
    }
    yield* found.values()
  },
})

function faultOf(call: Call): {message: string; hint: string} | undefined {
  const {program, job, step, before, at, command, workflow} = call
  if (asks.test(call.script) || (at.file !== workflow.file.path && !call.decisive)) return undefined
  // A runner or a container of one's own may have any program.
  if (!program || job.hasContainer || !/^(ubuntu|macos|windows)-/.test(job.runsOn?.text ?? '')) return undefined
  // An action of the project or of others before it may install it.
  const others = mayBringFlyctl({steps: stepsBefore(job, step)})
  const isBare = new RegExp(`^(?:\\w+=\\S*\\s+)*${program}\\b`).test(call.written)
  const isBySh = isBare && !others && before.search(installer) >= 0 && !installs.test(before.replaceAll(installer, ''))
  if (
    isBySh &&
    !moves.test(before.replace(exported, '') + call.script + job.steps.map(givenTo)) &&
    !job.runsOn?.text.startsWith('windows')
  ) {
    return {
      message: `install.sh lays flyctl into ~/.fly/bin, which is not on PATH: "${program}: command not found"`,
      hint: 'Take superfly/flyctl-actions/setup-flyctl@master in its place, or add to its step: echo "$HOME/.fly/bin" >> "$GITHUB_PATH"',
    }
  }
  if (installs.test(before)) {
    const bringsFly = /fly\.io\/install|brew|ln -s|alias/.test(before) || defines.test(call.script) || others
    if (program !== 'fly' || bringsFly || !/setup-flyctl/.test(before)) return undefined
    return {
      message: `this step calls fly, but setup-flyctl installs flyctl only: "fly: command not found"`,
      hint: `Write flyctl ${command}`,
    }
  }
  if (others) return undefined
  return {
    message: `nothing before this step installs flyctl, which the runner ${job.runsOn?.text} does not have`,
    hint: 'Add the step before it: - uses: superfly/flyctl-actions/setup-flyctl@master',
  }
}
