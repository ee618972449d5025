/** As long as a path may be. A longer name is none, and a pattern of it may be too large for the engine. */
const longest = 4096

/** A text as a regular expression that matches it and nothing else. */
export const escapePattern = (text: string): string =>
  text.length > longest ? '(?!)' : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
