import {defineCheck, shorten, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'env/laravel-names',
  title: 'Laravel knows the connections that [env] names',
  why: 'A connection, disk, store or mailer that config/ does not have is an exception where it is first used.',
  // A secret of that name, or a package, may say otherwise.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig', 'lostNames'],
  uses: ['buildsElse'],
  *run({flyConfig, lostNames, buildsElse}) {
    for (const {variable, value, what, says, file, names, asked} of lostNames) {
      const meant = suggest(value, names) ?? (value === 'postgres' && names.includes('pgsql') ? 'pgsql' : undefined)
      yield {
        message: `${variable} is ${JSON.stringify(value)}, and ${file.file} has no such ${what}: “${says}”${asked ? ', with which the release command stops' : ''}`,
        at: flyConfig.at('env', variable),
        related: [file, ...(asked ? [asked] : [])],
        hint: meant
          ? `Did you mean ${flyConfig.setting(variable, meant)}?`
          : `Name one that it has (${shorten(names.join(', '), 80)}), or add ${value} to it.`,
        ...(asked && !buildsElse && {severity: 'error'}),
        ...(asked && {failsAt: 'release'}),
      }
    }
  },
})
