/** The commands, as in index.ts, which is not loaded only to learn their names. */
export const commandNames = [
  'baseline',
  'check',
  'completion',
  'dashboard',
  'explain',
  'init',
  'inspect',
  'list',
  'merge',
]
