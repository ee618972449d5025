import {defineCheck, escapePattern, type Facts, inSeries} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/mounted-secrets',
  title: 'a RUN mounts the secrets that it reads',
  why: 'A secret is a file for the one RUN that mounts it: without the mount the file is missing, and its value empty.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['build'],
  *run({build}) {
    for (const {stage} of build.stages) {
      // What a COPY or an earlier RUN lays there is no secret of the build.
      if (stage.instructions.some(({text}) => layThere.test(text))) continue
      for (const instruction of stage.instructions) {
        const {keyword, text, flags, at} = instruction
        if (keyword !== 'RUN') continue
        const mounts = flags.filter(([name]) => name === 'mount').map(([, value]) => value.replace(/["']/g, ''))
        // One whose name is filled in may be any.
        if (mounts.some((value) => value.includes('$'))) continue
        const read = [...text.matchAll(/\/run\/secrets\/([\w.-]+)/g)].map(([, name = '']) => name)
        const names = [...new Set(read)].filter(
          (name) => !mounts.some((value) => isOf(value, name)) && !asks(text, name),
        )
        if (names.length === 0) continue
        const [files, secrets] = [names.map((name) => `/run/secrets/${name}`), names.length > 1 ? 'secrets' : 'secret']
        yield {
          message: `this RUN reads ${inSeries(files)}, and does not mount the ${secrets} ${inSeries(names)}: ${names.length > 1 ? 'the files are' : 'the file is'} missing`,
          at,
          hint: `Add to the RUN: ${names.map((name) => `--mount=type=secret,id=${name}`).join(' ')}, and to the deploy: ${names.map((name) => `--build-secret ${name}=…`).join(' ')}`,
        }
      }
    }
  },
})

type Instruction = Facts['build']['final']['stage']['instructions'][number]

const layThere: RegExp = /(?:>\s*|\bmkdir\s+(?:-p\s+)?|\s)\/run\/secrets\/?(?:\s|$)|>\s*\/run\/secrets\//

/** `type=secret,id=NAME`, or one that is laid there by another name: `target=/run/secrets/NAME`; a folder has any. */
const isOf = (mount: string, name: string): boolean =>
  new RegExp(`(?:^|[,/=])${escapePattern(name)}(?:,|$)`).test(mount) || /=\/run(?:\/secrets)?\/?(?:,|$)/.test(mount)

/** `[ -f /run/secrets/NAME ]`, `cat … 2>/dev/null || true`: it does without; or the text of another command, for later. */
const asks = (text: Instruction['text'], name: string): boolean =>
  new RegExp(`-[efrs]\\s+["']?/run/secrets/${escapePattern(name)}`).test(text) ||
  new RegExp(`\\b(?:echo|printf)\\s+(?:-\\w+\\s+)?'[^']*/run/secrets/${escapePattern(name)}\\b`).test(text) ||
  new RegExp(`/run/secrets/${escapePattern(name)}["']?\\s*(?:2>\\s*/dev/null|\\|\\|)`).test(text)
