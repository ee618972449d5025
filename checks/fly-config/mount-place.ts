import {defineCheck, keyPath, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/mount-place',
  title: 'every mount names a volume and a folder',
  why: 'flyctl does not look at source and destination; a volume that cannot be found or mounted ends the deploy late.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {source, destination, path, groups} of flyConfig.mounts) {
      // A mount for groups that there are not is used by nobody.
      if (groups.length === 0) continue
      const keyOf = (key: 'source' | 'destination') => {
        const at = [...path, key]
        return {
          name: keyPath(at),
          at: flyConfig.at(...at),
          write: (value: string, more?: string) => flyConfig.write(at, value, more),
        }
      }
      const from = keyOf('source')
      const to = keyOf('destination')
      if (!source && !destination) {
        yield {
          message: `${keyPath(path)} has no source and no destination: flyctl looks for a volume without a name, and finds none`,
          at: from.at,
          hint: `Write ${flyConfig.setting('source', 'data')} and ${flyConfig.setting('destination', '/data')}: the name of a volume, and the folder where it is mounted.`,
        }
        continue
      }
      if (!source) {
        yield {
          message: `${keyPath(path)} has no source: flyctl looks for a volume without a name, and finds none`,
          at: from.at,
          ...from.write('data', ', the name of a volume. Those there are: flyctl volumes list'),
        }
      } else if (!/^[a-z0-9_]{1,30}$/.test(source)) {
        yield {
          message: `${from.name} is ${quote(source)}, which no volume can be called: names are made of a-z, 0-9 and _, at most 30 of them`,
          at: from.at,
          ...from.write(volumeName(source)),
          // No source of flyctl's says so, and old volumes may have other names.
          severity: 'warning',
        }
      }
      if (!destination) {
        yield {
          message: `${keyPath(path)} has no destination, it must be the folder where the volume is mounted`,
          at: to.at,
          ...to.write('/data', ', a folder of the machine.'),
        }
      } else if (/^\/[/.]*$/.test(destination)) {
        yield {
          message: `${to.name} is ${quote(destination)}, where the machine's own files are: no volume can be mounted there`,
          at: to.at,
          ...to.write('/data', ', a folder of its own, and let the app write there.'),
        }
      } else if (!destination.startsWith('/')) {
        yield {
          message: `${to.name} is ${quote(destination)}, it must be an absolute path`,
          at: to.at,
          ...to.write(`/${destination.replace(/^(\.{0,2}\/)+/, '')}`),
          severity: 'warning',
        }
      }
    }
  },
})

const volumeName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 30)
    .replace(/^_|_$/g, '') || 'data'
