import compression from '../../../checks/fly-config/compression.ts'
import {testCheck} from '../../harness.ts'

const build = (text: string) => ({files: {'fly.toml': `app = "shop"\n[build]\n${text}\n`}})

testCheck(compression, {
  clean: {
    'what flyctl knows': build('compression = "zstd"\ncompression_level = 9'),
    'an empty name, which is the default': build('compression = ""'),
    'level 0, the lowest': build('compression_level = 0'),
    'a file without [build]': {files: {'fly.toml': 'app = "shop"'}},
  },
  flagged: {
    'another letter case': {
      ...build('compression = "ZSTD"'),
      expect: ['error fly.toml:3:1 build.compression is "ZSTD", it must be "gzip" or "zstd"'],
    },
    'levels of zstd itself': {
      ...build('compression_level = 19'),
      expect: ['error fly.toml:3:1 build.compression_level is 19, it must be from 0 to 9'],
    },
    'a level below zero, in JSON': {
      files: {'fly.json': '{"app": "shop", "build": {"compression_level": -1}}'},
      expect: ['error fly.json:1:27 build.compression_level is -1, it must be from 0 to 9'],
    },
  },
})
