import {defineCheck} from '../../src/check.ts'

/** Those that ask "Are you sure you want to run this command?" in production (Illuminate\Console\ConfirmableTrait). */
const asks = /(?:^|\/|\s)artisan\s+(?:-\S+\s+)*(migrate(?::(?:fresh|refresh|reset|rollback))?|db:(?:seed|wipe))(?=\s|$)/

export default defineCheck({
  id: 'migrations/artisan-force',
  title: 'artisan is told not to ask',
  why: 'In production artisan asks before it migrates. Where nobody can answer, it takes that for a no, and ends with exit code 1.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['processes'],
  uses: ['flyConfig', 'image'],
  *run({processes, flyConfig, image}) {
    const environment = flyConfig?.config.env?.APP_ENV ?? image?.final.env.get('APP_ENV')?.value
    // config/app.php takes production where nothing says otherwise; a secret, or a file in the image, may.
    if (environment !== undefined && environment !== 'production') return
    if (environment === undefined && processes.mayAssign('APP_ENV')) return
    for (const {by, text, at, certain} of processes.commands) {
      const [, command] = asks.exec(text) ?? []
      if (!certain || !command || /\s(?:--force|-h|--help|--env)\b/.test(text) || text.includes('?')) continue
      yield {
        message: `${by} runs artisan ${command} without --force: in production it asks, nobody answers, and it ends with exit code 1 and nothing done`,
        at,
        hint: `Write artisan ${command} --force.`,
        ...(environment === undefined && {severity: 'warning'}),
        ...(by !== 'release_command' && {failsAt: 'boot'}),
      }
    }
  },
})
