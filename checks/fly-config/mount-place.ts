import {defineCheck} from '../../src/check.ts'

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
      const at = (key: 'source' | 'destination') => flyConfig.at(...path, key)
      if (!source && !destination) {
        yield {
          message: 'source and destination are missing: flyctl looks for a volume without a name, and finds none',
          at: at('source'),
          hint: 'Write source = "data" and destination = "/data": the name of a volume, and the folder where it is mounted.',
        }
        continue
      }
      if (!source) {
        yield {
          message: 'source is missing: flyctl looks for a volume without a name, and finds none',
          at: at('source'),
          hint: 'Write source = "data", the name of a volume. Those there are: flyctl volumes list',
        }
      } else if (!/^[a-z0-9_]{1,30}$/.test(source)) {
        yield {
          message: `no volume can have the name "${source}": it is made of a-z, 0-9 and _, and has at most 30 characters`,
          at: at('source'),
          hint: `Write source = "${volumeName(source)}".`,
          // No source of flyctl's says so, and old volumes may have other names.
          severity: 'warning',
        }
      }
      if (!destination) {
        yield {
          message: 'destination is missing, it must be the folder where the volume is mounted',
          at: at('destination'),
          hint: 'Write destination = "/data", a folder of the machine.',
        }
      } else if (/^\/[/.]*$/.test(destination)) {
        yield {
          message: `destination is "${destination}", where the machine's own files are: no volume can be mounted there`,
          at: at('destination'),
          hint: 'Write destination = "/data", a folder of its own, and let the app write there.',
        }
      } else if (!destination.startsWith('/')) {
        yield {
          message: `destination is "${destination}", it must be an absolute path`,
          at: at('destination'),
          hint: `Write destination = "/${destination.replace(/^(\.{0,2}\/)+/, '')}".`,
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
