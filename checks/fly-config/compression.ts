import {defineCheck, oneOf, quote} from '../../src/check.ts'

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
        message: `build.compression is ${quote(compression)}, it must be ${oneOf(kinds)}`,
        at: flyConfig.at('build', 'compression'),
        ...flyConfig.write(['build', 'compression'], meant, ', or delete it: gzip is the default.'),
      }
    }
    if (level !== undefined && (level < 0 || level > 9)) {
      yield {
        message: `build.compression_level is ${level}, it must be from 0 to 9`,
        at: flyConfig.at('build', 'compression_level'),
        ...flyConfig.write(
          ['build', 'compression_level'],
          level < 0 ? 1 : 9,
          '. 1 is the fastest build, 9 the smallest image.',
        ),
      }
    }
  },
})
