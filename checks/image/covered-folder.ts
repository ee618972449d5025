import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/covered-folder',
  title: 'no volume hides a folder that the app needs',
  why: 'A volume is mounted over the folders that the build made there, and a new one is empty: the first write into one fails.',
  // A library may make the folder, and so may somebody by hand.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['coveredFolders'],
  *run({coveredFolders}) {
    for (const {at, place, folder, mount, variable} of coveredFolders) {
      yield {
        message: `RUN makes ${place}, which ${variable} names, and a volume is mounted over it at ${folder}: a new volume has no such folder, and nothing is seen that makes it`,
        at,
        related: [mount],
        hint: `Make it when the machine starts: mkdir -p ${place} in a script before the app; or let ${variable} name ${folder} itself.`,
      }
    }
  },
})
