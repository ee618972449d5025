import staleStubs from '../../../checks/dockerfile/stale-stubs.ts'
import {testCheck} from '../../harness.ts'

const stub = 'RUN mkdir src && echo "fn main() {}" > src/main.rs && cargo build --release && rm -rf src\n'
const project = (Dockerfile: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM rust:1.90-bookworm\nWORKDIR /app\nCOPY Cargo.toml ./\n${Dockerfile}`,
    'Cargo.toml': '[package]\nname = "shop"\n',
    'src/main.rs': 'fn main() {}\n',
    ...files,
  },
})
const members = {
  'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
  'crates/web/Cargo.toml': '[package]\nname = "web"\n',
  'crates/web/src/main.rs': '',
  'crates/web/src/lib.rs': '',
  'crates/core/src/lib.rs': '',
}
const stubs =
  'COPY crates/web/Cargo.toml crates/web/\nRUN mkdir -p crates/web/src && \\\n    echo "fn main(){}" > crates/web/src/main.rs && \\\n    touch crates/web/src/lib.rs \\\n          crates/core/src/lib.rs && \\\n    cargo build --release -p web\n'
const says = (name: string) =>
  `cargo has compiled a stub of ${name}, and COPY brings a source that is older than that in a new builder: cargo takes it for compiled, and the stub is what runs`

testCheck(staleStubs, {
  clean: {
    'the source is touched': project(`${stub}COPY src ./src\nRUN touch src/main.rs && cargo build --release\n`),
    'all are touched': project(
      `${stub}COPY . .\nRUN find src -name '*.rs' -exec touch {} +\nRUN cargo build --release\n`,
    ),
    'what the stub became is taken away in the same RUN': project(
      'RUN mkdir -p src && \\\n    echo "fn main() {}" > src/main.rs && \\\n    cargo build --release && \\\n    rm -f target/release/deps/shop* src/main.rs\nCOPY src ./src\nRUN cargo build --release\n',
    ),
    'what the stub became is taken away': project(
      `${stub}RUN rm -f target/release/deps/shop*\nCOPY src ./src\nRUN cargo build --release\n`,
    ),
    'what the stub became is taken away at once': project(
      'RUN mkdir src && echo "fn main() {}" > src/main.rs && cargo build --release && rm -rf src target/release/deps/shop*\nCOPY src ./src\nRUN cargo build --release\n',
    ),
    'the stub is not compiled': project(
      'RUN mkdir src && echo "fn main() {}" > src/main.rs && cargo fetch\nCOPY src ./src\nRUN cargo build --release\n',
    ),
    'the stub is compiled for another profile': project(
      'RUN mkdir src && echo "fn main() {}" > src/main.rs && cargo build\nCOPY src ./src\nRUN cargo build --release\n',
    ),
    'the results of the stub lie in a cache': project(
      `${stub.replace('RUN ', 'RUN --mount=type=cache,target=/app/target ')}COPY src ./src\nRUN cargo build --release\n`,
    ),
    'no source is copied': project(`${stub}RUN cargo build --release\n`),
    'cargo chef': project(
      'RUN cargo chef cook --release --recipe-path recipe.json\nCOPY src ./src\nRUN cargo build --release\n',
    ),
    'a script may touch it': project(`${stub}COPY . .\nRUN ./build.sh && cargo build --release\n`, {'build.sh': ''}),
    'another package': project(
      `${stubs}COPY crates crates\nRUN touch crates/web/src/*.rs && cargo build --release -p web\n`,
      members,
    ),
  },
  flagged: {
    'stubs of which some may not be compiled': {
      ...project(
        'RUN mkdir src && echo "fn main() {}" > src/main.rs && cargo build --release || true\nCOPY src ./src\nRUN cargo build --release\n',
      ),
      expect: [`warning Dockerfile:6:5 ${says('src/main.rs')}`],
    },
    'the source as it is': {
      ...project(`${stub}COPY src ./src\nRUN cargo build --release\n`),
      expect: [`warning Dockerfile:6:5 ${says('src/main.rs')}`],
    },
    'stubs in a stage below': {
      ...project(`${stub}`),
      files: {
        ...project('').files,
        Dockerfile: `FROM rust:1.90-bookworm AS deps\nWORKDIR /app\nCOPY Cargo.toml ./\n${stub}FROM deps AS build\nCOPY src ./src\nRUN cargo build --release\n`,
      },
      expect: [`warning Dockerfile:7:5 ${says('src/main.rs')}`],
    },
    'one of two is touched': {
      ...project(
        `${stubs}COPY crates crates\nRUN touch crates/web/src/main.rs && cargo build --release -p web\n`,
        members,
      ),
      expect: [`warning Dockerfile:11:37 ${says('crates/web/src/lib.rs')}`],
    },
  },
})
