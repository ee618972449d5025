import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/strategy-mounts',
  title: 'the deployment strategy can keep the volumes',
  why: 'canary and bluegreen start machines beside the running ones, and a volume belongs to one machine.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {deploy, mounts = []} = flyConfig.config
    const strategy = deploy?.strategy
    if (mounts.length === 0 || (strategy !== 'canary' && strategy !== 'bluegreen')) return
    yield {
      message:
        strategy === 'canary'
          ? 'deploy.strategy is "canary" and the app mounts a volume: flyctl refuses the two together'
          : 'deploy.strategy is "bluegreen" and the app mounts a volume, which Fly.io does not support: a new machine cannot have the volume while the old one holds it',
      at: flyConfig.at('deploy', 'strategy'),
      related: mounts.map((_, index) => flyConfig.at('mounts', index)),
      ...flyConfig.write(
        ['deploy', 'strategy'],
        'rolling',
        ': it updates the machines one after the other and keeps their volumes.',
      ),
      // flyctl does not check it (appconfig/validation.go), the documentation rules it out.
      ...(strategy === 'bluegreen' && {severity: 'warning', failsAt: 'machine'}),
    }
  },
})
