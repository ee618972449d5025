import {codeOf} from '../../code/code.ts'
import type {TextFile} from '../../files/text.ts'
import type {PackageNeed} from './package-needs.ts'

/** What brings data of NLTK: its downloader, a folder, or a variable that names one. */
export const fetchesData =
  /\bnltk(?:\.|["',\s]{1,9})download\b|\bnltk\.downloader\b|\bnltk_data\b|\bNLTK_DATA\b|\bdownload_nltk|\bnltk\.data\.path\b/

/** Functions and classes of NLTK, and the data that they read when they are called, of older versions and of newer ones. */
const readers: readonly {use: RegExp; data: string; imports: RegExp}[] = [
  {use: /\b(stopwords)\.words\(/g, data: 'stopwords', imports: /^from nltk\.corpus import [^\n]{0,200}\bstopwords\b/m},
  {
    use: /\b(SentimentIntensityAnalyzer)\(\s*\)/g,
    data: 'vader_lexicon',
    imports: /^from nltk\.sentiment(?:\.vader)? import [^\n]{0,200}\bSentimentIntensityAnalyzer\b/m,
  },
  {
    use: /\b(word_tokenize|sent_tokenize)\(/g,
    data: 'punkt punkt_tab',
    imports: /^from nltk(?:\.tokenize)? import [^\n]{0,200}\b(?:word|sent)_tokenize\b|^import nltk\b/m,
  },
]

/** Data is no part of the package: without it whatever reads it raises LookupError (nltk/data.py, find). */
export function nltkData(file: TextFile): Omit<PackageNeed, 'started'>[] {
  if (!/\bnltk\b/.test(file.text)) return []
  const code = codeOf(file)
  for (const {use, data, imports} of code ? readers : []) {
    const match = imports.test(file.text) ? [...(code?.bare.matchAll(use) ?? [])][0] : undefined
    if (!match || !code) continue
    const line = code.bare.slice(code.bare.lastIndexOf('\n', match.index) + 1, match.index)
    // Where it is tried, it may do without.
    if (/\bexcept\b[^\n:]{0,100}\bLookupError\b|\bnltk\.data\.find\b/.test(file.text)) return []
    const [kind = ''] = data.split(' ')
    const isAtOnce = /^\w/.test(line) && !/^(?:async |def |class |lambda\b)|\blambda\b/.test(line)
    return [
      {
        package: `nltk-${kind}`,
        message: `${match[1]} of NLTK reads the data ${kind}, which nothing fetches: ${isAtOnce ? 'the import ends' : 'the first call of it ends'} with LookupError`,
        cure: '',
        hint: `Have the Dockerfile fetch it, behind the install: RUN python -m nltk.downloader -d /usr/local/share/nltk_data ${data}`,
        at: file.span(match.index, match.index + match[0].length),
        proven: () => false,
        broughtBy: ({name}) => /nltk[-_]data|unstructured|llama-index|textblob|sumy|newspaper/.test(name),
        ...(!isAtOnce && {isLate: true}),
      },
    ]
  }
  return []
}
