import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/command-foreground',
  title: 'the commands start a program that stays',
  why: 'A machine runs as long as its command: with a program that goes to the background, or a line that names none, it ends.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['commandShapes'],
  uses: ['buildsElse'],
  *run({commandShapes, buildsElse}) {
    for (const {by, at, kind, text, foreground, library, last} of commandShapes) {
      const lower = buildsElse && {severity: 'warning' as const}
      if (kind === 'line') {
        const words = text.split(/\s+/).map((word) => JSON.stringify(word))
        yield {
          message: `${by} starts “${text}”, the whole line as the name of one program: in brackets no shell takes it apart`,
          at,
          hint: `Write each word by itself: ${by} [${words.join(', ')}]`,
          ...(by === 'release_command' && {failsAt: 'release' as const}),
          ...lower,
        }
      } else if (kind === 'quoted') {
        yield {
          message: `${by} starts “${text}”, the whole line as the name of one program: a shell takes what stands between quotation marks for one word`,
          at,
          hint: `Take the marks around the line away: ${/^(?:CMD|ENTRYPOINT)$/.test(by) ? `${by} ` : ''}${text}`,
          ...(by === 'release_command' && {failsAt: 'release' as const}),
          ...lower,
        }
      } else if (kind === 'running' || kind === 'unknown') {
        yield {
          message:
            kind === 'running'
              ? `${by} starts ${text}, which asks a system that runs already: none does in that machine, and it ends with an error`
              : `${by} starts ${text}, and the script of a release has no such command: it prints its usage and ends with an error`,
          at,
          hint: `Write ${by === 'release_command' ? `${foreground?.replace(/ start$/, '')} eval "…"` : foreground}`,
          ...(by === 'release_command' && {failsAt: 'release' as const}),
          ...lower,
        }
      } else if (kind === 'litefs') {
        yield {
          message: `${by} starts ${text}, and LiteFS has no such command: it stops with "unknown command"`,
          at,
          hint: 'Write litefs mount, and what it is to start under exec in litefs.yml, or behind two dashes: litefs mount -- …',
          ...(by === 'release_command' && {failsAt: 'release' as const}),
          ...lower,
        }
      } else if (kind === 'short') {
        yield {
          message: `${by} starts ${text}, which ends with ${last} and starts nothing that stays: the machine stops, and nobody takes the requests`,
          at,
          hint: 'End it with the program that is to run: exec uvicorn …, exec node server.js, exec "$@". What is to run once belongs in release_command.',
          severity: 'warning',
        }
      } else if (kind === 'app') {
        yield {
          message: `${by} starts ${text}, which makes an app of ${library} and hands it to no server: it comes to its end at once, and the machine stops`,
          at,
          hint: `Let a server have it: ${foreground}`,
          // What a library does by itself is not read.
          severity: 'warning',
        }
      } else {
        yield {
          message: `${by} starts ${text}, which goes to the background and ends: the machine has nothing left to run, and stops`,
          at,
          hint: `Let it stay in the foreground: ${foreground}`,
          ...lower,
        }
      }
    }
  },
})
