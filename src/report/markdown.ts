import {beginning} from '../wording.ts'
import {codeFrame} from './code-frame.ts'
import {pageUrl} from './docs.ts'
import type {Part, ReporterContext} from './index.ts'
import {codeBlock, codeSpan, plainText} from './markdown-text.ts'
import type {CheckReport, Report} from './report.ts'
import {type Phase, timeline} from './timeline.ts'
import {
  blockedBy,
  counts,
  duration,
  findingsByWeight,
  fromTop,
  moments,
  placeFromTop,
  plural,
  type Told,
  unverifiedByReason,
  uriFromTop,
  verdict,
} from './words.ts'

/** GitHub takes no longer comment. A job summary may have 1 MiB, which nobody reads. */
const longest = 65_536

const icons = {error: '❌', warning: '⚠️', info: 'ℹ️'} as const

const states = {breaks: '❌', unverified: '❔', risky: '⚠️'} as const

/**
 * For a comment on a pull request or a job summary. The first line names the configuration in a comment that is not
 * shown: by it, who keeps the comment up to date finds the one that is there.
 */
export async function markdown(report: Report, context: ReporterContext): Promise<string> {
  const findings: string[] = []
  for (const [moment, told] of byMoment(report)) {
    const blocks = await Promise.all(told.map((each) => describe(each, context)))
    findings.push(`### Without preflight: ${moments[moment]}\n\n${blocks[0]}`, ...blocks.slice(1))
  }
  return shortened([...head(report, context), ...unverified(report)], findings, foldedChecks(report))
}

/** A table of all deploys, then each as long as there is room. */
export async function markdownSet(parts: readonly Part[]): Promise<string> {
  const texts = await Promise.all(parts.map(({report, context}) => markdown(report, context)))
  const rows = parts.map(({report, context}) => {
    const {word, remarks} = verdict(report, context)
    const {app} = report.target
    const numbers = counts(report).map(({text}) => text)
    const name = codeSpan(fromTop(report.target.config ?? 'fly.toml', context))
    return `| ${word === 'GO' ? '✅' : '❌'} ${word}${remarks} | ${name} | ${app === null ? '' : codeSpan(app)} | ${numbers.join(' · ')} |`
  })
  const table = ['| Verdict | Deploy | App | Checks |', '| --- | --- | --- | --- |', ...rows].join('\n')
  const blocks = ['<!-- preflight all -->', table]
  let room = longest - 200 - blocks.join('\n\n').length
  for (const [index, text] of texts.entries()) {
    const own = text.slice(text.indexOf('\n') + 1).trim()
    room -= own.length + 2
    if (room < 0) {
      blocks.push(`Left out, as GitHub takes ${longest} characters: ${plural(texts.length - index, 'deploy')}.`)
      break
    }
    blocks.push(own)
  }
  return `${beginning(blocks.join('\n\n'), longest - 1)}\n`
}

/** The whole where it is short enough; else without the folded checks, then with as many findings as there is room for. */
function shortened(head: readonly string[], findings: readonly string[], folded: readonly string[]): string {
  const join = (blocks: readonly string[]) => `${blocks.join('\n\n')}\n`
  const whole = join([...head, ...findings, ...folded])
  if (whole.length <= longest) return whole
  const told = (left: number) => {
    const missing = ['the checks without findings', left > 0 && plural(left, 'finding')].filter(Boolean).join(' and ')
    return `Left out, as GitHub takes ${longest} characters: ${missing}.`
  }
  let length = join([...head, told(findings.length)]).length
  const beyond = findings.findIndex((each) => {
    length += each.length + 2
    return length > longest
  })
  const kept = beyond < 0 ? findings : findings.slice(0, beyond)
  return beginning(join([...head, ...kept, told(findings.length - kept.length)]), longest)
}

function head(report: Report, context: ReporterContext): string[] {
  const {app, commit} = report.target
  const config = fromTop(report.target.config ?? 'fly.toml', context)
  const {word, remarks} = verdict(report, context)
  const numbers = counts(report).map(({text}) => text)
  const subject = [
    app !== null && codeSpan(app),
    codeSpan(config),
    commit !== null && `at ${codeSpan(commit.slice(0, 9))}`,
  ]
  return [
    `<!-- preflight ${uriFromTop(report.target.config ?? 'fly.toml', context)} -->`,
    `## ${word === 'GO' ? '✅' : '❌'} ${word}${remarks}: ${subject.filter(Boolean).join(' ')}`,
    `${numbers.join(' · ')} · ${duration(report)}`,
    timelineTable(timeline(report)),
    ...(word === 'NO-GO' ? [`Blocked by ${blockedBy(report)}. More about one: \`preflight explain ID\`.`] : []),
  ]
}

function timelineTable(phases: readonly Phase[]): string {
  const cells = phases.map(({state, errors, warnings, unverified}) => {
    if (state === 'passed') return '✅'
    if (state === 'unchecked') return 'not checked'
    const told = [
      errors > 0 && plural(errors, 'error'),
      unverified > 0 && `${unverified} unverified`,
      warnings > 0 && plural(warnings, 'warning'),
    ]
    return `${states[state]} ${told.filter(Boolean).join(', ')}`
  })
  const row = (texts: readonly string[]) => `| ${texts.join(' | ')} |`
  const first = phases.find(({state}) => state === 'breaks')
  const names = phases.map(({name}) => (name === first?.name ? `**${name}**` : name))
  const table = [row(names), row(phases.map(() => '---')), row(cells)].join('\n')
  return first ? `${table}\n\nThe deploy would come no further than **${first.name}**.` : table
}

/** The findings by the moment of the deploy, in the order of a deploy; in each the heaviest first. */
function byMoment(report: Report): [Told['finding']['failsAt'], Told[]][] {
  const told = findingsByWeight(report)
  return (Object.keys(moments) as Told['finding']['failsAt'][])
    .map((moment): [typeof moment, Told[]] => [moment, told.filter(({finding}) => finding.failsAt === moment)])
    .filter(([, same]) => same.length > 0)
}

async function describe({check, finding}: Told, context: ReporterContext): Promise<string> {
  const {severity, message, hint, location, related} = finding
  const frame = severity === 'error' && 'file' in location ? await codeFrame(location, context) : undefined
  const nowhere = 'file' in location && location.file === '.'
  const also = related.map((each) => codeSpan(placeFromTop(each, context)))
  return [
    `${icons[severity]} **${plainText(message)}**\\`,
    `${nowhere ? '' : `${codeSpan(placeFromTop(location, context))} · `}${link(check)}${also.length > 0 ? ` · see ${also.join(', ')}` : ''}`,
    ...(frame ? ['', codeBlock(frame)] : []),
    ...(hint ? ['', `Cure: ${plainText(hint)}`] : []),
  ].join('\n')
}

function link({id, docs}: CheckReport): string {
  const url = pageUrl(docs)
  return url === undefined ? codeSpan(id) : `[${id}](${url})`
}

function unverified(report: Report): string[] {
  const causes = unverifiedByReason(report)
  if (causes.length === 0) return []
  const lines = causes.map(({reason, checks}) => `- ❔ ${plainText(reason)}: ${checks.map(link).join(', ')}`)
  return [`### Could not be verified\n\n${lines.join('\n')}`]
}

function foldedChecks({checks}: Report): string[] {
  const passed = checks.filter(({outcome}) => outcome === 'passed')
  const skipped = checks.filter(({outcome}) => outcome === 'skipped')
  const ignored = checks.flatMap((check) => check.ignored.map((each) => ({check, ...each})))
  return [
    ...fold(
      `${passed.length} passed`,
      passed.map((check) => `${plainText(check.title)} (${link(check)})`),
    ),
    ...fold(
      `${skipped.length} skipped`,
      skipped.map((check) => `${link(check)}: ${plainText(check.reason ?? '')}`),
    ),
    ...fold(
      `${ignored.length} ignored`,
      ignored.map(({check, finding, reason}) => `${plainText(finding.message)} (${link(check)}): ${plainText(reason)}`),
    ),
  ]
}

const fold = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [`<details><summary>${title}</summary>\n\n${lines.map((each) => `- ${each}`).join('\n')}\n\n</details>`]
