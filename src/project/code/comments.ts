/** Texts without their comments, which become blanks: what stands behind them keeps its place. */
import {blank} from './code.ts'

// A comment that nothing closes goes on to the end: so no pattern looks for an end that is not there again and again.
const inBlock = /\/\*[\s\S]*?(?:\*\/|$)/g
// In `"@/*"` and `"src/**/*.ts"` none begins, nor in `${protocol}//${host}`.
const behindSlashes =
  /(?<![\w"'`*/@.})-])\/\*[\s\S]*?(?:\*\/|$)|(?<=^|[\s;,{()[\]])\/\/[^\n]*|(?<=\})\/\/(?![\w$])[^\n]*/g
const ofPhp = /(?<![\w"'*/.})-])\/\*[\s\S]*?(?:\*\/|$)|(?<![:"'\w])(?:\/\/|#(?!\[))[^\n]*/g
const ofMarkup = /<!--[\s\S]*?(?:-->|$)/g

/** The lines of a shell, of Python, Ruby, Elixir or YAML that are a comment as a whole. */
export const withoutHashLines = (text: string): string => text.replace(/^[ \t]*#.*$/gm, blank)

/** What CSS has alone, and JavaScript, Java, Kotlin, Go and Swift beside `//`. */
export const withoutBlockComments = (text: string): string => text.replace(inBlock, blank)

/** Those of JavaScript, Java, Kotlin, Gradle, Go and Swift; `" //"` in a string goes as well. */
export const withoutSlashComments = (text: string): string => text.replace(behindSlashes, blank)

/** Those of PHP, where `#[` begins an attribute. */
export const withoutPhpComments = (text: string): string => text.replace(ofPhp, blank)

/** Those of a page, a pom.xml or a project file of .NET. */
export const withoutMarkupComments = (text: string): string => text.replace(ofMarkup, blank)
