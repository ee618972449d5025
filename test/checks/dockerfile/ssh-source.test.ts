import sshSource from '../../../checks/dockerfile/ssh-source.ts'
import {testCheck} from '../../harness.ts'

const address = 'git@github.com:shop/seo.git'
const ruby = (
  remote = address,
  more = '',
  gem = `gem "seo", git: "${remote}"`,
  files: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ruby:3.4\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\n${more}RUN bundle install\n`,
    Gemfile: `source "https://rubygems.org"\n${gem}\n`,
    'Gemfile.lock': `GIT\n  remote: ${remote}\n  revision: 199d7bf\n  specs:\n    seo (1.0.0)\n`,
    ...files,
  },
})
const project = (from: string, run: string, files: Record<string, string>) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${from}\nWORKDIR /app\nCOPY . .\nRUN ${run}\n`,
    ...files,
  },
})
const says = (place: string, tool: string) => [
  `warning ${place} ${tool} clones seo by ssh, and the build has no key for it: "Permission denied (publickey)", or no ssh at all`,
]

testCheck(sshSource, {
  clean: {
    'by https': ruby('https://github.com/shop/seo.git'),
    'the RUN before brings a key': ruby(address, 'COPY deploy_key /root/.ssh/id_ed25519\n'),
    'git asks by https all the same': ruby(
      address,
      'RUN git config --global url."https://github.com/".insteadOf git@github.com:\n',
    ),
    'packed by bundle cache': ruby(address, '', undefined, {'vendor/cache/seo-1/seo.gemspec': ''}),
    'for development alone': ruby(address, '', `gem "seo", git: "${address}", group: :development`),
    'for development alone, in a block': ruby(
      address,
      '',
      `group :development, :test do\n  gem "seo", git: "${address}"\nend`,
    ),
    'a key is mounted': {
      files: {
        ...ruby().files,
        Dockerfile: 'FROM ruby:3.4\nWORKDIR /app\nCOPY . .\nRUN --mount=type=ssh bundle install\n',
      },
    },
    'a lock that no step reads': project('ruby:3.4', 'echo built', {'Gemfile.lock': ruby().files['Gemfile.lock']}),
    'Cargo, by https': project('rust:1.90', 'cargo build --release', {
      'Cargo.toml': '[dependencies]\nseo = { git = "https://github.com/shop/seo" }\n',
      'Cargo.lock': '[[package]]\nname = "seo"\nsource = "git+https://github.com/shop/seo#199d"\n',
    }),
  },
  flagged: {
    Bundler: {...ruby(), expect: says('Gemfile:2:1', 'bundle install')},
    Cargo: {
      ...project('rust:1.90', 'cargo build --release', {
        'Cargo.toml': '[dependencies]\nseo = { git = "ssh://git@github.com/shop/seo.git" }\n',
        'Cargo.lock': '[[package]]\nname = "seo"\nsource = "git+ssh://git@github.com/shop/seo.git?branch=main#199d"\n',
      }),
      expect: says('Cargo.toml:2:1', 'cargo build'),
    },
    mix: {
      ...project('elixir:1.18', 'mix deps.get --only prod', {
        'mix.exs': `defp deps do\n  [{:seo, git: "${address}"}]\nend\n`,
        'mix.lock': `%{\n  "seo": {:git, "${address}", "199d", []},\n}\n`,
      }),
      expect: says('mix.exs:2:3', 'mix deps.get'),
    },
    uv: {
      ...project('ghcr.io/astral-sh/uv:python3.13-bookworm', 'uv sync --frozen', {
        'pyproject.toml': '[tool.uv.sources]\nseo = { git = "ssh://git@github.com/shop/seo.git" }\n',
        'uv.lock': '[[package]]\nname = "seo"\nsource = { git = "ssh://git@github.com/shop/seo.git#199d" }\n',
      }),
      expect: says('pyproject.toml:2:1', 'uv sync'),
    },
  },
})
