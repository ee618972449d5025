import check from '../../../checks/dockerfile/gem-platform.ts'
import {testCheck} from '../../harness.ts'

const lock = (gem: string, ...platforms: string[]) =>
  `GEM\n  remote: https://rubygems.org/\n  specs:\n    ${gem}\n\nPLATFORMS\n${platforms.map((each) => `  ${each}\n`).join('')}\nDEPENDENCIES\n  nokogiri\n`
const project = (gems: string, install = 'bundle install', env = 'ENV BUNDLE_DEPLOYMENT=1\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Gemfile: 'gem "nokogiri"\n',
    'Gemfile.lock': gems,
    Dockerfile: `FROM ruby:3.3\n${env}COPY Gemfile Gemfile.lock ./\nRUN ${install}\n`,
  },
})

testCheck(check, {
  clean: {
    'the lock has both systems': project(
      lock('nokogiri (1.16.0-x86_64-darwin)\n    nokogiri (1.16.0-x86_64-linux)', 'x86_64-darwin', 'x86_64-linux'),
    ),
    'the sources are enough': project(lock('nokogiri (1.16.0)', 'ruby')),
    'Linux is added before': project(
      lock('nokogiri (1.16.0-x86_64-darwin)', 'x86_64-darwin'),
      'bundle lock --add-platform x86_64-linux && bundle install',
    ),
    'bundler may change the lock': project(lock('rack (3.0.0)', 'arm64-darwin-23'), 'bundle install', ''),
    'a variable that says no': project(
      lock('rack (3.0.0)', 'arm64-darwin-23'),
      'bundle install',
      'ENV BUNDLE_DEPLOYMENT=false\n',
    ),
    'a setting that says no': project(
      lock('rack (3.0.0)', 'arm64-darwin-23'),
      'bundle config set frozen false && bundle install',
      '',
    ),
    'Linux of any make': project(lock('rack (3.0.0)', 'arm64-darwin-23', 'x86_64-linux-gnu')),
  },
  flagged: {
    'a lock for Linux on another processor': {
      ...project(
        lock('rack (3.0.0)', 'aarch64-linux', 'arm64-darwin'),
        'bundle config set --local deployment true && bundle install',
        '',
      ),
      expect: [
        'error Gemfile.lock:6:1 the lock is for aarch64-linux and arm64-darwin only, and bundle install may not change it: it stops in the image',
      ],
    },
    'a failure that does not end the build': {
      ...project(lock('rack (3.0.0)', 'arm64-darwin-23'), 'bundle install --deployment; true', ''),
      expect: [
        'warning Gemfile.lock:6:1 the lock is for arm64-darwin-23 only, and bundle install may not change it: it stops in the image',
      ],
    },
    'a configuration of Bundler that may say otherwise': {
      files: {
        ...project(lock('rack (3.0.0)', 'arm64-darwin-23')).files,
        '.bundle/config': '---\nBUNDLE_FROZEN: "false"\n',
      },
      expect: [
        'warning Gemfile.lock:6:1 the lock is for arm64-darwin-23 only, and bundle install may not change it: it stops in the image',
      ],
    },
    'a lock for the Mac alone': {
      ...project(lock('nokogiri (1.16.0-arm64-darwin)', 'arm64-darwin-23')),
      expect: [
        'error Gemfile.lock:6:1 the lock is for arm64-darwin-23 only, and bundle install may not change it: it stops in the image',
      ],
    },
    'one gem is for the Mac alone': {
      ...project(lock('nokogiri (1.16.0-x86_64-darwin)', 'ruby', 'x86_64-darwin', 'x86_64-linux')),
      expect: [
        'warning Gemfile.lock:4:5 the lock has nokogiri 1.16.0 for x86_64-darwin only: bundle install finds none for Linux',
      ],
    },
  },
})
