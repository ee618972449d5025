/**
 * Whether every install of apt in these commands leaves out what packages only recommend (apt-get's manual,
 * `--no-install-recommends`): so curl, wget and git come without ca-certificates.
 */
export const leavesOutRecommended = (texts: readonly string[]): boolean =>
  texts
    .flatMap((text) => text.replace(/\\\r?\n/g, ' ').split(/&&|;|\n/))
    .filter((part) => /\bapt(?:-get)?\s[^#]{0,200}\binstall\b/.test(part))
    .every((part) => part.includes('--no-install-recommends'))
