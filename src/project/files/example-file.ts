import type {Files} from './files.ts'

/** A file that shows what the real one must hold. */
const isExample = (path: string): boolean =>
  /(^|\/)\.?env[\w.-]*(example|sample|template|dist)|(^|\/)(example|sample|template)[.-]env$/.test(path)

export const exampleFiles = (files: Files): string[] =>
  files.beginning('.env', 'env', 'example', 'sample', 'template').filter(isExample)
