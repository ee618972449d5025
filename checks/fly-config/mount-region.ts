import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/mount-region',
  title: 'primary_region says where volumes are',
  why: 'A volume and its machine must be in one region; without primary_region each is made wherever Fly.io thinks best.',
  severity: 'warning',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['deployCommands'],
  *run({flyConfig, deployCommands}) {
    const {primary_region: region} = flyConfig.config
    const used = flyConfig.mounts.find(({groups}) => groups.length > 0)
    if (region || !used || deployCommands?.commands.some((command) => command.region)) return
    yield {
      message:
        'primary_region is missing: a volume and its machine may be made in two different regions, which Fly.io refuses',
      at: region === undefined ? flyConfig.at(...used.path) : flyConfig.at('primary_region'),
      hint: `At the top level write ${flyConfig.setting('primary_region', 'REGION')}, with the region of the volume: flyctl volumes list`,
    }
  },
})
