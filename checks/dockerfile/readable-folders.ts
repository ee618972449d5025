import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/readable-folders',
  title: 'the folders that COPY brings can be read',
  why: 'A folder of another user, such as the data of a database in a container, ends the build when it is sent to the builder.',
  // Somebody else may deploy, from a checkout that has no such folder.
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['unreadFolders', 'buildContext', 'dockerfile'],
  *run({unreadFolders, buildContext: {ignoreFile}, dockerfile}) {
    for (const {path, code} of unreadFolders) {
      yield {
        message: `${path}/ cannot be read (${code}) and COPY brings it: the build ends when the folder is sent to the builder`,
        at: (ignoreFile ?? dockerfile.file).whole,
        hint: `If the image does not need it, add ${path} to ${ignoreFile?.path ?? 'a .dockerignore'}; else make it readable for whoever deploys.`,
      }
    }
  },
})
