import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/laravel-storage',
  title: 'the storage of Laravel has its folders and its link',
  why: 'A new volume has no folder for compiled pages, and without the link public/storage no upload can be fetched.',
  // The volume may have them from before.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig', 'hiddenStorage'],
  uses: ['unlinkedDisks'],
  *run({flyConfig, hiddenStorage, unlinkedDisks = []}) {
    for (const {name, used, at} of unlinkedDisks) {
      yield {
        message: `${used.file} gives the address of a file of the disk ${name}, below /storage, and nothing makes the link public/storage: it is answered with 404`,
        at,
        related: [used],
        hint: 'Behind composer install: RUN php artisan storage:link; or first in the script that starts the server.',
      }
    }
    for (const {path, destination} of hiddenStorage) {
      yield {
        message: `a volume is mounted at ${destination}, over the folders of framework/ that Laravel writes to, and nothing that is started makes them: “Please provide a valid cache path.”`,
        at: flyConfig.at(...path, 'destination'),
        hint: `Make them before the server starts: mkdir -p ${destination}/framework/cache/data ${destination}/framework/sessions ${destination}/framework/views ${destination}/logs; or mount the volume at ${destination}/app.`,
      }
    }
  },
})
