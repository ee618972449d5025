import {defineCheck, type Facts, type Finding, keyPath, parseVolumeSize, quote} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Mount = FlyConfig['mounts'][number]

export default defineCheck({
  id: 'fly-config/mount-auto-extend',
  title: 'volumes that grow say when, by how much and how far',
  why: 'flyctl refuses the file before it builds anything; without a limit the volume may never grow.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const mount of flyConfig.mounts) yield* wrongIn(mount, flyConfig)
  },
})

const keys = {
  threshold: 'auto_extend_size_threshold',
  increment: 'auto_extend_size_increment',
  limit: 'auto_extend_size_limit',
} as const
type Name = keyof typeof keys
const examples = {threshold: 80, increment: '1gb', limit: '10gb'} as const

/** internal/appconfig/validation.go, validateMounts. */
function* wrongIn(mount: Mount, flyConfig: FlyConfig): Generator<Finding> {
  const threshold = mount[keys.threshold] ?? 0
  const [increment, limit] = [mount[keys.increment], mount[keys.limit]]
  const written: Record<Name, boolean> = {
    threshold: threshold !== 0,
    increment: Boolean(increment),
    limit: Boolean(limit),
  }
  if (!Object.values(written).includes(true)) return
  const all: Name[] = ['threshold', 'increment', 'limit']
  const pathOf = (name: Name) => [...mount.path, keys[name]]
  const at = (name: Name) => flyConfig.at(...pathOf(name))
  const named = (name: Name) => keyPath(pathOf(name))

  const missing = all.filter((name) => name !== 'limit' && !written[name])
  if (missing.length > 0) {
    const first = all.find((name) => written[name]) as Name
    const which = missing.map((name) => keys[name]).join(' and ')
    yield {
      message: `${named(first)} needs ${which}, which ${missing.length === 1 ? 'is' : 'are'} missing`,
      at: at(first),
      hint: `Write ${missing.map((name) => flyConfig.setting(keys[name], examples[name])).join(' and ')}, or delete ${keys[first]}.`,
    }
  }
  if (written.threshold && (threshold < 50 || threshold > 99)) {
    yield {
      message: `${named('threshold')} is ${threshold}, it must be 50 to 99 percent`,
      at: at('threshold'),
      ...flyConfig.write(pathOf('threshold'), threshold > 99 ? 99 : threshold < 1 ? examples.threshold : 50),
    }
  }
  if (increment) yield* size('increment', increment, 100)
  if (limit) yield* size('limit', limit, 500)
  else if (missing.length === 0) {
    yield {
      message: `${named('limit')} is missing: without it the volume may never grow, and nothing says so before it is full`,
      at: at('increment'),
      ...flyConfig.write(pathOf('limit'), examples.limit, ', with the most that the volume may have.'),
      // The documentation asks for it, flyctl does not.
      severity: 'warning',
      failsAt: 'runtime',
    }
  }

  function* size(name: Name, text: string, most: number): Generator<Finding> {
    const gb = parseVolumeSize(text)
    if (gb !== undefined && gb >= 1 && gb <= most) return
    const number = Math.min(Math.max(Number(/\d+/.exec(text)?.[0] ?? 1), 1), most)
    yield {
      message:
        gb === undefined
          ? `${named(name)} is ${quote(text)}, which is no size`
          : `${named(name)} is ${quote(text)}, it must be 1 to ${most} GB`,
      at: at(name),
      ...flyConfig.write(pathOf(name), `${gb === undefined ? number : gb > most ? most : 1}gb`),
    }
  }
}
