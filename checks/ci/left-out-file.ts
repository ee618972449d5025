import {defineCheck, type Facts} from '../../src/check.ts'

type Call = Facts['workflows']['deploys'][number]['call']
type Script = NonNullable<Call['step']['run']>

export default defineCheck({
  id: 'ci/left-out-file',
  title: 'the settings that a step writes reach the build',
  why: 'Where .dockerignore leaves the file out, the pages are built without its values, and nobody says so.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['workflows', 'flyConfig', 'buildContext'],
  uses: ['buildsElse'],
  *run({workflows, flyConfig, buildContext, buildsElse}) {
    if (buildsElse) return
    const told = new Set<string>()
    for (const {call, config} of workflows.deploys) {
      // Elsewhere another file of patterns counts, or nothing is built.
      if (config !== flyConfig.file || call.folder !== '.' || elsewhere.some((flag) => call.flags.has(flag))) continue
      for (const {name, isForPages, script, start, end} of writtenFor(call)) {
        const rule = buildContext.ruleAgainst(`/${name}`)
        if (!rule || told.has(name)) continue
        told.add(name)
        yield {
          message: `this step writes ${name} for the build, and ${rule.file} leaves it out: ${isForPages ? 'the pages are built without its values' : 'nothing reads it'}`,
          at: script.place(start, end),
          related: [rule, call.at],
          hint: isForPages
            ? `Take it back at the end of ${rule.file} (!${name}), or hand each value over: flyctl deploy --build-arg NAME=…, with ARG NAME in the Dockerfile.`
            : `Set what the app reads with flyctl secrets set NAME=…, or in [env]; or take the file back at the end of ${rule.file}: !${name}`,
        }
      }
    }
  },
})

const elsewhere = ['image', 'dockerfile', 'nixpacks', 'buildpacks', 'ignorefile']

/** `echo "VITE_API=…" >> .env`, by the name alone: in the folder where the step is. */
const writes =
  /(?:(?<![<>&\d])>{1,2}|\btee[ \t]{1,20}(?:-a[ \t]{1,20})?)[ \t]{0,20}["']?(?:\.\/)?(\.env[\w.-]*)["']?(?=[\s;&|)]|$)/g
/** What build tools write into pages; other variables are for whatever finds the file. */
const forPages = /\b(?:NEXT_PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY|NUXT_PUBLIC|EXPO_PUBLIC|PUBLIC)_\w+=/
const moves = /(?:^|[\s;&|(])(?:cd|pushd|popd)(?=\s|$)/m
/** It may be for these, on the runner. */
const builders = /\b(?:npm|npx|yarn|pnpm|bunx?|make|turbo|nx|vite|docker|node|sh|bash)\b|\.sh\b/
/** What reads no settings: of all else nothing is known, and a file that is for no page may be for it. */
const harmless =
  /^[ \t]{0,50}(?:(?:fly(?:ctl)?|echo|printf|cat|ls|mkdir|git|curl|sleep|set)\b[^\n]{0,2000}|#[^\n]{0,2000})?[ \t]{0,50}$/
const harmlessActions = /^(?:actions\/checkout|superfly\/flyctl-actions)\b/

const readsNothing = (text: string): boolean =>
  text.split(/\n|&&|\|\||;/).every((line) => harmless.test(line.replace(writes, '')))

/** The files that the steps up to the call write where it runs, and that nothing else there reads. */
function* writtenFor({
  job,
  step: own,
  written,
}: Call): Generator<{name: string; isForPages: boolean; script: Script; start: number; end: number}> {
  const last = job.steps.indexOf(own)
  const end = own.run?.text.indexOf(written) ?? -1
  if (last < 0 || end < 0 || written === '') return
  const texts = job.steps
    .slice(0, last + 1)
    .map(({run}, index) => (index === last ? run?.text.slice(0, end) : run?.text) ?? '')
  for (const [index, text] of texts.entries()) {
    const step = job.steps[index]
    if (!step?.run) continue
    const isForPages = forPages.test(text)
    const later = job.steps.slice(index + 1)
    const isThere = step === own || step.workingDirectory?.text === own.workingDirectory?.text
    for (const match of text.matchAll(writes)) {
      const [whole, name = ''] = match
      const behind = [text.slice(match.index + whole.length), ...texts.slice(index + 1)].join('\n')
      // Before it, too, where another step is to find itself in the same folder.
      const around = step === own ? behind : texts.slice(index).join('\n')
      if (!isThere || moves.test(around) || builders.test(behind.replace(writes, ''))) continue
      const read = new RegExp(`${name.replace(/\./g, '\\.')}(?![\\w.-])`)
      const runs = [text.slice(match.index + whole.length), ...later.map(({run}) => run?.text ?? '')]
      if (
        !isForPages &&
        !(runs.every(readsNothing) && later.every(({uses}) => !uses || harmlessActions.test(uses.text)))
      )
        continue
      if (read.test(`${texts.join('\n').replace(writes, '')}\n${written}`)) continue
      yield {
        name,
        isForPages,
        script: step.run,
        start: match.index + whole.lastIndexOf(name),
        end: match.index + whole.lastIndexOf(name) + name.length,
      }
    }
  }
}
