import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/absent-members',
  title: 'the workspace members that the code imports are copied',
  why: 'node_modules has a link to the folder of a member: where no COPY brings that folder, the link leads nowhere.',
  // What imports it may never be built nor loaded.
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['absentMembers'],
  uses: ['lostMembers', 'build'],
  *run({absentMembers, lostMembers = [], build}) {
    for (const {folder, name, hasManifest, user, importedAt, at, stage} of absentMembers) {
      // dockerfile/linked-modules tells it of what is started.
      if (stage === build?.final.stage.name && lostMembers.some((each) => each.name === name)) continue
      const where = stage ? `the stage ${stage}` : 'the image'
      yield {
        message: `${user} imports ${name} of the workspace, and ${where} has ${hasManifest ? `only the package.json of ${folder}` : `no ${folder}`}: the import is not found`,
        at,
        related: [importedAt],
        hint: `${hasManifest ? '' : `Bring its manifest before the install: COPY ${folder}/package.json ${folder}/\n`}Bring its code before ${user} is built or started: COPY ${folder} ${folder}`,
      }
    }
  },
})
