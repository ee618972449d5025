import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/unrun',
  title: 'a deploy runs the migrations',
  why: 'The new code finds the old tables: the first query that names a new column fails.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['unrunMigrations', 'flyConfig'],
  uses: ['processes'],
  *run({unrunMigrations, flyConfig, processes}) {
    const [first] = processes?.commands ?? []
    for (const {config, count, byWorkflow, changes, command} of unrunMigrations) {
      yield {
        message: `${config.file} has ${count} migrations, and nothing in the deploy, the image or the app runs them: ${changes ? 'create_all() makes tables, and adds no column to those that are there' : 'the new version starts on the old tables'}`,
        // [deploy] stands behind [build], as flyctl writes it.
        at: flyConfig.at('build'),
        related: [config, ...(changes ? [changes] : []), ...(first ? [first.at] : [])],
        hint: `Let each deploy run them once, before the new machines start:\n[deploy]\n  release_command = "${command}"`,
        // Whoever deploys by hand may run them by hand.
        ...(!byWorkflow && {severity: 'info'}),
      }
    }
  },
})
