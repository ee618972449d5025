import deadKey from '../../../checks/fly-config/dead-key.ts'
import {testCheck} from '../../harness.ts'

const experimental = (text: string) => ({files: {'fly.toml': `[experimental]\n${text}\n`}})

testCheck(deadKey, {
  clean: {
    'a key of [experimental] that works': experimental('cmd = ["serve"]'),
    'one that is switched off': experimental('auto_rollback = false\nlazy_load_images = false'),
    'GPUs, which another check tells': {files: {'fly.toml': '[[vm]]\ngpus = 1\ngpu_kind = "a10"'}},
    'a variable of that name': {files: {'fly.toml': '[env]\nauto_rollback = "true"'}},
  },
  flagged: {
    'what flyctl launch used to write': {
      ...experimental('auto_rollback = true'),
      expect: ['info fly.toml:2:1 experimental.auto_rollback does nothing: flyctl reads it and rolls nothing back'],
    },
    others: {
      ...experimental('enable_consul = true\nenable_etcd = true\nlazy_load_images = true'),
      expect: [
        'info fly.toml:2:1 experimental.enable_consul does nothing: flyctl reads it and does nothing with it',
        'info fly.toml:3:1 experimental.enable_etcd does nothing: flyctl reads it and does nothing with it',
        'info fly.toml:4:1 experimental.lazy_load_images does nothing: Fly.io no longer loads images lazily',
      ],
    },
  },
})
