import {describe, expect, it} from 'vitest'
import {TextFile} from '../../../src/project/files/text.ts'
import {launchedBehind, launchedBy, launcherOf} from '../../../src/project/processes/launchers.ts'

const reading = {inShell: () => undefined, outside: () => undefined}

/** What a command starts by the files of a project: `line words`, `?` before what may not run. */
async function launched(command: string, files: Record<string, string>): Promise<string[] | undefined> {
  const words = command.split(' ')
  const at = {file: 'Dockerfile'}
  const launcher = launcherOf({words, at, conditional: false, decisive: true})
  const fileAt = async (places: readonly string[]) => {
    const path = places.find((each) => files[each] !== undefined)
    return path === undefined ? undefined : {file: new TextFile(path, path, files[path] as string), certain: true}
  }
  const filesAt = async (pattern: string) =>
    Object.entries(files)
      .filter(([path]) => path.startsWith(pattern.replace(/\*.*/, '')))
      .map(([path, text]) => new TextFile(path, path, text))
  const found = launcher && (await launchedBy(launcher, reading, {fileAt, filesAt}))
  if (!found?.length) return undefined
  return found
    .flatMap(({commands}) => commands.flat())
    .map((each) => `${each.conditional ? '? ' : ''}${each.at.line} ${each.words.join(' ')}`)
}

describe('launchers', () => {
  it('reads what LiteFS executes, without a shell', async () => {
    const file = [
      'fuse:',
      '  dir: /litefs',
      'exec:',
      '  - cmd: "npm run migrate && echo done"',
      '    if-candidate: true',
      '  - cmd: npm start',
    ].join('\n')
    expect(await launched('litefs mount', {'/etc/litefs.yml': file})).toEqual(['? 4 npm run migrate', '6 npm start'])
    expect(await launched('litefs mount', {'litefs.yml': 'exec: "node server.js"\n'})).toEqual(['1 node server.js'])
    expect(await launched('litefs mount -config my.yml', {'litefs.yml': file})).toBeUndefined()
    expect(await launched('litefs export', {'litefs.yml': file})).toBeUndefined()
  })

  it('reads what stands behind litefs mount in place of the file', async () => {
    const command = {
      words: ['litefs', 'mount', '--', 'npm', 'start'],
      at: {file: 'x'},
      conditional: false,
      decisive: true,
    }
    expect(launchedBehind(command)?.words).toEqual(['npm', 'start'])
    expect(await launched('litefs mount -- npm start', {'litefs.yml': 'exec: node other.js\n'})).toBeUndefined()
  })

  it('reads the programs of supervisord, each in its folder', async () => {
    const file = [
      '[supervisord]',
      'nodaemon=true',
      '',
      '[program:web]',
      'command=gunicorn app:app',
      'directory=/srv',
      '; command=old',
      '[program:worker]',
      'command = /bin/sh -c "celery -A app worker"',
      '[program:later]',
      'autostart=false',
      'command=later',
    ].join('\n')
    expect(
      await launched('/usr/bin/supervisord -n -c deploy/supervisord.conf', {'deploy/supervisord.conf': file}),
    ).toEqual(['5 cd /srv', '5 gunicorn app:app', '9 celery -A app worker'])
  })

  it('reads what supervisord includes', async () => {
    const web = '[program:web]\ncommand=gunicorn app:app\n'
    const main = '[supervisord]\n[include]\nfiles = /srv/conf.d/*.conf ; all\n[program:redis]\ncommand=redis-server\n'
    const files = {'supervisord.conf': main, '/srv/conf.d/web.conf': web, '/etc/supervisor/conf.d/other.conf': web}
    expect(await launched('supervisord', files)).toEqual(['5 redis-server', '2 gunicorn app:app'])
    // The package brings a file that includes these.
    expect(await launched('supervisord -n', {'/etc/supervisor/conf.d/web.conf': web})).toEqual(['2 gunicorn app:app'])
    expect(await launched('supervisord -c my.conf', {'/etc/supervisor/conf.d/web.conf': web})).toBeUndefined()
  })

  it('reads the lines of a Procfile, which a shell runs', async () => {
    const file = '# all\nweb: cd web && node server.js\nworker: node worker.js\n'
    const all = ['2 cd web', '2 node server.js', '3 node worker.js']
    expect(await launched('overmind start', {Procfile: file})).toEqual(all)
    expect(await launched('foreman start -f Procfile.prod', {'Procfile.prod': file})).toEqual(all)
    expect(await launched('hivemind Procfile.prod', {'Procfile.prod': file})).toEqual(all)
    expect(await launched('node Procfile', {Procfile: file})).toBeUndefined()
  })
})
