import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/file-secrets',
  title: 'the secrets that [[files]] writes are set',
  why: 'The content of the file is the secret: without it no machine gets the file.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['flyConfig', 'app', 'secrets'],
  // flyctl takes local_path first (internal/command/deploy, mergeFiles).
  appliesTo: ({flyConfig}) =>
    flyConfig.config.files?.some(({secret_name: name, local_path: local}) => name && !local) ||
    'no file is written from a secret',
  *run({flyConfig, app, secrets}) {
    for (const [index, file] of (flyConfig.config.files ?? []).entries()) {
      const {secret_name: name, local_path: local, guest_path: path} = file
      if (!name || local || secrets.names.has(name)) continue
      yield {
        message: `the secret ${name} is not set on ${app.name}, and ${path ?? 'the file'} is to be written from it`,
        at: flyConfig.at('files', index, 'secret_name'),
        related: [{live: 'secrets', subject: name}],
        hint: `Its value is the content in base64: flyctl secrets set ${name}="$(base64 -w 0 FILE)" -a ${app.name}`,
      }
    }
  },
})
