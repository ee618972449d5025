import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/lost-export',
  title: 'what a RUN sets is used in that RUN',
  why: 'Each RUN has a shell of its own: what it exports, and the folder that it goes to, are gone with its end.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['dockerfile'],
  uses: ['environment'],
  *run({dockerfile, environment}) {
    const read = new Set(environment?.reads.map(({name}) => name))
    for (const {instructions} of dockerfile.stages) {
      for (const [index, instruction] of instructions.entries()) {
        const set = instruction.keyword === 'RUN' ? setAlone(instruction.text) : undefined
        if (!set) continue
        const later = instructions.slice(index + 1)
        const {names, folder} = set
        const used = names.filter(
          (name) => read.has(name) || later.some(({text}) => new RegExp(`\\$\\{?${name}\\b`).test(text)),
        )
        // A WORKDIR, or nothing, follows: it may be left over.
        const [next] = later.filter(({keyword}) => /^(?:RUN|COPY|ADD|CMD|ENTRYPOINT|WORKDIR)$/.test(keyword))
        const isMeant = used.length > 0 || (names.length === 0 && next !== undefined && next.keyword !== 'WORKDIR')
        yield {
          message:
            names.length > 0
              ? `this RUN sets ${used[0] ?? names[0]} and ends: no later instruction has it`
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
