import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/run-rights',
  title: 'each RUN has the rights that it needs',
  why: 'Behind USER a RUN is no longer root: it can install no packages of the system, and write in no folder of root’s.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['runRights'],
  uses: ['buildsElse'],
  *run({runRights, buildsElse}) {
    for (const {command, user, at, by, place, writes} of runRights.rights) {
      const name = user.split(':')[0] as string
      yield {
        message:
          place === undefined
            ? `this RUN runs as ${name}, and ${command} is for root: it ends with Permission denied`
            : `this RUN runs as ${name}, and ${place} is root's: ${command} cannot make ${writes} there`,
        at,
        related: [by],
        hint:
          place === undefined
            ? `Put it before USER ${name}, or between USER root and USER ${name}.`
            : `Before USER ${name}: RUN mkdir -p ${place} && chown ${user.includes(':') ? user : `${name}:${name}`} ${place}. COPY --chown gives away what it brings, not a folder that is there.`,
        // Who owns a folder is worked out, not seen.
        ...((place !== undefined || buildsElse) && {severity: 'warning'}),
      }
    }
    for (const {path, at} of runRights.mounted) {
      yield {
        message: `this RUN writes ${path}, which BuildKit mounts read-only while it builds: it ends with Read-only file system`,
        at,
        hint: `Fly.io makes ${path} anew when a machine starts: write it in the script that the machine starts, as root.`,
        ...(buildsElse && {severity: 'warning'}),
      }
    }
  },
})
