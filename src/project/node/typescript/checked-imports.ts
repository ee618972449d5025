/** Of the imports of a file those that tsc looks up, and says where it finds none. */

/** `// @ts-ignore`, anywhere: which line it is for is not worked out. */
export const silencesTsc = (text: string): boolean => /@ts-(?:ignore|expect-error|nocheck)/.test(text)

/** `from './a'`, `import('./a')`: it looks neither for what a call requires nor for `import './a'` alone. */
export const isLookedUp = (text: string, start: number): boolean =>
  /\b(?:from|import\s{0,20}\()\s{0,20}["']$/.test(text.slice(Math.max(0, start - 60), start))
