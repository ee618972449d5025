import {defineCheck, keyPath} from '../../src/check.ts'

const undo = 'Delete it. To go back after a bad deploy: flyctl releases --image, then flyctl deploy --image IMAGE'

export default defineCheck({
  id: 'fly-config/dead-key',
  title: 'every key still does something',
  why: 'flyctl reads the key and does nothing with it, so what it promises does not happen.',
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {path, value, why} of flyConfig.deadKeys) {
      // What is switched off is missed by nobody.
      if (!value) continue
      yield {
        message: `${keyPath(path)} does nothing: ${why}`,
        at: flyConfig.at(...path),
        hint: path.at(-1) === 'auto_rollback' ? undo : 'Delete it.',
      }
    }
  },
})
