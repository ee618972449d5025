import files from '../../../checks/fly-config/files.ts'
import {testCheck} from '../../harness.ts'

const file = (text: string) => ({files: {'fly.toml': `[[files]]\n${text}\n`}})

testCheck(files, {
  clean: {
    'a secret': file('guest_path = "/run/secrets/key"\nsecret_name = "KEY"'),
    'plain text': file('guest_path = "/etc/motd"\nraw_value = "hello world"'),
    'words that are base64 by chance': file('guest_path = "/etc/motd"\nraw_value = "productionEnvironment123"'),
    'base64 of other bytes than text, which is its own business': file(
      'guest_path = "/app/key"\nraw_value = "3q2+7wD/gICAgICA"',
    ),
    'an empty source, which removes the file': file('guest_path = "/etc/motd"\nlocal_path = ""'),
  },
  flagged: {
    'base64, as the docs say': {
      ...file('guest_path = "/app/hello.txt"\nraw_value = "aGVsbG8gd29ybGQK"'),
      expect: [
        'warning fly.toml:3:13 files[0].raw_value is encoded as base64 already; flyctl encodes it again, so the file will hold the base64 text',
      ],
    },
    'no source': {
      ...file('guest_path = "/etc/motd"'),
      expect: ['warning fly.toml:2:1 files[0] names no content, it must have local_path, secret_name or raw_value'],
    },
    'several sources': {
      ...file('guest_path = "/etc/motd"\nraw_value = "x"\nsecret_name = "MOTD"\nlocal_path = "motd"'),
      expect: [
        'warning fly.toml:3:1 files[0].raw_value is not used: there is local_path too, which comes first',
        'warning fly.toml:4:1 files[0].secret_name is not used: there is local_path too, which comes first',
      ],
    },
    'a path from nowhere': {
      ...file('guest_path = "config.yaml"\nlocal_path = "config.yaml"'),
      expect: ['warning fly.toml:2:1 files[0].guest_path is "config.yaml", it must be an absolute path in the machine'],
    },
    'no path, in JSON': {
      files: {'fly.json': '{"files": [{"local_path": "motd"}]}'},
      expect: ['warning fly.json:1:12 files[0] has no guest_path, it must say where in the machine the file goes'],
    },
  },
})
