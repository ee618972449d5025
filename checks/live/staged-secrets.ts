import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/staged-secrets',
  title: 'the machines have every secret that is set',
  why: 'A staged secret reaches the machines with the next deploy: this one brings more than the code.',
  severity: 'info',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['app', 'secrets'],
  *run({app, secrets}) {
    // Before the first deploy there is nothing that could have them.
    if (app.machines.length === 0) return
    const having = (status: string) => [...secrets.status].flatMap(([name, each]) => (each === status ? [name] : []))
    const [staged, partial] = [having('staged'), having('partial')]
    if (partial.length > 0) {
      yield {
        message: `only some machines of ${app.name} have ${partial.join(', ')}: an earlier deploy has not reached all of them`,
        at: {live: 'secrets', subject: partial[0] as string},
        hint: `This deploy brings them to all machines; to see which have them: flyctl machine list -a ${app.name}`,
        severity: 'warning',
      }
    }
    // flyctl calls every secret staged when it could not list releases: then it says nothing.
    if (staged.length === 0 || staged.length === secrets.names.size) return
    yield {
      message: `this deploy also brings the staged ${staged.length === 1 ? 'secret' : 'secrets'} ${staged.join(', ')} to the machines`,
      at: {live: 'secrets', subject: staged[0] as string},
      hint: `To try them before the new code: flyctl secrets deploy -a ${app.name}`,
    }
  },
})
