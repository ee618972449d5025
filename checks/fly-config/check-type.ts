import {defineCheck, type Facts, keyPath, oneOf, quote, suggest} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Check = FlyConfig['topLevelChecks'][number]

/** internal/appconfig/toplevelcheck.go, toMachineCheck */
const types = ['http', 'tcp'] as const

export default defineCheck({
  id: 'fly-config/check-type',
  title: 'every check under [checks] has the type http or tcp',
  why: 'flyctl refuses a configuration that has a check of any other type, or of none.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const each of flyConfig.topLevelChecks) {
      const {path, check} = each
      const {type} = check
      if (types.some((known) => known === type)) continue
      const at = [...path, 'type']
      yield {
        message:
          type === undefined
            ? `${keyPath(path)} has no type, it must be ${oneOf(types)}`
            : `${keyPath(at)} is ${quote(type)}, it must be ${oneOf(types)}`,
        at: flyConfig.at(...at),
        ...cureOf(each, flyConfig),
      }
    }
  },
})

function cureOf({path, check}: Check, {setting, write}: FlyConfig) {
  const {type = '', path: asked, method, protocol, headers} = check
  const [http, tcp] = types.map((each) => setting('type', each))
  if (/^https$/i.test(type)) return {hint: `Write ${http} and ${setting('protocol', 'https')}`}
  if (/^(script|exec|command)$/i.test(type)) {
    return {hint: `No check runs a command in the machine any more. Write ${http} with a path, or ${tcp}`}
  }
  const near = type && suggest(type.toLowerCase(), types)
  const meant = near || ((asked || method || protocol || headers) && 'http')
  if (meant) return write([...path, 'type'], meant)
  return {hint: `Write ${http} with a path to ask for, or ${tcp}, which only connects.`}
}
