import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/laravel-storage',
  title: 'a volume over storage has the folders of Laravel',
  why: 'A new volume is empty: Laravel finds no folder for compiled pages, and every page is an exception.',
  // The volume may have them from before.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig', 'hiddenStorage'],
  *run({flyConfig, hiddenStorage}) {
    for (const {path, destination} of hiddenStorage) {
      yield {
        message: `a volume is mounted at ${destination}, over the folders of framework/ that Laravel writes to, and nothing that is started makes them: “Please provide a valid cache path.”`,
        at: flyConfig.at(...path, 'destination'),
        hint: `Make them before the server starts: mkdir -p ${destination}/framework/cache/data ${destination}/framework/sessions ${destination}/framework/views ${destination}/logs; or mount the volume at ${destination}/app.`,
      }
    }
  },
})
