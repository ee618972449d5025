import {defineCheck, keyPath, quote} from '../../src/check.ts'

/** In the order in which flyctl takes them (internal/appconfig/config.go, toMachineFile). */
const sources = ['local_path', 'secret_name', 'raw_value'] as const

export default defineCheck({
  id: 'fly-config/files',
  title: 'every [[files]] has one place and one source',
  why: 'The file is not written, or holds something else than what was meant.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const [index, file] of (flyConfig.config.files ?? []).entries()) {
      const path = ['files', index]
      const at = (key: string) => flyConfig.at(...path, key)
      const {guest_path: guestPath, raw_value: rawValue} = file
      if (!guestPath) {
        yield {
          message: `${keyPath(path)} has no guest_path, it must say where in the machine the file goes`,
          at: at('guest_path'),
          hint: `Add it: ${flyConfig.setting('guest_path', '/app/config.yaml')}`,
          failsAt: 'machine',
        }
      } else if (!guestPath.startsWith('/')) {
        yield {
          message: `${keyPath([...path, 'guest_path'])} is ${quote(guestPath)}, it must be an absolute path in the machine`,
          at: at('guest_path'),
          hint: `Begin it with the app's folder, which is WORKDIR of the Dockerfile: ${flyConfig.setting('guest_path', `/app/${guestPath.replace(/^\.\//, '')}`)}`,
          failsAt: 'machine',
        }
      }
      const [first, ...others] = sources.filter((key) => file[key])
      // An empty source is the documented way to remove a file.
      if (!first && sources.every((key) => file[key] === undefined)) {
        yield {
          message: `${keyPath(path)} names no content, it must have local_path, secret_name or raw_value`,
          at: at('guest_path'),
          hint: `Add ${flyConfig.setting('local_path', 'FILE')}, which is relative to the folder in which flyctl runs.`,
        }
      }
      for (const key of others) {
        yield {
          message: `${keyPath([...path, key])} is not used: there is ${first} too, which comes first`,
          at: at(key),
          related: [at(first as string)],
          hint: `Keep one of ${sources.join(', ')}.`,
        }
      }
      if (first === 'raw_value' && rawValue && isEncodedText(rawValue)) {
        yield {
          message: `${keyPath([...path, 'raw_value'])} is encoded as base64 already; flyctl encodes it again, so the file will hold the base64 text`,
          at: flyConfig.valueAt('files', index, 'raw_value'),
          hint: 'Write the text itself, between """ where it has several lines.',
        }
      }
    }
  },
})

/** Base64 of a text: random letters that happen to be base64 decode to other bytes. */
function isEncodedText(value: string): boolean {
  const text = value.replace(/\s/g, '')
  if (text.length < 12 || text.length % 4 > 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return false
  return /^[\t\n\r\x20-\x7e]+$/.test(atob(text))
}
