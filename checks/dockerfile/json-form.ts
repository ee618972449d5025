import {allInstructions, defineCheck, type Facts} from '../../src/check.ts'

type Instruction = Facts['build']['final']['stage']['instructions'][number]

/** A word of a list: in quotes of any kind, or none. */
const word = String.raw`(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|[“”‘’][^“”‘’\n]{0,300}[“”‘’]|[\w./:@=$-]{1,300})`
/** What is written as a list: a comma too many, one that is left out, or the last bracket may be why it is no JSON. */
const list = new RegExp(
  `^\\[[ \\t]{0,20}${word}(?:(?:[ \\t]{0,20},[ \\t]{0,20}|[ \\t]{1,20})${word}){0,50}[ \\t]{0,20},?[ \\t]{0,20}\\]?$`,
)

export default defineCheck({
  id: 'dockerfile/json-form',
  title: 'the lists of CMD, ENTRYPOINT and RUN are JSON',
  why: 'A list that is no JSON is a line for the shell, which looks for a program whose name begins with a bracket.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['build'],
  uses: ['flyConfig', 'buildsElse'],
  *run({build, flyConfig, buildsElse}) {
    const {stages, final} = build
    const {processes = {}, experimental} = flyConfig?.config ?? {}
    const own = allInstructions(final.stage)
    const last = (keyword: string) => own.findLast((each) => each.keyword === keyword)
    const entrypoint = experimental?.entrypoint ? undefined : last('ENTRYPOINT')
    // One in the form of a line drops CMD; that of fly.toml takes its place.
    const dropsCmd = entrypoint !== undefined && !entrypoint.text.startsWith('[')
    const isUsed = !experimental?.cmd && (!flyConfig || flyConfig.groups.some((group) => !processes[group]))
    const cmd = isUsed && !dropsCmd ? last('CMD') : undefined
    const runs = stages.flatMap(({stage}) => stage.instructions.filter(({keyword}) => keyword === 'RUN'))
    for (const instruction of [...runs, entrypoint, cmd]) {
      if (!instruction) continue
      const {keyword, at} = instruction
      const text = instruction.text.trim()
      const isRun = keyword === 'RUN'
      // `[ -f app.js ]` is a test of the shell.
      if (!list.test(text) || isJson(text) || (!text.includes(',') && isTest(text))) continue
      yield {
        message: `${nameOf(instruction, text)} is no JSON: ${because(text)}, so that it is a line for the shell, which ${isTest(text) ? 'takes it for a test' : `does not find a program "${firstWord(text)}"`}`,
        at,
        hint: `Write each word in double quotes, with a comma between them: ${keyword} ${asJson(text)}`,
        // A script that is the ENTRYPOINT may not ask for it.
        ...((buildsElse || (keyword === 'CMD' && own.some((each) => each.keyword === 'ENTRYPOINT'))) && {
          severity: 'warning' as const,
        }),
        ...(isRun && {failsAt: 'build' as const}),
      }
    }
  },
})

const nameOf = ({keyword}: Instruction, text: string): string => `the list of ${keyword}, ${text},`

function isJson(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text))
  } catch {
    return false
  }
}

function because(text: string): string {
  if (text.includes("'")) return 'its words are in single quotes'
  if (/[“”‘’]/.test(text)) return 'its quotes are not the plain ones'
  if (!text.endsWith(']')) return 'the last bracket is missing'
  if (/,\s*\]$/.test(text)) return 'a comma stands behind its last word'
  return /^\[\s*"/.test(text) ? 'a comma is missing' : 'its words are not in quotes'
}

const wordsOf = (text: string): string[] =>
  (text.replace(/^\[|\]$/g, '').match(new RegExp(word, 'g')) ?? []).map((each) =>
    each.replace(/^["'“”‘’]|["'“”‘’]$/g, ''),
  )

const asJson = (text: string): string =>
  `[${wordsOf(text)
    .map((each) => JSON.stringify(each))
    .join(', ')}]`

const isTest = (text: string): boolean => /^\[\s/.test(text)

/** The first word as the shell reads it, which takes its own quotes away. */
const firstWord = (text: string): string => (/^\S+/.exec(text)?.[0] ?? '').replace(/["']/g, '')
