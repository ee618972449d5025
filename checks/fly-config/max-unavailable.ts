import {defineCheck, deployedMachines, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/max-unavailable',
  title: 'max_unavailable lets flyctl update machines',
  why: 'With a max_unavailable of zero flyctl crashes when it comes to update the machines, after the release command.',
  // The first deploy updates nothing and goes through; so does one whose machines are all stopped.
  severity: 'warning',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['deployCommands', 'app'],
  *run({flyConfig, deployCommands, app}) {
    const {strategy, max_unavailable: maxUnavailable} = flyConfig.config.deploy ?? {}
    if (maxUnavailable === undefined) return
    const at = flyConfig.at('deploy', 'max_unavailable')
    if (strategy === 'bluegreen' || strategy === 'immediate') {
      yield {
        message: `deploy.max_unavailable is ${maxUnavailable}, and flyctl ignores it with the strategy ${quote(strategy)}`,
        at,
        related: [flyConfig.at('deploy', 'strategy')],
        hint: `Delete it, or write ${flyConfig.setting('strategy', 'rolling')}`,
        severity: 'info',
        failsAt: 'silent',
      }
      return
    }
    // deploy/plan.go panics with a pool of no size, and so does the pool of updateEntriesGroup.
    if (maxUnavailable > 0) return
    const running = app
      ? deployedMachines(app).filter(({state, group}) => state === 'started' && flyConfig.groups.includes(group))
      : []
    const elsewhere = ['--max-unavailable', '--strategy'].some((flag) => deployCommands?.hasFlag(flag))
    const proven = running.length > 0 && !elsewhere && !deployCommands?.picksMachines
    yield {
      message: `deploy.max_unavailable is ${maxUnavailable}, it must be more than 0: flyctl crashes with it as soon as it updates running machines, which is ${proven ? 'now' : 'every deploy but the first'}`,
      at,
      ...flyConfig.write(
        ['deploy', 'max_unavailable'],
        1,
        '. One machine after the other: with two or more some always run.',
      ),
      ...(proven && {severity: 'error'}),
    }
  },
})
