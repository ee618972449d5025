import gemLock from '../../../checks/dockerfile/gem-lock.ts'
import {testCheck} from '../../harness.ts'

const project = (gemfile: string, dependencies: string, env = 'ENV BUNDLE_DEPLOYMENT=1\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Gemfile: `source "https://rubygems.org"\n${gemfile}`,
    'Gemfile.lock': `GEM\n  remote: https://rubygems.org/\n  specs:\n    rails (8.0.1)\n\nDEPENDENCIES\n${dependencies}\nRUBY VERSION\n   ruby 3.3.0\n`,
    Dockerfile: `FROM ruby:3.3\n${env}COPY Gemfile Gemfile.lock ./\nRUN bundle install\n`,
  },
})
const drifted = project('gem "rails"\ngem "pg"\n', '  rails\n')
const installs = (run: string, env = '') => ({
  files: {
    ...drifted.files,
    Dockerfile: `FROM ruby:3.3 AS base\nENV BUNDLE_DEPLOYMENT=1\n${env}\nCOPY . .\nRUN ${run}\n`,
  },
})
const stops = 'and bundle install may not change the lock: it stops with "frozen mode is set"'

testCheck(gemLock, {
  clean: {
    'the same': project(
      'gem "rails", "~> 8.0", ">= 8.0.1"\ngem(\'pg\')\ngem "redis", "4.8", require: false\ngem "rake", [">= 12", "< 14"], groups: [:test]\n',
      '  pg\n  rails (~> 8.0, >= 8.0.1)\n  rake (< 14, >= 12)\n  redis (= 4.8)\n',
    ),
    'a gem of git and one of a group': project(
      'gem "seo", github: "a/seo"\ngroup :development do\n  gem "web-console"\nend\n',
      '  seo!\n  web-console\n',
    ),
    'a comment and a text': project('# gem "pg"\ngem "rails" # gem "x"\n=begin\ngem "y"\n=end\n', '  rails\n'),
    'any version, said or not': project('gem "rails", ">= 0"\n', '  rails\n'),
    'a version with a hyphen, which RubyGems writes .pre.': project(
      'gem "turbo-rails", "~> 2.0.0-beta.1"\n',
      '  turbo-rails (~> 2.0.0.pre.beta.1)\n',
    ),
    'a version of a variable': project('gem "rails", VERSION\n', '  rails (~> 8)\n'),
    'a gem named twice': project(
      'gem "pg", "~> 1.5", platforms: :ruby\ngem "pg", "~> 1.4", platforms: :jruby\n',
      '  pg (~> 1.5)\n',
    ),
    'a Gemfile with conditions': project('gem "pg" if ENV["PG"]\ngem "rails"\n', '  rails\n  mysql2\n'),
    'a Gemfile with a gemspec': project('gemspec\n', '  rails\n  shop!\n'),
    'a version that is put together': project('V = "8.0"\ngem "rails", "~> #{V}"\n', '  rails (~> 8.0)\n'),
    'a version with zeros at its end': project('gem "rails", ">= 8.0", "< 9"\n', '  rails (< 9.0, >= 8)\n'),
    'a gem behind a question': project('gem "rails"\nRUBY_VERSION > "3" && gem("pg")\n', '  pg\n  rails\n'),
    'it is frozen later': {
      files: {
        ...drifted.files,
        Dockerfile: 'FROM ruby:3.3\nCOPY Gemfile* ./\nRUN bundle install\nENV BUNDLE_DEPLOYMENT=1\n',
      },
    },
    ...Object.fromEntries(
      [
        'BUNDLE_DEPLOYMENT=0 bundle install',
        'export BUNDLE_FROZEN=false && bundle install',
        'unset BUNDLE_DEPLOYMENT && bundle install',
        'bundle config --delete deployment && bundle install',
        'bundle install --no-deployment',
        'rm Gemfile.lock && bundle install',
        'sed -i /pg/d Gemfile && bundle install',
        'bundle install --gemfile other/Gemfile',
      ].map((run) => [run, installs(run)]),
    ),
    'another Gemfile is named': installs('bundle install', 'ENV BUNDLE_GEMFILE=/app/gemfiles/a.gemfile'),
    'another Gemfile lies beside the lock': {
      files: {
        ...drifted.files,
        'Gemfile.prod': 'gem "rails"\n',
        Dockerfile:
          'FROM ruby:3.3\nENV BUNDLE_DEPLOYMENT=1\nCOPY Gemfile.lock ./\nCOPY Gemfile.prod Gemfile\nRUN bundle install\n',
      },
    },
    'the stage before lifts it': installs('bundle config set frozen false\nFROM base\nRUN bundle install'),
    'a lock that may change': project('gem "rails"\ngem "pg"\n', '  rails\n', ''),
    'a lock that is made to fit': {
      files: {
        ...project('gem "rails"\ngem "pg"\n', '  rails\n').files,
        Dockerfile:
          'FROM ruby:3.3\nENV BUNDLE_FROZEN=1\nCOPY Gemfile Gemfile.lock ./\nRUN bundle lock && bundle install\n',
      },
    },
  },
  flagged: {
    'what Rails does behind it': {
      ...installs(
        'bundle install && rm -rf ~/.bundle/ "${BUNDLE_PATH}"/ruby/*/cache && bundle exec bootsnap precompile --gemfile',
      ),
      expect: [`error Gemfile:3:1 the Gemfile has pg, and Gemfile.lock does not, ${stops}`],
    },
    'a gem that was added': {
      ...project('gem "rails"\ngem "rubyzip", "~> 2.3"\n', '  rails\n'),
      expect: [`error Gemfile:3:1 the Gemfile has rubyzip, and Gemfile.lock does not, ${stops}`],
    },
    'a gem that was deleted': {
      ...project('gem "rails"\n', '  http-form_data (~> 2.3)\n  rails\n'),
      expect: [
        `error Gemfile.lock:7:3 Gemfile.lock has http-form_data among its DEPENDENCIES, and the Gemfile does not, ${stops}`,
      ],
    },
    'a RUN that reads the lock before': {
      ...installs('gem install bundler -v "$(tail -1 Gemfile.lock)" && bundle install'),
      expect: [`error Gemfile:3:1 the Gemfile has pg, and Gemfile.lock does not, ${stops}`],
    },
    'another version, in a group': {
      ...project('group :test do\n  gem "rails", "~> 8.1"\nend\n', '  rails (~> 8.0)\n'),
      expect: [`error Gemfile:3:3 the Gemfile wants rails ~> 8.1, and Gemfile.lock is for ~> 8.0, ${stops}`],
    },
    'a version that was taken away': {
      ...project('gem "rails"\n', '  rails (~> 8.0)\n'),
      expect: [`error Gemfile:2:1 the Gemfile wants rails of any version, and Gemfile.lock is for ~> 8.0, ${stops}`],
    },
  },
})
