import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/reserved-attribute',
  title: 'no model of SQLAlchemy has a column called metadata',
  why: 'SQLAlchemy keeps the name metadata for itself: the import of the model ends with InvalidRequestError.',
  // Nobody may import the file.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['sourceFaults'],
  *run({sourceFaults}) {
    for (const {kind, message, at, importedBy, atRelease} of sourceFaults) {
      if (kind !== 'reserved') continue
      yield {
        message: `${message}.metadata is a column, but SQLAlchemy keeps that name for itself: ${importedBy ? `${importedBy} imports this file and` : 'the import'} ends with InvalidRequestError`,
        at,
        hint: 'Give the attribute another name and keep that of the column: metadata_ = Column("metadata", …)',
        ...(importedBy && {severity: 'error'}),
        ...(atRelease && {failsAt: 'release'}),
      }
    }
  },
})
