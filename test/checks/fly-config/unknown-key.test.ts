import {expect, it} from 'vitest'
import unknownKey from '../../../checks/fly-config/unknown-key.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(unknownKey, {
  clean: {
    'keys that flyctl knows': toml('app = "shop"\n[[vm]]\nsize = "shared-cpu-1x"\n[[services]]\ninternal_port = 80\n'),
    'names that the project gives': toml(
      '[env]\nANY_THING = "1"\n[processes]\nmy-web = "x"\n[build.args]\nfoo = "1"\n',
    ),
    'its other names for the same': toml('[mount]\nsource = "a"\ndestination = "/a"\n[build]\nbuild_target = "x"\n'),
    'headers, where any value goes': toml('[http_service.http_options.response.headers]\nX-Any = false\n'),
  },
  flagged: {
    'a typing error': {
      ...toml('[http_service]\n  internal_prot = 8080\n'),
      expect: ['warning fly.toml:2:3 flyctl does not know internal_prot in http_service, and skips it'],
    },
    'inside arrays, where config validate --strict is blind': {
      ...toml('[[services]]\n[[services.ports]]\nprot = 80\n[[vm]]\nsise = "x"\n[[mounts]]\nsorce = "x"\n'),
      expect: [
        'warning fly.toml:3:1 flyctl does not know prot in services[0].ports[0], and skips it',
        'warning fly.toml:5:1 flyctl does not know sise in vm[0], and skips it',
        'warning fly.toml:7:1 flyctl does not know sorce in mounts[0], and skips it',
      ],
    },
    'a key at the wrong place': {
      ...toml('min_machines_running = 1\n'),
      expect: ['warning fly.toml:1:1 flyctl does not know min_machines_running at the top level, and skips it'],
    },
    'a section that is none': {
      ...toml('[fly]\napp = "shop"\n'),
      expect: ['warning fly.toml:1:2 flyctl does not know fly at the top level'],
    },
    'another letter case, which works': {
      ...toml('App = "shop"\n'),
      expect: [
        "info fly.toml:1:1 App works by chance: flyctl's key is app, and config validate --strict refuses any other case",
      ],
    },
    'another letter case, which is lost': {
      ...toml('[[VM]]\nsize = "shared-cpu-1x"\n'),
      expect: ['warning fly.toml:1:3 flyctl ignores VM: the key is vm, in lower case'],
    },
    'left over from old templates': {
      ...toml('[experimental]\nallowed_public_ports = []\n'),
      expect: ['info fly.toml:2:1 flyctl does not know allowed_public_ports in experimental'],
    },
    'in JSON': {
      files: {'fly.json': '{"app": "shop", "deploy": {"strategie": "rolling"}}'},
      expect: ['warning fly.json:1:28 flyctl does not know strategie in deploy, and skips it'],
    },
    'in YAML': {
      files: {'fly.yaml': 'app: shop\ndeploy:\n  strategie: rolling\n'},
      expect: ['warning fly.yaml:3:3 flyctl does not know strategie in deploy, and skips it'],
    },
    'the names that JavaScript knows': {
      ...toml('constructor = 1\n[deploy]\ntoString = 1\n"__proto__" = 1\n'),
      expect: [
        'warning fly.toml:1:1 flyctl does not know constructor at the top level, and skips it',
        'warning fly.toml:3:1 flyctl does not know toString in deploy, and skips it',
        'warning fly.toml:4:1 flyctl does not know __proto__ in deploy, and skips it',
      ],
    },
  },
})

const first = async (text: string) => (await checkOne(toml(text), unknownKey)).findings[0]

it('says which key is meant, and how to write it', async () => {
  expect(await first('[http_service]\n  internal_prot = 8080\n')).toMatchObject({
    hint: 'Did you mean internal_port?',
    location: {keyPath: 'http_service.internal_prot'},
    fix: {
      title: 'Write internal_port',
      edits: [{file: 'fly.toml', line: 2, column: 3, endLine: 2, endColumn: 16, text: 'internal_port'}],
    },
  })
})

it('says where a key belongs', async () => {
  expect((await first('auto_stop_machines = true\n'))?.hint).toBe('auto_stop_machines belongs under [http_service].')
  expect((await first('[[services]]\n[[services.ports]]\nauto_stop_machines = true\n'))?.hint).toBe(
    'auto_stop_machines belongs under [[services]].',
  )
  expect((await first('[[services]]\n[[vm]]\nauto_stop_machines = true\n'))?.hint).toBe(
    'auto_stop_machines belongs under [[services]].',
  )
  expect((await first('[[services]]\n[[vm]]\nkill_signal = "SIGTERM"\n'))?.hint).toBe(
    'kill_signal belongs at the top level, above the first [table].',
  )
  expect((await first('[http_service]\nkill_timeout = 30\n'))?.hint).toBe(
    'kill_timeout belongs at the top level, above the first [table].',
  )
  expect((await first('[[services]]\n[http_service]\n[[http_service.http_checks]]\n'))?.hint).toBe(
    'Write [[http_service.checks]].',
  )
  expect((await first('[deploy]\nkernel_args = []\n'))?.hint).toBe(
    'kernel_args belongs under [deploy.release_command_vm].',
  )
  expect((await first('[http_service]\nprimary_region = "iad"\n'))?.hint).toBe(
    'primary_region belongs at the top level, above the first [table].',
  )
  expect((await first('[http_service]\n[http_service.http_options.headers]\nX-Any = "a"\n'))?.hint).toBe(
    'Write [http_service.http_options.response.headers].',
  )
  expect((await first('[[statics]]\nprocesses = ["web"]\n'))?.hint).toContain('of the whole app')
  expect((await first('[http_service.concurrency]\nprocesses = ["web"]\n'))?.hint).not.toContain('top level')
  expect((await first('[build.processes]\nweb = "run"\n'))?.hint).toBe(
    'processes belongs at the top level, above the first [table].',
  )
  expect((await first('[machine]\nmemory = "512mb"\n'))?.hint).toContain('[[vm]]')
})
