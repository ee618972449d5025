import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/every-machine',
  title: 'one machine at a time runs the migrations',
  why: 'Machines that start together run the same migrations against one database, and all but the first fail.',
  // Two that start together are likely, not certain; a restart finds the work done.
  severity: 'info',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['alembic', 'flyConfig'],
  *run({alembic: {commands, upgrade}, flyConfig: {config, groups}}) {
    // A database on a volume is one of this machine alone, and a release machine has no volume.
    if (upgrade?.failsAt !== 'boot' || (config.mounts?.length ?? 0) > 0) return
    const inRelease = commands.some(({by, action}) => by === 'release_command' && action === 'upgrade')
    if (inRelease || /litefs/.test(upgrade.command)) return
    // `case $1 in migrate) …`: a script may run them for the release command, and for no other.
    if (!upgrade.certain && config.deploy?.release_command) return
    const services = [...(config.http_service ? [config.http_service] : []), ...(config.services ?? [])]
    const least = Math.max(0, ...services.map(({min_machines_running: count}) => count ?? 0))
    const shared = /^(ENTRYPOINT|CMD|\[experimental\])/.test(upgrade.by) && groups.length > 1
    const several =
      least > 1 ? `${least} machines keep running` : shared ? `${groups.length} process groups start it` : ''
    yield {
      message: `${upgrade.by} runs the migrations at each start of a machine${several && `, and ${several}`}: two that start together run them twice at once`,
      at: upgrade.at,
      hint: `Run them once, before the new machines start: [deploy] release_command = "${commands.find(({action}) => action === 'upgrade')?.tool === 'flask' ? 'flask db upgrade' : 'alembic upgrade head'}"`,
      ...(several && {severity: 'warning'}),
    }
  },
})
