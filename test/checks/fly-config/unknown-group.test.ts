import {expect, it} from 'vitest'
import unknownGroup from '../../../checks/fly-config/unknown-group.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(unknownGroup, {
  clean: {
    'groups that are there': toml(
      '[processes]\nweb = "x"\n[http_service]\nprocesses = ["web"]\n[[restart]]\npolicy = "always"\nprocesses = ["web"]\n',
    ),
    'app, without [processes]': toml('[http_service]\nprocesses = ["app"]\n[[vm]]\nprocesses = ["app"]\n'),
    'none at all': toml('[processes]\nweb = "x"\n[checks.a]\nport = 1\n[[vm]]\nmemory = "1gb"\n'),
    'an empty name, which is the default group for a volume': toml('[mounts]\nsource = "data"\nprocesses = [""]\n'),
    'files, which flyctl does not ask for groups': toml('[[files]]\nprocesses = ["worker"]\n'),
  },
  flagged: {
    'app is a group only if it is listed': {
      ...toml('[processes]\nweb = "x"\nworker = "y"\n[http_service]\nprocesses = ["app"]\n'),
      expect: ['error fly.toml:5:14 http_service names the process group "app", but the groups are web, worker'],
    },
    'without [processes] there is app alone': {
      ...toml('[[services]]\nprocesses = ["web"]\n[[restart]]\npolicy = "always"\nprocesses = ["app", ""]\n'),
      expect: [
        'error fly.toml:2:14 services[0] names the process group "web", but without [processes] the only group is app',
        'error fly.toml:5:21 restart[0] names the process group "", but without [processes] the only group is app',
      ],
    },
    'what flyctl drops in silence': {
      ...toml(
        '[processes]\nweb = "x"\n[checks.up]\nprocesses = ["app"]\n[[vm]]\nprocesses = ["app"]\n[mount]\nprocesses = ["app"]\n[metrics]\nprocesses = ["app"]\n',
      ),
      expect: [
        'warning fly.toml:4:14 checks.up names the process group "app", but the groups are web: this check never runs',
        'warning fly.toml:6:14 vm[0] names the process group "app", but the groups are web: no machine gets this size',
        'warning fly.toml:8:14 mounts[0] names the process group "app", but the groups are web: no machine mounts this volume',
        'warning fly.toml:10:14 metrics[0] names the process group "app", but the groups are web: nothing reads these metrics',
      ],
    },
    'a group that is gone, beside one that is there': {
      ...toml('[processes]\nweb = "x"\n[[vm]]\nprocesses = ["web", "cron"]\n'),
      expect: [
        'info fly.toml:4:21 vm[0] names the process group "cron", but the groups are web: the name counts for nothing',
      ],
    },
    'a typing error beside one that is there': {
      ...toml('[processes]\nweb = "x"\nworker = "y"\n[[vm]]\nprocesses = ["web", "workers"]\n'),
      expect: [
        'warning fly.toml:5:21 vm[0] names the process group "workers", but the groups are web, worker: the name counts for nothing',
      ],
    },
    'a group that is gone, beside one that is there, where another is left out': {
      ...toml('[processes]\nweb = "x"\nindexer = "y"\n[[vm]]\nprocesses = ["web", "cron"]\n'),
      expect: [
        'warning fly.toml:5:21 vm[0] names the process group "cron", but the groups are indexer, web: the name counts for nothing',
      ],
    },
    'the names that JavaScript knows': {
      files: {'fly.yaml': 'processes:\n  web: x\nhttp_service:\n  processes: [constructor]\n'},
      expect: ['error fly.yaml:4:15 http_service names the process group "constructor", but the groups are web'],
    },
  },
})

it('says which group is meant', async () => {
  const first = async (text: string) => (await checkOne(toml(text), unknownGroup)).findings[0]
  expect(await first('[processes]\nworker = "x"\n[[vm]]\nprocesses = ["workers"]\n')).toMatchObject({
    hint: 'Did you mean "worker"?',
    failsAt: 'silent',
    fix: {
      title: 'Write "worker"',
      edits: [{file: 'fly.toml', line: 4, column: 14, endLine: 4, endColumn: 23, text: '"worker"'}],
    },
  })
  expect((await first('[processes]\nWeb = "x"\n[http_service]\nprocesses = ["web"]\n'))?.hint).toBe(
    'Did you mean "Web"?',
  )
  expect((await first('[processes]\napi = "x"\n[http_service]\nprocesses = ["app"]\n'))?.hint).toBe(
    'Write one of api, or add the group to [processes]: app = "COMMAND"',
  )
  expect((await first('[http_service]\nprocesses = ["web"]\n'))?.hint).toBe(
    'Write processes = ["app"], or delete the line.',
  )
})
