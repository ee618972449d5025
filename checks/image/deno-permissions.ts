import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/deno-permissions',
  title: 'Deno is allowed what the program does when it starts',
  why: 'Deno asks before it uses the network or a variable that no flag allows; in a machine nobody answers, and it ends.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['denoPermissions'],
  uses: ['buildsElse'],
  *run({denoPermissions, buildsElse}) {
    for (const {by, at, script, use, call, flag, certain} of denoPermissions) {
      const fault = flag.startsWith('--unstable') ? `"${call} is not a function"` : 'NotCapable'
      yield {
        message: `${by} runs ${script} without ${flag}: ${call} ${certain ? 'ends' : 'may end'} it with ${fault}`,
        at,
        related: [use],
        hint: `Allow it before the name of the file: deno run ${flag} … ${script}`,
        ...((buildsElse || !certain) && {severity: 'warning'}),
        ...(by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})
