import {defineCheck, keyPath, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/local-files',
  title: 'the files that [[files]] copies are there',
  why: 'flyctl reads them after the image is built, and stops at the first that it cannot read.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig', 'localFiles'],
  *run({flyConfig, localFiles}) {
    for (const {key, path, kind, isMade} of localFiles) {
      if (kind === 'file' || kind === 'other') continue
      yield {
        message: `${keyPath(key)} is ${quote(path)}, which ${kind === 'folder' ? 'is a folder, it must be a file' : 'does not exist'}`,
        at: flyConfig.at(...key),
        hint:
          kind === 'folder'
            ? 'Name each file in a [[files]] of its own, or COPY the folder in the Dockerfile.'
            : isMade
              ? 'Make it before the deploy, wherever that runs.'
              : `The path is relative to the folder in which flyctl runs, not to ${flyConfig.file}.`,
        ...(isMade && {severity: 'warning'}),
      }
    }
  },
})
