import type {Moment} from '../image/moment.ts'

/** Whether a folder of the stage has a file of settings by then that build tools read: `.env`, `.env.production`. */
export function hasDotenv({files}: Moment, folder: string): boolean {
  const entry = files.get(folder)
  return (
    entry?.kind === 'folder' &&
    [...entry.entries.keys()].some((each) => /^\.env/.test(each) && !/example|sample|template/.test(each))
  )
}
