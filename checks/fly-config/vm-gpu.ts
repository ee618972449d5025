import {defineCheck, keyPath, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/vm-gpu',
  title: 'no machine asks for a GPU',
  why: 'Fly.io has no GPU machines since August 2026; flyctl still asks for them, and cannot get one.',
  severity: 'warning',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {path, written, used, size, machine, failsAt} of flyConfig.guests) {
      if (!used) continue
      const {gpu_kind: kind, gpus = 0} = written
      if (!machine?.gpuKind && gpus < 1) continue
      const key = kind ? 'gpu_kind' : machine?.gpuKind ? 'size' : 'gpus'
      yield {
        message: `${keyPath([...path, key])} is ${key === 'gpus' ? gpus : quote(kind || size)}, but Fly.io offers no GPU machines any more`,
        at: flyConfig.at(...path, key),
        hint: `Delete what asks for a GPU and write ${flyConfig.setting('size', 'performance-8x')}, or run this part with another provider.`,
        failsAt,
      }
    }
  },
})
