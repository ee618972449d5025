import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/ignored-members',
  title: '.dockerignore lets the needed workspace members through',
  why: 'A member that .dockerignore leaves out is in no COPY: what builds it or depends on it does not find it.',
  // pnpm and npm may go on without it, and fail where it is imported.
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['hiddenMembers'],
  *run({hiddenMembers}) {
    for (const {folder, name, neededBy, at, isAllowList} of hiddenMembers) {
      const why =
        'command' in neededBy ? `RUN builds it (${neededBy.command})` : `${neededBy.folder} depends on it (${name})`
      yield {
        message: `${folder} of the workspace is left out of the build, but ${why}`,
        at,
        related: [neededBy.at],
        hint: isAllowList
          ? `Let it through, as the others are: !${folder}`
          : `Take it back at the end of that file: !${folder}`,
      }
    }
  },
})
