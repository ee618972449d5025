import type {Moment} from '../../image/moment.ts'

/** Whether a folder of the stage has a file of settings by then that build tools read: `.env`, `.env.production`. */
export function hasDotenv({files, stage}: Moment, folder: string): boolean {
  const entry = files.get(folder)
  const isThere =
    entry?.kind === 'folder' &&
    [...entry.entries.keys()].some((each) => /^\.env/.test(each) && !/example|sample|template/.test(each))
  // One that is named is meant to come, or is written there.
  return isThere || stage.instructions.some(({keyword, text}) => /^(?:COPY|ADD|RUN)$/.test(keyword) && names.test(text))
}

const names = /(?<![\w.])\.env(?:\.(?:local|production|prod|build|docker))?(?![\w.])/
