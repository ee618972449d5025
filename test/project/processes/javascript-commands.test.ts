import {describe, expect, it} from 'vitest'
import {TextFile} from '../../../src/project/files/text.ts'
import {javascriptCommands} from '../../../src/project/processes/javascript-commands.ts'

const reading = {inShell: () => undefined, outside: () => undefined}
const runner = `
function exec(command) {
  const child = spawn(command, {shell: true, stdio: 'inherit'})
  return new Promise((resolve, reject) => {
    child.on('exit', code => (code === 0 ? resolve() : reject(new Error(command))))
  })
}
`

/** `line words`: with `?` before what may not run, and `~` before that of which a failure is let go. */
const commandsOf = (text: string, given: string[][] = []) =>
  javascriptCommands(
    new TextFile('start.js', 'start.js', `import {spawn, execSync} from 'node:child_process'\n${text}`),
    reading,
    given,
  ).map(
    ({words, at, conditional, decisive}) =>
      `${conditional ? '? ' : ''}${decisive ? '' : '~ '}${at.line} ${words.map((word) => word ?? '?').join(' ')}`,
  )

describe('commands of a program of JavaScript', () => {
  it('are those of calls at the top, and in what is called there', () => {
    const all = ['2 npx prisma migrate deploy']
    expect(commandsOf(`await exec('npx prisma migrate deploy')${runner}`)).toEqual(all)
    expect(commandsOf(`execSync('npx prisma migrate deploy', {stdio: 'inherit'})`)).toEqual(all)
    expect(commandsOf(`;(async () => { await exec('npx prisma migrate deploy') })()${runner}`)).toEqual(all)
    expect(commandsOf(`async function go() { await exec('npx prisma migrate deploy') }\ngo()${runner}`)).toEqual(all)
    expect(commandsOf(`const go = async () => { await exec('npx prisma migrate deploy') }\ngo()${runner}`)).toEqual(all)
    expect(commandsOf(`execFileSync('npx', ['prisma', 'migrate', 'deploy'])`)).toEqual(all)
  })

  it('are parted as a shell does, with what JavaScript fills in left unknown', () => {
    expect(commandsOf(`await exec(\`sh restore.sh \${target} && node migrate.js\`)${runner}`)).toEqual([
      '2 sh restore.sh ?',
      '2 node migrate.js',
    ])
  })

  it('may not run in a branch, and are not read where nothing calls them', () => {
    expect(commandsOf(`if (process.env.X) { await exec('node a.js') }${runner}`)).toEqual(['? 2 node a.js'])
    expect(commandsOf(`if (process.env.X) await exec('node a.js')\nelse await exec('node b.js')${runner}`)).toEqual([
      '? 2 node a.js',
      '? 3 node b.js',
    ])
    expect(commandsOf(`if (process.env.X) process.exit(0)\nawait exec('node a.js')${runner}`)).toEqual([
      '? 3 node a.js',
    ])
    expect(commandsOf(`process.env.X && execSync('node a.js')`)).toEqual(['? 2 node a.js'])
    expect(commandsOf(`app.get('/', () => { execSync('node a.js') })`)).toEqual([])
    expect(commandsOf(`const later = () => execSync('node a.js')`)).toEqual([])
    expect(commandsOf(`function later() { execSync('node a.js') }`)).toEqual([])
    expect(commandsOf(`console.log("execSync('node a.js')")\n// execSync('node b.js')`)).toEqual([])
  })

  it('run where the question is for what the machines are given', () => {
    const text = `if (process.argv.slice(-3).join(' ') === 'npm run start') {\n  await exec('node a.js')\n}${runner}`
    expect(commandsOf(text, [['npm', 'run', 'start']])).toEqual(['3 node a.js'])
    expect(commandsOf(text, [['/bin/sh', '-c', 'npm run start']])).toEqual(['? 3 node a.js'])
  })

  it('decide nothing where a failure is let go', () => {
    expect(commandsOf(`exec('node a.js')${runner}`)).toEqual(['~ 2 node a.js'])
    expect(commandsOf(`await exec('node a.js').catch(() => {})${runner}`)).toEqual(['~ 2 node a.js'])
    expect(commandsOf(`spawnSync('node', ['a.js'])`)).toEqual(['~ 2 node a.js'])
    expect(commandsOf(`try { execSync('node a.js') } catch (error) { console.error(error) }`)).toEqual([
      '~ 2 node a.js',
    ])
    expect(commandsOf(`try { execSync('node a.js') } catch (error) { process.exit(1) }`)).toEqual(['2 node a.js'])
    expect(commandsOf(`;(async () => { await exec('node a.js') })().catch(console.error)${runner}`)).toEqual([
      '~ 2 node a.js',
    ])
  })

  it('are not known in another folder', () => {
    expect(commandsOf(`execSync('npm run build', {cwd: 'web'})`)).toEqual([])
  })
})
