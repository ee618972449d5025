import {quoted, visible} from '../redact.ts'
import {plural} from '../wording.ts'
import type {Found} from './found.ts'

/** A preflight.toml for what was found; what is not known to be wanted stands in comments. */
export function settingsText(found: Found, schema: string): string {
  const required = found.secrets.filter(({proven}) => proven)
  const recommended = found.secrets.filter(({proven}) => !proven)
  return `#:schema ${schema}
# What preflight is to know of this project. Each key is optional.
${describe(found)
  .map((line) => `# ${visible(line)}\n`)
  .join('')}
# The severity of a check: "off", "info", "warning" or "error". All checks: preflight list
[checks]
# "git/pushed" = "off"

# Secrets by name; their values stay on Fly.io.
[secrets]
${list('required', required, 'without one of these the deploy is NO-GO')}
${list('recommended', recommended, 'a missing one is a warning')}
${found.usesPostgres ? postgres : ''}
# A finding that is right as it is. In a comment, on the line before it: preflight explain settings/unused-ignore
# [[ignore]]
# check = "dockerfile/multi-stage"
# path = ${quoted(found.dockerfile ?? 'Dockerfile')}
# reason = "why it is right"
# until = 2027-01-31

# Rules of your own: nothing of Fly.io fails where one is broken.
# [policy]
# regions = [${quoted(found.region ?? 'ams')}]
# release-command = ${found.releaseCommand !== undefined}
`
}

const postgres = `
# The database that must be there; which ones there are: flyctl mpg list, flyctl postgres list
# [postgres]
# cluster = "NAME"
`

function describe({config, app, others, dockerfile, releaseCommand, revisions}: Found): string[] {
  const parts = [
    `${config}${app ? ` (app ${app})` : ''}`,
    dockerfile ?? 'no Dockerfile',
    ...(releaseCommand ? [`release_command ${quoted(releaseCommand)}`] : []),
    ...(revisions > 0 ? [`${plural(revisions, 'revision')} of alembic`] : []),
  ]
  return [
    `Found: ${parts.join(', ')}.`,
    ...others.map((file) => `Also here: ${file}, which preflight -c ${file} checks.`),
  ]
}

function list(key: string, secrets: Found['secrets'], meaning: string): string {
  if (secrets.length === 0) return `# ${key} = ["NAME"] # ${meaning}`
  const lines = secrets.map(({name, where}) => `  ${quoted(name)}, # ${visible(where)} has no default for it`)
  return `# ${meaning[0]?.toUpperCase()}${meaning.slice(1)}.\n${key} = [\n${lines.join('\n')}\n]`
}
