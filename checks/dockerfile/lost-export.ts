import {defineCheck, type Facts, imagePath} from '../../src/check.ts'

type Instruction = Facts['dockerfile']['stages'][number]['instructions'][number]

export default defineCheck({
  id: 'dockerfile/lost-export',
  title: 'what a RUN sets is used in that RUN',
  why: 'Each RUN has a shell of its own: what it exports, and the folder that it goes to, are gone with its end.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['dockerfile'],
  uses: ['environment', 'flyConfig'],
  *run({dockerfile, environment, flyConfig}) {
    const given = new Set(Object.keys(flyConfig?.config.env ?? {}))
    for (const {instructions} of dockerfile.stages)
      for (const each of instructions) for (const name of givenBy(each)) given.add(name)
    const read = new Set(environment?.reads.map(({name}) => name))
    for (const {instructions} of dockerfile.stages) {
      let here: string | undefined
      for (const [index, instruction] of instructions.entries()) {
        if (instruction.keyword === 'WORKDIR') here = folderIn(here, instruction.words.join(' '))
        const set = instruction.keyword === 'RUN' ? setAlone(instruction.text) : undefined
        if (!set) continue
        const later = instructions.slice(index + 1)
        const {names, folder} = set
        const used = names.filter(
          (name) => !given.has(name) && (read.has(name) || later.some(({text}) => reads(text, name))),
        )
        const isMeant =
          used.length > 0 || (folder !== undefined && folderIn(here, folder) !== here && needsFolder(later))
        yield {
          message:
            names.length > 0
              ? `this RUN sets ${used[0] ?? names[0]} and ends: no later instruction has that value`
              : `this RUN goes to ${folder} and ends: the next instruction is where it was before`,
          at: instruction.at,
          hint:
            names.length > 0
              ? `Set it in the RUN that needs it, with && between${instruction.text.includes('/run/secrets/') ? ', and mount the secret there' : '; or for all later ones: ENV'}.`
              : `WORKDIR ${folder}`,
          ...(!isMeant && {severity: 'info' as const}),
        }
      }
    }
  },
})

/** The variables that an ENV or an ARG gives. */
const givenBy = ({keyword, text}: Instruction): string[] =>
  keyword === 'ENV' || keyword === 'ARG'
    ? [...text.matchAll(/(?:^|\s)([A-Za-z_]\w*)(?==|\s|$)/g)].map(([, name = '']) => name)
    : []

/** Whether an instruction asks for a variable that it does not set itself. */
const reads = (text: string, name: string): boolean =>
  new RegExp(`\\$\\{?${name}\\b`).test(text) &&
  !new RegExp(`\\b${name}=|\\b(?:for|read)\\s[^;|&]{0,80}\\b${name}\\b`).test(text)

/** Where `cd` or WORKDIR leads from a folder; undefined where that is not known. */
const folderIn = (here: string | undefined, folder: string): string | undefined =>
  here === undefined && !folder.startsWith('/') ? undefined : imagePath(here ?? '/', folder)

/** Whether what comes next begins at the folder: behind a WORKDIR, a whole path or the end the RUN may be left over. */
function needsFolder(later: readonly Instruction[]): boolean {
  const next = later.find(({keyword}) => /^(?:RUN|COPY|ADD|CMD|ENTRYPOINT|WORKDIR)$/.test(keyword))
  return next?.keyword === 'RUN' || (/^(?:COPY|ADD)$/.test(next?.keyword ?? '') && !next?.words.at(-1)?.startsWith('/'))
}

const assignment = /^(?:export\s+)?([A-Za-z_]\w*)=(?:"[^"]*"|'[^']*'|[^\s"'`;&|]*)$/
const move = /^cd\s+["']?([\w./@-]+)["']?$/

/** The variables that a RUN sets, or the folder that it goes to, where it does nothing else. */
function setAlone(text: string): {names: string[]; folder: string | undefined} | undefined {
  const parts = text
    .replace(/\\\r?\n/g, ' ')
    .split(/&&|;|\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^set\s+-\w+$/.test(part))
  if (parts.length === 0 || /<</.test(text)) return undefined
  const names = parts.map((part) => assignment.exec(part)?.[1])
  if (names.every((name) => name !== undefined)) return {names, folder: undefined}
  const folder = parts.length === 1 ? move.exec(parts[0] as string)?.[1] : undefined
  return folder === undefined ? undefined : {names: [], folder}
}
