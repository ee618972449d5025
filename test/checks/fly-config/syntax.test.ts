import syntax from '../../../checks/fly-config/syntax.ts'
import {testCheck} from '../../harness.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

testCheck(syntax, {
  clean: {
    'very long texts, with line ends or without': {
      files: {
        'fly.toml': `[[files]]\nraw_value = '''\n${'some text, and more\n'.repeat(9000)}'''\n[env]\nA = "${'a b, '.repeat(40_000)}"\n`,
      },
    },
    'a usual file': {files: {'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n'}},
    'TOML 1.1: line ends and a last comma in an inline table': {files: {'fly.toml': 'a = {\n  x = 1,\n  y = 2,\n}\n'}},
    'line ends of Windows': {files: {'fly.toml': 'app = "shop"\r\n[env]\r\nA = "1"\r\n'}},
    'an empty file, which only lacks a name': {files: {'fly.toml': ''}},
    'fly.json': {files: {'fly.json': '{"app": "shop"}'}},
    'fly.yaml': {files: {'fly.yaml': 'app: shop\n'}},
  },
  flagged: {
    'a value without quotes, which is not shown': {
      files: {'fly.toml': '[env]\nDB_PASSWORD = Hunter2Hunter2\n'},
      expect: ['error fly.toml:2:15 the value of DB_PASSWORD needs quotes: DB_PASSWORD = "…"'],
    },
    'a template that something fills in': {
      files: {'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = {{PORT}} # for tests\n'},
      expect: ['warning fly.toml:3:20 unexpected token'],
    },
    'a number beyond 64 bits': {
      files: {'fly.toml': 'app = "shop"\nswap_size_mb = 9223372036854775808\n'},
      expect: ["error fly.toml:2:16 9223372036854775808 is too large: TOML's whole numbers have 64 bits"],
    },
    'hundreds of tables below each other': {
      files: {'fly.toml': `app = "shop"\n[${Array(600).fill('a').join('.')}]\n`},
      expect: ['error fly.toml:2:2 the file is nested too deeply'],
    },
    'a carriage return alone': {
      files: {'fly.toml': 'app = """one\rtwo"""\n'},
      expect: ['error fly.toml:1:13 a carriage return stands without a line feed, which TOML does not allow'],
    },
    'JSON with a comma too many': {
      files: {'fly.json': '{"app": "shop",\n}'},
      expect: ['error fly.json:2:1 this is no JSON: a key in double quotes must stand here'],
    },
    'JSON that is no object': {
      files: {'fly.json': '[]'},
      expect: ['error fly.json:1:1 the file holds no table of keys'],
    },
    'YAML with a key that is a number, where flyctl panics': {
      files: {'fly.yaml': 'app: shop\nenv:\n  1: a\n'},
      expect: ['error fly.yaml:3:3 the key 1 is no string, which makes flyctl crash; it needs quotes'],
    },
    'YAML that contains itself': {
      files: {'fly.yaml': 'app: shop\nenv: &all\n  A: *all\n'},
      expect: ['error fly.yaml:3:6 an anchor contains itself'],
    },
    'no configuration at all': {
      files: {'README.md': ''},
      expect: ['error fly.toml there is no fly.toml, fly.json or fly.yaml in /project'],
    },
    'none, but an app by name: flyctl takes the configuration of the last release': {
      files: {'README.md': ''},
      options: {app: 'shop'},
      expect: ['warning fly.toml there is no fly.toml, fly.json or fly.yaml in /project'],
    },
    'a file that -c names and that is not there': {
      files: {'fly.toml': 'app = "shop"'},
      options: {config: 'fly.staging.toml'},
      expect: ['error fly.staging.toml fly.staging.toml does not exist'],
    },
    'a folder named by -c': {
      files: {'deploy/fly.toml': 'app = "shop"'},
      options: {config: 'deploy'},
      expect: ['error deploy deploy is a folder, not a file'],
    },
    'a key that stands twice': {
      files: {'fly.toml': 'app = "a"\napp = "b"\n'},
      expect: ['error fly.toml:2:1 app stands a second time, which TOML does not allow'],
    },
    'a key that stands twice in YAML': {
      files: {'fly.yaml': 'app: shop\nenv:\n  A: b\n  B: c\n  "A": d\n'},
      expect: ['error fly.yaml:5:3 this is no YAML: this key stands twice'],
    },
    'conflict markers': {
      files: {'fly.toml': 'app = "a"\n<<<<<<< HEAD\nprimary_region = "ams"\n'},
      expect: ['error fly.toml:2:1 a merge conflict was left in the file: <<<<<<< HEAD'],
    },
    'a byte order mark': {
      files: {'fly.toml': '\ufeffapp = "shop"\n'},
      expect: ['error fly.toml:1:1 the file begins with a byte order mark (BOM), which TOML does not allow'],
    },
    'a non-breaking space from a web page': {
      files: {'fly.toml': '[http_service]\n\u00a0 internal_port = 8080\n'},
      expect: ['error fly.toml:2:1 a non-breaking space (as copied from a web page) stands where a plain space must'],
    },
    'typographic quotes': {
      files: {'fly.toml': 'app = “shop”\n'},
      expect: ['error fly.toml:1:7 the quote “ is typographic; TOML needs " or \''],
    },
    'bytes that are no UTF-8': {
      files: {'fly.toml': bytes(...new TextEncoder().encode('app = "shop"\n# caf'), 0xe9, 0x0a)},
      expect: ['error fly.toml:2:1 fly.toml is not UTF-8: the byte 0xe9 on line 2 is no character'],
    },
    'binary data': {
      files: {'fly.toml': bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0)},
      expect: ['error fly.toml:1:1 fly.toml is a binary file, not text'],
    },
    '20 MB': {
      files: {'fly.toml': new Uint8Array(20 * 1024 * 1024).fill(0x20)},
      expect: ['error fly.toml fly.toml has 20 MB, too much to be one'],
    },
    'a file that may not be read': {
      files: {'fly.toml': {error: 'EACCES'}},
      expect: ['error fly.toml fly.toml cannot be read: permission denied'],
    },
    'JSON with a byte order mark': {
      files: {'fly.json': '\ufeff{"app": "shop"}'},
      expect: ['error fly.json:1:1 the file begins with a byte order mark (BOM), which JSON does not allow'],
    },
    'JSON with a mistake': {
      files: {'fly.json': '{"app": "shop",\n app: "two"}'},
      expect: ['error fly.json:2:2 this is no JSON: a string needs double quotes'],
    },
  },
})
