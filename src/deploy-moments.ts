/** When the deploy would have failed without preflight, in the order of a deploy. */
export const deployMoments = [
  'gate', // login, token, app, secrets: known before anything starts
  'parse', // flyctl cannot parse the file
  'decode', // parsed, but no config
  'validate', // a validation rule refuses it
  'build',
  'release', // release_command, migrations
  'machine', // the Machines API refuses
  'boot',
  'health',
  'runtime',
  'silent', // the deploy is green and the wrong thing runs
  'policy', // nothing fails; the project's own rule
] as const

export type FailsAt = (typeof deployMoments)[number]
