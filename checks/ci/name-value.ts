import {defineCheck, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/name-value',
  title: 'what flyctl takes as NAME=VALUE has both',
  why: 'flyctl stops at a word without =, before it does anything: unlike docker, it takes no value from the environment.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {command, pairs, written, wordAt, ends} of workflows.calls) {
      // In a branch it stops, too, whenever that runs.
      if (ends) continue
      const plain = pairs.find(({value}) => value !== undefined && !value.includes('='))
      const lone = plain ? undefined : (loneExpression.exec(written) ?? loneVariable.exec(written))
      const [, flag = '', context = '', name = ''] = lone ?? []
      if (!plain && !(name && pairs.some(({value}) => value === undefined))) continue
      const isVariable = context === 'GITHUB'
      const what = plain ? wordOf(plain.value) : `the value of ${context}${isVariable ? '_' : '.'}${name}`
      const before = plain ? plain.flag : flag
      const where = before ? `behind ${before}` : `behind flyctl ${command}`
      yield {
        message: `${what} stands alone ${where}, where flyctl wants NAME=VALUE: it stops before it does anything`,
        at: wordAt((plain ? plain.value || plain.flag : flag) || flag),
        hint: /\bpython3?\s+-m\s/.test(written)
          ? 'Write -- before python: what stands behind it is for the program, and not for flyctl.'
          : plain
            ? `Write ${[before, `${isName.test(plain.value ?? '') ? plain.value : 'NAME'}=VALUE`].filter(Boolean).join(' ')}`
            : isVariable
              ? `Write ${flag} "NAME=$${context}_${name}"`
              : `Write ${flag} "${name.toUpperCase().replaceAll('-', '_')}=\${{ ${context}.${name} }}"`,
      }
    }
  },
})

/** One value, and nothing more: what holds several, or the name with it, is named so. */
const loneExpression =
  /\s(--build-arg|--build-secret|--env|-e)[ =]["']?\$\{\{ {0,9}(secrets|vars|github|(?:steps|needs)\.[\w-]{1,100}\.outputs)\.(?![\w-]{0,80}(?:ARGS?|FLAGS?|OPTIONS?|OPTS?|PAIRS?|ENV|KV)\b)([\w-]{1,100}) {0,9}\}\}["']?(?=\s|$)/i

/** What the runner sets itself has no = in it: `--label "sha-${GITHUB_SHA::7}"`. */
const loneVariable =
  /\s(--label|--build-arg|--build-secret|--env|-e)[ =]["']?[\w.:-]{0,40}\$\{?(GITHUB)_(SHA|RUN_ID|RUN_NUMBER|REPOSITORY)\b[^\s"'=]{0,20}["']?(?=\s|$)/

/** Only what looks like a variable is told: anything else may be a value that nobody else should see. */
const isName = /^[A-Z][A-Z_]{0,60}$/
const wordOf = (value = ''): string => (isName.test(value) ? quote(value) : 'A word')
