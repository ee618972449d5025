/** Distributions with wheels for Windows or macOS alone, and no source distribution that builds on Linux (PyPI). */
const others: Readonly<Record<string, string>> = {
  'python-magic-bin': 'Windows and macOS',
  pywin32: 'Windows',
  pypiwin32: 'Windows',
  pywinpty: 'Windows',
  'windows-curses': 'Windows',
  'pyobjc-core': 'macOS',
  'pyobjc-framework-cocoa': 'macOS',
  'tensorflow-macos': 'macOS',
  'tensorflow-metal': 'macOS',
  'tensorflow-intel': 'Windows',
}

/** The system that a package is for alone, where that is not Linux. */
export const otherSystem = (name: string): string | undefined =>
  Object.hasOwn(others, name) ? others[name] : undefined
