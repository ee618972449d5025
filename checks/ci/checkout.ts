import {defineCheck, type Facts, ownCheckout, usesForeignActions} from '../../src/check.ts'

type Call = Facts['workflows']['calls'][number]
type Job = Call['job']

export default defineCheck({
  id: 'ci/checkout',
  title: 'workflows check the project out before they deploy it',
  why: 'Without actions/checkout the folder is empty: flyctl finds neither a configuration nor anything to build.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    const told = new Set<Job>()
    for (const {command, before, flags, at, job, program} of workflows.calls) {
      if (command !== 'deploy' || flags.has('image')) continue
      const early = told.has(job) ? undefined : earlyStep(job)
      told.add(job)
      if (early) {
        yield {
          message: `this step works in ${early.folder.text}, which is not there before the project is checked out: the job ends with it, and deploys nothing`,
          at: early.step.at,
          related: [early.folder.at],
          hint: 'Put uses: actions/checkout@v4 before it, or give it a working-directory of its own: working-directory: .',
        }
      }
      const brings =
        /actions\/checkout|git (clone|init|fetch)|download-artifact|actions\/cache|curl|wget|gh repo|uses: \.\//.test(
          before,
        ) || unpacks.test(before)
      // Other actions may bring files, too.
      const others = usesForeignActions(job)
      if (brings || others || job.hasContainer || !job.runsOn) continue
      yield {
        message: `no step before ${program ?? 'flyctl'} deploy checks the project out: flyctl finds no configuration in the empty folder`,
        at,
        hint: 'Begin the steps of the job with: - uses: actions/checkout@v4',
      }
    }
    const jobs = new Map(workflows.calls.map((call) => [call.job, call.workflow]))
    for (const [job, workflow] of jobs) {
      const untagged = lacksTags(job, workflow)
      if (!untagged) continue
      yield {
        message: `git describe looks for a tag, and actions/checkout brings one commit without any: it stops with "No names found", and what is deployed gets no version`,
        at: untagged.at,
        related: [untagged.checkout],
        hint: 'Give actions/checkout with: fetch-depth: 0',
      }
    }
  },
})

/** Files of another place: an archive, a bucket, another computer; or a configuration that a step writes by itself. */
const unpacks =
  /\b(?:unzip|7z|bsdtar|rsync|scp|rclone|gsutil|svn|hg)\s|\btar\s[^\n]{0,100}x|\b(?:aws s3|gcloud storage|az storage)\s|(?:>|\btee\s)\s{0,9}\S{0,100}fly[\w.-]{0,50}\.(?:toml|json|yaml)\b/

/** Where a step asks for the last tag of a branch, and the checkout has no history (actions/checkout, fetch-depth: 1). */
function lacksTags({steps}: Job, {triggers}: Call['workflow']) {
  const push = triggers?.get('push')
  // What a tag starts, has that tag.
  if (!triggers || ['release', 'create', 'workflow_call'].some((event) => triggers.has(event))) return undefined
  if (push && (!push.filters.has('branches') || push.filters.has('tags'))) return undefined
  let before = ''
  for (const [index, {run}] of steps.entries()) {
    const checkout = ownCheckout(steps.slice(0, index))
    if (!run || !checkout?.uses || checkout.inputs.has('fetch-depth')) continue
    const match = /^.{0,500}\bgit describe\b(?=[^\n]{0,100}\s--(?:tags|abbrev))[^\n]{0,500}$/m.exec(run.text)
    before += `${run.text.slice(0, match ? match.index + match[0].indexOf('git describe') : undefined)}\n`
    if (/\bgit\s+(?:fetch|pull|clone|tag)\b/.test(before)) return undefined
    if (!match || /--always|\|\||\/dev\/null|\bif\b/.test(match[0])) continue
    const start = match.index + match[0].search(/\S/)
    return {at: run.place(start, match.index + match[0].length), checkout: checkout.uses.at}
  }
  return undefined
}

/** A `run` before the checkout, in a folder that only the checkout brings: GitHub's own machines begin with an empty one. */
function earlyStep({steps, hasContainer, labels}: Job) {
  const checkout = steps.findIndex(({uses}) => /^actions\/checkout@/.test(uses?.text ?? ''))
  const isOwn = labels.includes('self-hosted') || !labels.some((each) => /^(?:ubuntu|macos|windows)-/.test(each))
  if (checkout < 1 || hasContainer || isOwn) return undefined
  const before = steps.slice(0, checkout)
  const index = before.findIndex(({run, workingDirectory: folder}) => run && folder && isBelow(folder.text))
  const step = before[index]
  const folder = step?.workingDirectory
  // An action, or a command in another folder, may make it.
  const isMade = before.slice(0, index).some(({uses, run}) => uses || run)
  return step && folder && !isMade && !step.if && !step.continueOnError && !folder.text.includes('${{')
    ? {step, folder}
    : undefined
}

const isBelow = (folder: string): boolean => !/^(?:\.{1,2}(?:\/|$)\/?)*$|^[/~$]|^[A-Za-z]:/.test(folder)
