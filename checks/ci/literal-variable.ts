import {defineCheck} from '../../src/check.ts'

/** Actions that take these inputs as they are written; what others do with theirs is not known. */
const literal: readonly (readonly [action: RegExp, inputs: RegExp])[] = [
  [/^superfly\/fly-pr-review-apps$/, /^(?:name|image|config|region|org|path|postgres|vmsize|memory)$/],
  [/^superfly\/flyctl-actions\/setup-flyctl$/, /^version$/],
  [/^docker\/build-push-action$/, /^(?:context|file|tags|target|platforms)$/],
  [/^docker\/login-action$/, /^(?:registry|username)$/],
  [/^docker\/metadata-action$/, /^images$/],
  [/^actions\/checkout$/, /^(?:ref|path|repository)$/],
  [/^actions\/setup-(?:node|python|go|java|dotnet)$/, /-version$/],
  [/^actions\/(?:upload|download)-artifact$/, /^name$/],
]

/** The same, where what stands behind NAME= is a variable and nothing else: a value may have a $ of its own. */
const literalPairs = [/^superfly\/fly-pr-review-apps$/, /^(?:secrets|build_args|build_secrets)$/] as const
const pair =
  /(?:^|\s)[A-Z][A-Z0-9_]{0,100}=["']?(?=(\$(?:\{[A-Z][A-Z0-9_]{0,100}\}|[A-Z][A-Z0-9_]{0,100}))["']?(?:\s|$))/

/** `${NAME}` and `$NAME`, of a shell; `${{ … }}` is GitHub's. */
const variable = /\$(?:\{([A-Za-z_][\w.]{0,100})\}|([A-Z][A-Z0-9_]{1,100})\b)/

export default defineCheck({
  id: 'ci/literal-variable',
  title: 'inputs and env name variables as GitHub does',
  why: 'No shell reads what stands below with: and env: $NAME stays these very characters.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    const told = new Set<unknown>()
    for (const {jobs} of workflows.workflows) {
      for (const {uses, inputs, env} of jobs.flatMap(({steps}) => steps)) {
        const path = env.get('PATH')
        // With those of the system it finds most commands.
        const isLost =
          path && /(?:^|:)\$\{?PATH\}?(?:$|:)/.test(path.text) && !/(?:^|:)(?:\/usr)?\/bin(?:$|:)/.test(path.text)
        if (isLost && !told.has(path.at)) {
          told.add(path.at)
          yield {
            message: `PATH is ${path.text} as these very characters: no shell fills it in below env:, and the step finds no command`,
            at: path.at,
            hint: 'Let a step before add the folder: echo "FOLDER" >> "$GITHUB_PATH"',
          }
        }
        const [action = ''] = uses?.text.split('@') ?? []
        const [, names] = literal.find(([each]) => each.test(action)) ?? []
        for (const [input, {text, at}] of inputs) {
          const isPairs = literalPairs[0].test(action) && literalPairs[1].test(input)
          const [, whole = ''] = (isPairs && pair.exec(text)) || []
          const [written, braced, plain] = variable.exec(names?.test(input) ? text : whole) ?? []
          if (written === undefined) continue
          const name = (braced ?? plain ?? '').replace(/^env\./, '')
          yield {
            message: `${input} of ${action} is given ${written} as these very characters: no shell fills it in below with:`,
            at,
            hint: env.has(name)
              ? `Write \${{ env.${name} }}`
              : `Write an expression: \${{ env.${name} }} for what env: above sets, \${{ vars.${name} }} for a variable of the repository.`,
          }
        }
      }
    }
  },
})
