import check from '../../../checks/dockerfile/cargo-lock.ts'
import {testCheck} from '../../harness.ts'

const crate = (name: string, version: string, dependencies: string[] = [], source = true) =>
  `[[package]]\nname = "${name}"\nversion = "${version}"\n${source ? 'source = "registry+https://github.com/rust-lang/crates.io-index"\n' : ''}${dependencies.length > 0 ? `dependencies = [\n${dependencies.map((each) => ` "${each}",\n`).join('')}]\n` : ''}\n`
const own = (...dependencies: string[]) => crate('shop', '0.1.0', dependencies, false)
const project = (
  dependencies: string,
  lock: string,
  run = 'cargo build --release --locked',
  head = 'version = "0.1.0"',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM rust:1.90\nWORKDIR /src\nCOPY . .\nRUN ${run}\nCMD ["/src/target/release/shop"]\n`,
    'Cargo.toml': `[package]\nname = "shop"\n${head}\nedition = "2021"\n\n${dependencies}`,
    'Cargo.lock': `version = 4\n\n${lock}`,
    'src/main.rs': 'fn main() {}\n',
  },
})
const axum = '[dependencies]\naxum = "0.8"\n'
const locked = own('axum') + crate('axum', '0.8.4')
const stops = 'cargo build stops, as --locked forbids it to change Cargo.lock:'

testCheck(check, {
  clean: {
    'all is there': project(axum, locked),
    'a range with two ends': project('[dependencies]\naxum = ">=0.7, <0.9"\n', locked),
    'an exact version': project('[dependencies]\naxum = "=0.8.4"\n', locked),
    'any version': project('[dependencies]\naxum = "*"\n', locked),
    'a dash for an underscore': project(
      '[dependencies]\ntokio_stream = "0.1"\n',
      own('tokio-stream') + crate('tokio-stream', '0.1.17'),
    ),
    'another name in the project': project('[dependencies]\nweb = {package = "axum", version = "0.8"}\n', locked),
    'two versions of a crate': project(axum, own('axum 0.8.4') + crate('axum', '0.7.9') + crate('axum', '0.8.4')),
    'a version of a workspace': project('[dependencies]\naxum.workspace = true\n\n[workspace]\n', own()),
    'without --locked': project(axum, own(), 'cargo build --release'),
    'a dependency that is no longer asked for': project('', locked),
    'a patch': project(`${axum}\n[patch.crates-io]\naxum = {path = "axum"}\n`, own()),
    'a lock file that is written before': project(axum, own(), 'cargo update > Cargo.lock && cargo build --locked'),
    'the version of a workspace': project('', own(), undefined, 'version.workspace = true'),
  },
  flagged: {
    'a dependency that is new': {
      ...project(axum, own()),
      expect: [`error Cargo.toml:7:1 ${stops} Cargo.toml asks for axum 0.8, and Cargo.lock has no such package`],
    },
    'one for a system and one for tests': {
      ...project('[target.\'cfg(unix)\'.dev-dependencies]\nnix = "0.30"\n', own()),
      expect: [`error Cargo.toml:7:1 ${stops} Cargo.toml asks for nix 0.30, and Cargo.lock has no such package`],
    },
    'a range without the version': {
      ...project('[dependencies]\naxum = "0.9"\n', locked),
      expect: [`error Cargo.toml:7:1 ${stops} Cargo.toml asks for axum 0.9, and Cargo.lock has 0.8.4`],
    },
    'another version of the package': {
      ...project(axum, locked, undefined, 'version = "0.2.0"'),
      expect: [`error Cargo.toml:3:1 ${stops} Cargo.toml is shop 0.2.0, and Cargo.lock has 0.1.0`],
    },
    'another name of the package': {
      ...project('', crate('store', '0.1.0', [], false), 'cargo build --frozen'),
      expect: [`error Cargo.toml:2:1 ${stops} Cargo.toml is shop 0.1.0, and Cargo.lock has no such package`],
    },
  },
})
