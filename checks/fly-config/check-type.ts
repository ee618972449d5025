import {defineCheck, keyPath, suggest, type Facts} from '../../src/check.ts'

type Check = Facts['flyConfig']['topLevelChecks'][number]['check']

export default defineCheck({
  id: 'fly-config/check-type',
  title: 'every check under [checks] has the type http or tcp',
  why: 'flyctl refuses a configuration that has a check of any other type, or of none.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {check, path} of flyConfig.topLevelChecks) {
      const {type} = check
      // internal/appconfig/toplevelcheck.go, toMachineCheck
      if (type === 'http' || type === 'tcp') continue
      yield {
        message:
          type === undefined
            ? `${keyPath(path)} has no type, it must be "http" or "tcp"`
            : `${keyPath(path)}.type is ${JSON.stringify(type)}, it must be "http" or "tcp"`,
        at: flyConfig.at(...path, 'type'),
        hint: hintFor(check),
      }
    }
  },
})

function hintFor({type = '', path, method, protocol, headers}: Check): string {
  if (/^https$/i.test(type)) return 'Write type = "http" and protocol = "https".'
  if (/^(script|exec|command)$/i.test(type)) {
    return 'No check runs a command in the machine any more. Write type = "http" with a path, or type = "tcp".'
  }
  const near = type && suggest(type.toLowerCase(), ['http', 'tcp'])
  const meant = near || ((path || method || protocol || headers) && 'http')
  return meant
    ? `Write type = "${meant}"`
    : 'Write type = "http" with a path to ask for, or type = "tcp", which only connects.'
}
