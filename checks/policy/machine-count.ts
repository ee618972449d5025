import {defineCheck, plural} from '../../src/check.ts'

export default defineCheck({
  id: 'policy/machine-count',
  title: 'each process group has as many machines as are allowed',
  why: "The project's own rule in preflight.toml is broken: an app that keeps its state in one machine answers differently from two, and one machine is no reserve.",
  severity: 'error',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['settings', 'flyConfig', 'app'],
  uses: ['deployCommands'],
  appliesTo: ({settings: {policy}}) =>
    policy.minCount !== undefined || policy.maxCount !== undefined || '[policy.machines] has no count',
  *run({settings: {policy}, flyConfig, app, deployCommands}) {
    const {minCount, maxCount} = policy
    const at = {live: 'app', subject: app.name} as const
    // What is going does not count, nor a standby, which only runs when the machine that it stands in for does not.
    const machines = app.machines.filter(({state, standbyFor}) => !/^destroy/.test(state) && standbyFor.length === 0)
    for (const group of flyConfig.groups) {
      const count = machines.filter((machine) => machine.group === group).length
      const scale = (to: number) => `flyctl scale count ${group}=${to} -a ${app.name}`
      const has = `the process group ${group} has ${plural(count, 'machine')}`
      if (maxCount && count > maxCount.value) {
        const message = `${has}, [policy.machines] allows ${maxCount.value}`
        yield {message, at, related: [maxCount.at], hint: scale(maxCount.value)}
      } else if (minCount && count > 0 && count < minCount.value) {
        const message = `${has}, [policy.machines] demands ${minCount.value}`
        yield {message, at, related: [minCount.at], hint: scale(minCount.value)}
      }
    }
    // The first deploy of a group that has services makes two where no volume belongs to it (flyctl deploy --ha).
    const fresh = flyConfig.groups.find(
      (group) =>
        !machines.some((machine) => machine.group === group) &&
        flyConfig.services.some(({groups}) => groups.includes(group)) &&
        !flyConfig.mounts.some(({groups}) => groups.includes(group)),
    )
    if (maxCount?.value !== 1 || fresh === undefined || deployCommands?.hasFlag('--ha')) return
    yield {
      message: `the process group ${fresh} has no machine yet: its first deploy makes two, [policy.machines] allows 1`,
      at,
      related: [maxCount.at],
      hint: 'Deploy it with --ha=false the first time.',
      severity: 'warning',
    }
  },
})
