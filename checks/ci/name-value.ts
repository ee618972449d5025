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
      const isOpen = pairs.some(({value}) => value === undefined)
      const lone = plain ? loneWord(plain.flag, plain.value) : isOpen ? loneValue(written) : undefined
      if (!lone) continue
      const {what, flag, word, pair} = lone
      const where = flag ? `behind ${flag}` : `behind flyctl ${command}`
      yield {
        message: `${what} stands alone ${where}, where flyctl wants NAME=VALUE: it stops before it does anything`,
        at: wordAt(word),
        hint: /\bpython3?\s+-m\s/.test(written)
          ? 'Write -- before python: what stands behind it is for the program, and not for flyctl.'
          : `Write ${[flag, pair].filter(Boolean).join(' ')}`,
      }
    }
  },
})

/** What stands alone, behind which flag, the word at which it is told, and the pair that it should be. */
interface Lone {
  what: string
  flag: string | undefined
  word: string
  pair: string
}

function loneWord(flag: string | undefined, value = ''): Lone {
  return {what: wordOf(value), flag, word: value || flag || '', pair: `${isName.test(value) ? value : 'NAME'}=VALUE`}
}

/** A value that is not known, but for where it comes from. */
function loneValue(written: string): Lone | undefined {
  const [, flag = '', context, name = ''] = loneExpression.exec(written) ?? []
  if (context) {
    const own = name.toUpperCase().replaceAll('-', '_')
    return {what: `the value of ${context}.${name}`, flag, word: flag, pair: `"${own}=\${{ ${context}.${name} }}"`}
  }
  const [, before = '', variable] = loneVariable.exec(written) ?? []
  return variable
    ? {what: `the value of ${variable}`, flag: before, word: before, pair: `"NAME=$${variable}"`}
    : undefined
}

/** One value, and nothing more: what holds several, or the name with it, is named so. */
const loneExpression =
  /\s(--build-arg|--build-secret|--env|-e)[ =]["']?\$\{\{ {0,9}(secrets|vars|github|(?:steps|needs)\.[\w-]{1,100}\.outputs)\.(?![\w-]{0,80}(?:ARGS?|FLAGS?|OPTIONS?|OPTS?|PAIRS?|ENV|KV)\b)([\w-]{1,100}) {0,9}\}\}["']?(?=\s|$)/i

/** What the runner sets itself has no = in it: `--label "sha-${GITHUB_SHA::7}"`. */
const loneVariable =
  /\s(--label|--build-arg|--build-secret|--env|-e)[ =]["']?[\w.:-]{0,40}\$\{?(GITHUB_(?:SHA|RUN_ID|RUN_NUMBER|REPOSITORY))\b[^\s"'=]{0,20}["']?(?=\s|$)/

/** Only what looks like a variable is told: anything else may be a value that nobody else should see. */
const isName = /^[A-Z][A-Z_]{0,60}$/
const wordOf = (value = ''): string => (isName.test(value) ? quote(value) : 'A word')
