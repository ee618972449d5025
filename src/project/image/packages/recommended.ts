/**
 * Whether every install of apt in these commands leaves out what packages only recommend (apt-get's manual,
 * `--no-install-recommends`): so curl, wget and git come without ca-certificates.
 */
export const leavesOutRecommended = (texts: readonly string[]): boolean =>
  aptInstalls(texts).every((part) => part.includes('--no-install-recommends'))

/** Each install of apt in these commands, by itself. */
export const aptInstalls = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => text.replace(/\\\r?\n/g, ' ').split(/&&|;|\n/))
    .filter((part) => /\bapt(?:-get)?\s[^#]{0,200}\binstall\b/.test(part))
