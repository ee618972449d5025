import check from '../../../checks/env/rails-environment.ts'
import {testCheck} from '../../harness.ts'

const shop = ({
  env = '',
  fly = '',
  base = 'ruby:3.4',
  cmd = '["./bin/rails", "server", "-b", "0.0.0.0"]',
  files = {},
} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${fly}[http_service]\n  internal_port = 3000\n`,
    Dockerfile: `FROM ${base}\nWORKDIR /rails\n${env}COPY . .\nRUN bundle install\nCMD ${cmd}\n`,
    'bin/rails': '#!/usr/bin/env ruby\n',
    'config/application.rb': 'module Shop\n  class Application < Rails::Application\n  end\nend\n',
    'config/environments/development.rb': 'Rails.application.configure do\n  # config.hosts << "shop.test"\nend\n',
    'config/environments/production.rb': 'Rails.application.configure do\n  config.hosts << "shop.com"\nend\n',
    'config/puma.rb': 'port ENV.fetch("PORT", 3000)\n',
    ...files,
  },
})
const says = (command: string) =>
  `CMD starts ${command} in development: nothing sets RAILS_ENV, and Rails then answers 403 "Blocked hosts" to shop.fly.dev`

testCheck(check, {
  clean: {
    'the image sets it': shop({env: 'ENV RAILS_ENV=production\n'}),
    'the image sets another one, by the name of Rack': shop({env: 'ENV RACK_ENV=production\n'}),
    '[env] sets it': shop({fly: '[env]\n  RAILS_ENV = "production"\n'}),
    'the command says it': shop({cmd: '["bundle", "exec", "puma", "-e", "production"]'}),
    'a shell sets it': shop({cmd: 'RAILS_ENV=production bin/rails server'}),
    'an image of ones own': shop({base: 'ghcr.io/shop/ruby:3.4'}),
    'hosts that are let in': shop({
      files: {'config/environments/development.rb': 'Rails.application.configure do\n  config.hosts.clear\nend\n'},
    }),
    'Puma is told': shop({files: {'config/puma.rb': 'environment "production"\n'}}),
    'config.ru sets it': shop({files: {'config.ru': 'ENV["RACK_ENV"] ||= "production"\n'}}),
    'no server': shop({cmd: '["bin/jobs"]'}),
  },
  flagged: {
    'nothing sets it': {...shop(), expect: [`warning Dockerfile:5:1 ${says('./bin/rails server -b')}`]},
    Puma: {
      ...shop({cmd: '["bundle", "exec", "puma", "-C", "config/puma.rb"]'}),
      expect: [`warning Dockerfile:5:1 ${says('bundle exec puma')}`],
    },
  },
})
