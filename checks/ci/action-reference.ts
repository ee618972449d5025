import {defineCheck, oneOf, suggest} from '../../src/check.ts'

/** superfly's actions, with the references of each that exist (tags of superfly/flyctl-actions, November 2026). */
const tags = ['1', '1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6', 'v1', 'v1.4', 'master']
const withSetup = tags.filter((tag) => !/^1\.[0-3]$/.test(tag))
const actions: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ['superfly/flyctl-actions', tags],
  ['superfly/flyctl-actions/setup-flyctl', withSetup],
  ['superfly/fly-pr-review-apps', undefined],
])

export default defineCheck({
  id: 'ci/action-reference',
  title: 'the actions before a deploy can be found',
  why: 'GitHub does not start a job of which it cannot find an action, and nothing is deployed.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    const steps = new Set(workflows.workflows.flatMap(({jobs}) => jobs.flatMap((job) => job.steps)))
    for (const {uses} of steps) {
      // A local action and an image have no reference.
      if (!uses || /^\.|^docker:|\$\{\{/.test(uses.text)) continue
      const [name = '', reference] = uses.text.split('@')
      if (!reference) {
        yield {
          message: `uses: ${uses.text} names no version, which GitHub refuses before the first job starts`,
          at: uses.at,
          hint: `Name a tag, a branch or a commit: ${name}@v4`,
        }
        continue
      }
      if (!name.startsWith('superfly/')) continue
      const known = actions.get(name.replace(/\/$/, ''))
      if (!known && !actions.has(name)) {
        const meant = suggest(name, [...actions.keys()]) ?? 'superfly/flyctl-actions/setup-flyctl'
        yield {
          message: `superfly has no action ${name.slice('superfly/'.length)}: GitHub cannot find it, and the job does not start`,
          at: uses.at,
          hint: `Write uses: ${meant}@master`,
        }
      } else if (known && !/^[0-9a-f]{40}$/.test(reference) && !known.includes(reference)) {
        yield {
          message: `${name} has no version ${reference}: GitHub cannot find it, and the job does not start`,
          at: uses.at,
          // A branch or a tag may have been made since.
          hint: `Use one that exists: ${oneOf(known.filter((tag) => /^(v1|1\.6|master)$/.test(tag)).map((tag) => `@${tag}`))}, or a whole commit (40 characters).`,
        }
      }
    }
  },
})
