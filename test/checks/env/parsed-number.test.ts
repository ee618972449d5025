import check from '../../../checks/env/parsed-number.ts'
import {testCheck} from '../../harness.ts'

const project = (value: string, files: Record<string, string>) => ({
  files: {'fly.toml': `app = "shop"\n[env]\nLIMIT = "${value}"\n`, ...files},
})
const go = (body: string) => ({'main.go': `package main\n\nimport "os"\n\nfunc main() {\n${body}\n}\n`})
const python = (line: string) => ({'app.py': `import os\n${line}\n`})

testCheck(check, {
  clean: {
    'a whole number': project('10', python('limit = int(os.environ["LIMIT"])')),
    'a number as Python writes it': project('1_000', python('limit = int(os.environ["LIMIT"])')),
    'a number that is read as one with a fraction': project('0.5', python('limit = float(os.environ["LIMIT"])')),
    'a time that is read as one': project(
      '30s',
      go('\traw := os.Getenv("LIMIT")\n\tlimit, err := time.ParseDuration(raw)'),
    ),
    'either a number or a time': project(
      '30s',
      go(
        '\traw := os.Getenv("LIMIT")\n\tn, err := strconv.Atoi(raw)\n\tif err != nil {\n\t\td, _ := time.ParseDuration(raw)\n\t}',
      ),
    ),
    'a number to another base': project('0x1F', python('limit = int(os.environ["LIMIT"], 16)')),
    'the same without its mark': project('1f', go('\tn, err := strconv.ParseUint(os.Getenv("LIMIT"), 16, 64)')),
    'a unit that is taken away before': project('5m', python('limit = int(os.environ.get("LIMIT", "5m").rstrip("m"))')),
    'a unit that is taken away in Rust': project('5m', {
      'src/main.rs': 'fn f() { let n = std::env::var("LIMIT").unwrap().trim_end_matches(\'m\').parse::<u64>(); }\n',
    }),
    'a parser of the project, for clap': project('10MB', {
      'src/main.rs':
        '#[derive(Parser)]\nstruct Args {\n    #[arg(long, value_parser = size, env = "LIMIT")]\n    limit: u64,\n}\n',
    }),
    'read again as a time': project(
      '30s',
      go(
        '\tif n, err := strconv.Atoi(os.Getenv("LIMIT")); err == nil {\n\t\treturn n\n\t}\n\td, _ := time.ParseDuration(os.Getenv("LIMIT"))',
      ),
    ),
    'another variable': project('30s', python('limit = int(os.environ["OTHER"])')),
    'a test': project('0.5', {'tests/test_app.py': 'import os\nlimit = int(os.environ["LIMIT"])\n'}),
  },
  flagged: {
    'a fraction in Python': {
      ...project('0.5', python('limit = int(os.environ.get("LIMIT", "5"))')),
      expect: ['warning fly.toml:3:1 LIMIT is "0.5", but app.py reads it as a whole number: it stops there'],
    },
    'an error that Python catches': {
      ...project('0.5', python('try:\n    limit = int(os.environ["LIMIT"])\nexcept ValueError:\n    limit = 5')),
      expect: [
        'warning fly.toml:3:1 LIMIT is "0.5", but app.py reads it as a whole number: it stops, or goes on without it',
      ],
    },
    'clap, which makes a number of it': {
      ...project('10MB', {
        'src/main.rs':
          '#[derive(Parser)]\nstruct Args {\n    #[arg(long, value_parser = size, env = "OTHER")]\n    other: u64,\n    #[arg(long, env = "LIMIT")]\n    limit: u64,\n}\n',
      }),
      expect: [
        'warning fly.toml:3:1 LIMIT is "10MB", but src/main.rs reads it as a whole number: it stops, or goes on without it',
      ],
    },
    'a unit in Elixir': {
      ...project('30s', {
        'config/runtime.exs': 'import Config\nlimit = String.to_integer(System.get_env("LIMIT") || "5")\n',
      }),
      expect: [
        'warning fly.toml:3:1 LIMIT is "30s", but config/runtime.exs reads it as a whole number: it stops there',
      ],
    },
    'a fraction in Go, bound to a name': {
      ...project(
        '0.10',
        go(
          '\tif raw := strings.TrimSpace(os.Getenv("LIMIT")); raw != "" {\n\t\tif n, err := strconv.Atoi(raw); err == nil {\n\t\t\tlimit = n\n\t\t}\n\t}',
        ),
      ),
      expect: [
        'warning fly.toml:3:1 LIMIT is "0.10", but main.go reads it as a whole number: it stops, or goes on without it',
      ],
    },
    'a size in Rust': {
      ...project('10MB', {
        'src/main.rs': 'fn main() {\n    let limit = std::env::var("LIMIT").unwrap().parse::<usize>().unwrap();\n}\n',
      }),
      expect: [
        'warning fly.toml:3:1 LIMIT is "10MB", but src/main.rs reads it as a whole number: it stops, or goes on without it',
      ],
    },
  },
})
