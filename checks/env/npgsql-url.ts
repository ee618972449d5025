import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/npgsql-url',
  title: 'Npgsql gets a connection string, and no URL',
  why: 'flyctl sets DATABASE_URL as postgres://…, and the driver of .NET takes Host=…;Database=… alone.',
  // A secret may have been written by hand.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['npgsqlUrls'],
  *run({npgsqlUrls}) {
    for (const {kind, name, at, used} of npgsqlUrls) {
      yield {
        message:
          kind === 'value'
            ? `${name} is a URL, and Npgsql takes Host=…;Database=…;Username=… alone`
            : `Npgsql gets ${name} as it is, and flyctl sets it as postgres://…: it must be Host=…;Database=…;Username=…`,
        at,
        related: kind === 'value' ? [used] : [],
        hint: 'Take the URL apart (new Uri(url), NpgsqlConnectionStringBuilder), or set a secret such as ConnectionStrings__Default in the form of .NET.',
      }
    }
  },
})
