import {defineCheck} from '../../src/check.ts'

const kinds = ['gzip', 'zstd']

export default defineCheck({
  id: 'fly-config/compression',
  title: 'the compression of the image is one that flyctl knows',
  why: 'flyctl refuses the configuration before it builds anything.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  // flyctl internal/flag/validation/compression.go
  *run({flyConfig}) {
    const {compression, compression_level: level} = flyConfig.config.build ?? {}
    if (compression && !kinds.includes(compression)) {
      const meant = kinds.find((kind) => kind === compression.toLowerCase()) ?? 'zstd'
      yield {
        message: `compression is "${compression}", it must be "gzip" or "zstd"`,
        at: flyConfig.at('build', 'compression'),
        hint: `Write compression = "${meant}", or delete it: gzip is the default.`,
      }
    }
    if (level !== undefined && (level < 0 || level > 9)) {
      yield {
        message: `compression_level is ${level}, it must be from 0 to 9`,
        at: flyConfig.at('build', 'compression_level'),
        hint: 'Write compression_level = 9 for the smallest image, 1 for the fastest build, or delete it.',
      }
    }
  },
})
