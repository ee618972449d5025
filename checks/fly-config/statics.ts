import {defineCheck, type Facts, type Finding, keyPath, quote} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']

/** "You can define up to 10 [[statics]] mappings per application" (docs, reference/configuration). */
const most = 10

export default defineCheck({
  id: 'fly-config/statics',
  title: 'every [[statics]] maps its own part of the site',
  why: 'Fly.io serves the files of one mapping for a prefix, and the others are never asked.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const statics = flyConfig.config.statics ?? []
    if (statics.length > most) {
      yield {
        message: `there are ${statics.length} [[statics]], Fly.io takes at most ${most} for an app`,
        at: flyConfig.at('statics', most),
        hint: 'Map a folder further up, or let the app serve the rest.',
        failsAt: 'machine',
      }
    }
    const firsts = new Map<string, number>()
    for (const [index, {url_prefix: prefix}] of statics.entries()) {
      if (prefix && !firsts.has(trimmed(prefix))) firsts.set(trimmed(prefix), index)
    }
    for (const [index, {guest_path: guestPath, url_prefix: prefix}] of statics.entries()) {
      const at = ['statics', index, 'url_prefix']
      if (!guestPath) yield missing(flyConfig, index, 'guest_path', '/app/public')
      if (!prefix) yield missing(flyConfig, index, 'url_prefix', '/public')
      else if (!prefix.startsWith('/')) {
        yield {
          message: `${keyPath(at)} is ${quote(prefix)}, it must begin with /, as every request does`,
          at: flyConfig.at(...at),
          ...flyConfig.write(at, `/${prefix.replace(/^https?:\/\/[^/]*\/?|^\.\//, '')}`),
        }
      } else {
        const first = firsts.get(trimmed(prefix))
        if (first === undefined || first === index) continue
        yield {
          message: `${keyPath(at)} is ${quote(prefix)}, which is mapped twice: Fly.io serves one of the two only`,
          at: flyConfig.at(...at),
          related: [flyConfig.at('statics', first, 'url_prefix')],
          hint: 'Give each its own prefix, or put the files of both into one folder.',
        }
      }
    }
  },
})

/** flyctl checks neither key; what the Machines API says to an empty one is not documented. */
const missing = (flyConfig: FlyConfig, index: number, key: string, example: string): Finding => ({
  message: `${keyPath(['statics', index])} has no ${key}, it must have one`,
  at: flyConfig.at('statics', index, key),
  hint: `Add it: ${flyConfig.setting(key, example)}`,
  failsAt: 'machine',
})

const trimmed = (prefix: string) => prefix.replace(/(?<!\/)\/+$/, '')
