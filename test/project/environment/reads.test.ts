import {describe, expect, it} from 'vitest'
import type {VariableRead} from '../../../src/project/environment/environment.ts'
import {goReads} from '../../../src/project/environment/go-reads.ts'
import {rustReads} from '../../../src/project/environment/rust-reads.ts'
import {TextFile} from '../../../src/project/files/text.ts'

/** `KEY`: demanded; `KEY?`: it may be absent; `KEY=`: with a default. */
const shown = (reads: VariableRead[]): string[] =>
  reads.map(({name, required, without}) => `${name}${required ? '' : without === 'continues' ? '=' : '?'}`)
const go = (text: string, path = 'main.go') => shown(goReads(new TextFile(path, `/${path}`, text)))
const rust = (text: string, path = 'src/main.rs') => shown(rustReads(new TextFile(path, `/${path}`, text)))

describe('Go', () => {
  it.each([
    ['the program ends', 'if os.Getenv("KEY") == "" {\n\tlog.Fatal("KEY is not set")\n}', ['KEY']],
    ['a variable is looked at', 'key := os.Getenv("KEY")\n\tif key == "" {\n\t\tpanic("no key")\n\t}', ['KEY']],
    ['in one line', 'if key := os.Getenv("KEY"); key == "" {\n\tos.Exit(1)\n}', ['KEY']],
    ['the function fails', 'key := os.Getenv("KEY")\nif key == "" {\n\treturn nil, errors.New("no KEY")\n}', ['KEY']],
    ['LookupEnv', 'key, ok := os.LookupEnv("KEY")\nif !ok {\n\tlog.Fatalf("no key")\n}', ['KEY']],
    ['a function that is called so', 'db := mustGetenv("KEY")', ['KEY']],
    ['the program goes on', 'key := os.Getenv("KEY")\nif key == "" {\n\tkey = "shop"\n}', ['KEY?']],
    ['nobody looks', 'os.Getenv("KEY")', ['KEY?']],
    ['a default', 'getEnv("KEY", "shop")\ncmp.Or(os.Getenv("OTHER"), "x")', ['KEY=', 'OTHER=']],
    ['a default, though it must', 'mustEnv("KEY", "shop")', ['KEY=']],
    ['a comment', '// log.Fatal(mustGetenv("KEY"))', []],
    [
      'envconfig',
      'type c struct {\n\tA string `envconfig:"KEY" required:"true"`\n\tB string `envconfig:"OTHER"`\n}',
      ['KEY', 'OTHER?'],
    ],
    [
      'caarlos0',
      'type c struct {\n\tA string `env:"KEY,required"`\n\tB string `env:"OTHER,notEmpty" envDefault:"x"`\n}',
      ['KEY', 'OTHER='],
    ],
    [
      'sethvargo',
      'type c struct {\n\tA string `env:"KEY, required"`\n\tB string `env:"OTHER, default=5"`\n}',
      ['KEY', 'OTHER='],
    ],
    ['cleanenv', 'type c struct {\n\tA string `yaml:"a" env:"KEY" env-required:"true"`\n}', ['KEY']],
    [
      'a prefix',
      'type c struct {\n\tA D `envPrefix:"SHOP_"`\n}\ntype d struct {\n\tB string `env:"KEY,required"`\n}',
      [],
    ],
  ])('%s', (_, text, expected) => {
    expect(go(text)).toEqual(expected)
  })
})

describe('Rust', () => {
  it.each([
    ['expect', 'let key = std::env::var("KEY").expect("no KEY");', ['KEY']],
    ['unwrap', 'env::var("KEY").unwrap()', ['KEY']],
    ['?', 'let key = env::var("KEY")?;', ['KEY']],
    ['a better message', 'dotenvy::var("KEY").context("KEY (see README) is missing")?', ['KEY']],
    ['over two lines', 'env::var("KEY")\n        .expect("KEY")', ['KEY']],
    ['a default', 'env::var("KEY").unwrap_or_else(|_| "shop".into())', ['KEY=']],
    ['an empty default', 'env::var("KEY").unwrap_or_default()', ['KEY=']],
    ['it may be absent', 'if let Ok(key) = env::var("KEY") {}\nenv::var("OTHER").ok()', ['KEY?', 'OTHER?']],
    ['in a comment', '// env::var("KEY").unwrap()', []],
    ['in the tests', '#[cfg(test)]\nmod tests { fn key() { env::var("KEY").unwrap(); } }', []],
  ])('%s', (_, text, expected) => {
    expect(rust(text)).toEqual(expected)
  })
})

describe('an error', () => {
  const returned = 'key := os.Getenv("KEY")\nif key == "" {\n\treturn errors.New("no KEY")\n}'
  it('ends the program where it is configured', () => {
    expect(go(returned, 'internal/config/config.go')).toEqual(['KEY'])
    expect(rust('env::var("KEY")?', 'src/config.rs')).toEqual(['KEY'])
  })
  it('may be caught elsewhere', () => {
    expect(go(returned, 'mail/send.go')).toEqual(['KEY?'])
    expect(rust('env::var("KEY")?', 'src/mail.rs')).toEqual(['KEY?'])
    expect(rust('env::var("KEY").expect("KEY")', 'src/mail.rs')).toEqual(['KEY'])
  })
})
