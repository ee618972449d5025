import check from '../../../checks/image/installed-gems.ts'
import {testCheck} from '../../harness.ts'

interface Shape {
  base?: string
  path?: string
  build?: string
  copies?: string
  cmd?: string
  files?: Record<string, string>
}
const gemsCopied = 'COPY --from=build /usr/local/bundle /usr/local/bundle\n'
const shop = ({
  base = 'ruby:3.4-slim',
  path = 'ENV BUNDLE_PATH=/usr/local/bundle BUNDLE_DEPLOYMENT=1\n',
  build = 'RUN bundle install',
  copies = 'COPY --from=build /rails /rails\n',
  cmd = '["./bin/rails", "server"]',
  files = {},
}: Shape = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base} AS base\nWORKDIR /rails\nRUN gem update --system --no-document && gem install -N bundler\n${path}FROM base AS build\nCOPY Gemfile Gemfile.lock ./\n${build}\nCOPY . .\nRUN bin/rails assets:precompile\nFROM base\n${copies}CMD ${cmd}\n`,
    Gemfile: 'gem "rails"\ngem "puma"\n',
    'Gemfile.lock':
      'GEM\n  specs:\n    puma (7.0.4)\n    rails (8.0.3)\n      railties (= 8.0.3)\n    railties (8.0.3)\n',
    'bin/rails': '#!/usr/bin/env ruby\nrequire_relative "../config/boot"\n',
    'bin/docker-entrypoint': '#!/bin/bash -e\nexec "${@}"\n',
    ...files,
  },
})
const single = (env: string, cmd: string, more = '') => ({
  files: {
    ...shop().files,
    Dockerfile: `FROM ruby:3.4-slim\nWORKDIR /rails\n${env}COPY . .\nRUN bundle install\n${more}CMD ${cmd}\n`,
  },
})
const lacking = (program: string) =>
  `${program}, and the gems are in /usr/local/bundle of another stage, which no COPY brings: Bundler stops with "Could not find … in locally installed gems"`
const offPath = (program: string, folder: string) =>
  `CMD starts ${program}, which Bundler lays into ${folder}/ruby/…/bin, and that is not in PATH: it is not found`

testCheck(check, {
  clean: {
    'the gems are copied': shop({copies: `${gemsCopied}COPY --from=build /rails /rails\n`}),
    'with the folder above them': shop({
      copies: 'COPY --from=build /usr/local /usr/local\nCOPY --from=build /rails /rails\n',
    }),
    'they lie in the app': shop({path: 'ENV BUNDLE_DEPLOYMENT=1\n'}),
    'a path in the app': shop({path: 'ENV BUNDLE_PATH=vendor/bundle\n'}),
    'a setting of Bundler names the path': shop({
      path: '',
      build: 'RUN bundle config set path vendor/bundle && bundle install',
    }),
    'the last stage installs them': shop({copies: 'COPY --from=build /rails /rails\nRUN bundle install\n'}),
    'the start installs them': shop({
      copies: 'COPY --from=build /rails /rails\nENTRYPOINT ["/rails/bin/docker-entrypoint"]\n',
      files: {'bin/docker-entrypoint': '#!/bin/bash -e\nbundle check || bundle install\nexec "${@}"\n'},
    }),
    'an image of ones own': shop({base: 'ghcr.io/shop/ruby:3.4'}),
    'what is started needs none': shop({cmd: '["./bin/serve"]'}),
    'a program of a gem in PATH': single('', '["rails", "server", "-b", "0.0.0.0"]'),
    'PATH has the folder of the app': single(
      'ENV BUNDLE_DEPLOYMENT=1 PATH=/rails/bin:$PATH\n',
      '["rails", "server", "-b", "0.0.0.0"]',
    ),
    'PATH has that of the gems': single(
      'ENV BUNDLE_DEPLOYMENT=1 PATH=/rails/vendor/bundle/ruby/3.4.0/bin:$PATH\n',
      '["puma"]',
    ),
    'installed beside Bundler': single('ENV BUNDLE_DEPLOYMENT=1\n', '["puma"]', 'RUN gem install puma\n'),
    'a binstub': single('ENV BUNDLE_DEPLOYMENT=1\n', '["puma"]', 'RUN bundle binstubs puma --path /usr/local/bin\n'),
    'with Bundler': single('ENV BUNDLE_DEPLOYMENT=1\n', '["bundle", "exec", "puma"]'),
    'no deployment after all': single('ENV BUNDLE_DEPLOYMENT=0\n', '["puma"]'),
  },
  flagged: {
    'the app is copied, and its gems are not': {
      ...shop(),
      expect: [`error Dockerfile:7:5 CMD starts ./bin/rails server${lacking('')}`],
    },
    'by bundle exec, and where the image has them by itself': {
      ...shop({path: '', cmd: '["bundle", "exec", "puma"]'}),
      expect: [`error Dockerfile:6:5 CMD starts bundle exec puma${lacking('')}`],
    },
    'through the entrypoint': {
      ...shop({copies: 'COPY --from=build /rails /rails\nENTRYPOINT ["/rails/bin/docker-entrypoint"]\n'}),
      expect: [`error Dockerfile:7:5 CMD starts ./bin/rails server${lacking('')}`],
    },
    'rails without Bundler': {
      ...single('ENV BUNDLE_DEPLOYMENT=1\n', '["rails", "server"]'),
      expect: [`error Dockerfile:6:1 ${offPath('rails', '/rails/vendor/bundle')}`],
    },
    'puma, of gems that are copied': {
      ...shop({copies: `${gemsCopied}COPY --from=build /rails /rails\n`, cmd: '["puma", "-p", "8080"]'}),
      expect: [`error Dockerfile:13:1 ${offPath('puma', '/usr/local/bundle')}`],
    },
  },
})
