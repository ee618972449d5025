import buildVariables from '../../../checks/dockerfile/build-variables.ts'
import {testCheck} from '../../harness.ts'

const initializer = (text: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"',
    Dockerfile:
      'FROM ruby:3.4\nWORKDIR /app\nCOPY . .\nENV RAILS_ENV=production SECRET_KEY_BASE=x\nRUN bin/rails assets:precompile\n',
    'Gemfile.lock': 'GEM\n  specs:\n    propshaft (1.0)\n    railties (8.0.1)\n',
    'config/application.rb': 'require "rails/all"\n',
    'config/initializers/mail.rb': text,
    'bin/rails': '',
    ...files,
  },
})
const reads = (name: string) =>
  `error Dockerfile:5:5 assets:precompile stops: it reads ${name}, and nothing sets that during the build`

testCheck(buildVariables, {
  clean: {
    'it leaves the file while it is built': initializer(
      'return if ENV["SECRET_KEY_BASE_DUMMY"]\n\nMail.key = ENV.fetch("MAIL_KEY")\n',
    ),
    'it leaves a block': initializer(
      'Mail.configure do |config|\n  next unless ENV["MAIL"]\n  config.key = ENV.fetch("MAIL_KEY")\nend\n',
    ),
    'where another one has nothing': initializer(
      'Mail.key = ENV["KEY"] || ENV.fetch("MAIL_KEY")\nMail.url = ENV.fetch("URL") { ENV.fetch("MAIL_URL") } if false\n',
    ),
    'in the block of another one': initializer('Mail.key = ENV.fetch("KEY", "x").tap { |k| ENV.fetch("MAIL_KEY") }\n'),
    'where another one has nothing, in the next line': initializer(
      'Mail.key = ENV["KEY"] ||\n  ENV.fetch("MAIL_KEY")\nMail.url = ENV["URL"]\n  || ENV.fetch("MAIL_URL")\n',
    ),
    'a hash for some values alone': initializer(
      'Mail.settings = ENV["SMTP"] ? {\n  user: ENV.fetch("MAIL_USER"),\n  key: ENV.fetch("MAIL_KEY")\n} : {}\n',
    ),
    'a block in brackets': initializer('Mail.key = ->(mail) {\n  ENV.fetch("MAIL_KEY")\n}\n'),
    'a condition behind brackets': initializer(
      'Mail.setup(\n  key: ENV.fetch("MAIL_KEY")\n) if Rails.env.development?\n',
    ),
    'a condition behind brackets of brackets': initializer(
      'Mail.setup({\n  key: ENV.fetch("MAIL_KEY"),\n  from: -> {\n    "x"\n  }}) unless Rails.env.production?\n',
    ),
    'a condition behind a block': initializer(
      'Mail.config do |c|\n  c.key = ENV.fetch("MAIL_KEY")\nend if ENV["MAIL"]\n',
    ),
    'a text': initializer('Mail.help = "set ENV.fetch(\'MAIL_KEY\')"\n'),
    'a text of several lines': initializer('Mail.help = <<~TEXT\n  ENV.fetch("MAIL_KEY")\nTEXT\n'),
    'behind the end': initializer('Mail.on = true\n__END__\nMail.key = ENV.fetch("MAIL_KEY")\n'),
    'a file that dotenv loads': initializer('Mail.key = ENV.fetch("MAIL_KEY")\n', {
      '.env.production': 'MAIL_KEY=x\n',
    }),
    'credentials where a variable has nothing': initializer(
      'Mail.key = ENV["MAIL_KEY"] || Rails.application.credentials.mail[:key]\n',
    ),
  },
  flagged: {
    'left in other environments': {
      ...initializer('return unless Rails.env.production?\nMail.key = ENV.fetch("MAIL_KEY")\n'),
      expect: [reads('MAIL_KEY')],
    },
    'behind what is uncertain': {
      ...initializer(
        'Mail.url = ENV["URL"] ||\n  ENV["OTHER"]\nMail.on = [\n  1,\n] if Mail.off?\nMail.help = <<~TEXT\n  end\nTEXT\nMail.key = ENV.fetch("MAIL_KEY")\n',
      ),
      expect: [reads('MAIL_KEY')],
    },
    'a hash': {
      ...initializer('Mail.settings = {\n  on: ENV["A"] ? 1 : 2,\n  key: ENV.fetch("MAIL_KEY")\n}\n'),
      expect: [reads('MAIL_KEY')],
    },
    'put into a text': {
      ...initializer('Mail.url = "smtp://#{ENV.fetch("MAIL_HOST")}:25"\n'),
      expect: [reads('MAIL_HOST')],
    },
    'an example of settings': {
      ...initializer('Mail.key = ENV.fetch("MAIL_KEY")\n', {'.env.example': 'MAIL_KEY=x\n'}),
      expect: [reads('MAIL_KEY')],
    },
  },
})
