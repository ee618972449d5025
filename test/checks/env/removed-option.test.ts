import removedOption from '../../../checks/env/removed-option.ts'
import {testCheck} from '../../harness.ts'

const rails = (version: string, line: string, path = 'config/environments/production.rb') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Gemfile: 'gem "rails"\n',
    'Gemfile.lock': `GEM\n  specs:\n    activerecord (${version})\n    rails (${version})\n      activerecord (= ${version})\n`,
    [path]: `Rails.application.configure do\n  ${line}\nend\n`,
  },
})
const withFiles = (more: Record<string, string>) => ({files: {...rails('8.0.2', warning).files, ...more}})
const warning = 'config.active_record.sqlite3_production_warning = false'

testCheck(removedOption, {
  clean: {
    'a version that has it': rails('7.2.1', warning),
    'a comment': rails('8.0.2', `# ${warning}`),
    'an option that there is': rails('8.0.2', 'config.active_record.dump_schema_after_migration = false'),
    'an option of another part, which is only kept': rails(
      '8.0.2',
      'config.action_dispatch.return_only_request_media_type_on_content_type = false',
    ),
    'only where there is one': rails('8.0.2', `${warning} if Rails.version < "8"`),
    'in a branch for other versions': rails('8.0.2', `if ActiveRecord::VERSION::MAJOR < 8\n    ${warning}\n  end`),
    'a version of Rails before the release': rails('8.0.0.alpha', warning),
    'for older versions, asked of Rails': rails('8.0.2', `if Rails.version.to_f < 8\n    ${warning}\n  end`),
    'in a branch': rails('8.0.2', `if ENV["OLD"]\n    ${warning}\n  end`, 'config/application.rb'),
    'in a comment of several lines': rails('8.0.2', `\n=begin\n  ${warning}\n=end`),
    'the image runs in another environment': withFiles({'fly.toml': 'app = "shop"\n[env]\nRAILS_ENV = "staging"\n'}),
    'another Gemfile': withFiles({'fly.toml': 'app = "shop"\n[env]\nBUNDLE_GEMFILE = "Gemfile.next"\n'}),
    'the project brings it back': withFiles({
      'config/application.rb':
        'module Shim\n  def sqlite3_production_warning=(value)\n  end\nend\nActiveSupport.on_load(:active_record) { extend Shim }\n',
    }),
    'what production does not read': rails('8.0.2', warning, 'config/environments/development.rb'),
  },
  flagged: {
    'in production alone': {
      ...rails('8.0.2', warning),
      expect: [
        'error config/environments/production.rb:2:3 config.active_record.sqlite3_production_warning is gone since Rails 8.0, and Gemfile.lock has 8.0.2: the app stops with an error when it starts',
      ],
    },
    'in an initializer, of a later version': {
      ...rails(
        '8.1.0',
        'Rails.application.config.active_record.partial_writes = true',
        'config/initializers/new_framework_defaults.rb',
      ),
      expect: [
        'warning config/initializers/new_framework_defaults.rb:2:3 config.active_record.partial_writes is gone since Rails 7.1, and Gemfile.lock has 8.1.0: the app stops with an error when it starts',
      ],
    },
  },
})
