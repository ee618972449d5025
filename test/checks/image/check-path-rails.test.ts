import checkPath from '../../../checks/image/check-path.ts'
import {testCheck} from '../../harness.ts'

const rails = (path: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = 3000\n[[http_service.checks]]\n  path = "${path}"\n`,
    Dockerfile:
      'FROM ruby:3.4\nWORKDIR /app\nCOPY . .\nRUN bundle install\nCMD ["bin/rails", "server", "-b", "0.0.0.0"]\n',
    'bin/rails': '',
    'config.ru': 'require_relative "config/environment"\nrun Rails.application\nRails.application.load_server\n',
    'config/routes.rb':
      'Rails.application.routes.draw do\n  get "up" => "rails/health#show"\n  root "posts#index"\nend\n',
    ...files,
  },
})
const wrong = (path: string) => [
  `warning fly.toml:5:3 http_service.checks[0].path is "${path}", but no route of the Rails app is called so: the check gets 404, and fails`,
]

const behindThruster = {
  'bin/thrust': '',
  Dockerfile:
    'FROM ruby:3.4\nWORKDIR /app\nENV HTTP_PORT=3000 TARGET_PORT=3001\nCOPY . .\nRUN bundle install\nCMD ["./bin/thrust", "./bin/rails", "server"]\n',
}

testCheck(checkPath, {
  clean: {
    'a route, behind Thruster': rails('/up', behindThruster),
    'a route': rails('/up'),
    'a file of public': rails('/health.txt', {'public/health.txt': 'ok\n'}),
    'a page of public': rails('/health', {'public/health.html': 'ok\n'}),
    'a gem with a route of its own': rails('/okcomputer', {
      'Gemfile.lock': 'GEM\n  specs:\n    okcomputer (1.18.5)\n',
    }),
    'what stands before the app': rails('/alive', {
      'config.ru': 'require_relative "config/environment"\nuse Alive\nrun Rails.application\n',
    }),
    'a middleware': rails('/alive', {
      'config/application.rb': 'config.middleware.insert_before 0, HealthCheck\n',
    }),
    'a middleware of lib': rails('/alive', {
      'lib/probe.rb':
        'class Probe\n  def call(env) = env["PATH_INFO"] == "/alive" ? [200, {}, []] : @app.call(env)\nend\n',
    }),
  },
  flagged: {
    'no such route, behind Thruster': {...rails('/health', behindThruster), expect: wrong('/health')},
    'no route': {...rails('/health'), expect: wrong('/health')},
    'middleware for something else': {
      ...rails('/health', {
        'config.ru': 'require_relative "config/environment"\nuse Rack::Deflater\nrun Rails.application\n',
        'config/application.rb': 'config.middleware.use Rack::Attack\n',
      }),
      expect: wrong('/health'),
    },
  },
})
